// Makes entries.json anew: what citation-js reads in entries.bib.
//
//     npm install --prefix FOLDER @citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0
//     node tests/formats/citations/entries.mjs FOLDER

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(`${resolve(process.argv[2])}/`);
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");

const here = new URL(".", import.meta.url);
const read = new Cite(readFileSync(new URL("entries.bib", here), "utf8")).format("data", { format: "object" });
const items = read.map(({ _graph, "citation-key": key, ...item }) => item);
writeFileSync(new URL("entries.json", here), `${JSON.stringify(items, null, 1)}\n`);
