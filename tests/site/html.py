"""What a page of a site consists of, read by Python's own parser, which mends nothing: a tag that is not closed is an error."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

INLINE = frozenset("a bdi code del ins label mark span strong time".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text without scripts."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, Mapping[str, str | None]]] = []
        self.texts: list[str] = []
        self._text_of: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in INLINE:
            self.texts.append(" ")
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, self.getpos()

    def handle_data(self, data: str) -> None:
        if "script" not in self._open:
            self.texts.append(data)
        for tag in self._open:
            self._text_of[tag] = self._text_of.get(tag, "") + data

    @property
    def text(self) -> str:
        """All its text, on one line."""
        return " ".join("".join(self.texts).split())

    def text_of(self, tag: str) -> str:
        """Return the text within all elements of a tag, on one line."""
        return " ".join(self._text_of.get(tag, "").split())

    def all(self, tag: str) -> list[Mapping[str, str | None]]:
        """Return the attributes of all elements of a tag."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        """The ids on it, in order."""
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]

    def links_from(self, path: str) -> list[tuple[str, str]]:
        """Return where its links within the site lead: the name of a file, and the place in it, "" for its beginning."""
        leading = []
        for tag, attributes in self.elements:
            target = attributes.get("href" if tag in ("a", "link") else "action" if tag == "form" else "src")
            if target is None or urlsplit(target).scheme:
                continue
            file, _, place = target.partition("#")
            leading.append((posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path, unquote(place)))
        return leading
