"""What a finding says in plain words, alike on Discord and in a terminal: the verdict first, then what must not be overlooked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.checking.alignment import ALTERED
from bot.checking.brackets import Meaning, meanings
from bot.checking.changes import losses, replacements, sense_changes, unit_changes, without_articles
from bot.checking.flags import Flag, turned_question
from bot.checking.hedges import hedge_changes, hedges_replaced
from bot.checking.quotations import LEAST_WORDS
from bot.checking.verdict import Finding, Verdict
from bot.english.search_words import STOP_WORDS
from bot.english.words import Word, are_opposites
from bot.facts.models import FactRecord
from bot.facts.speakers import publisher_of
from bot.presentation.languages import language, say, say_number
from bot.presentation.wording import listed

_MOST = 4  # altered words that are named
LONG = 30
"""Words from which a text without quotation marks is rather a passage than one quotation, which is worth a word."""
_GRAVE = frozenset(
    {
        Flag.NEGATION,
        Flag.OPPOSITE,
        Flag.CUT_NEGATION,
        Flag.FRAME,
        Flag.QUESTION,
        Flag.NUMBER,
        Flag.MEANT,
        Flag.SURER,
        Flag.SUBJECT,
        Flag.SENSE,
    }
)

EXACT = "Exact"
PIECE = "Exact, and a part of what was said"
BRACKETS = "Exact, but for what stands in brackets"
DIFFERS = "The wording differs"
MISLEADS = "Not what was said"
OTHER_SPEAKER = "Real words, but somebody else's"
OTHER_PLACE = "Real words, but from another source or date"
UNKNOWN = "Not in the facts"
NOT_FALSE = "That does not mean that it is false: the facts I have hold no such quotation."
NO_QUOTES = "There are no recorded quotes"
NOTHING_TO_COMPARE = "The facts I have hold nobody's words, so I cannot tell whether anybody said this."
IN_SENTENCE = "In its sentence: “{sentence}”"
NEAREST = "The nearest quotation that they hold:"
NOT_LOST = "“{word}” is missing, which turns the meaning around."
NOT_ADDED = "“{word}” was put in, which turns the meaning around."
TURNED = "It says “{quoted}”, where “{recorded}” was said, which turns the meaning around."
NEGATED = "The recorded words deny this: the “{word}” before them was left out."
NEGATED_BEHIND = "The recorded words deny this: the “{word}” behind them was left out."
ASKED = "A statement was turned into a question: the question mark is not recorded."
STATED = "A question was turned into a statement: a question mark is recorded."
JOINED = "Two quotations run together as one"
PART = "“{quoted}” is recorded as said by {recorded} ({date})."
PART_UNDATED = "“{quoted}” is recorded as said by {recorded}."
NUMBERS = {
    "both": "A number differs: “{recorded}” is recorded, not “{quoted}”.",
    "lost": "The number “{recorded}” was left out.",
    "put in": "The number “{quoted}” is not recorded.",
}
HEDGES = {
    "both": "How sure it sounds differs: it says “{quoted}”, where “{recorded}” was said.",
    "lost": "“{recorded}” was left out, which makes it sound surer or wider than it was said.",
    "put in": "“{quoted}” was put in.",
}
WHOSE = "It is recorded as said by {recorded}, not by {named}."
FROM = "It is recorded from {recorded}, not from {named}."
CUT = "Words were left out without a mark: “{words}”."
FRAMED = "It was not simply said: “{words}”, which belongs to it, was left out."
IN_BRACKETS = "“{quoted}” stands in the place of “{recorded}”, which is recorded."
INSERTED_FOR = "“{quoted}” in brackets is put in for “{recorded}”."
INSERTED = "“{quoted}” in brackets is put in, as an explanation."
MEANT_ANOTHER = "“{quoted}” is not whom or what “{recorded}” stands for."
PUT_IN_BRACKETS = "“{quoted}” was put in, in brackets, and is not recorded."
SENSES = {
    "both": "It says “{quoted}”, where “{recorded}” was said, which changes the meaning.",
    "lost": "“{recorded}” was left out, which changes the meaning.",
    "put in": "“{quoted}” was put in, which changes the meaning.",
}
REORDERED = "The same words are in another order, which may turn around who did what."
SUBJECT = "It speaks of “{quoted}”, where “{recorded}” was said."
REPLACED = "It says “{quoted}”, where “{recorded}” was said."
ADDED = "Words were put in that are not recorded."
SPELT = "Spelt otherwise: “{quoted}” for “{recorded}”."

SIGNS = {
    Verdict.EXACT: "✅",
    Verdict.INSERTED: "☑️",
    Verdict.DIFFERS: "⚠️",
    Verdict.OTHER_SPEAKER: "👥",
    Verdict.OTHER_PLACE: "📅",
    Verdict.UNKNOWN: "❔",
}
MISLEADING_SIGN = "❌"


@dataclass(frozen=True, slots=True)
class Description:
    """A finding in words: a sign and the verdict, what must not be overlooked, and what may be of use."""

    sign: str
    verdict: str
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def describe(finding: Finding, show: Callable[[str], str] = str) -> Description:
    """Say a finding in words; ``show`` makes what is stored or typed fit to be shown."""
    if not finding.comparable:
        return Description(SIGNS[Verdict.UNKNOWN], say(NO_QUOTES), (), (say(NOTHING_TO_COMPARE),))
    if finding.verdict is Verdict.UNKNOWN:
        notes = (say(NOT_FALSE), *((say(NEAREST),) if finding.nearest else ()))
        return Description(SIGNS[Verdict.UNKNOWN], say(UNKNOWN), (), notes)
    return Description(
        sign(finding), _verdict(finding), tuple(dict.fromkeys(_warnings(finding, show))), tuple(_notes(finding, show))
    )


def passed_over(number: int) -> str:
    """Say how many pieces in quotation marks are no quotations."""
    return say_number(
        number,
        "{number} piece in quotation marks was passed over: it is too short, and nobody is said to have said it.",
        "{number} pieces in quotation marks were passed over: they are too short, and nobody is said to have said them.",
    )


def is_repeated(finding: Finding) -> bool:
    """Return whether the recorded words are those of the quotation, so that showing them shows it."""
    return finding.verdict is Verdict.EXACT and finding.whole and not finding.typos


def misleads(finding: Finding) -> bool:
    """Return whether what differs changes what was said: a negation, a number, a question mark."""
    return finding.verdict is Verdict.DIFFERS and bool(_GRAVE & set(finding.flags))


def sign(finding: Finding) -> str:
    """Return the sign of a verdict, which tells it without its colour."""
    return MISLEADING_SIGN if misleads(finding) else SIGNS[finding.verdict]


def _verdict(finding: Finding) -> str:
    if finding.verdict is Verdict.EXACT:
        return say(EXACT) if finding.whole else say(PIECE)
    if finding.verdict is Verdict.INSERTED:
        return say(BRACKETS)
    if finding.joined:
        return say(JOINED)
    if finding.verdict is Verdict.DIFFERS:
        return say(MISLEADS) if misleads(finding) else say(DIFFERS)
    return say(OTHER_SPEAKER) if finding.verdict is Verdict.OTHER_SPEAKER else say(OTHER_PLACE)


def _warnings(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    """Yield a sentence for each thing that must not be overlooked, the gravest first."""
    for part in finding.joined:
        yield _part(part, show)
        yield from _warnings(part, show)
    for flag in () if finding.joined else finding.flags:
        if flag in (Flag.NUMBER, Flag.SURER, Flag.HEDGE, Flag.SUBJECT, Flag.SENSE, Flag.REPLACED):
            yield from _words_changed(flag, finding, show)
        else:
            yield from _flagged(flag, finding, show)


def _flagged(flag: Flag, finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    match flag:
        case Flag.NEGATION:
            yield from _negations(finding, show)
        case Flag.OPPOSITE:
            yield from _each(say(TURNED), finding.contraries, show)
        case Flag.CUT_NEGATION:
            yield from _left_out(finding, show)
        case Flag.FRAME:
            yield say(FRAMED).format(words=show(finding.frame))
        case Flag.ADDED | Flag.ORDER:
            yield say(ADDED if flag is Flag.ADDED else REORDERED)
        case Flag.QUESTION:
            yield _question(finding)
        case Flag.BRACKET | Flag.MEANT:
            yield from _brackets(finding, Meaning.REWORDED if flag is Flag.BRACKET else Meaning.ANOTHER, show)
        case Flag.CUT:
            yield from _cuts(finding, show)
        case Flag.SPEAKER | Flag.PLACE if finding.record:
            yield _elsewhere(flag, finding, finding.record, show)


def _words_changed(flag: Flag, finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    if flag is Flag.NUMBER:
        yield from _numbers(finding, show)
    elif flag in (Flag.HEDGE, Flag.SURER):
        yield from _altered(hedge_changes(finding.steps), show, HEDGES)
    elif flag is Flag.SUBJECT:
        yield from _each(say(SUBJECT), finding.subjects, show)
    elif flag is Flag.SENSE:
        yield from _altered(sense_changes(finding.steps), show, SENSES)
    else:
        named = (*finding.contraries, *without_articles(finding.subjects))
        yield from _each(say(REPLACED), (*replacements(finding.steps, named), *hedges_replaced(finding.steps)), show)


def _numbers(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    """Say which numbers changed; where a small word stood before, one was put in, and in the place of one may stand an all."""
    changed: list[tuple[str, str]] = []
    replaced: list[tuple[str, str]] = []
    for step in finding.steps:
        if step.kind in ALTERED and any(word.counts for word in step.words):
            recorded, quoted = step.recorded, step.quoted
            put_in = quoted and recorded and not recorded.counts and recorded.key in STOP_WORDS
            pair = "" if put_in or not recorded else recorded.text, quoted.text if quoted else ""
            (replaced if all(pair) and not (quoted and quoted.counts) else changed).append(pair)
    yield from _altered((*changed, *unit_changes(finding.steps)), show, NUMBERS)
    yield from _each(say(REPLACED), replaced, show)


def _question(finding: Finding) -> str:
    recorded = finding.record.fact.text if finding.record else ""
    return say(ASKED if turned_question(finding.steps, recorded, finding.quoted) == "asked" else STATED)


def _part(part: Finding, show: Callable[[str], str]) -> str:
    """Say whose a part of a quotation is that joins two."""
    assert part.record is not None
    date = part.record.fact.date
    return say(PART if date else PART_UNDATED).format(
        quoted=show(part.quoted.strip()), recorded=_whose(part.record, show), date=date.words(language()) if date else ""
    )


def _whose(record: FactRecord, show: Callable[[str], str]) -> str:
    return listed([show(actor.name) for actor in record.speakers]) or show(publisher_of(record))


def _elsewhere(flag: Flag, finding: Finding, record: FactRecord, show: Callable[[str], str]) -> str:
    """Say whose a quotation is, or where it is from."""
    if flag is Flag.SPEAKER:
        return say(WHOSE).format(recorded=_whose(record, show), named=show(finding.provenance.name))
    place = _recorded_place(record, show, dates=finding.provenance.of_date)
    return say(FROM).format(recorded=place, named=show(finding.provenance.place))


def _recorded_place(record: FactRecord, show: Callable[[str], str], *, dates: bool) -> str:
    """Say when a quote is from, or else by which sources it is known and how it was said."""
    fact = record.fact
    if dates and fact.date:
        return show(fact.date.words(language()))
    sources = listed([show(each) for each in dict.fromkeys(source.publisher or source.title for source in record.sources[:3])])
    return f"{sources} ({show(fact.context)})" if fact.context else sources


def _negations(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    pairs = [(step.recorded, step.quoted) for step in finding.steps if step.kind in ("changed", "added", "cut", "bracket")]
    altered = [pair for pair in pairs if _is_denied(*pair) or _is_turned(*pair)]
    for recorded, quoted in altered[:_MOST]:
        yield _negation(recorded, quoted, show)
    left_out = [step.recorded for step in finding.steps if step.kind in ("outside", "skipped") and step.recorded]
    missing = [word for word in left_out if word.negates]
    if missing and not altered:
        yield say(NOT_LOST).format(word=show(_whole(missing[-1])))


def _is_denied(recorded: Word | None, quoted: Word | None) -> bool:
    """Return whether one of two words negates and the other does not."""
    return bool(recorded and recorded.negates) != bool(quoted and quoted.negates)


def _is_turned(recorded: Word | None, quoted: Word | None) -> bool:
    return recorded is not None and quoted is not None and are_opposites(recorded, quoted)


def _negation(recorded: Word | None, quoted: Word | None, show: Callable[[str], str]) -> str:
    if recorded and quoted and (recorded.negates != quoted.negates or _is_turned(recorded, quoted)):
        return say(TURNED).format(recorded=show(_whole(recorded)), quoted=show(_whole(quoted)))
    if recorded and recorded.negates:
        return say(NOT_LOST).format(word=show(_whole(recorded)))
    return say(NOT_ADDED).format(word=show(_whole(quoted)) if quoted else "")


def _whole(word: Word) -> str:
    return "not" if word.short else word.text


def _left_out(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    quoted = [place for place, step in enumerate(finding.steps) if step.kind not in ("outside", "skipped")]
    for place, step in enumerate(finding.steps):
        if step.kind in ("outside", "skipped") and step.recorded and step.recorded.negates and place <= quoted[-1] + 1:
            yield say(NEGATED if place < quoted[-1] else NEGATED_BEHIND).format(word=show(_whole(step.recorded)))
            return


def _altered(changes: Sequence[tuple[str, str]], show: Callable[[str], str], sentences: Mapping[str, str]) -> Iterator[str]:
    """Say of each altered word of a kind what it was and became, what was left out, or what was put in."""
    for recorded, quoted in changes[:_MOST]:
        happened = "both" if recorded and quoted else "lost" if recorded else "put in"
        yield from _each(say(sentences[happened]), [(recorded, quoted)], show)


def _each(sentence: str, changes: Sequence[tuple[str, str]], show: Callable[[str], str]) -> Iterator[str]:
    for recorded, quoted in changes[:_MOST]:
        yield sentence.format(recorded=show(recorded), quoted=show(quoted))


def _brackets(finding: Finding, wanted: Meaning, show: Callable[[str], str]) -> Iterator[str]:
    """Say what stands in brackets, and for which words."""
    for each in [each for each, meaning in meanings(finding.steps, finding.cast) if meaning is wanted][:_MOST]:
        quoted, recorded = each.texts
        instead = recorded or (each.beside.text if each.beside and wanted is Meaning.ANOTHER else "")
        yield _bracket(wanted, replaces=bool(recorded)).format(quoted=show(quoted), recorded=show(instead))


def _bracket(meaning: Meaning, *, replaces: bool) -> str:
    if meaning is Meaning.ANOTHER:
        return say(MEANT_ANOTHER)
    if meaning is Meaning.REWORDED:
        return say(IN_BRACKETS if replaces else PUT_IN_BRACKETS)
    return say(INSERTED_FOR if replaces else INSERTED)


def _cuts(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    hedges = {recorded for recorded, _ in hedge_changes(finding.steps)}
    if lost := [words for words in losses(finding.steps) if words not in hedges]:
        yield say(CUT).format(words=show("” … “".join(lost[:_MOST])))


def _notes(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    yield from _each(say(SPELT), [(recorded, typed) for typed, recorded in finding.typos], show)
    yield from _brackets(finding, Meaning.FITTING, show)
    words = finding.matched
    if finding.verdict is Verdict.EXACT and not finding.whole and words < LEAST_WORDS:
        yield say_number(
            words,
            "It is only {number} word of what was said, which does not show what was meant.",
            "It is only {number} words of what was said, which do not show what was meant.",
        )
