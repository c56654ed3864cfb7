"""Writing a story as a story file, as a person would: the same story always gives the same bytes.

A text has no quotes where no YAML reader, of version 1.1 or 1.2, would take it for anything but text; long text is folded;
invisible characters are written as escapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from textwrap import wrap

from bot.facts.dates import StoryDate
from bot.facts.models import WRITTEN_KINDS, Actor, Citation, Fact, RecordedQuestion, Source, Story
from bot.stories.csl_terms import join_note

_SHORT_PARAGRAPH = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*")
_FIGURES = re.compile(r"[1-9][0-9]*(-[0-9]+)?")
WIDTH = 120

# What some reader takes for null, a truth value, a number, a time or a date.
_AMBIGUOUS = re.compile(
    r"""~|null|true|false|yes|no|on|off|y|n
    |[-+]?[\d_]*\.?[\d_]+\.?(e[-+]?\d+)?|0x[\da-f_]+|0o?[0-7_]+|[-+]?\.(inf|nan)
    |[-+]?\d+(:\d+)+(\.\d*)?|\d{4}-\d\d?-\d\d?([t\s].*)?""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENING_SIGNS = "(“‘«„¿¡$€£"
_JOINERS = "\u200c\u200d"
_BREAKS_PLAIN = re.compile(r":(\s|$)|\s#")
_BREAKS_FLOW = re.compile(r"[,\[\]{}:]")


