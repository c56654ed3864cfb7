"""What happened when: the sentences with a date that tell an event. One that tells only that something was said is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.drafting.dates import TextDate, dates_in, published_day
from bot.drafting.other_dates import dates_in_language
from bot.english.sentences import Entity, Paragraph, Sentence, SentenceItem, verbs
from bot.english.word_classes import RELATIVES, SPOKEN_ONLY, SUBORDINATORS
from bot.facts.dates import StoryDate
from bot.languages import ENGLISH
from bot.multilingual.published_lines import is_of_change

_NEAR = 6  # items behind a verb of speech within which a date is that of the words
_MIN_WORDS = 5  # words of an event outside quotations; fewer are a caption or a rest of a sentence
_BLANK = "\0"  # instead of each sign of a quotation


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event as a sentence tells it, the date as the text says it and as it was resolved, and who takes part."""

    text: str
    dated: TextDate
    who: tuple[Entity, ...]
    sentence: Sentence


class EventReader:
    """Reads the dates of sentences, each once, as resolved from the day of publication and from what was told before.

    ``sentences`` are those of the text, in its order; a sentence that is none of them has nothing before it. In another
    ``language`` than English dates alone are read, and no events.
    """

    def __init__(self, published: date | None, sentences: Iterable[Sentence] = (), language: str = ENGLISH) -> None:
        self.published, self._language = published, language
        self._read: dict[Sentence, tuple[TextDate, ...]] = {}
        previous: StoryDate | None = None
        paragraph = reached = 0
        for sentence in sentences:
            number = sentence.paragraph.number
            near = previous if number == paragraph else None
            above = previous if number > reached and number - 1 == paragraph else None
            dates = self._read[sentence] = self._dates(sentence, previous, near, above)
            last = next((dated.date for dated in reversed(dates) if dated.date is not None and not dated.in_passing), None)
            reached = number
            if last is not None:
                previous, paragraph = last, number
        self.dates_of = cache(lambda sentence: tuple(dated for dated in self.all_of(sentence) if not dated.limits))
        self.events_of = cache(lambda sentence: tuple(_events(sentence, self.dates_of(sentence))) if self._is_english else ())

    @property
    def _is_english(self) -> bool:
        return self._language.partition("-")[0] == ENGLISH

    def all_of(self, sentence: Sentence) -> tuple[TextDate, ...]:
        """Return the dates of a sentence, also those that only limit a time."""
        return self._read[sentence] if sentence in self._read else self._dates(sentence)

    def _dates(
        self, sentence: Sentence, previous: StoryDate | None = None, near: StoryDate | None = None, above: StoryDate | None = None
    ) -> tuple[TextDate, ...]:
        """Return the dates of a sentence outside its quotations; places are those in its paragraph.

        ``previous`` is the date that was told last before it, ``near`` if that was in its paragraph, ``above`` if it was in the
        paragraph before and the sentence opens the next.
        """
        start, end = sentence.items[0].start, sentence.items[-1].end
        shown = sentence.paragraph.text[start:end]
        for item in sentence.items:
            if item.kind == "quote":
                shown = f"{shown[: item.start - start]}{_BLANK * (item.end - item.start)}{shown[item.end - start :]}"
        day = self._day_of(sentence.paragraph)
        if self._is_english:
            dates = dates_in(shown, day, previous, near, above)
        else:
            dates = dates_in_language(shown, day, self._language, near, above)
        if dates and is_of_change(shown[: dates[0].start]):
            dates = tuple(replace(dated, limits=True) for dated in dates)
        return tuple(replace(dated, start=dated.start + start, end=dated.end + start) for dated in dates)

    def _day_of(self, paragraph: Paragraph) -> date | None:
        """Return the day on which a paragraph was written: that of its dateline, where it has one, or of the publication."""
        stated = dates_in(paragraph.text[: paragraph.first], self.published) if paragraph.first else ()
        written = next((day for dated in stated if (day := published_day(dated.date)) is not None), None)
        return written if written is not None and self.published is not None and written <= self.published else self.published

    def date_of_words(self, sentence: Sentence, verb: int | None) -> TextDate | None:
        """Return the date that a sentence gives for what is said in it: before the verb, or right behind it."""
        dates = self.dates_of(sentence) if verb is not None else ()
        if verb is None or not dates:
            return None
        items = sentence.items
        last = items[min(verb + _NEAR, len(items) - 1)].start
        for dated in dates:
            between = [item for item in items if items[verb].start < item.start < dated.start]
            beside = not any(item.kind == "quote" or item.lower == "that" for item in between)
            if dated.start <= last and beside and _relative_clause(sentence, dated) is None and not _is_aside(items, dated):
                return dated
        return None


