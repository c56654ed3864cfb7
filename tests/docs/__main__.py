"""``python -m tests.docs``: write the tables and the output of the samples into the pages anew."""

from __future__ import annotations

import asyncio

from tests.docs.pages import GUIDES, read, with_made
from tests.docs.samples import with_output
from tests.docs.tables import tables

made = asyncio.run(tables())
for page in GUIDES:
    before = read(page)
    after = with_output(with_made(before, made))
    if after != before:
        page.write_text(after, encoding="utf-8")
        print(page.name)
