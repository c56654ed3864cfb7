"""A finding in plain words, the same on Discord and in a terminal: the verdict first, then what must not be overlooked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.checking.alignment import ALTERED, WordChange
from bot.checking.altered_words import unit_changes
from bot.checking.brackets import Meaning
from bot.checking.flags import Flag
from bot.checking.quotations import MIN_WORDS
from bot.checking.recognition import words_in_common
from bot.checking.verdict import Finding, Verdict
from bot.english.search_words import STOP_WORDS
from bot.facts.models import FactRecord
from bot.facts.speakers import publisher_of
from bot.languages import language, say, say_message, say_number
from bot.phrases import listed

Show = Callable[[str], str]
"""A function that makes a stored or typed text fit to be shown."""

LONG = 30
"""A text without quotation marks of more words than this is hardly one quotation; readers are then told how it was checked."""

VERDICTS = {
    Verdict.EXACT: "Exact",
    Verdict.INSERTED: "Exact, but for what stands in brackets",
    Verdict.CUT_OUT: "Real words: read them in their sentence",
    Verdict.DIFFERS: "The wording differs",
    Verdict.OTHER_SPEAKER: "Real words, but somebody else's",
    Verdict.OTHER_PLACE: "Real words, but from another source or date",
    Verdict.CLAIM: "Recorded as a claim, not as a quotation",
    Verdict.UNKNOWN: "Not in the facts",
}
PIECE = "Exact, and a part of what was said"
MISLEADS = "Not what was said"
UNSAID = "Real words, but cut out of their sentence"
NOT_FALSE = "That does not mean that it is false: the facts I have hold no such quotation."
NO_QUOTES = "There are no recorded quotes"
IN_SENTENCE = "In its sentence: “{sentence}”"
JOINED = "Two quotations run together as one"

# The sign tells the verdict to whoever cannot see the colour.
SIGNS = {
    Verdict.EXACT: "✅",
    Verdict.INSERTED: "☑️",
    Verdict.CUT_OUT: "🔎",
    Verdict.DIFFERS: "⚠️",
    Verdict.OTHER_SPEAKER: "👥",
    Verdict.OTHER_PLACE: "📅",
    Verdict.CLAIM: "📝",
    Verdict.UNKNOWN: "❔",
}
MISLEADING_SIGN = "❌"
_GRAVEST_FIRST = (MISLEADING_SIGN, *map(SIGNS.__getitem__, (
    Verdict.DIFFERS, Verdict.OTHER_SPEAKER, Verdict.OTHER_PLACE, Verdict.CUT_OUT, Verdict.CLAIM, Verdict.UNKNOWN,
    Verdict.INSERTED, Verdict.EXACT,
)))  # fmt: skip

_MAX_WORDS_NAMED = 4  # altered words that are named

TURNED = "It says “{quoted}”, where “{recorded}” was said, which reverses the meaning."
NUMBERS = {
    "both": "A number differs: “{recorded}” is recorded, not “{quoted}”.",
    "lost": "The number “{recorded}” was left out.",
    "put in": "The number “{quoted}” is not recorded.",
}
HEDGES = {
    "both": "It differs in how sure it sounds: it says “{quoted}”, where “{recorded}” was said.",
    "lost": "“{recorded}” was left out, which makes it sound surer or broader than what was said.",
    "put in": "“{quoted}” was added.",
}
SENSES = {
    "both": "It says “{quoted}”, where “{recorded}” was said, which changes the meaning.",
    "lost": "“{recorded}” was left out, which changes the meaning.",
    "put in": "“{quoted}” was added, which changes the meaning.",
}
SUBJECT = "It speaks of “{quoted}”, where “{recorded}” was said."
REPLACED = "It says “{quoted}”, where “{recorded}” was said."


def _warnings(finding: Finding, show: Show) -> Iterator[str]:
    """Yield a sentence for each thing that must not be overlooked, the gravest first; some may come twice."""
    for part in finding.joined:
        assert part.record is not None
        quoted, whose, day = show(part.quoted.strip()), _whose(part.record, show), part.record.fact.date
        date = day.words(language()) if day else ""
        if date:
            yield say("“{quoted}” is recorded as said by {recorded} ({date}).", quoted=quoted, recorded=whose, date=date)
        else:
            yield say("“{quoted}” is recorded as said by {recorded}.", quoted=quoted, recorded=whose)
        yield from _warnings(part, show)
    for flag in () if finding.joined else finding.flags:
        yield from SENTENCES[flag](finding, show)


def _change_sentences(sentence: str, changes: Sequence[WordChange], show: Show) -> Iterator[str]:
    """Say a sentence about each change, at most about `_MAX_WORDS_NAMED`."""
    for recorded, quoted in changes[:_MAX_WORDS_NAMED]:
        yield sentence.format(recorded=show(recorded), quoted=show(quoted))


def _bracket_sentences(finding: Finding, wanted: Meaning, show: Show) -> Iterator[str]:
    """Say what stands in brackets, and for which words."""
    for bracket in [bracket for bracket, meaning in finding.brackets if meaning is wanted][:_MAX_WORDS_NAMED]:
        quoted, recorded = bracket.texts
        if wanted is Meaning.ANOTHER:
            recorded = recorded or (bracket.beside.text if bracket.beside else "")
            sentence = say("“{quoted}” is not whom or what “{recorded}” stands for.")
        elif wanted is Meaning.OPEN:
            recorded = recorded or (bracket.beside.text if bracket.beside else "")
            sentence = say("Whether “{quoted}” is whom or what “{recorded}” stands for is open: there are several.")
        elif wanted is Meaning.REWORDED and recorded:
            sentence = say("“{quoted}” stands where “{recorded}” is recorded.")
        elif wanted is Meaning.REWORDED:
            sentence = say("“{quoted}” was added in brackets, and is not recorded.")
        elif recorded:
            sentence = say("“{quoted}” in brackets stands for “{recorded}”.")
        else:
            sentence = say("“{quoted}” in brackets was added as an explanation.")
        yield sentence.format(quoted=show(quoted), recorded=show(recorded))


def _negations(finding: Finding, show: Show) -> Iterator[str]:
    for recorded, quoted in finding.changes[Flag.NEGATION][:_MAX_WORDS_NAMED]:
        if recorded and quoted:
            yield say(TURNED, recorded=show(recorded), quoted=show(quoted))
        elif recorded:
            yield say("“{word}” is missing, which reverses the meaning.", word=show(recorded))
        else:
            yield say("“{word}” was added, which reverses the meaning.", word=show(quoted))


def _frame(finding: Finding, show: Show) -> Iterator[str]:
    for words, _ in finding.changes[Flag.FRAME]:
        yield say("It was not simply said: “{words}”, which belongs to it, was left out.", words=show(words))


def _surroundings(changes: Sequence[WordChange], show: Show) -> Iterator[str]:
    """Say what stood before and behind a piece."""
    for before, behind in changes:
        if before:
            yield say("It stood after “{words}”, which was left out.", words=show(before))
        if behind:
            yield say("It stood before “{words}”, which was left out.", words=show(behind))


def _question(finding: Finding, show: Show) -> Iterator[str]:
    for _, mark in finding.changes[Flag.QUESTION]:
        if mark:
            yield say("A statement was turned into a question: the question mark is not recorded.")
        else:
            yield say("A question was turned into a statement: a question mark is recorded.")


def _numbers(finding: Finding, show: Show) -> Iterator[str]:
    """Say which numbers changed. A number in place of a stop word counts as put in; a word such as "all" may replace one."""
    changed: list[WordChange] = []
    replaced: list[WordChange] = []
    for step in finding.steps:
        if step.kind in ALTERED and any(word.counts for word in step.words):
            recorded, quoted = step.recorded, step.quoted
            put_in = quoted and recorded and not recorded.counts and recorded.key in STOP_WORDS
            pair = "" if put_in or not recorded else recorded.text, quoted.text if quoted else ""
            (replaced if all(pair) and not (quoted and quoted.counts) else changed).append(pair)
    yield from _altered((*changed, *unit_changes(finding.steps)), show, NUMBERS)
    yield from _change_sentences(say(REPLACED), replaced, show)


def _altered(changes: Sequence[WordChange], show: Show, sentences: Mapping[str, str]) -> Iterator[str]:
    """Say of each altered word of a kind what it was and became, what was left out, or what was put in."""
    for recorded, quoted in changes[:_MAX_WORDS_NAMED]:
        happened = "both" if recorded and quoted else "lost" if recorded else "put in"
        yield say(sentences[happened]).format(recorded=show(recorded), quoted=show(quoted))


def _cuts(finding: Finding, show: Show) -> Iterator[str]:
    if lost := [words for words, _ in finding.changes[Flag.CUT][:_MAX_WORDS_NAMED]]:
        yield say("Words were left out without a mark: “{words}”.", words=show("” … “".join(lost)))


def _speaker(finding: Finding, show: Show) -> Iterator[str]:
    if finding.record:
        whose, named = _whose(finding.record, show), show(finding.provenance.name)
        yield say("It is recorded as said by {recorded}, not by {named}.", recorded=whose, named=named)


def _place(finding: Finding, show: Show) -> Iterator[str]:
    if finding.record:
        fact, sources = (
            finding.record.fact,
            dict.fromkeys(source.publisher or source.title for source in finding.record.sources[:3]),
        )
        if fact.date and all(hint.is_date for hint in finding.provenance.hints):
            place = show(fact.date.words(language()))
        else:
            place = listed(list(map(show, sources))) + (f" ({show(fact.context)})" if fact.context else "")
            if fact.date and any(hint.is_date for hint in finding.provenance.hints):
                place = f"{place}, {show(fact.date.words(language()))}"
        named = show(say_message(finding.provenance.origin))
        yield say("It is recorded from {recorded}, not from {named}.", recorded=place, named=named)


def _whose(record: FactRecord, show: Show) -> str:
    return listed([show(actor.name) for actor in record.speakers]) or show(publisher_of(record))


SENTENCES: Mapping[Flag, Callable[[Finding, Show], Iterator[str]]] = {
    Flag.NEGATION: _negations,
    Flag.OPPOSITE: lambda finding, show: _change_sentences(say(TURNED), finding.changes[Flag.OPPOSITE], show),
    Flag.CUT_NEGATION: lambda finding, show: _surroundings(finding.changes[Flag.CUT_NEGATION], show),
    Flag.FRAME: _frame,
    Flag.QUESTION: _question,
    Flag.NUMBER: _numbers,
    Flag.MEANT: lambda finding, show: _bracket_sentences(finding, Meaning.ANOTHER, show),
    Flag.SURER: lambda finding, show: _altered(finding.changes[Flag.SURER], show, HEDGES),
    Flag.SUBJECT: lambda finding, show: _change_sentences(say(SUBJECT), finding.changes[Flag.SUBJECT], show),
    Flag.SENSE: lambda finding, show: _altered(finding.changes[Flag.SENSE], show, SENSES),
    Flag.DEPENDENT: lambda finding, show: _surroundings(finding.changes[Flag.DEPENDENT], show),
    Flag.REPLACED: lambda finding, show: _change_sentences(say(REPLACED), finding.changes[Flag.REPLACED], show),
    Flag.ORDER: lambda *_: iter([say("The same words are in another order, which may change who did what.")]),
    Flag.CLAIM: lambda *_: iter([say("The record tells what was claimed, and may not tell it in the speaker's own words.")]),
    Flag.SPEAKER: _speaker,
    Flag.PLACE: _place,
    Flag.CUT: _cuts,
    Flag.BRACKET: lambda finding, show: _bracket_sentences(finding, Meaning.REWORDED, show),
    Flag.HEDGE: lambda finding, show: _altered(finding.changes[Flag.HEDGE], show, HEDGES),
    Flag.ADDED: lambda *_: iter([say("Words were added that are not recorded.")]),
}
"""What to say for each flag, the gravest first. For two joined quotes the verdict says so, and `_warnings` whose each part is."""


@dataclass(frozen=True, slots=True)
class Description:
    """A finding in words: a sign and the verdict, what must not be overlooked, and what may be of use."""

    sign: str
    verdict: str
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def describe(finding: Finding, show: Show = str) -> Description:
    """Say a finding in words; ``show`` makes what is stored or typed fit to be shown."""
    if not finding.comparable:
        note = say("The facts I have contain no quotes, so I cannot tell whether anybody said this.")
        return Description(SIGNS[Verdict.UNKNOWN], say(NO_QUOTES), notes=(note,))
    if finding.verdict is Verdict.UNKNOWN:
        nearest = (say("The nearest quotation that they hold:"),) if finding.nearest else ()
        return Description(SIGNS[Verdict.UNKNOWN], say(VERDICTS[Verdict.UNKNOWN]), notes=(say(NOT_FALSE), *nearest))
    sign, verdict = SIGNS[finding.verdict], say(VERDICTS[finding.verdict])
    if finding.misleads:
        sign, verdict = MISLEADING_SIGN, say(UNSAID if finding.unsaid else MISLEADS)
    if finding.joined:
        verdict = say(JOINED)
    elif finding.verdict is Verdict.EXACT and not finding.whole:
        verdict = say(PIECE)
    return Description(sign, verdict, tuple(dict.fromkeys(_warnings(finding, show))), tuple(_notes(finding, show)))


def checked_now(findings: Sequence[Finding]) -> list[str]:
    """Say how many quotations of a text were checked, and how many have each sign, the gravest first."""
    number = say_number(len(findings), "{number} quotation checked", "{number} quotations checked")
    signs = Counter(describe(finding).sign for finding in findings)
    return [number, *(f"{sign} {signs[sign]}" for sign in _GRAVEST_FIRST if sign in signs)]


def passed_over(number: int) -> str:
    """Say how many passages in quotation marks were skipped."""
    return say_number(
        number,
        "{number} passage in quotation marks was skipped: it is too short, and no speaker is named.",
        "{number} passages in quotation marks were skipped: they are too short, and no speaker is named.",
    )


def unchecked(number: int) -> str:
    """Say how many quotations at the end of a text were not checked."""
    return say_number(
        number,
        "The last quotation was not checked: that would be too much work at once. Check it on its own.",
        "The last {number} quotations were not checked: that would be too much work at once. Check them on their own.",
    )


def is_repeated(finding: Finding) -> bool:
    """Return whether the recorded words are exactly the quotation, so that showing them once is enough."""
    return finding.verdict is Verdict.EXACT and finding.whole and not finding.typos


def _notes(finding: Finding, show: Show) -> Iterator[str]:
    """Yield what may be of use: other spellings, what brackets stand for, and that a piece is short."""
    yield from _change_sentences(say("Spelt differently: “{quoted}” for “{recorded}”."), finding.typos, show)
    yield from _bracket_sentences(finding, Meaning.FITTING, show)
    yield from _bracket_sentences(finding, Meaning.OPEN, show)
    words = len(words_in_common(finding.steps))
    if finding.verdict in (Verdict.EXACT, Verdict.CUT_OUT) and not finding.whole and words < MIN_WORDS:
        yield say_number(
            words,
            "It is only {number} word of what was said, which does not show what was meant.",
            "It is only {number} words of what was said, which do not show what was meant.",
        )
