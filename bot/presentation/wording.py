"""The words that Footnote uses both on Discord and in a terminal; each of the two has further words of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from textwrap import shorten

from bot.answers.models import Answer, Explanation
from bot.answers.namesakes import may_be
from bot.facts.dates import iso_of, parse_date
from bot.facts.models import ActorRecord, FactRecord, Revision, Source
from bot.facts.sourcing import independent, nature
from bot.facts.speakers import within_sentence
from bot.facts.text import on_one_line, shortened
from bot.facts.unreviewed import Coverage
from bot.languages import language, say, say_message, say_number, set_apart, speaking
from bot.phrases import in_marks, joined, labelled, listed, separated

NO_ANSWER = "I can't answer that from the facts I have."
NEAREST = "The nearest facts I have:"
NOT_SURE = "I am not sure that this answers it:"
ALSO_NEAR = "Also near"
SEE_ALSO = "See also"
SOURCES = "Sources"
NO_DATE = "Date not known"
HAPPENED = "What happened"
SAID = "Said and claimed"
SAID_ABOUT = "Said by others"
NETWORK = "Who speaks about whom"
WHY = "Why this answer"
WHY_NOT = "Why no answer"
NOT_REVIEWED = "From the article, not checked by a moderator"
WITHDRAWN = "Withdrawn {when}."
WITHDRAWN_BECAUSE = "Withdrawn {when}: {reason}"
NO_NAME = "Name a person or an organisation, for example: /who Twitter"

_MAX_LATER, _MAX_LATER_LENGTH = 3, 80
_MAX_WORDS = 12
_MAX_REASON = 150
_MAX_SPEAKERS = 2
_MAX_CORRECTIONS = 5
_NEARLY_ALL = 0.8  # share of a fact's letters from which a headline in the same words would only repeat the fact
_DOUBTFUL = 0.5  # confidence below which that alone is a reason not to answer

# What a question may ask for, in words that follow "You asked"; whether a fact says it can be told from the fact.
_SLOTS = {slot: slot for slot in ("when", "where", "who", "how much", "why", "what somebody said", "who said it")}
# The same where that cannot be told.
_OPEN = {"keywords": "with keywords alone", "what": "what something is", "yes or no": "whether something is so"}

_ASKED = "You asked {slot}."
_SAYS = "You asked {slot}, and the first fact says that."
# By whether the question is answered. (Whole sentences each, as translations need.)
_LACKS = {
    True: "You asked {slot}, and the first fact does not say that.",
    False: "You asked {slot}, and the nearest fact does not say that.",
}
# What the first fact is, in a sentence and in a word or two.
_NATURE = {
    "event": "It is an event.",
    "quote": "It is what somebody said, word for word.",
    "claim": "It is what somebody claims.",
    "passage": "It is a sentence of an article, word for word.",
    "role": "It says who somebody is.",
    "own": "It is the publisher's own statement or opinion.",
}
_STANDING = {
    "event": "Reported by {sources}.",
    "quote": "Quoted word for word by {sources}.",
    "claim": "Claimed by {names}, reported by {sources}.",
    "passage": "Told by {sources}.",
    "role": "Reported by {sources}.",
    "own": "The publisher's own statement or opinion, in {sources}.",
}
_ATTRIBUTED = re.compile(r"\s*according to\b", re.IGNORECASE)
_HAS = {
    True: "Words of your question that the first fact has, or has other words for",
    False: "Words of your question that the nearest fact has, or has other words for",
}
_FITS = {
    True: "How well the first fact fits: {number} out of 100{little}.",
    False: "How well the nearest fact fits: {number} out of 100{little}.",
}


def counted(number: int, one: str, many: str) -> str:
    """Say how many: ``1 fact``, ``3 facts``."""
    return f"{number} {one if number == 1 else many}"


def withdrawal(ref: str, last: Revision) -> str:
    """Return the line shown with a fact whose ``last`` step withdrew it: its ref, the day and the reason.

    Return "" where that step did something else.
    """
    if last.action != "retract":
        return ""
    reason = shortened(on_one_line(last.reason or ""), _MAX_REASON)
    sentence = WITHDRAWN_BECAUSE if reason else WITHDRAWN
    return labelled(ref, say(sentence, when=parse_date(last.at[:10]).words(language()), reason=reason))


def timeline_title(actor: str | None, period: str) -> str:
    """Head a timeline; ``period`` is the time as understood, such as ``from October 2017``."""
    return say("Timeline") + (say(" of {actor}").format(actor=actor) if actor else "") + (f" {period}" if period else "")


def network_title(actor: str | None) -> str:
    """Head the list of who speaks about whom."""
    return say("Who speaks about {actor}, and about whom {actor} speaks").format(actor=actor) if actor else say(NETWORK)


def date_words(record: FactRecord) -> str:
    """Return the date of a fact in words."""
    return record.fact.date.words(language()) if record.fact.date else say(NO_DATE)


def published(source: Source) -> list[str]:
    """Say who published a source and when; the publisher is left out if it is the title (of a page known only by its address)."""
    publisher = source.publisher if source.publisher and source.publisher != source.title else ""
    when = set_apart(source.published.words(language())) if source.published else ""
    return [part for part in (publisher, when) if part]


def circumstances(record: FactRecord) -> list[str]:
    """Say when, where and on what occasion a fact was, as far as recorded, and that nobody has reviewed it, if so."""
    fact = record.fact
    occasion = fact.context if fact.kind != "passage" else None  # there it is the sentence before
    when = set_apart(fact.date.words(language())) if fact.date else None
    unchecked = None if fact.reviewed else say(NOT_REVIEWED)
    return [part for part in (when, fact.where, occasion, unchecked) if part]


def coverage(read: Coverage) -> str:
    """Say how many sentences of articles are reviewed, and of how many articles; "" where no article was read."""
    if not read.sentences:
        return ""
    sentences = say_number(
        read.sentences,
        "{reviewed} of {number} sentence reviewed",
        "{reviewed} of {number} sentences reviewed",
        reviewed=read.reviewed,
    )
    return ", ".join([sentences, say_number(read.articles, "{number} article", "{number} articles")])


def statement_counts(quotes: int, claims: int) -> list[str]:
    """Say how many quotes and how many claims there are, leaving out a count of none."""
    return [
        *([say_number(quotes, "{number} quote", "{number} quotes")] if quotes else []),
        *([say_number(claims, "{number} claim", "{number} claims")] if claims else []),
    ]


def page_number(page: int, pages: int) -> list[str]:
    """Say which page it is (counted from 0); nothing if there is only one."""
    return [say("Page {page} of {pages}").format(page=page + 1, pages=pages)] if pages > 1 else []


def example(speakers: Sequence[ActorRecord]) -> str:
    """Return a question that the facts answer: about the first of the ``speakers``, if there are any."""
    return f"what did {speakers[0].actor.name} say?" if speakers else "what happened?"


def headline(short: str | None, records: Sequence[FactRecord]) -> str | None:
    """Return a short answer to show above the facts; None where the first fact, right below, says no more than that."""
    first = next((record for record in records if not record.retracted), None)
    short = short and say_message(short)
    if not short or first is None:
        return short
    words, whole = _letters(short), _letters(first.fact.text)
    return None if words in whole and len(words) >= _NEARLY_ALL * len(whole) else short


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def is_attributed(text: str) -> bool:
    """Return whether a claim itself says whose it is, so that nobody needs to be named before it."""
    return _ATTRIBUTED.match(text) is not None


def standing(records: Sequence[FactRecord], show: Callable[[str], str]) -> str:
    """Say what an answer rests on: whether it is an event, somebody's claim or the publisher's own, and on how many sources.

    For example ``Reported by 2 independent sources.`` With several facts it is about the first; "" where none is left. ``show``
    makes a name fit to be shown.
    """
    first = next((record for record in records if not record.retracted), None)
    if first is None:
        return ""
    names = [show(actor.name) for actor in first.speakers]
    several = [*names[:_MAX_SPEAKERS], say("others")] if len(names) > _MAX_SPEAKERS else names
    count, cited = independent(first.sources), len(set(first.sources))
    if count == cited:
        sources = say_number(count, "one source", "{number} independent sources")
    elif count == 1:  # some only repeat others, so the number cited is given too
        sources = say("{number} sources with the same origin").format(number=cited)
    else:
        sources = say("{number} sources, {independent} of them independent").format(number=cited, independent=count)
    sentence = say(_STANDING[nature(first)]).replace("{sources}", sources).replace("{names}", within_sentence(listed(several)))
    if len(records) == 1:
        return sentence
    return say("The first fact: {standing}").replace("{standing}", sentence[0].lower() + sentence[1:])


def worded(answer: Answer) -> Answer:
    """Return an answer with its messages put into the language of its question, or into the one that is spoken."""
    with speaking(answer.language or language()):
        short, known, note = (text and say_message(text) for text in (answer.short, answer.known, answer.note))
    return replace(answer, short=short, known=known, note=note)


def beside(answer: Answer) -> str | None:
    """Say what belongs with an answer's facts: what else may be meant, how they were found, as of when, how many came later."""
    first, *others = answer.explanation.stories or ("",)
    which_story = None
    if others:
        which_story = say(
            "This is about {story}. You may also mean {others}. Ask with the title of a story to have that one.",
            story=first,
            others=listed(others),
        )
    several = (say_message(may_be(*namesake)) for namesake in answer.explanation.namesakes)
    return joined((which_story, *several, answer.note, as_of(answer))) or None