def dump_story(story: Story) -> str:
    """Write a story as YAML that `read_story` reads back as the same story, without facts that nobody has reviewed."""
    info = story.info
    sections = [
        ["story:", *_texts(2, id=info.id, title=info.title, summary=info.summary, language=info.language)],
        _section("sources", (_source(source) for source in story.sources)),
        _section("actors", (_actor(actor) for actor in story.actors)),
        *(
            _section(f"{kind}s", (_fact(fact) for fact in story.facts if fact.kind == kind and fact.reviewed))
            for kind in WRITTEN_KINDS
        ),
        _section("questions", (_question(question) for question in story.questions)),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _section(name: str, entries: Iterable[Iterable[str]]) -> list[str]:
    lines = [line for entry in entries for line in entry]
    return [f"{name}:", *lines] if lines else []


def _source(source: Source) -> Iterator[str]:
    yield f"  {_scalar(source.id)}:"
    yield from _texts(4, type=source.type, title=source.title, publisher=source.publisher)
    yield from _list("author", source.authors)
    yield from _date("published", source.published)
    yield from _texts(4, url=source.url, archive=source.archive, note=join_note(source.note, source.details))


def _actor(actor: Actor) -> Iterator[str]:
    yield f"  {_scalar(actor.id)}:"
    yield from _texts(4, name=actor.name, kind=actor.kind)
    yield from _list("aliases", actor.aliases)
    yield from _texts(4, role=actor.role, wikidata=actor.wikidata)
    yield from _cite(actor.citations)


def _fact(fact: Fact) -> Iterator[str]:
    yield f"  {_scalar(fact.id)}:"
    if fact.kind == "event":
        yield from _date("date", fact.date)
        yield from _texts(4, what=fact.text, where=fact.where)
        yield from _list("who", fact.who)
    else:
        yield from _list("by", fact.by, alone=True)
        yield from _texts(4, text=fact.text)
        yield from _date("date", fact.date)
        yield from _texts(4, context=fact.context)
        yield from _list("about", fact.about)
        yield from _texts(4, event=fact.event)
    yield from _cite(fact.citations)
    if fact.asked_as:
        yield "    asked_as:"
        yield from (f"      - {_value(text, 8, 8)}" for text in fact.asked_as)


def _question(question: RecordedQuestion) -> Iterator[str]:
    yield f"  - ask: {_value(question.ask, 6, 9)}"
    yield from _list("expect", question.expect) if question.expect else ["    expect: []"]
    yield from _texts(4, short=question.short)


def _texts(indent: int, **texts: str | None) -> Iterator[str]:
    for key, text in texts.items():
        if text is not None:
            yield f"{' ' * indent}{key}: {_value(text, indent + 2, indent + len(key) + 2)}"


def _date(key: str, date: StoryDate | None) -> Iterator[str]:
    """Write a date; a full day has no quotes, as people write it, although other readers take it for more than text."""
    if date is not None:
        yield f"    {key}: {date.edtf if re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', date.edtf) else _scalar(date.edtf)}"


def _list(key: str, texts: tuple[str, ...], *, alone: bool = False) -> Iterator[str]:
    """Write a list in brackets, or with one item a line if that is too long; ``alone``: a single item needs no list."""
    if not texts:
        return
    if alone and len(texts) == 1:
        yield f"    {key}: {_scalar(texts[0])}"
        return
    line = f"    {key}: [{', '.join(_scalar(text, flow=True) for text in texts)}]"
    if len(line) <= WIDTH:
        yield line
        return
    yield f"    {key}:"
    yield from (f"      - {_value(text, 8, 8)}" for text in texts)


def _cite(citations: tuple[Citation, ...]) -> Iterator[str]:
    if len(citations) == 1:
        yield f"    cite: {_citation(citations[0])}"
    elif citations:
        line = f"    cite: [{', '.join(map(_citation, citations))}]"
        if len(line) <= WIDTH:
            yield line
        else:
            yield "    cite:"
            yield from (f"      - {_citation(citation)}" for citation in citations)


def _citation(citation: Citation) -> str:
    source = _scalar(citation.source, flow=True)
    if citation.label is None or citation.locator is None:
        return source
    if citation.label == "paragraph" and _SHORT_PARAGRAPH.fullmatch(citation.locator):
        return _scalar(f"{citation.source}#{citation.locator}", flow=True)
    locator = citation.locator if _FIGURES.fullmatch(citation.locator) else _scalar(citation.locator, flow=True)
    return f"{{source: {source}, {citation.label}: {locator}}}"


def _scalar(text: str, *, flow: bool = False) -> str:
    """Write a text on one line, for a list in brackets if ``flow``."""
    plain = (
        text
        and (text[0].isalnum() or text[0] in _OPENING_SIGNS)
        and not text.endswith(" ")
        and _is_visible(text)
        and not _BREAKS_PLAIN.search(text)
        and not _AMBIGUOUS.fullmatch(text)
    )
    if plain and not (flow and _BREAKS_FLOW.search(text)):
        return text
    if _is_visible(text) and ('"' in text or "\\" in text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(map(_escaped, text)) + '"'


def _value(text: str, indent: int, used: int) -> str:
    """Write a text as the value of a key or the item of a list.

    ``indent`` is the indent of the lines below, ``used`` how much of the first line is taken.
    """
    lines = text.split("\n")
    if len(lines) > 1:
        plain = all(_is_visible(line) and line == line.strip() for line in lines) and lines[0] and lines[-1]
        return _block("|-", lines, indent) if plain else _scalar(text)
    # Only a text that reads back the same after being broken at its spaces may be folded.
    folds = _is_visible(text) and "  " not in text and text == text.strip() and " " in text
    if used + len(text) <= WIDTH or not folds:
        return _scalar(text)
    return _block(">-", wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False), indent)


def _is_visible(text: str) -> bool:
    return all(sign.isprintable() or sign in _JOINERS for sign in text)


def _block(header: str, lines: Iterable[str], indent: int) -> str:
    return "\n".join([header, *(f"{' ' * indent}{line}" if line else "" for line in lines)])


def _escaped(sign: str) -> str:
    if sign in '"\\':
        return "\\" + sign
    if sign.isprintable() or sign in _JOINERS:
        return sign
    if sign in "\n\t":
        return "\\n" if sign == "\n" else "\\t"
    code = ord(sign)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
