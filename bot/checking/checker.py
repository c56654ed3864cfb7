"""Checking a text: every quotation in it held against the recorded quotes of a fact base."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import NamedTuple
from weakref import WeakValueDictionary

from bot.answers.finding.documents import actor_key
from bot.answers.finding.mentions import NameTable
from bot.cache_budget import BUDGET
from bot.cancellation import check_cancelled, processor_limit
from bot.checking.brackets import Cast
from bot.checking.kept_pieces import with_kept_piece
from bot.checking.provenance import Provenance, ProvenanceHint, date_hint, hints_in, source_hint
from bot.checking.quotations import MIN_WORDS, Quotation, is_handle_of, names_in, quotations_in
from bot.checking.verdict import VERBATIM, Finding, Verdict, as_claim, check_quotation, with_splice
from bot.checking.vocabulary import Vocabulary
from bot.english.lexicon import Lexicon
from bot.english.search_words import content_words, words_of
from bot.errors import CutShortError, NotKnownError, SeveralMeantError, UsageError
from bot.facts.base import FactBase
from bot.facts.models import Actor, ActorRecord, FactKind, FactRecord
from bot.facts.typed_dates import typed_date
from bot.messages import Count, Message, in_words

MAX_CHARACTERS = 200_000
"""Characters of a text that is checked; a long article has a tenth of that."""

TOO_OLD = Message("That check is too old for its buttons to work; check it again.")
_HELD = 1500  # facts up to which all recorded quotes are held in memory; of more, those that share rare words are looked up
_KINDS: tuple[FactKind, ...] = ("quote", "claim")
_TERMS = 10  # rarest words of a quotation by which recorded quotes are looked up
_LOOKED_UP = 60  # recorded quotes that are looked up
_SNAPSHOT_BYTES, _ACTOR_BYTES, _QUOTE_BYTES, _WORD_BYTES = 80_000, 2_000, 2_000, 150  # of memory that each takes, for the budget
TOO_DEAR = Message("Checking that takes too much work, so I stopped. Check a shorter piece of it.")
_NOTHING = Message("Give me a quotation to check: some words that somebody is said to have said.")


@dataclass(frozen=True, slots=True)
class CheckedText:
    """What became of a text's quotations, in its order.

    ``unmarked``: it had no quotation marks and was taken for one quotation. ``passed_over`` counts what stands in quotation marks
    but is too short to be a quotation, is not recorded, and is said by nobody. ``unchecked`` counts the last ones, for which the
    others left no time.
    """

    findings: tuple[Finding, ...]
    unmarked: bool = False
    passed_over: int = 0
    unchecked: int = 0


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A text to be checked, and what is said about its quotations: by whom, from which source, of which date, in which story."""

    text: str
    speaker: str | None = None
    source: str | None = None
    date: str | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True, weakref_slot=True)
