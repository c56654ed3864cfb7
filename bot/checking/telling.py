"""What a finding says in plain words, alike on Discord and in a terminal: the verdict first, then what must not be overlooked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.checking.brackets import own_wording
from bot.checking.checker import Finding, Flag, Verdict
from bot.checking.senses import sense_changes
from bot.checking.words import Word, opposites
from bot.facts.models import FactRecord
from bot.language import language, say
from bot.wording import listed, publisher

_MOST = 4  # altered words that are named
LONG = 30
"""Words from which a text without quotation marks is rather a passage than one quotation, which is worth a word."""
_GRAVE = frozenset({Flag.NEGATION, Flag.CUT_NEGATION, Flag.FRAME, Flag.NUMBER, Flag.SENSE})

EXACT = "Exact"
PIECE = "Exact, and a part of what was said"
DIFFERS = "The wording differs"
MISLEADS = "Not what was said"
OTHER_SPEAKER = "Real words, but somebody else's"
OTHER_PLACE = "Real words, but from another source or date"
UNKNOWN = "Not in the facts"
NOT_FALSE = "That does not mean that it is false: the facts I have hold no such quotation."
NEAREST = "The nearest quotation that they hold:"
NOT_LOST = "“{word}” is missing, which turns the meaning around."
NOT_ADDED = "“{word}” was put in, which turns the meaning around."
TURNED = "“{recorded}” became “{quoted}”, which turns the meaning around."
NEGATED = "The recorded words deny this: the “{word}” before them was left out."
NEGATED_BEHIND = "The recorded words deny this: the “{word}” behind them was left out."
NUMBERS = {
    "both": "A number differs: “{recorded}” is recorded, not “{quoted}”.",
    "lost": "The number “{recorded}” was left out.",
    "put in": "The number “{quoted}” is not recorded.",
}
HEDGES = {
    "both": "How sure it was said differs: “{recorded}” is recorded, not “{quoted}”.",
    "lost": "“{recorded}” was left out, which makes it sound surer or wider than it was said.",
    "put in": "“{quoted}” was put in.",
}
WHOSE = "It is recorded as said by {recorded}, not by {named}."
FROM = "It is recorded from {recorded}, not from {named}."
CUT = "Words were left out without a mark: “{words}”."
FRAMED = "It was not simply said: “{words}”, which belongs to these words, was left out."
IN_BRACKETS = "“[{quoted}]” stands in the place of “{recorded}”, which is recorded."
PUT_IN_BRACKETS = "“[{quoted}]” was put in, in brackets, and is not recorded."
SENSES = {
    "both": "This changes what was said: “{recorded}” is recorded, not “{quoted}”.",
    "lost": "This changes what was said: “{recorded}” was left out.",
    "put in": "This changes what was said: “{quoted}” was put in.",
}
REORDERED = "The same words are in another order, which may turn around who did what."
ADDED = "Words were put in that are not recorded."
SPELT = "Spelt otherwise: “{quoted}” for “{recorded}”."

_KIND: Mapping[Flag, tuple[Callable[[Word], bool], Mapping[str, str]]] = {
    Flag.NUMBER: (lambda word: word.counts, NUMBERS),
    Flag.HEDGE: (lambda word: word.hedges, HEDGES),
}
SIGNS = {
    Verdict.EXACT: "✅",
    Verdict.DIFFERS: "⚠️",
    Verdict.OTHER_SPEAKER: "👥",
    Verdict.OTHER_PLACE: "📅",
    Verdict.UNKNOWN: "❔",
}
MISLEADING_SIGN = "❌"


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: a sign and the verdict, what must not be overlooked, and what may be of use."""

    sign: str
    verdict: str
    loud: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def told(finding: Finding, show: Callable[[str], str] = str) -> Told:
    """Say a finding in words; ``show`` makes what is stored or typed fit to be shown."""
    if finding.verdict is Verdict.UNKNOWN:
        notes = (say(NOT_FALSE), *((say(NEAREST),) if finding.nearest else ()))
        return Told(SIGNS[Verdict.UNKNOWN], say(UNKNOWN), (), notes)
    return Told(sign(finding), _verdict(finding), tuple(_loud(finding, show)), tuple(_notes(finding, show)))


def is_repeated(finding: Finding) -> bool:
    """Tell whether the recorded words are those of the quotation, so that showing them shows it."""
    return finding.verdict is Verdict.EXACT and finding.whole and not finding.typos


def misleads(finding: Finding) -> bool:
    """Tell whether the words that differ change what was said: a negation or a number."""
    return finding.verdict is Verdict.DIFFERS and bool(_GRAVE & set(finding.flags))


def sign(finding: Finding) -> str:
    """Return the sign of a verdict, which tells it without its colour."""
    return MISLEADING_SIGN if misleads(finding) else SIGNS[finding.verdict]


def _verdict(finding: Finding) -> str:
    if finding.verdict is Verdict.EXACT:
        return say(EXACT) if finding.whole else say(PIECE)
    if finding.verdict is Verdict.DIFFERS:
        return say(MISLEADS) if misleads(finding) else say(DIFFERS)
    return say(OTHER_SPEAKER) if finding.verdict is Verdict.OTHER_SPEAKER else say(OTHER_PLACE)


