"""Finding the quotations in a text, and whom it says they are by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.names import Mention, NameTable
from bot.answers.words import normalise, tokens

LEAST_WORDS = 3
"""Words from which something in quotation marks is a quotation rather than a word set off."""

_PAIRS = (
    ("“", "”"),
    ("„", "“"),
    ("„", "”"),
    ("«", "»"),
    ("‹", "›"),
    ('"', '"'),
    ("‘", "’"),
    ("'", "'"),
    ("''", "''"),
    ("``", "''"),
)
_LINE_QUOTE = re.compile(r"(?:^>{1,3} ?.*(?:\n|\Z))+", re.MULTILINE)
_SAYS = re.compile(
    r"\b(?:said|says|say|saying|told|tells|wrote|writes|tweeted|tweets|posted|stated|states|declared|claimed|claims|added|adds|"
    r"argued|argues|insisted|insists|warned|warns|explained|explains|announced|announces|replied|responded|asked|quoted|quotes|"
    r"according to|in the words of|commented|noted|remarked|complained|concluded|by)\b",
    re.IGNORECASE,
)
_REACH = 90  # signs on either side of a quotation in which its speaker is looked for
_NAME = re.compile(r"(?:[A-Z][\w'’-]+|[A-Z]\.)(?:\s+(?:[A-Z][\w'’-]+|[A-Z]\.|de|van|von|al|bin|of|the)){0,4}")
_NO_NAMES = frozenset(
    """the a an he she they it we i you his her their this that these those but and so in on at as when after before
    yesterday today monday tuesday wednesday thursday friday saturday sunday january february march april may june july
    august september october november december according mr mrs ms dr did is was there here""".split()
)
_LEADS_ON = re.compile(rf"(?:{_SAYS.pattern}|:)(?:\\s+(?:that|the|it))?[\\s,:]*[\"“„«‘']?\\s*$", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–—]{1,2}\s*(?=\S)|\s*\((?=[A-Z])")
_NOT_A_WORD = r"(?<![^\W_])"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation found in a text: its words, where it stands, and what the text says about whose it is.

    ``actors`` are keys of the actors that it may be by, ``name`` is how the text calls the speaker, known or not; both are empty
    where the text does not say.
    """

    text: str
    start: int
    end: int
    actors: frozenset[str] = frozenset()
    name: str = ""


def quotations_in(text: str, names: NameTable) -> tuple[Quotation, ...]:
    """Return the quotations in a text, in its order; a text without quotation marks is one as a whole."""
    spans = _spans(text)
    if not spans:
        stripped = text.strip()
        start = text.find(stripped) if stripped else 0
        return (Quotation(stripped, start, start + len(stripped)),) if stripped else ()
    return tuple(_with_speaker(text, start, end, spans, names) for start, end in spans)


def _spans(text: str) -> list[tuple[int, int]]:
    """Return where the insides of quotations begin and end; a quotation inside another is a part of it."""
    found: list[tuple[int, int]] = [(match.start(), match.end()) for match in _LINE_QUOTE.finditer(text)]
    for opening, closing in _PAIRS:
        found += _between(text, opening, closing)
    found = [span for span in found if len(tokens(normalise(text[span[0] : span[1]]))) >= LEAST_WORDS] or found
    found.sort(key=lambda span: (span[0], -span[1]))
    kept: list[tuple[int, int]] = []
    for span in found:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _between(text: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """Return the spans between marks. A straight single mark opens only after no letter and closes only before none."""
    single = opening in ("'", "‘")
    start = f"{_NOT_A_WORD if single else ''}{re.escape(opening)}(?=\\S)"
    stop = re.escape(closing) + (r"(?![^\W_])" if single else "")
    inside = r"[^“”„«»\"]" if opening in ("“", '"', "„", "«") else r"[\s\S]"
    if opening != closing and opening in ("“", "„", "«"):
        inside = rf"[^{re.escape(opening + closing)}]"
    pattern = re.compile(f"{start}({inside}+?){stop}")
    return [match.span(1) for match in pattern.finditer(text)]


def _with_speaker(text: str, start: int, end: int, spans: Sequence[tuple[int, int]], names: NameTable) -> Quotation:
    inside = re.sub(r"^>{1,3} ?", "", text[start:end], flags=re.MULTILINE).strip()
    earliest = max([stop for _, stop in spans if stop <= start], default=0)
    latest = min([begin for begin, _ in spans if begin >= end], default=len(text))
    before = re.split(r"[.!?]\s|\n\n", text[max(earliest, start - _REACH) : start])[-1].rstrip("\"'“„«‘ ")
    after = re.split(r"[.!?]\s|\n\n", text[end : min(latest, end + _REACH)].lstrip("\"'”’«»“, "), maxsplit=1)[0]
    places = [(before, False)] if before.endswith(":") else []
    places += [(after, True)] if not _LEADS_ON.search(after) or latest >= end + _REACH else []
    for part, behind in (*places, (before, False)):
        found = _speaker(part, names, behind=behind)
        if found:
            return Quotation(inside, start, end, *found)
    return Quotation(inside, start, end)


def _speaker(part: str, names: NameTable, *, behind: bool) -> tuple[frozenset[str], str] | None:
    """Return whom a piece of text beside a quotation names as its speaker; ``behind``: it follows the quotation."""
    if not (_DASH.match(part) if behind else part.endswith(":")) and not _SAYS.search(part):
        return None
    cut = tokens(part)
    mentions: Sequence[Mention] = names.mentions([token.word for token in cut])
    if mentions:
        mention = mentions[0] if behind else mentions[-1]
        return mention.actors, part[cut[mention.start].start : cut[mention.end - 1].end]
    found = [match.group().strip() for match in _NAME.finditer(part) if match.group().split()[0].lower() not in _NO_NAMES]
    if not found:
        return None
    return frozenset(), found[0] if behind else found[-1]
