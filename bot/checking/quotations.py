"""The quotations of a text that is checked, the names in it, and whose words it says they are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from anyascii import anyascii

from bot.answers.finding.mentions import NameTable
from bot.answers.question.language import ENGLISH, language_of
from bot.checking.writing_days import WritingDay, day_above, day_of_dateline, report_dateline
from bot.english.attribution import AttributedQuote, quotations_of, with_later_speakers
from bot.english.calendar import WEEKDAYS
from bot.english.coreference import DiscourseModel, EntityLookup
from bot.english.first_names import is_womans
from bot.english.name_runs import NameRun, is_abbreviation, is_outlet, name_runs, plain
from bot.english.name_words import COURTESY_TITLES, ORGANISATION_HEADS, PERSON_TITLES, SURNAME_PARTICLES, TITLE_PARTS
from bot.english.quotation_marks import MASK, Span, masked, quoted_spans
from bot.english.roles import is_role
from bot.english.search_words import straight, tokens, words_of
from bot.english.sentences import Entity, TextToken, paragraphs_of, read_sentences, sentences, tokens_of
from bot.english.word_classes import ADVERBS, CAPITALS, SAYING, SAYS
from bot.facts.models import FactRecord
from bot.multilingual.compared_words import count_words, is_unspaced
from bot.multilingual.speakers import speakers_of

_GOES_ON = SAYING | ADVERBS | frozenset("and or who has had have".split())
MIN_WORDS = 3
"""Words from which something in quotation marks is a quotation rather than a word set off."""

_LINE_QUOTE = re.compile(r"(?:^[ \t]*>{1,3} ?.*(?:\n|\Z))+", re.MULTILINE)
_LINE_MARK = re.compile(r"^[ \t]*>{1,3} ?", re.MULTILINE)
_SPEAKER_FIRST = re.compile(
    rf"(?P<who>[^\n:“\"]{{2,60}}?)(?:\s{{0,9}}:\s+|\s{{1,9}}(?:{SAYS.pattern})\s*(?:[:,]\s*|that\s+|\s)(?=\S))(?P<words>\S[\s\S]*)",
    re.IGNORECASE,
)
_WHEN_OR_WHERE = (
    rf"(?:\s(?:today|yesterday|(?:(?:last|this)\s)?(?:{'|'.join((*WEEKDAYS, 'week', 'month', 'year'))})"
    r"|(?:in|on|at|during|to)\s(?!(?:him|her|them|me|us|you|it)\b)[\w’'-]+(?:\s(?!(?:is|was|are|were|had|has|will|would)\b)[\w’'-]+){0,3}?))"
)
_STOP_BEFORE_SPEAKER = re.compile(
    rf"(?P<before>\w)\.(?P<behind>[”\"’»]\s(?:[{CAPITALS}][\w’'.-]*\s){{1,4}}(?:{SAYS.pattern}){_WHEN_OR_WHERE}{{0,3}}\.(?=\s|$))"
)
_MIN_HANDLE = 4  # letters of a name in a handle by which its bearer is known
_TAIL = 200  # characters at the end of a text in which it is said by whom it was
_SPEAKER_LAST = re.compile(rf"(?P<words>[\s\S]*\S)\s*(?:\n\s*|\s)[-–—~]{{1,2}}\s*(?P<who>[{CAPITALS}@][^\n]{{1,80}})")
_JUDGED = 2000  # characters at the beginning of a text by which its language is known
_SENTENCE = 600  # characters on each side of a quotation that are its context; a text without full stops is one sentence


@dataclass(frozen=True, slots=True)
class TextName:
    """A name in a text, where it stands, whom it may mean (keys; none: somebody unknown), and whether that is a person."""

    start: int
    end: int
    name: str
    actors: frozenset[str] = frozenset()
    person: bool = False


def names_in(text: str, names: NameTable, spans: Sequence[Span] = ()) -> tuple[TextName, ...]:
    """Return the names in a text, in its order; ``names`` are those of the base's actors, ``spans`` its quotations."""
    runs = list(_unknown(text, spans))
    starts = [run.start for run in runs]
    known = list(_known(text, names))
    around = [runs[index - 1] if (index := bisect_right(starts, name.start)) else None for name in known]
    known = [name for name, run in zip(known, around, strict=True) if run is None or not _is_of_another(name, run, text)]
    ends = [name.end for name in known]
    behind = [known[index] if (index := bisect_right(ends, run.start)) < len(known) else None for run in runs]
    others = [run for run, name in zip(runs, behind, strict=True) if name is None or name.start >= run.end]
    return tuple(sorted([*known, *others], key=lambda name: name.start))


