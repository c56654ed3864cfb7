"""How much one source, actor, fact, question or story may hold: far more than people write, yet no more than answering can bear.

All ways in keep to these limits: story files name the line, forms the field, and any other change is refused when it is planned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.facts.models import Actor, Citation, Fact, RecordedQuestion, Source, StoryInfo
from bot.messages import Count, Message

MAX_TEXT = 20_000
"""Characters of a text: what happened, words of a quote, a claim, its context, a summary, a note."""

MAX_LINE = 2_000
"""Characters of a text on one line: a title, a name, a role, a place in a source."""

MAX_QUESTION = 6_000
"""Characters of a question or a phrasing: as many as an option of a command takes, since readers' questions get recorded."""

MAX_URL = 8_000
"""Characters of an address; few browsers and servers take longer ones."""

MAX_ID = 500
"""Characters of a story's id, or of its language; other ids are keys of a story file, which allows no longer ones."""

MAX_ALIASES, MAX_PHRASINGS = 100, 100
"""Other names of an actor, other phrasings of a fact."""

MAX_WORDING = 10_000
"""Characters of all other names of an actor, or of all phrasings of a fact: every new question is compared with them."""

MAX_LINKS = 1_000
"""Citations, speakers, participants or subjects of one fact, and facts that a question expects."""

MAX_AUTHORS = 10_000
"""Authors of a source: some physics papers have five thousand."""

MAX_DETAILS = 500_000
"""Characters of all authors, or of all details, of a source."""

Item = Source | Actor | Fact | RecordedQuestion | StoryInfo


@dataclass(frozen=True, slots=True)
class Excess:
    """A field that holds too much: its name in the record, which item of its list (None: all of it), and what to do."""

    field: str
    index: int | None
    problem: Message
    mend: Message

    @property
    def message(self) -> Message:
        """What is wrong, and how to mend it."""
        return Message("{problem} {mend}", problem=self.problem, mend=self.mend)


def excesses(item: Item) -> Iterator[Excess]:
    """Yield the fields of an item that are beyond their limits."""
    match item:
        case StoryInfo():
            yield from _long(MAX_ID, id=item.id, language=item.language)
            yield from _long(MAX_LINE, title=item.title)
            yield from _long(MAX_TEXT, summary=item.summary)
        case Source():
            yield from _long(MAX_LINE, type=item.type, title=item.title, publisher=item.publisher)
            yield from _long(MAX_URL, url=item.url, archive=item.archive)
            yield from _long(MAX_TEXT, note=item.note)
            yield from _many("authors", item.authors, MAX_AUTHORS, MAX_DETAILS)
            yield from _many("details", [text for _, text in item.details], MAX_DETAILS, MAX_DETAILS)
        case Actor():
            yield from _long(MAX_LINE, name=item.name, role=item.role)
            yield from _many("aliases", item.aliases, MAX_ALIASES, MAX_WORDING)
            yield from _cited(item.citations)
        case Fact():
            yield from _long(MAX_TEXT, text=item.text, context=item.context)
            yield from _long(MAX_LINE, where=item.where)
            for field, ids in (("by", item.by), ("who", item.who), ("about", item.about)):
                if ids:
                    yield from _many(field, ids, MAX_LINKS)
            yield from _many("asked_as", item.asked_as, MAX_PHRASINGS, MAX_WORDING, longest=MAX_QUESTION)
            yield from _cited(item.citations)
        case RecordedQuestion():
            yield from _long(MAX_QUESTION, ask=item.ask)
            yield from _long(MAX_LINE, short=item.short)
            yield from _many("expect", item.expect, MAX_LINKS)


def has_room_for(phrasings: Sequence[str], phrasing: str) -> bool:
    """Return whether a fact with these phrasings may have one more."""
    return not [*_many("asked_as", (*phrasings, phrasing), MAX_PHRASINGS, MAX_WORDING, longest=MAX_QUESTION)]


def _cited(citations: Sequence[Citation]) -> Iterator[Excess]:
    if citations:
        yield from _many("citations", [citation.locator or "" for citation in citations], MAX_LINKS)


def _long(most: int, index: int | None = None, **texts: str | None) -> Iterator[Excess]:
    for field, text in texts.items():
        if text is not None and len(text) > most:
            problem = Message("This has {length} characters, and the limit is {most}.", length=Count(len(text)), most=Count(most))
            yield Excess(field, index, problem, Message("Shorten it."))


def _many(
    field: str, texts: Sequence[str], most: int, most_signs: int | None = None, *, longest: int = MAX_LINE
) -> Iterator[Excess]:
    """Yield what exceeds a limit in a list: the length of one text, their number, or their length together."""
    length = sum(map(len, texts))
    if len(texts) <= most and length <= min(longest, most_signs or longest):  # nearly always so, and a story has many lists
        return
    too_long = [excess for index, text in enumerate(texts) for excess in _long(longest, index, **{field: text})]
    yield from too_long
    leave_out = Message("Leave some of them out.")
    if len(texts) > most:
        problem = Message("There are {length} of these, and the limit is {most}.", length=Count(len(texts)), most=Count(most))
        yield Excess(field, None, problem, leave_out)
    elif most_signs is not None and length > most_signs and not too_long:
        problem = Message(
            "Together these have {length} characters, and the limit is {most}.", length=Count(length), most=Count(most_signs)
        )
        yield Excess(field, None, problem, leave_out)
