// In a page that is shown within another: takes the colours that the other asks for, and tells it how high this one is.
"use strict";

if (new URLSearchParams(location.search).get("theme") === "light") document.documentElement.dataset.theme = "light";

const tell = () => parent.postMessage({ footnote: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
addEventListener("DOMContentLoaded", () => new ResizeObserver(tell).observe(document.documentElement));
addEventListener("load", tell);
