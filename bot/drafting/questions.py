"""Questions proposed for a drafted story, made from its facts: who said what, about whom, and what happened when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice

from bot.drafting.dates import TextDate
from bot.drafting.events import DatedEvent
from bot.english.lexicon import Lexicon, base_forms
from bot.english.sentences import SentenceItem
from bot.english.word_classes import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, RELATIVES, SUBORDINATORS
from bot.facts.models import Actor, Fact, RecordedQuestion
from bot.resources import lexicon_file

_MAX_QUESTIONS = 8  # questions of each sort, for a person has to review them all
_MAX_SILENT = 2  # questions that nothing answers
_QUOTED = 8  # words of a quotation by which it is asked for
_MIN_QUOTED = 4  # words of a quotation whose speaker or day is asked for
_MAX_CHARACTERS = 110  # characters, so that a question stays on one line of the file
_SUBJECT = 8  # items of the longest subject
_PLURAL = re.compile(r"(?:s|men|people|children|feet|teeth|geese|mice|er|est)$")  # irregular forms that are not of verbs
_INVERTED = frozenset("was were is are will can could would".split())
_CLAUSES = SUBORDINATORS | RELATIVES
_NO_SUBJECTS = PREPOSITIONS | DETERMINERS | _CLAUSES | AUXILIARIES | {"and", "or", "to"}


def questions_of(
    facts: Sequence[Fact], actors: Sequence[Actor], events: Mapping[str, DatedEvent], names: Mapping[str, str]
) -> tuple[RecordedQuestion, ...]:
    """Return questions that the facts answer, and some that nothing does.

    ``events`` are the events as read, by the ids of their facts; ``names`` are what actors are called inside a sentence.
    """
    with closing(Lexicon(lexicon_file())) as lexicon:
        questions = [
            *islice(_speakers_asked(facts, names), _MAX_QUESTIONS),
            *islice(_statements_asked(facts, names), _MAX_QUESTIONS),
            *islice(_speech_dates_asked(facts, names), _MAX_QUESTIONS),
            *islice(_happened_when(facts, events, lexicon), _MAX_QUESTIONS),
            *islice(_happened_on(facts), _MAX_QUESTIONS),
            *islice(_silent(facts, actors), _MAX_SILENT),
        ]
    once = {question.ask: question for question in questions if len(question.ask) <= _MAX_CHARACTERS}
    return tuple(once.values())


def _speakers_asked(facts: Iterable[Fact], names: Mapping[str, str]) -> Iterator[RecordedQuestion]:
    """Ask for the speaker of the longest quote of each."""
    longest: dict[str, Fact] = {}
    for fact in facts:
        speaker = fact.by[0] if len(fact.by) == 1 else ""
        longer = speaker not in longest or len(fact.text) > len(longest[speaker].text)
        if fact.kind == "quote" and speaker in names and longer:
            longest[speaker] = fact
    for speaker, fact in longest.items():
        if len(fact.text.split()) >= _MIN_QUOTED:
            yield RecordedQuestion(f"Who said “{_beginning(fact.text)}”?", (fact.id,), names[speaker].removeprefix("the "))


def _statements_asked(facts: Sequence[Fact], names: Mapping[str, str]) -> Iterator[RecordedQuestion]:
    """Ask what each speaker said, and of whom where the quotes name somebody."""
    by: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for speaker in fact.by:
            by[speaker].append(fact)
    for speaker, theirs in by.items():
        if speaker not in names:
            continue
        yield RecordedQuestion(f"What did {names[speaker]} say?", tuple(fact.id for fact in theirs))
        about = dict.fromkeys(other for fact in theirs for other in fact.about if other in names)
        for other in about if len(about) < len(theirs) else ():
            about_other = tuple(fact.id for fact in theirs if other in fact.about)
            yield RecordedQuestion(f"What did {names[speaker]} say about {names[other]}?", about_other)


def _speech_dates_asked(facts: Iterable[Fact], names: Mapping[str, str]) -> Iterator[RecordedQuestion]:
    for fact in facts:
        distinct = len(fact.text.split()) >= _MIN_QUOTED
        if fact.kind == "quote" and fact.date and len(fact.by) == 1 and fact.by[0] in names and distinct:
            asked = f"When did {names[fact.by[0]]} say “{_beginning(fact.text)}”?"
            yield RecordedQuestion(asked, (fact.id,), fact.date.words())


def _happened_when(facts: Iterable[Fact], events: Mapping[str, DatedEvent], lexicon: Lexicon) -> Iterator[RecordedQuestion]:
    for fact in facts:
        event = events.get(fact.id)
        if event is None or fact.date is None or event.text != event.sentence.text():
            continue
        asked = when_question(event.sentence.items, event.dated, lexicon)
        if asked is not None:
            yield RecordedQuestion(asked, (fact.id,), fact.date.words())


def _happened_on(facts: Sequence[Fact]) -> Iterator[RecordedQuestion]:
    days: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "event" and fact.date and re.fullmatch(r"\d{4}-\d\d-\d\d", fact.date.edtf):
            days[fact.date.words()].append(fact)
    for day, theirs in days.items():
        yield RecordedQuestion(f"What happened on {day}?", tuple(fact.id for fact in theirs))


def _silent(facts: Sequence[Fact], actors: Iterable[Actor]) -> Iterator[RecordedQuestion]:
    """Ask what people said who say nothing: that must not be answered."""
    speaking = {speaker for fact in facts for speaker in fact.by}
    for actor in actors:
        if actor.kind == "person" and actor.id not in speaking:
            yield RecordedQuestion(f"What did {actor.name} say?")


def when_question(items: Sequence[SentenceItem], dated: TextDate, lexicon: Lexicon) -> str | None:
    """Turn a sentence about the past into the question when that was: its verb before the subject, its date left out.

    None where the subject or the verb is not plain, or where the subject is a pronoun.
    """
    # A date may begin the sentence, which goes on behind it: In April, | Google altered.
    comma = next((at for at, item in enumerate(items) if item.text == "," and item.start >= dated.end), len(items))
    leads = all(item.lower in PREPOSITIONS | {"late", "early"} for item in items if item.end <= dated.start)
    first = comma + 1 if leads and comma + 1 < len(items) else 0
    words = [(at, items[at].lower) for at in range(first + 1, min(first + _SUBJECT, len(items))) if items[at].kind == "word"]
    past = (at for at, word in words if word in _INVERTED or (word not in AUXILIARIES and _base(word, lexicon) != word))
    verb = next(past, None)
    if verb is None or items[first].lower in PRONOUNS or any(item.stops for item in items[first:verb]):
        return None
    before = items[verb - 1]
    if before.lower in _NO_SUBJECTS or before.possessive or any(item.lower in _CLAUSES for item in items[first:verb]):
        return None
    last = next(
        (at for at in range(verb + 1, len(items)) if items[at].stops or items[at].end > dated.start >= items[first].start),
        len(items),
    )
    if last < len(items) and items[last].kind == "quote":
        return None
    while last > verb + 1 and items[last - 1].lower in PREPOSITIONS | {"late", "early"}:
        last -= 1
    subject, rest = _text(items[first:verb]), _text(items[verb + 1 : last])
    word = items[verb].lower
    if first == 0 and items[0].kind == "word":
        subject = f"{subject[:1].lower()}{subject[1:]}"
    if word in AUXILIARIES:
        return f"When {word} {subject} {rest}?" if rest else None
    ends = all(item.kind == "mark" for item in items if item.start >= dated.end)
    return f"When did {subject} {_base(word, lexicon)}{rest and ' '}{rest}?" if rest or ends else None


def _base(word: str, lexicon: Lexicon) -> str:
    """Return the base form of a verb in the past; other words as they are."""
    if word.endswith("ed"):
        return lexicon.commonest(base_forms(word), least=0.0) or word
    return word if _PLURAL.search(word) else lexicon.lemma(word)


def _text(items: Sequence[SentenceItem]) -> str:
    """Return items as text; no sign stands before what makes an owner of a name."""
    return re.sub(r" (?=['’])", "", " ".join(item.text for item in items))


def _beginning(text: str) -> str:
    """Return the first words of a quotation, without marks at the end; an ellipsis stands where it is cut."""
    words = text.split()
    beginning = " ".join(words[:_QUOTED]).strip(" .,;:!?…“”\"'")
    return f"{beginning}…" if len(words) > _QUOTED else beginning
