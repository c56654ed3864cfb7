// The chart of a time line: all facts on one scale, in rows by kind or by actor, which can be zoomed and moved. The list
// below it shows what is in view. Without this script that list is all there is, and has everything.
"use strict";

(() => {
  const MAX_ROWS = 8; // and as many more at a time
  const NEAR = 30; // pixels between marks below which they become one, with their number: a finger needs 24
  const EDGE = 15; // pixels beside the first and the last mark
  const MIN_LABEL = 90; // pixels that a mark needs to have words beside it
  const MIN_TICKS = 84; // pixels between the labels of the scale
  const MIN_DAYS = 4; // days of the scale that the nearest view shows
  const STEP = 2; // how much nearer one press of a button goes
  const YEAR = 365.2425, EPOCH = 719163; // the days of a year; the number of 1 January 1970 if 1 January 1 is 1

  const chart = document.getElementById("chart");
  const { stretches, breaks, actors, count } = JSON.parse(chart.dataset.chart);
  const plot = chart.querySelector(".plot");
  const overview = chart.querySelector(".overview");
  const inView = chart.querySelector(".in-view");
  const list = document.querySelector(".timeline");
  const filter = document.querySelector(".filter");
  const rightToLeft = getComputedStyle(chart).direction === "rtl";
  const between = (least, number, most) => Math.min(Math.max(number, least), most);
  const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
  const button = (name) => chart.querySelector(`[data-do="${name}"]`);

  const moments = [...list.children].map((element) => ({
    element,
    title: element.querySelector("h2, h3").textContent,
    gap: element.querySelector(".gap"),
    first: Number(element.dataset.first ?? NaN),
    last: Number(element.dataset.last ?? NaN),
    unsure: "unsure" in element.dataset,
  }));
  const facts = moments.flatMap((moment) => [...moment.element.querySelectorAll("article")].map((element) => ({
    element,
    moment,
    words: element.querySelector(".words, blockquote").textContent.trim(),
    kind: element.parentElement.classList[1],
    actors: element.dataset.rows.split(" ").filter(Boolean).map(Number),
  })));
  const dated = facts.filter((fact) => !Number.isNaN(fact.moment.first));
  const spread = stretches.reduce((sum, [first, last]) => sum + last - first, 0);
  const room = stretches.reduce((sum, [, , left, right]) => sum + right - left, 0);
  const nearest = Math.min((MIN_DAYS * room) / spread, 1);

  let view = { left: 0, right: 1 };
  let rows = [];
  let hiddenRows = new Set();
  let shownRows = MAX_ROWS;

  // ---- where things are

  const width = () => Math.max(plot.clientWidth - 2 * EDGE, 1);
  const x = (position) => EDGE + ((position - view.left) / (view.right - view.left)) * width();
  // What has no date is shown with the whole story.
  const isInView = ({ first, last }) => (
    Number.isNaN(first) ? view.right - view.left >= 1 : last >= view.left && first <= view.right);
  const at = (element, start, size) => {
    element.style.insetInlineStart = `${start}px`;
    if (size !== undefined) element.style.inlineSize = `${size}px`;
    return element;
  };
  // How far along an element a pointer is, from 0 at its beginning to 1 at its end, in the direction of reading.
  const along = (element, event) => {
    const box = element.getBoundingClientRect();
    const share = (event.clientX - box.left - EDGE) / Math.max(box.width - 2 * EDGE, 1);
    return between(0, rightToLeft ? 1 - share : share, 1);
  };

  // ---- rows

  function makeRows() {
    const byKind = chart.querySelector("[name=rows]:checked").value === "kind";
    const named = [];
    if (byKind) {
      for (const section of document.querySelectorAll(".timeline .lane")) {
        const kind = section.classList[1];
        if (!named.some((row) => row.kind === kind)) named.push({ kind, name: section.querySelector(".kind").textContent });
      }
      const order = ["event", "quote", "claim"];
      named.sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
      for (const row of named) row.facts = facts.filter((fact) => fact.kind === row.kind);
    } else {
      for (const [number, name] of actors.slice(0, shownRows).entries()) {
        named.push({ name, facts: facts.filter((fact) => fact.actors.includes(number)) });
      }
      const others = facts.filter((fact) => !fact.actors.some((number) => number < shownRows));
      if (others.length) named.push({ name: chart.dataset.others, facts: others });
    }
    rows = named.map((row, number) => ({ ...row, number, ...rowElements(row, number) }));
    hiddenRows = new Set();
    const grid = make("div", "grid");
    grid.setAttribute("aria-hidden", "true");
    plot.replaceChildren(grid, ...rows.map((row) => row.element));
    button("rows").hidden = byKind || shownRows >= actors.length;
    drawOverview();
    draw();
  }

  function rowElements({ kind, name }, number) {
    const element = make("div", `row ${kind ?? ""}`);
    const label = make("label", "");
    const box = make("input", "");
    const words = make("bdi", "", name);
    const strip = make("div", "strip");
    Object.assign(box, { type: "checkbox", checked: true, id: `row-${number}`, autocomplete: "off" });
    label.htmlFor = box.id;
    words.id = `row-name-${number}`;
    label.append(box, words);
    strip.setAttribute("role", "group");
    strip.setAttribute("aria-labelledby", words.id);
    box.addEventListener("change", () => {
      hiddenRows[box.checked ? "delete" : "add"](number);
      draw();
    });
    element.append(label, strip);
    return { element, strip };
  }

  // ---- drawing

  let asked = 0;
  let late = 0;

  function draw() {
    cancelAnimationFrame(asked);
    asked = requestAnimationFrame(drawNow);
    clearTimeout(late);
    list.setAttribute("aria-busy", "true");
    late = setTimeout(showList, 120); // not at each move of a finger: the list can be long
  }

  function drawNow() {
    const focused = plot.contains(document.activeElement) ? document.activeElement.fact : undefined;
    const row = focused && rows[document.activeElement.row];
    for (const { element, strip, facts: inRow, number } of rows) {
      const isOn = !hiddenRows.has(number);
      element.classList.toggle("off", !isOn);
      strip.replaceChildren(...(isOn ? marks(inRow, number) : []));
    }
    drawGrid();
    const all = [...plot.querySelectorAll(".mark")];
    const again = row && [...row.strip.children].find((mark) => mark.facts.includes(focused));
    if (all.length) (again ?? all[0]).tabIndex = 0;
    again?.focus({ preventScroll: true });
    const frame = overview.querySelector(".view");
    at(frame, EDGE / 2 + view.left * width(), (view.right - view.left) * width() + EDGE);
    button("out").disabled = button("whole").disabled = view.right - view.left >= 1;
    button("in").disabled = view.right - view.left <= nearest;
    button("earlier").disabled = view.left <= 0;
    button("later").disabled = view.right >= 1;
  }

  // Marks that would stand upon one another become one, with their number.
  function marks(inRow, number) {
    const groups = [];
    for (const fact of inRow.filter(({ moment }) => moment.last >= view.left && moment.first <= view.right)) {
      const start = Math.max(x(fact.moment.first), EDGE);
      const group = groups.at(-1);
      if (group && start - group.start < NEAR) group.facts.push(fact);
      else groups.push({ start, facts: [fact] });
    }
    return groups.map((group, index) => {
      const next = groups[index + 1]?.start ?? plot.clientWidth;
      return group.facts.length > 1 ? many(group, number) : single(group, next - group.start, number);
    });
  }

  function single({ start, facts: [fact] }, free, row) {
    const mark = make("a", `mark ${fact.kind}`);
    mark.href = `#${fact.element.id}`;
    mark.target = "_self"; // also where links open elsewhere, as in a widget
    mark.title = `${fact.moment.title}: ${fact.words}`;
    mark.append(make("span", `dot${fact.moment.unsure ? " unsure" : ""}${fact.moment.first < view.left ? " earlier" : ""}`));
    const bar = Math.min(x(fact.moment.last), plot.clientWidth - EDGE) - start;
    if (bar > 6) mark.append(at(make("span", "bar"), 0, bar));
    const label = make("span", free < MIN_LABEL ? "hidden" : "label");
    label.append(make("span", "hidden", `${fact.moment.title}: `), make("bdi", "", fact.words));
    mark.append(label);
    return placed(mark, start, Math.max(free - 4, NEAR), [fact], row);
  }

  function many({ start, facts: together }, row) {
    const mark = make("button", `mark many ${together[0].kind}`);
    mark.type = "button";
    const dates = span(together[0].moment.first, together.at(-1).moment.first);
    mark.title = `${count.replace("{shown}", together.length)} · ${dates}`;
    mark.setAttribute("aria-label", mark.title);
    mark.append(make("span", "number", String(together.length)));
    mark.addEventListener("click", () => openTogether(together));
    return placed(mark, start, undefined, together, row);
  }

  function placed(mark, start, size, together, row) {
    at(mark, start - NEAR / 2, size);
    mark.tabIndex = -1;
    return Object.assign(mark, { facts: together, fact: together[0], row });
  }

  // Nearer, until they stand apart; where they are of one date, to the list.
  function openTogether(together) {
    const left = Math.min(...together.map(({ moment }) => moment.first));
    const right = Math.max(...together.map(({ moment }) => moment.first));
    const apart = Math.max((right - left) * 1.3, nearest);
    if (right > left && apart < view.right - view.left) look((left + right) / 2 - apart / 2, apart);
    else location.hash = `#${together[0].element.id}`;
  }

  function drawGrid() {
    const labels = [];
    const drawn = [];
    const seen = [...ticks()].map(([position, text, isStart]) => ({ start: x(position), text, isStart }))
      .filter(({ start }) => start >= 0 && start <= plot.clientWidth);
    // Where the scale begins, and goes on after a break, is named first; other labels where there is room.
    for (const { start, text, isStart } of [...seen.filter((tick) => tick.isStart), ...seen.filter((tick) => !tick.isStart)]) {
      const isAtEnd = start > plot.clientWidth - MIN_TICKS;
      const left = isAtEnd ? start - MIN_TICKS : start;
      const isFree = labels.every((label) => Math.abs(label.left - left) >= MIN_TICKS);
      if (isStart || isFree) drawn.push(at(make("span", "tick"), start));
      if (isFree) labels.push({ left, element: at(make("span", isAtEnd ? "date end" : "date", text), start) });
    }
    for (const [index, skippedFor] of breaks.entries()) {
      const [from, to] = [x(stretches[index][3]), x(stretches[index + 1][2])];
      if (to < 0 || from > plot.clientWidth) continue;
      const part = at(make("span", "break"), from, to - from);
      part.append(make("span", "", skippedFor));
      drawn.push(part);
    }
    plot.classList.toggle("broken", drawn.some((part) => part.className === "break"));
    plot.querySelector(".grid").replaceChildren(...drawn, ...labels.map(({ element }) => element));
  }

  function drawOverview() {
    const whole = (position) => EDGE + position * width();
    const points = new Map(dated.map((fact) => [`${fact.kind} ${Math.round(whole(fact.moment.first))}`, fact]));
    const lines = breaks.map((_, index) => {
      const [from, to] = [whole(stretches[index][3]), whole(stretches[index + 1][2])];
      return at(make("span", "break"), from, to - from);
    });
    overview.replaceChildren(
      ...lines,
      ...[...points.values()].map((fact) => at(make("span", `point ${fact.kind}`), whole(fact.moment.first))),
      make("span", "view"),
    );
  }

  // ---- the labels of the scale

  const BY_DAY = { day: "numeric", month: "short", year: "numeric" };
  const BY_MONTH = { month: "short", year: "numeric" };
  const BY_YEAR = { year: "numeric" };
  // In the order, the calendar and the digits in which the page has its dates.
  const spoken = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
  const format = (options) => new Intl.DateTimeFormat(spoken, {
    ...options, timeZone: "UTC", calendar: "gregory", numberingSystem: "latn",
  });
  const shown = (day, options) => format(options).format((day - EPOCH) * 864e5);
  const yearOf = (day) => Math.floor((day - 1) / YEAR) + 1;
  const isOnCalendar = (day) => day >= 1 && yearOf(day) < 10000;
  const dayOf = (year, month = 0) => year >= 1 && year < 10000
    ? new Date(0).setUTCFullYear(year, month, 1) / 864e5 + EPOCH
    : (year - 1) * YEAR + 1;

  function yearName(year) {
    if (Math.abs(year) > 200000) return year.toLocaleString(spoken);
    return format({ ...BY_YEAR, ...(year < 1 && { era: "short" }) }).format(new Date(0).setUTCFullYear(year, 6, 1));
  }

  function dayAt(position) {
    const [first, last, left, right] = stretches.findLast((stretch) => stretch[2] <= position) ?? stretches[0];
    return Math.min(first + ((position - left) * (last - first)) / Math.max(right - left, 1e-9), last);
  }

  // Says from when to when a part of the scale is, to the day only where it is short.
  function span(left, right) {
    const days = [left, right].map((position) => Math.floor(dayAt(position) + 1e-3));
    const options = days[1] - days[0] < 90 ? BY_DAY : days[1] - days[0] < 3 * YEAR ? BY_MONTH : BY_YEAR;
    const names = days.map((day) => isOnCalendar(day) ? shown(day, options) : yearName(yearOf(day)));
    return [...new Set(names)].join(" – ");
  }

  // Yields where a mark of the scale stands, its label, and whether it is drawn in any case, as where a break ends.
  function* ticks() {
    const perDay = (room / spread / (view.right - view.left)) * width();
    for (const [first, last, left, right] of stretches) {
      if (right < view.left || left > view.right) continue;
      const positionOf = (day) => left + ((right - left) * (day - first)) / Math.max(last - first, 1);
      const from = left > view.left ? first : dayAt(view.left);
      const to = right < view.right ? last : dayAt(view.right);
      if (left >= view.left) yield [left, isOnCalendar(first) ? shown(first, BY_MONTH) : yearName(yearOf(first)), true];
      for (const [day, text] of steps(from, to, perDay)) yield [positionOf(day), text, false];
    }
  }

  function* steps(from, to, perDay) {
    const days = [1, 2, 7, 14].find((step) => step * perDay >= MIN_TICKS);
    const months = [1, 3, 6].find((step) => step * 28 * perDay >= MIN_TICKS);
    if (isOnCalendar(from) && isOnCalendar(to) && (days || months)) {
      const year = yearOf(from);
      if (days) {
        for (let day = Math.ceil(from / days) * days; day <= to; day += days) yield [day, shown(day, BY_DAY)];
        return;
      }
      for (let month = 0, day = 0; (day = dayOf(year, month)) <= to; month += months) {
        if (day >= from) yield [day, shown(day, BY_MONTH)];
      }
      return;
    }
    let step = 1;
    for (let number = 1; step * 365 * perDay < MIN_TICKS; number += 1) {
      step = [1, 2, 5][number % 3] * 10 ** Math.floor(number / 3);
    }
    for (let year = Math.ceil(yearOf(from) / step) * step; dayOf(year) <= to; year += step) {
      if (dayOf(year) >= from) yield [dayOf(year), yearName(year)];
    }
  }

  // ---- the list

  function showList() {
    const ofRow = new Set(rows.filter((row) => !hiddenRows.has(row.number)).flatMap((row) => row.facts));
    const visible = facts.filter((fact) => isInView(fact.moment) && ofRow.has(fact));
    const lanes = new Set(visible.map((fact) => fact.element.parentElement));
    const shownMoments = new Set(visible.map((fact) => fact.moment));
    const kept = new Set(visible);
    for (const fact of facts) fact.element.hidden = !kept.has(fact);
    for (const lane of list.querySelectorAll(".lane")) lane.hidden = !lanes.has(lane);
    for (const [index, moment] of moments.entries()) {
      moment.element.hidden = !shownMoments.has(moment);
      // How much later a date is than one that is hidden says nothing.
      if (moment.gap) moment.gap.hidden = !shownMoments.has(moments[index - 1]);
    }
    list.classList.toggle("some", hiddenRows.size > 0);
    list.removeAttribute("aria-busy");
    const said = `${count.replace("{shown}", visible.length)} · ${span(view.left, view.right)}`;
    if (inView.textContent !== said) inView.textContent = said;
  }

  // ---- moving

  function look(left, size) {
    const shownPart = between(nearest, size, 1);
    const start = between(0, left, 1 - shownPart);
    view = { left: start, right: start + shownPart };
    draw();
  }

  function zoom(times, around = middle()) {
    const size = between(nearest, (view.right - view.left) / times, 1);
    look(around - ((around - view.left) / (view.right - view.left)) * size, size);
  }

  const move = (share) => look(view.left + share * (view.right - view.left), view.right - view.left);

  // Where a button zooms to: the fact with the focus, else the middle one of those in view, so that there is one to see.
  function middle() {
    const fact = document.activeElement.fact;
    if (fact) return between(view.left, fact.moment.first, view.right);
    const positions = dated.map(({ moment }) => moment.first).filter((first) => first >= view.left && first <= view.right);
    return positions[Math.floor(positions.length / 2)] ?? (view.left + view.right) / 2;
  }

  const actions = {
    in: () => zoom(STEP),
    out: () => zoom(1 / STEP),
    whole: () => look(0, 1),
    earlier: () => move(-0.5),
    later: () => move(0.5),
    rows: () => {
      shownRows += MAX_ROWS;
      makeRows();
    },
  };

  for (const pressed of chart.querySelectorAll("[data-do]")) {
    pressed.addEventListener("click", () => actions[pressed.dataset.do]());
  }
  for (const choice of chart.querySelectorAll("[name=rows]")) choice.addEventListener("change", makeRows);

  // ---- keys

  const ahead = rightToLeft ? "ArrowLeft" : "ArrowRight";
  const back = rightToLeft ? "ArrowRight" : "ArrowLeft";

  chart.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const named = { "+": "in", "=": "in", "-": "out", "−": "out", "0": "whole" }[event.key];
    if (named) actions[named]();
    else if (!event.target.facts || !go(event.key, event.target)) return;
    event.preventDefault();
  });

  function go(key, mark) {
    const row = rows[mark.row];
    const inRow = row.facts.filter(({ moment }) => !Number.isNaN(moment.first));
    const index = inRow.indexOf(key === ahead ? mark.facts.at(-1) : mark.facts[0]);
    if (key === ahead) return show(row, inRow[index + 1]);
    if (key === back) return show(row, inRow[index - 1]);
    if (key === "Home") return show(row, inRow[0]);
    if (key === "End") return show(row, inRow.at(-1));
    if (key === "ArrowUp" || key === "ArrowDown") {
      const others = key === "ArrowUp" ? rows.slice(0, mark.row).reverse() : rows.slice(mark.row + 1);
      const next = others.find(({ strip }) => strip.children.length);
      const start = (element) => element.getBoundingClientRect().left;
      const far = (element) => Math.abs(start(element) - start(mark));
      if (next) focusOn([...next.strip.children].reduce((best, other) => far(other) < far(best) ? other : best));
      return true;
    }
    return false;
  }

  // Gives the focus to a fact of a row, which comes into view if it was not.
  function show(row, fact) {
    if (!fact) return true;
    if (!isInView(fact.moment)) look(fact.moment.first - (view.right - view.left) / 2, view.right - view.left);
    cancelAnimationFrame(asked);
    drawNow();
    focusOn([...row.strip.children].find((mark) => mark.facts.includes(fact)));
    return true;
  }

  function focusOn(mark) {
    for (const other of plot.querySelectorAll(".mark")) other.tabIndex = -1;
    mark.tabIndex = 0;
    mark.focus();
  }

  // ---- the wheel, a mouse, fingers

  plot.addEventListener("wheel", (event) => {
    const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const sideways = isSideways ? event.deltaX : event.shiftKey ? event.deltaY : 0;
    if (event.ctrlKey || event.metaKey) { // also what two fingers do on a touch pad
      zoom(Math.exp(-event.deltaY / 200), view.left + along(plot, event) * (view.right - view.left));
    } else if (sideways && view.right - view.left < 1) move(((rightToLeft ? -1 : 1) * sideways) / width());
    else return; // scrolls the page
    event.preventDefault();
  }, { passive: false });

  const pointers = new Map();
  let grip = null; // how the view was when the fingers that are down came down
  let dragged = false;

  function take() {
    const sites = [...pointers.values()].map((event) => along(plot, event));
    const size = view.right - view.left;
    const centre = sites.reduce((sum, share) => sum + share, 0) / sites.length;
    grip = sites.length ? { size, apart: Math.abs(sites[1] - sites[0]), around: view.left + centre * size } : null;
  }

  plot.addEventListener("pointerdown", (event) => {
    if (event.button || event.target.closest("label")) return;
    if (!pointers.size) dragged = false;
    pointers.set(event.pointerId, event);
    take();
  });
  plot.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before || (!dragged && pointers.size < 2 && Math.abs(event.clientX - before.clientX) < 5)) return;
    if (!dragged) for (const id of pointers.keys()) plot.setPointerCapture(id);
    dragged = true;
    pointers.set(event.pointerId, event);
    const sites = [...pointers.values()].map((pointer) => along(plot, pointer));
    const centre = sites.reduce((sum, share) => sum + share, 0) / sites.length;
    const apart = Math.abs(sites[1] - sites[0]);
    const size = sites.length > 1 ? between(nearest, (grip.size * grip.apart) / Math.max(apart, 0.01), 1) : grip.size;
    look(grip.around - centre * size, size);
  });
  for (const ending of ["pointerup", "pointercancel"]) {
    plot.addEventListener(ending, (event) => {
      pointers.delete(event.pointerId);
      take();
    });
  }
  plot.addEventListener("dragstart", (event) => event.preventDefault());
  plot.addEventListener("click", (event) => {
    if (dragged && event.detail) event.preventDefault(), event.stopPropagation(); // the end of a drag is no press
    dragged = false;
  }, true);

  function lookFromOverview(event) {
    const size = view.right - view.left < 1 ? view.right - view.left : 1 / 4;
    look(along(overview, event) - size / 2, size);
  }
  overview.addEventListener("pointerdown", (event) => {
    overview.setPointerCapture(event.pointerId);
    lookFromOverview(event);
  });
  overview.addEventListener("pointermove", (event) => {
    if (overview.hasPointerCapture(event.pointerId)) lookFromOverview(event);
  });

  // A link that leads to a fact shows it, whatever was in view.
  function showTarget() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fact = target && facts.find(({ element }) => element === target);
    if (!fact?.element.hidden) return;
    view = { left: 0, right: 1 };
    makeRows();
    showList();
    target.scrollIntoView();
  }
  addEventListener("hashchange", showTarget);

  if (filter) filter.hidden = true; // the rows do what it did
  chart.hidden = false;
  makeRows();
  new ResizeObserver(() => {
    drawOverview();
    draw();
  }).observe(plot);
})();
