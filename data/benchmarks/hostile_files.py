"""Files that are as dear to read as the bot's limits let them be; a number makes each a new one."""

from __future__ import annotations

from itertools import count, takewhile


def _filled(size: int, head: str, lines: str) -> bytes:
    """Repeat numbered lines under a head up to so many bytes."""
    room = size - len(head.encode())
    numbered, length = [], 0
    for number in count():
        line = lines.format(number=number)
        length += len(line.encode())
        if length > room:
            break
        numbered.append(line)
    return (head + "".join(numbered)).encode()


def story_file(number: int, size: int) -> bytes:
    """Return a story of as many short facts as fit."""
    head = (
        f"story: {{id: import-{number}, title: Import {number}}}\n"
        "sources: {s: {type: webpage, title: T, url: https://example.org/a}}\n"
        "actors: {a: {name: Ada Lovelock, kind: person}}\nclaims:\n"
    )
    return _filled(size, head, "  c{number}: {{text: The bridge fell because of reason {number}., by: a, cite: s}}\n")


def bibliography(number: int, size: int) -> bytes:
    """Return a list of as many sources as fit."""
    entry = "@book{{k{number}, title={{Title {number}}}, author={{A. B. C{number} and D. E}}, year={{2020}}}}\n"
    return _filled(size, f"% {number}\n", entry)


def article(number: int, size: int) -> bytes:
    """Return an article of quotations by names, each paragraph as long as one may be read."""
    said = 'On {number} May 2020 Dr. Ida Witness of the Vast Combine told Speaker Number{number}: "It was not safe." '
    paragraph = "".join(said.format(number=index % 28 + 1) for index in range(30))
    paragraphs = takewhile(lambda repeats: repeats * (len(paragraph) + 2) < size - 20, count(1))
    return (f"Article {number}.\n\n" + "\n\n".join(paragraph for _ in paragraphs)).encode()[:size]


def page_of_tags(number: int, size: int) -> bytes:
    """Return a web page of tags in tags."""
    return _filled(
        size, f"<html><title>Page {number}</title><body>", '<div class="a{number}"><p>It was &quot;not safe&quot;, she said.'
    )