def _events(sentence: Sentence, dates: Sequence[TextDate]) -> Iterator[DatedEvent]:
    """Yield the event of a clause with ``who``, and that of the sentence where a date of its own tells when it happened."""
    if not dates:
        return
    clauses = [(dated, _relative_clause(sentence, dated)) for dated in dates]
    beside = next(((dated, clause) for dated, clause in clauses if clause is not None), None)
    if beside is not None:
        dated, (text, who) = beside
        yield DatedEvent(text, dated, who, sentence)
    spoken = [verb for verb in verbs(sentence.items) if sentence.items[verb].lower in SPOKEN_ONLY]
    # A date beside a verb of speech is that of what is said, unless the verb is in a clause that only adds to another: "It was
    # closed on Thursday, after it had asked for more" was closed on that day.
    own = [
        dated
        for dated, clause in clauses
        if clause is None and all(_is_in_other_clause(sentence.items, verb, dated) for verb in spoken)
    ]
    outside = sum(len(item.text.split()) for item in sentence.items if item.kind in ("word", "name"))
    if own and outside >= _MIN_WORDS:
        yield DatedEvent(sentence.text(), own[0], sentence.entities(), sentence)


def _is_in_other_clause(items: Sequence[SentenceItem], verb: int, dated: TextDate) -> bool:
    """Return whether a verb stands in a clause that only adds to another, and the date outside of it."""
    first = verb
    while first and items[first - 1].text not in (",", ";") and items[first].lower not in SUBORDINATORS | RELATIVES:
        first -= 1
    if items[first].lower not in SUBORDINATORS | RELATIVES:
        return False
    last = next((at for at in range(verb, len(items)) if items[at].text in (",", ";")), len(items) - 1)
    return dated.start < items[first].start or dated.start > items[last].start


def _is_aside(items: Sequence[SentenceItem], dated: TextDate) -> bool:
    """Return whether a date stands in a clause that only says more of somebody.

    "Lee, 54, who was elected in 2019, said", "Lee, dismissed in 2019, said".
    """
    before = [item for item in items if item.start < dated.start]
    begins = next((at for at in range(len(before) - 1, 0, -1) if before[at].text == ","), None)
    if begins is None or begins + 1 >= len(before):
        return False
    first, owner = before[begins + 1], before[begins - 1]
    participle = first.lower.endswith("ed") and owner.kind == "name" and first.lower not in ("asked", "dated")
    return participle or first.lower in RELATIVES


def _relative_clause(sentence: Sentence, dated: TextDate) -> tuple[str, tuple[Entity, ...]] | None:
    """Return the event of a clause with ``who`` that holds the date, told of those to whom it belongs."""
    items = sentence.items
    inside = next(at for at, item in enumerate(items) if item.end > dated.start)
    opens = next((at for at in range(inside - 1, 0, -1) if items[at].kind == "quote" or items[at].text == ","), None)
    if opens is None or items[opens + 1].lower != "who" or items[opens - 1].kind != "name":
        return None
    who = opens + 1
    end = next((at for at in range(inside, len(items)) if items[at].kind == "quote" or items[at].text in (";", ".")), len(items))
    verb = next((at for at in verbs(items) if at > inside and items[at - 1].text == ","), end)
    # It may belong to a name before the last: Ann Lee, once a nurse at St Mary, who.
    owner = opens - 1
    begin = next((at for at in range(opens, 1, -1) if items[at - 1].text == ","), 1)
    entity, before = items[owner].entity, items[begin - 2].entity if begin > 1 else None
    if before is not None and before.kind == "person" and (entity is None or entity.kind != "person"):
        owner = begin - 2
    first = owner
    while first - 2 >= 0 and items[first - 2].kind == "name" and items[first - 1].text in ("and", ","):
        first -= 2
    owners = sentence.entities(first, owner + 1)
    names = " and ".join(entity.name for entity in owners)
    text = f"{names} {sentence.text(who + 1, min(end, verb)).rstrip(' ,')}."
    return text, (*owners, *(other for other in sentence.entities(who, min(end, verb)) if other not in owners))
