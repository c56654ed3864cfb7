"""Whose each quotation is: by the verb beside it, before or behind, by what it goes on from, or by who was spoken of last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.drafting.cast import Member
from bot.drafting.discourse import Discourse
from bot.drafting.scene import Item, Sentence, is_passive, verbs
from bot.drafting.subjects import Subject, first_subject, following, subject_of
from bot.english.speech import SAYING

_SHORT = 2  # words up to which quotation marks may only set a word off
_FAR = 24  # items behind a quotation in which its verb is looked for
_TITLING = frozenset("titled entitled named nicknamed headlined".split())
_SOMEBODY = frozenset("somebody someone anybody anyone nobody".split())
_LINKS = frozenset("that it the as a an of to for is was and".split())


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation with its speakers as read; ``verb`` is where in the sentence it is said to be theirs, None where nowhere.

    ``guessed``: nobody is named beside it. ``open``: it has no closing mark, so that the next paragraph may go on.
    """

    text: str
    sentence: Sentence
    place: int
    speakers: tuple[Member, ...] = ()
    verb: int | None = None
    guessed: bool = False
    open: bool = False

    @property
    def paragraph(self) -> int:
        """The number of its paragraph."""
        return self.sentence.paragraph.number

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def sentence_long(self) -> bool:
        """Whether no word stands before it in its sentence but other quotations."""
        return not any(item.kind in ("word", "name") for item in self.sentence.items[: self.place])


def quotations_of(sentence: Sentence, discourse: Discourse, before: Sequence[Said]) -> list[Said]:
    """Return the quotations of a sentence with their speakers; ``before`` are those read already, in order."""
    found: list[Said] = []
    for place, item in enumerate(sentence.items):
        if item.kind == "quote":
            found.append(_read(sentence, place, discourse, [*before, *found]))
    return found


def is_set_off(said: Said) -> bool:
    """Return whether the marks set off a word, as in so-called “trolls”, rather than quote somebody."""
    before = said.sentence.items[said.place - 1].lower if said.place else ""
    if said.words > _SHORT or before in _TITLING:
        return before in _TITLING
    return before == "so-called" or not (said.speakers or _is_utterance(said))


def _is_utterance(said: Said) -> bool:
    """Return whether a few words are a sentence or a turn of their own, as in: “Not today.”"""
    before = said.sentence.items[said.place - 1].text if said.place else ":"
    whole = said.text[:1].isupper() and said.text.endswith((".", ",", "…"))
    return before in (":", ",") or whole or said.text.endswith(("!", "?")) or said.sentence_long


def with_later(found: Sequence[Said]) -> tuple[Said, ...]:
    """Give quotations that only guess their speaker that of the next in the same paragraph, if that is named."""
    mended = list(found)
    for place in range(len(mended) - 2, -1, -1):
        said, later = mended[place], mended[place + 1]
        open_yet = (said.guessed or not said.speakers) and said.sentence_long and said.paragraph == later.paragraph
        goes_on = later.sentence_long or later.sentence is said.sentence
        if open_yet and goes_on and later.speakers and not later.guessed:
            mended[place] = replace(said, speakers=later.speakers, guessed=False)
    return tuple(mended)


def _read(sentence: Sentence, place: int, discourse: Discourse, before: Sequence[Said]) -> Said:
    items = sentence.items
    number = items[place].quote
    closed = number is None or sentence.paragraph.quotations[number].closed
    said = Said(items[place].text.strip(), sentence, place, open=not closed)
    for verb, subject in _attempts(items, place):
        if verb and items[verb - 1].lower in _SOMEBODY and _leads_to(items, verb, place):
            return said  # heard somebody shouting “…”
        speakers = discourse.resolve(subject, sentence) if subject is not None else ()
        if speakers:
            return replace(said, speakers=speakers, verb=verb)
    return _unattributed(said, discourse, before)


def _attempts(items: Sequence[Item], place: int) -> Iterable[tuple[int, Subject | None]]:
    """Return the ways to read whose a quotation is, the surest first: where the verb is, and its subject."""
    start = _clause(items, place)
    before = [verb for verb in verbs(items[:place]) if verb >= start]
    beside = [verb for verb in before if _leads_to(items, verb, place)]
    if beside:
        yield beside[-1], subject_of(items, beside[-1])
    yield from _behind(items, place)
    yield from _told_by(items, place)
    for verb in reversed(list(verbs(items[:place]))):
        yield verb, subject_of(items, verb)
    yield from _according(items, place)
    if place and items[place - 1].text == ":":
        yield place - 1, first_subject(items, 0, place - 1)