def as_of(answer: Answer) -> str | None:
    """Say as of which day an answer is, and how many facts that answer the question came later; None for one as of today."""
    if answer.as_of is None:
        return None
    said = [as_of_day(answer.as_of)]
    if answer.later:
        said.append(say_number(answer.later, "{number} fact came later.", "{number} facts came later."))
        shown = separated(map(_in_short, answer.came_later[:_MAX_LATER]))
        end = f"{say('; ')}…" if answer.later > _MAX_LATER else "" if shown.endswith("…") else "."
        said.append(say("Came later: {facts}", facts=shown) + end)
    if perhaps := answer.perhaps:
        said.append(
            say_number(
                perhaps, "One of these may have been reported by then.", "{number} of these may have been reported by then."
            )
        )
    return joined(said)


def as_of_day(day: int) -> str:
    """Say as of which day (yyyymmdd) something is shown."""
    return say("This is what the sources had reported by {date}.", date=parse_date(iso_of(day)).words(language()))


def _in_short(record: FactRecord) -> str:
    """Name a fact by its speakers and its first words, cut before a bracket that would not be closed."""
    text = shorten(record.fact.text, _MAX_LATER_LENGTH, placeholder=" …")
    for opening, closing in ("()", "[]"):
        start = text.rfind(opening)
        if start > 0 and closing not in text[start:]:
            text = text[:start].rstrip(" ,;:–") + " …"
    text = f"“{text.rstrip('.')}”" if record.fact.kind == "quote" else text.rstrip(".")
    return labelled(listed([actor.name for actor in record.speakers]), text) if record.speakers else text