def _known(text: str, names: NameTable) -> Iterator[TextName]:
    """Yield the names, roles and aliases of actors that a text has; a possessive's ending is left out."""
    plain_text = straight(text)
    cut = tokens(plain_text)
    for mention in names.mentions([token.word for token in cut]):
        start, last = cut[mention.start].start, cut[mention.end - 1]
        if not mention.by_name and re.match(rf" [{CAPITALS}]", plain_text[last.end : last.end + 2]):
            continue  # the engineer Ann Lee: whoever has this role here is named
        end = last.end - 2 if plain_text[last.start : last.end].endswith("'s") else last.end
        if plain_text[end : end + 2] != " @":  # RT @lee_4: words that somebody else wrote
            yield TextName(start, end, plain_text[start:end], mention.actors, bool(mention.actors & names.people))


def _unknown(text: str, spans: Sequence[Span]) -> Iterator[TextName]:
    """Yield the names of a text whoever they are, with titles but for courtesy; a title or a first name makes a person."""
    for sentence in sentences(tokens_of(text, spans), text):
        for run in name_runs(sentence):
            # One that begins a sentence, where any word has a capital, is known for a name by what follows.
            following = sentence[run.end] if run.end < len(sentence) else None
            lone = run.first and len(run.words) == 1 and not run.titles
            if lone and following is not None and following.kind == "word" and following.lower not in _GOES_ON:
                continue
            courtesy = sum(plain(title) in COURTESY_TITLES for title in run.titles)
            start, end = sentence[run.start + courtesy].start, sentence[run.end - 1].end
            body = run.is_body or is_outlet(run.text) or any(map(is_abbreviation, run.words))
            yield TextName(start, end, text[start:end], person=bool(run.titles) or (len(run.words) in (2, 3) and not body))


