"""``python -m data.guide``: write the tables and the output of the samples into the pages anew."""

from __future__ import annotations

import asyncio

from data.guide.pages import GUIDES, read, with_made
from data.guide.samples import with_output
from data.guide.tables import tables

made = asyncio.run(tables())
for page in GUIDES:
    before = read(page)
    after = with_output(with_made(before, made))
    if after != before:
        page.write_text(after, encoding="utf-8")
        print(page.name)
