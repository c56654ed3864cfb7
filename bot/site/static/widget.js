// On somebody else's page: puts a fact (data-fact="ID") or the time line (data-timeline) of a site in the place of its script.
"use strict";

(() => {
  const script = document.currentScript;
  const path = script.dataset.fact ? `embed/fact/${encodeURIComponent(script.dataset.fact)}.html` : "embed/timeline.html";
  const address = new URL(path, script.src);
  // A page that has no dark colours gets none from here.
  const schemes = getComputedStyle(document.documentElement).colorScheme;
  if (!schemes.includes("dark")) address.searchParams.set("theme", "light");

  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = script.dataset.title || "Footnote";
  frame.loading = "lazy";
  frame.style.cssText = "display:block;width:100%;max-width:40rem;height:16rem;border:0";
  if (script.dataset.timeline !== undefined) frame.style.maxWidth = "none";
  script.after(frame);

  addEventListener("message", (event) => {
    const height = event.source === frame.contentWindow && event.data ? Number(event.data.footnote) : 0;
    if (height > 0) frame.style.height = `${Math.min(height, 100000)}px`;
  });
})();