def _is_of_another(known: TextName, run: TextName, text: str) -> bool:
    """Return whether a single name is part of a longer one, which is then somebody else's: Mark Twain, the Financial Times."""
    inside = run.start <= known.start and known.end <= run.end and (run.start, run.end) != (known.start, known.end)
    if not inside or " " in known.name:
        return False
    if not known.person:
        generic = plain(known.name) in ORGANISATION_HEADS or (known.end == run.end and is_outlet(known.name))
        return generic and not known.name.isupper()
    before, behind = text[run.start : known.start].split(), text[known.end : run.end].split()
    titled = all(plain(word) in PERSON_TITLES | SURNAME_PARTICLES or is_role(word) for word in before)
    return bool(behind) or not titled


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose words a quotation is; nobody where its text does not say.

    ``context`` is its sentence, a MASK for each quotation. ``written``: when its text was written, as far as that says.
    """

    speakers: tuple[TextName, ...]
    context: str
    written: WritingDay | None = None


def attribute(text: str, spans: Sequence[Span], named: Sequence[TextName]) -> tuple[Attribution, ...]:
    """Return whose words each quotation of a text is. ``named`` are the names in it, in its order."""
    known = _NamedEntities(named)
    discourse = DiscourseModel(known)
    quotes: list[AttributedQuote] = []
    days: list[WritingDay | None] = []  # of the quotations
    published = written = day_above(text)
    for whole in paragraphs_of(text, spans):
        dateline = report_dateline(whole.text)
        paragraph = replace(whole, first=dateline.end) if dateline else whole
        written = day_of_dateline(dateline, whole.text, published) or written if dateline else written
        for sentence in read_sentences(paragraph, partial(known.find, paragraph.start)):
            sentence_quotes = quotations_of(sentence, discourse, quotes[-1] if quotes else None)
            discourse.note_sentence(sentence, [quote.speakers for quote in sentence_quotes if not quote.guessed])
            quotes += sentence_quotes
            days += [written] * len(sentence_quotes)
    blotted = masked(text, spans)
    attributions = []
    for span, quote, day in zip(spans, with_later_speakers(quotes), days, strict=True):
        start, items = quote.sentence.paragraph.start, quote.sentence.items
        first = max(start + items[0].start, span.whole[0] - _SENTENCE)
        last = min(start + items[-1].end, span.whole[1] + _SENTENCE)
        context = re.sub(f"{MASK}+", MASK, blotted[first:last])
        attributions.append(Attribution(() if quote.guessed else known.named(quote.speakers), context, day))
    return tuple(attributions)


class _NamedEntities(EntityLookup):
    """The names of a text as the entities that they mean; somebody unknown is one for each name.

    Whom a text calls by a role is found as a name.
    """

    def __init__(self, named: Sequence[TextName]) -> None:
        super().__init__()
        self._named = named
        self._starts = [name.start for name in named]
        self._entities: dict[frozenset[str] | str, Entity] = {}
        self._first: dict[Entity, TextName] = {}
        self._whole: dict[str, str] = {}  # names of persons by their last words

    def find(self, start: int, sentence: Sequence[TextToken]) -> Iterator[tuple[int, int, Entity]]:
        """Yield the names of a sentence, with titles before them; its paragraph begins at ``start``."""
        token_ends = [start + token.end for token in sentence]
        token_starts = [start + token.start for token in sentence]
        first = bisect_left(self._starts, token_starts[0])
        for name in self._named[first : bisect_left(self._starts, token_ends[-1])]:
            begin, end = bisect_left(token_ends, name.start + 1), bisect_left(token_starts, name.end)
            if begin >= end or any(token.kind == "quote" for token in sentence[begin:end]):
                continue
            while begin and sentence[begin - 1].capital and plain(sentence[begin - 1].text) in TITLE_PARTS:
                begin -= 1
            entity = self._entities.setdefault(name.actors or name.name, self._new(name))
            self._entities.setdefault(name.name, entity)
            self._first.setdefault(entity, name)
            yield begin, end, entity

    def _new(self, name: TextName) -> Entity:
        """Return the entity of a name; a surname alone is a person's where the text has the whole name, too."""
        whole = self._whole.get(name.name)
        kind = "person" if name.person or whole else "organization" if name.actors or " " in name.name else "unknown"
        entity = Entity(name.name, kind, woman=is_womans((whole or name.name).split()[0]) if kind == "person" else None)
        if name.person:
            self._whole.setdefault(name.name.split()[-1], name.name)
        return entity

    def entity_of(self, run: NameRun) -> Entity | None:
        """Return the entity that a name means, known or not."""
        return self._entities.get(run.text)

    def named(self, speakers: Sequence[Entity]) -> tuple[TextName, ...]:
        """Return the names of speakers; whoever is only described has none."""
        return tuple(self._first[speaker] for speaker in speakers if speaker in self._first)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation found in a text: its words, where it stands, and what the text says about whose it is.

    ``actors`` are keys of the actors that it may be by, ``name`` is how the text calls the speaker, known or not; both are empty
    where the text does not say. ``context`` is its sentence, a MASK for each quotation. ``whole``: nothing marks it as a
    quotation, the whole text is taken for one. ``written``: when the text was written, as far as it says.
    """

    text: str
    start: int
    end: int
    actors: frozenset[str] = frozenset()
    name: str = ""
    context: str = ""
    whole: bool = False
    written: WritingDay | None = None

    @property
    def words(self) -> int:
        """How many words it has; two signs of a script without blanks count as one."""
        return count_words(self.text) if is_unspaced(self.text) else len(words_of(self.text))


def quotations_in(text: str, names: NameTable) -> tuple[Quotation, ...]:
    """Return the quotations in a text, in its order; a text without quotation marks is one as a whole."""
    spans = spans_in(text)
    if not spans:
        return tuple(_whole(text, names))
    language = _language_around(text[:_JUDGED], masked(text, spans)[:_JUDGED])
    if language != ENGLISH:
        return tuple(_in_other_language(text, spans, names, language))
    quotations = []
    joined = _with_comma_before_speaker(text)
    for span, whose in zip(spans, attribute(joined, spans, names_in(text, names, spans)), strict=True):
        inside = _LINE_MARK.sub("", text[span.start : span.end]).strip()
        actors = frozenset(key for speaker in whose.speakers for key in speaker.actors)
        called = {
            speaker.actors or speaker.name: speaker.name for speaker in whose.speakers
        }  # a title and a name may be one person's
        name = " and ".join(called.values())
        quotations.append(Quotation(inside, span.start, span.end, actors, name, whose.context, written=whose.written))
    return tuple(quotations)


def _language_around(text: str, blotted: str) -> str:
    """Return the language of the words around quotations; where they are too few to tell, that of the whole text."""
    language = language_of(blotted.replace(MASK, ""))
    says = not SAYING.isdisjoint(words_of(blotted))
    return language_of(text) if language == ENGLISH and not says else language


def _in_other_language(text: str, spans: Sequence[Span], names: NameTable, language: str) -> Iterator[Quotation]:
    """Yield the quotations of a text in another language than English, by whom it says for certain that they are."""
    written = _written_otherwise(masked(text, spans), names, language)
    known = names.spellings | written.keys()
    for span, name in zip(spans, speakers_of(text, spans, language, known, names.persons, alone=True), strict=True):
        inside = _LINE_MARK.sub("", text[span.start : span.end]).strip()
        if name in written:
            yield Quotation(inside, span.start, span.end, written[name], name)
            continue
        mentions = names.mentions(words_of(name)) if name else ()
        actors = mentions[0].actors if len(mentions) == 1 else frozenset[str]()
        yield Quotation(inside, span.start, span.end, actors, name or "")


def _written_otherwise(text: str, names: NameTable, language: str) -> dict[str, frozenset[str]]:
    """Return the actors whose names stand in a text in another script or form, by how they stand there.

    A word before a last name belongs to it where it begins with the sound of the first name: "Анна Белова" is Anna Belova.
    """
    written: dict[str, frozenset[str]] = {}
    for mention in names.foreign_mentions(text, language, ()):
        if mention.written is None:
            continue
        written[mention.written] = mention.actors
        first = re.search(r"([^\s«»“”„\"'(,.:;!?]+)\s+$", text[: text.find(mention.written)])
        initial = anyascii(first[1])[:1].lower() if first else ""
        whole = frozenset(key for key in mention.actors if initial and names.initials.get(key) == initial)
        if first is not None and whole:
            written[f"{first[1]} {mention.written}"] = whole
    return written


def spans_in(text: str) -> tuple[Span, ...]:
    """Return where quotations stand: in quotation marks, and where a line begins with > as on Discord or in a mail."""
    marked = quoted_spans(text)
    lines = []
    for match in _LINE_QUOTE.finditer(text):
        end = match.start() + len(match.group().rstrip())
        if not any(match.start() <= span.start and span.end <= end for span in marked):
            lines.append(Span(match.start(), end, (match.start(), end)))
    return tuple(sorted([*marked, *lines], key=lambda span: span.start))


def is_handle_of(name: str, record: FactRecord) -> bool:
    """Return whether a speaker is called by a handle, such as ``@hana_choi``, with a word of a name of who said a quote."""
    if not name.startswith("@"):
        return False
    words = (word for actor in record.speakers for alias in (actor.name, *actor.aliases) for word in words_of(alias))
    return any(len(word) >= _MIN_HANDLE and word in name.lower() for word in words)


def _with_comma_before_speaker(text: str) -> str:
    """Return a text with a comma in the place of the stop of a quotation behind which a sentence only says whose it is.

    “It is safe.” Lee said on Tuesday.
    """
    return _STOP_BEFORE_SPEAKER.sub(r"\g<before>,\g<behind>", text)


def _whole(text: str, names: NameTable) -> Sequence[Quotation]:
    """Return a text without marks as one quotation, without the name that it begins or ends with: ``Lee: It is not safe.``"""
    stripped = text.strip()
    if not stripped:
        return ()
    # Whoever is named behind the words stands within so many characters, wherever a long text before them begins.
    for pattern, begins in ((_SPEAKER_FIRST, 0), (_SPEAKER_LAST, max(len(stripped) - _TAIL, 0))):
        match = pattern.fullmatch(stripped, begins)
        if match is None:
            continue
        first = match.start("words") if begins == 0 else 0
        named = names_in(match["who"], names)
        if named and len(match["who"].split()) <= 6:
            words = stripped[first : match.end("words")]
            start = text.find(stripped) + first
            actors = frozenset(key for name in named for key in name.actors)
            context = f"{stripped[:first]}{MASK}{stripped[match.end('words') :]}"
            return (Quotation(words, start, start + len(words), actors, named[0].name, context, whole=True),)
    start = text.find(stripped)
    return (Quotation(stripped, start, start + len(stripped), whole=True),)