class _Snapshot:
    """The actors, quotes and claims of a base at one of its versions.

    ``held`` has the quotes and the claims; None where there are too many facts to hold them.
    """

    version: int
    actors: dict[str, Actor]
    names: NameTable
    held: dict[FactKind, tuple[FactRecord, ...]] | None
    has_quotes: bool
    vocabulary: Vocabulary

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes with what is remembered of words."""
        records = (record for records in (self.held or {}).values() for record in records)
        held = sum(_QUOTE_BYTES + len(record.fact.text) for record in records)
        return _SNAPSHOT_BYTES + _ACTOR_BYTES * len(self.actors) + held + _WORD_BYTES * self.vocabulary.remembered

    def cast(self, record: FactRecord) -> Cast:
        """Return whom the pronouns of a quote may stand for."""
        actors = (actor for key, actor in self.actors.items() if key.startswith(f"{record.story.id}/"))
        return Cast(tuple(actors), record.speakers, record.fact.text, record.fact.about)

    def is_by(self, record: FactRecord, keys: frozenset[str]) -> bool:
        """Return whether a quote is by one of some actors, or by who speaks for it by their role: the editor of an outlet."""
        if any(actor_key(record.story.id, name) in keys for name in record.fact.by):
            return True
        story = f"{record.story.id}/"
        for actor in record.speakers:
            if actor.kind == "person" and actor.role:
                named = {key for name in names_in(actor.role, self.names) for key in name.actors & keys}
                if any(key.startswith(story) and self.actors[key].kind != "person" for key in named):
                    return True
        return False


class _Speaker(NamedTuple):
    """Who is said to have said something: the name, "" for nobody, and the keys of all actors that are called so."""

    name: str
    actors: frozenset[str]


@dataclass(frozen=True, slots=True)
class _TextCheck:
    """The check of one text: what its quotations are held against, and what its request says of all of them.

    The ``speaker`` and the ``hints`` of the request go before what the sentence of a quotation says. ``cased``: the text uses
    capitals.
    """

    base: FactBase
    lexicon: Lexicon
    known: _Snapshot
    story: str | None
    speaker: _Speaker | None
    hints: tuple[ProvenanceHint, ...]
    cased: bool

    def finding(self, quotation: Quotation) -> Finding:
        """Return the finding on a quotation, which may run two recorded quotes together."""
        finding = with_splice(self._of_one_quote(quotation), lambda part: self._of_one_quote(replace(quotation, text=part)))
        if finding.verdict is not Verdict.UNKNOWN:
            return with_kept_piece(finding)
        claim = with_kept_piece(self._of_one_quote(quotation, kind="claim"))
        return finding if claim.verdict is Verdict.UNKNOWN else as_claim(claim)

    def _of_one_quote(self, quotation: Quotation, kind: FactKind = "quote") -> Finding:
        check_cancelled()
        stated = self._provenance(quotation)
        finding = check_quotation(
            quotation.text,
            self._records(quotation.text, kind),
            vocabulary=self.known.vocabulary,
            stated=stated,
            cast=self.known.cast,
            cased=self.cased,
        )
        wrong = [hint for hint in stated.hints if finding.record and not hint.agrees(finding.record)]
        provenance = replace(stated, hints=tuple(wrong)) if wrong else finding.provenance
        comparable = self.known.has_quotes or finding.record is not None
        return replace(finding, comparable=comparable, provenance=provenance)

    def _provenance(self, quotation: Quotation) -> Provenance:
        """Return whose a quotation is said to be, and from where."""
        speaker = self.speaker or _Speaker(quotation.name, quotation.actors)
        return Provenance(
            speaker.name,
            partial(self._is_by, speaker) if speaker.name else None,
            self.hints or tuple(hints_in(quotation, self.known.names, self.known.actors)),
            of_source=any(not hint.is_date for hint in self.hints),
        )

    def _is_by(self, speaker: _Speaker, record: FactRecord) -> bool:
        if not record.fact.by:
            return self._is_source(speaker, record)
        return self.known.is_by(record, speaker.actors) or is_handle_of(speaker.name, record)

    def _is_source(self, speaker: _Speaker, record: FactRecord) -> bool:
        """Return whether a speaker published or wrote a source of what nobody in the story says, which is the source's own."""
        actors = (self.known.actors[key] for key in speaker.actors)
        called = {words_of(name) for name in (speaker.name, *(name for actor in actors for name in (actor.name, *actor.aliases)))}
        sources = (name for source in record.sources for name in (source.publisher or source.title, *source.authors))
        return not called.isdisjoint(map(words_of, sources))

    def _records(self, text: str, kind: FactKind) -> Sequence[FactRecord]:
        """Return the recorded quotes or claims that a quotation may be: all, or those of many that share its rarest words."""
        if self.known.held is not None:
            return self.known.held[kind]
        rarest = sorted(dict.fromkeys(content_words(text)), key=self.lexicon.zipf)[:_TERMS]
        terms = rarest or [text]  # "It is what it is" has small words alone, and is looked up as a whole
        return self.base.facts(self.base.search.find(terms, story=self.story, limit=_LOOKED_UP, kind=kind))