def _loud(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    """Yield a sentence for each thing that must not be overlooked, the gravest first."""
    for flag in finding.flags:
        match flag:
            case Flag.NEGATION:
                yield from _negations(finding, show)
            case Flag.CUT_NEGATION:
                yield from _left_out(finding, show)
            case Flag.FRAME | Flag.ADDED | Flag.ORDER:
                yield say(REORDERED if flag is Flag.ORDER else FRAMED if flag is Flag.FRAME else ADDED).format(
                    words=show(finding.frame)
                )
            case Flag.BRACKET:
                yield from _brackets(finding, show)
            case Flag.NUMBER | Flag.HEDGE:
                yield from _altered(finding.changes(_KIND[flag][0]), show, _KIND[flag][1])
            case Flag.SENSE:
                yield from _altered(sense_changes(finding.steps), show, SENSES)
            case Flag.CUT:
                yield from _cuts(finding, show)
            case Flag.SPEAKER | Flag.PLACE if finding.record:
                yield _elsewhere(flag, finding, finding.record, show)


def _elsewhere(flag: Flag, finding: Finding, record: FactRecord, show: Callable[[str], str]) -> str:
    """Say whose a quotation is, or where it is from."""
    if flag is Flag.SPEAKER:
        names = listed([show(actor.name) for actor in record.speakers]) or show(publisher(record))
        return say(WHOSE).format(recorded=names, named=show(finding.claimed.name))
    place = _recorded_place(record, show, dates=finding.claimed.of_date)
    return say(FROM).format(recorded=place, named=show(finding.claimed.place))


def _recorded_place(record: FactRecord, show: Callable[[str], str], *, dates: bool) -> str:
    """Say when a quote is from, or else by which sources it is known and how it was said."""
    fact = record.fact
    if dates and fact.date:
        return show(fact.date.words(language()))
    sources = listed([show(each) for each in dict.fromkeys(source.publisher or source.title for source in record.sources[:3])])
    return f"{sources} ({show(fact.context)})" if fact.context else sources


def _negations(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    pairs = [(step.recorded, step.quoted) for step in finding.steps if step.kind in ("changed", "added", "cut", "bracket")]
    altered = [pair for pair in pairs if any(word and word.negates for word in pair) or _is_turned(*pair)]
    for recorded, quoted in altered[:_MOST]:
        yield _negation(recorded, quoted, show)
    left_out = [step.recorded for step in finding.steps if step.kind in ("outside", "skipped") and step.recorded]
    missing = [word for word in left_out if word.negates]
    if missing and not altered:
        yield say(NOT_LOST).format(word=show(_whole(missing[-1])))


def _is_turned(recorded: Word | None, quoted: Word | None) -> bool:
    return recorded is not None and quoted is not None and opposites(recorded, quoted)


def _negation(recorded: Word | None, quoted: Word | None, show: Callable[[str], str]) -> str:
    if recorded and quoted and (recorded.negates != quoted.negates or _is_turned(recorded, quoted)):
        return say(TURNED).format(recorded=show(_whole(recorded)), quoted=show(_whole(quoted)))
    if recorded and recorded.negates:
        return say(NOT_LOST).format(word=show(_whole(recorded)))
    return say(NOT_ADDED).format(word=show(_whole(quoted)) if quoted else "")


def _whole(word: Word) -> str:
    return "not" if word.short else word.text


def _left_out(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    kept = [place for place, step in enumerate(finding.steps) if step.kind not in ("outside", "skipped")]
    for place, step in enumerate(finding.steps):
        if step.kind in ("outside", "skipped") and step.recorded and step.recorded.negates and place <= kept[-1] + 1:
            yield say(NEGATED if place < kept[-1] else NEGATED_BEHIND).format(word=show(_whole(step.recorded)))
            return


def _altered(changes: Sequence[tuple[str, str]], show: Callable[[str], str], sentences: Mapping[str, str]) -> Iterator[str]:
    """Say of each altered word of a kind what it was and became, what was left out, or what was put in."""
    for recorded, quoted in changes[:_MOST]:
        happened = "both" if recorded and quoted else "lost" if recorded else "put in"
        yield say(sentences[happened]).format(recorded=show(recorded), quoted=show(quoted))


def _brackets(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    for each in own_wording(finding.steps, finding.described)[:_MOST]:
        quoted, recorded = each.texts
        yield say(IN_BRACKETS if recorded else PUT_IN_BRACKETS).format(quoted=show(quoted), recorded=show(recorded))


def _cuts(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    runs: list[list[Word]] = [[]]
    for step in finding.steps:
        if step.kind == "cut" and step.recorded:
            runs[-1].append(step.recorded)
        elif runs[-1]:
            runs.append([])
    words = [" ".join(word.text for word in run) for run in runs if any(not _is_told(word) for word in run)]
    if words:
        yield say(CUT).format(words=show("” … “".join(words[:_MOST])))


def _is_told(word: Word) -> bool:
    """Tell whether that a word was cut is said by itself."""
    return word.negates or word.counts or word.hedges


def _notes(finding: Finding, show: Callable[[str], str]) -> Iterator[str]:
    for typed, recorded in finding.typos[:_MOST]:
        yield say(SPELT).format(quoted=show(typed), recorded=show(recorded))