def reasons(answer: Answer, show: Callable[[str], str]) -> Iterator[str]:
    """Say in plain words how a question was read and what decided; ``show`` makes a word fit to be shown."""

    def quoted(word: str) -> str:
        return in_marks(show(word))

    why = answer.explanation
    answered = answer.status == "answered"
    for typed, read in why.corrections[:_MAX_CORRECTIONS]:
        yield say("I read {typed} as {read}.").format(typed=quoted(typed), read=quoted(read))
    yield from _asked(why, answered=answered)
    # A word of the question has met the same word in the fact, or one with the same meaning, which is then named beside it.
    met = dict(why.met).items()
    others = {word: f" ({quoted(other)})" for word, other in met if word.casefold() != other.casefold()}
    lacking = [word for word in why.missing if word not in why.unknown_names] if why.sources else []
    for sentence, words in (
        ("Names that I recognised", map(quoted, why.names)),
        ("Words that no fact has", map(quoted, why.unknown_names)),
        (_HAS[answered], (quoted(word) + others.get(word, "") for word in why.matched)),
        ("Words that it does not have", map(quoted, lacking)),
    ):
        if named := ", ".join(islice(words, _MAX_WORDS)):
            yield labelled(say(sentence), f"{named}.")
    yield from _support(why, answered=answered)


def _asked(why: Explanation, *, answered: bool) -> Iterator[str]:
    """Say what was asked for and whether the fact says it. For a fact that does not answer, saying that it does would mislead."""
    if why.slot in _OPEN:
        yield say(_ASKED).format(slot=say(_OPEN[why.slot]))
    elif why.slot in _SLOTS:
        lacks = _LACKS[answered] if why.sources else _ASKED
        says = _SAYS if answered else _ASKED
        yield say(says if why.slot_filled else lacks).format(slot=say(_SLOTS[why.slot]))


def _support(why: Explanation, *, answered: bool) -> Iterator[str]:
    if not why.sources:
        yield say("No fact shares a word with your question.")
        return
    if answered:
        if why.nature is not None:
            yield say(_NATURE[why.nature])
        yield say_number(why.sources, "One independent source stands behind it.", "{number} independent sources stand behind it.")
    little = say(", too little to be an answer") if not answered and why.confidence < _DOUBTFUL else ""
    yield say(_FITS[answered]).format(number=round(why.confidence * 100), little=little)
