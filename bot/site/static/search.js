// Searches the facts of the story, which are on the page as JSON, for all words that are typed, in any order. Where none has
// all of them, such as those of a whole question, it shows the facts that have the most telling ones.
"use strict";

const MAX_RESULTS = 100;
const MAX_NEAR = 10;
const MIN_SHARE = 0.6; // of what the words of the nearest fact tell
const facts = JSON.parse(document.getElementById("index").textContent);
const field = document.getElementById("q");
const count = document.getElementById("count");
const results = document.getElementById("results");

// Case, accents and the form of a letter make no difference.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const searched = facts.map((fact) => plain(`${fact.text} ${fact.beside}`));

// A word tells more the fewer facts have it and the longer it is: "did" is rare in a small story, too, and says little.
function near(words) {
  const telling = words.map((word) => {
    const number = searched.filter((text) => text.includes(word)).length;
    return { word, weight: number ? word.length * Math.log(facts.length / number) : 0 };
  });
  const scores = searched.map((text) => telling.reduce((sum, { word, weight }) => sum + (text.includes(word) ? weight : 0), 0));
  const least = Math.max(...scores, 0) * MIN_SHARE;
  const nearest = facts.map((fact, index) => [scores[index], fact]).filter(([score]) => score > 0 && score >= least);
  return nearest.sort(([one], [other]) => other - one).slice(0, MAX_NEAR).map(([, fact]) => fact);
}

function show() {
  const words = plain(field.value).split(/[\s?!,;:"“”„«»]+/).filter(Boolean);
  const whole = words.length ? facts.filter((_, index) => words.every((word) => searched[index].includes(word))) : [];
  const matches = whole.length ? whole : near(words);
  results.replaceChildren(...matches.slice(0, MAX_RESULTS).map((fact) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const beside = document.createElement("span");
    link.href = fact.page;
    link.dir = "auto";
    link.textContent = fact.text;
    beside.className = "small";
    beside.textContent = fact.beside.split(" · ").slice(0, 2).join(" · ");
    item.append(link, document.createElement("br"), beside);
    return item;
  }));
  const { none, count: all, near: some } = count.dataset;
  const said = whole.length ? all : matches.length ? some : none;
  count.textContent = words.length ? said.replace("{number}", matches.length) : "";
}

field.value = new URLSearchParams(location.search).get("q") ?? "";
field.form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", () => {
  const address = new URL(location.href);
  address.searchParams.set("q", field.value);
  try {
    history.replaceState(null, "", address);
  } catch { /* A page that was opened from a disk keeps its address. */ }
  show();
});
show();
