// Searches the facts of the story, which are on the page as JSON, for all words that are typed, in any order.
"use strict";

const MAX_RESULTS = 100;
const facts = JSON.parse(document.getElementById("index").textContent);
const field = document.getElementById("q");
const count = document.getElementById("count");
const results = document.getElementById("results");

// Case, accents and the form of a letter make no difference.
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const searched = facts.map((fact) => plain(`${fact.text} ${fact.beside}`));

function show() {
  const words = plain(field.value).split(/\s+/).filter(Boolean);
  const matches = words.length ? facts.filter((_, index) => words.every((word) => searched[index].includes(word))) : [];
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
  count.textContent = !words.length ? "" : matches.length ? count.dataset.count.replace("{number}", matches.length) : count.dataset.none;
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