class TextChecker:
    """Checks texts against one fact base, as it stands when asked, and stores what was asked for the buttons of the reply.

    ``last_day`` returns the day from which a date without a year is read in a story, ``find`` an actor of it by what somebody
    typed. ``days``: how long a request is stored.
    """

    def __init__(
        self,
        base: FactBase,
        lexicon: Lexicon,
        *,
        last_day: Callable[[str | None], datetime.date],
        find: Callable[[str, str | None], ActorRecord],
        days: int,
    ) -> None:
        self._base = base
        self._lexicon = lexicon
        self._last_day, self._find = last_day, find
        self._days = days
        self._snapshots: WeakValueDictionary[str | None, _Snapshot] = WeakValueDictionary()

    def check(self, request: CheckRequest, *, seconds: float | None = None) -> CheckedText:
        """Check every quotation of a text; a text without quotation marks is one quotation.

        After so many ``seconds`` of processor time the quotations that are left are not checked. Raises UsageError for a text
        without words, that is too long, or of which not even one could be checked; DateError, NotKnownError for an unknown story.
        """
        text = request.text
        self._base.check_story(request.story)
        if len(text) > MAX_CHARACTERS:
            raise UsageError(
                Message("That is too long to check: give at most {most} characters at a time.", most=Count(MAX_CHARACTERS))
            )
        if not any(map(str.isalnum, text)):
            raise UsageError(_NOTHING)
        known = self._snapshot(request.story)
        quotations = [quotation for quotation in quotations_in(text, known.names) if quotation.words] or [_whole_text(text)]
        check = self._check_of(request, known)
        findings: list[tuple[Quotation, Finding]] = []
        with processor_limit(seconds), suppress(CutShortError):
            for quotation in quotations:  # what was checked before time is up is kept
                findings += [(quotation, check.finding(quotation))]
            if quotations[0].whole and quotations[0].name:
                # The first words of a text without marks may be the speaker's name, or a part of what was said.
                whole = _whole_text(text)
                finding = check.finding(whole)
                if _fits_better(finding, findings[0][1]):
                    findings = [(whole, finding)]
        if not findings:
            raise UsageError(TOO_DEAR)
        # A word or two in marks that nobody says are set off for other reasons.
        said = [
            finding for own, finding in findings if own.words >= MIN_WORDS or own.name or finding.verdict is not Verdict.UNKNOWN
        ]
        shown = said or [finding for _, finding in findings]
        return CheckedText(tuple(shown), quotations[0].whole, len(findings) - len(shown), len(quotations) - len(findings))

    def store(self, request: CheckRequest) -> str:
        """Store a request for the buttons of its reply, its date as it is read now, and return its key. Raises DateError."""
        if request.date:
            request = replace(request, date=typed_date(request.date, self._last_day(request.story)).lasting)
        return self._base.replies.store(json.dumps({"check": asdict(request)}, ensure_ascii=False), days=self._days)

    def stored(self, key: str) -> CheckRequest:
        """Return a stored request. Raises NotKnownError where it is too old."""
        content = json.loads(self._base.replies.content(key) or "{}").get("check")
        if content is None:
            raise NotKnownError(TOO_OLD)
        return CheckRequest(**content)

    def _check_of(self, request: CheckRequest, known: _Snapshot) -> _TextCheck:
        """Return the check of a text. Raises DateError, SeveralMeantError for a speaker's name that may be several's."""
        hints = [source_hint(request.source, known.actors)] if request.source else []
        if request.date:
            typed = typed_date(request.date, self._last_day(request.story))
            hints.append(date_hint(in_words(typed), lambda date: date.meets(typed.first, typed.last)))
        return _TextCheck(
            self._base,
            self._lexicon,
            known,
            request.story,
            speaker=self._stated_speaker(request.speaker, known, request.story) if request.speaker else None,
            hints=tuple(hints),
            cased=any(map(str.isupper, request.text)),
        )

    def _stated_speaker(self, typed: str, known: _Snapshot, story: str | None) -> _Speaker:
        """Return the speaker whom somebody typed. Raises SeveralMeantError where it may be a misspelling of several."""
        if typed in known.actors:
            return _Speaker(known.actors[typed].name, frozenset([typed]))
        words = words_of(typed)
        mentions = known.names.mentions(words)
        if mentions and mentions[0].start == 0 and mentions[0].end == len(words):
            (*others, last) = sorted(mentions[0].actors)
            return _Speaker(typed if others else known.actors[last].name, mentions[0].actors)
        try:
            record = self._find(typed, story)
        except SeveralMeantError:
            raise
        except NotKnownError:
            return _Speaker(typed, frozenset())
        return _Speaker(record.actor.name, frozenset([actor_key(record.story.id, record.actor.id)]))

    def _snapshot(self, story: str | None) -> _Snapshot:
        version = self._base.version()
        held = self._snapshots.get(story)
        if held is None or held.version != version:
            BUDGET.release(held)
            actors = {actor_key(actor.story.id, actor.actor.id): actor.actor for actor in self._base.actors(story)}
            few = not self._base.has_more_than(_HELD, story)
            records = {kind: self._base.by_date(kind, story=story) for kind in _KINDS} if few else None
            names = NameTable(actors)
            vocabulary = Vocabulary(self._lexicon, names.words)
            has_quotes = self._base.has_more_than(0, story, kind="quote")
            held = self._snapshots[story] = _Snapshot(version, actors, names, records, has_quotes, vocabulary)
        BUDGET.keep(held, held.size)
        return held


def _whole_text(text: str) -> Quotation:
    return Quotation(text.strip(), 0, len(text), whole=True)


def _fits_better(whole: Finding, without_name: Finding) -> bool:
    """Return whether a text is better taken for one quotation as a whole than without the name at its beginning."""
    if whole.verdict in VERBATIM:
        return True
    if whole.verdict is Verdict.CLAIM and without_name.verdict not in VERBATIM:
        return True  # it is recorded in these words, "said" and who says it among them
    return whole.record is not None and without_name.verdict not in VERBATIM and whole.likeness > without_name.likeness