def _clause(items: Sequence[Item], place: int) -> int:
    """Return where the words between the quotation before and this one begin."""
    return max((at + 1 for at in range(place) if items[at].kind == "quote"), default=0)


def _leads_to(items: Sequence[Item], verb: int, place: int) -> bool:
    """Return whether nothing but small words and a hearer stands between a verb and a quotation."""
    between = [item for item in items[verb + 1 : place] if item.kind != "mark"]
    return len(between) <= 3 and all(item.lower in _LINKS or item.kind == "name" for item in between)


def _behind(items: Sequence[Item], place: int) -> Iterable[tuple[int, Subject | None]]:
    """Return what behind a quotation says whose it is: said Lee; Lee, the mayor, said; according to Lee."""
    at = place + 1
    while at < len(items) and items[at].text in (",", "—", "–", "-", ")"):
        at += 1
    if at >= len(items) or items[at].kind == "quote":
        return
    end = min(next((there for there in range(at, len(items)) if items[there].kind == "quote"), len(items)), at + _FAR)
    own = items[:end]
    found = [verb for verb in verbs(own) if verb >= at]
    quoted_first = not any(item.kind in ("word", "name") for item in items[:place])
    if found and found[0] == at and items[at].lower[-3:] != "ing":
        yield at, following(own, at + 1, anybody=True)
    near = found[0] - at <= 3 if found else False
    if found and found[0] > at and items[at].lower not in ("and", "but", "while", "who") and (quoted_first or near):
        yield found[0], subject_of(own, found[0], at)
    if quoted_first:
        yield from _according(items, place)


def _told_by(items: Sequence[Item], place: int) -> Iterable[tuple[int, Subject | None]]:
    """Return who is named behind ``by``: was told by Lee that, was described by Lee as, was said by Lee."""
    for verb in [*range(place - 2, -1, -1), *range(place + 1, len(items) - 2)]:
        if items[verb].lower in SAYING and is_passive(items, verb) and items[verb + 1].lower == "by":
            yield verb, following(items, verb + 2)


def _according(items: Sequence[Item], place: int) -> Iterable[tuple[int, Subject | None]]:
    """Return the source that is named as such: according to Lee, in the words of Lee, as Lee put it."""
    for at in range(len(items) - 2):
        if items[at].lower == "according" and items[at + 1].lower == "to":
            behind = at > place and all(item.kind == "mark" for item in items[place + 1 : at])
            if behind or at < place:
                yield at, following(items, at + 2)
    words = [item.lower for item in items[:place]]
    for at in range(len(words) - 3):
        if words[at : at + 4] == ["in", "the", "words", "of"]:
            yield at, following(items, at + 4)
        put = next((end for end in range(at + 2, min(at + 6, len(words) - 1)) if words[end] in ("put", "puts")), None)
        if words[at] == "as" and put is not None and words[put + 1] == "it":
            yield put, subject_of(items, put, at + 1)


def _unattributed(said: Said, discourse: Discourse, before: Sequence[Said]) -> Said:
    """Read a quotation beside which no verb stands."""
    if said.words <= _SHORT and not _is_utterance(said):
        doers = discourse.resolve(first_subject(said.sentence.items, 0, said.place), said.sentence)
        return said if any(doer.described for doer in doers) else replace(said, speakers=doers, guessed=True)
    last = before[-1] if before else None
    if last is not None and last.speakers and last.open:
        return replace(said, speakers=last.speakers)
    if last is not None and last.speakers and last.paragraph == said.paragraph and last.words > _SHORT:
        return replace(said, speakers=last.speakers, guessed=not said.sentence_long)
    own = () if said.sentence_long else discourse.resolve(first_subject(said.sentence.items, 0, said.place), said.sentence)
    spoken = discourse.last_speaking()
    speakers = own or ((spoken,) if spoken is not None else ())
    return replace(said, speakers=speakers, guessed=True)
