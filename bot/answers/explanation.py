"""Why an answer is as it is: which words of the question met which of the best fact's, what was asked for.

In: the question, what the reader made of it and the facts that answer. Out: an `Explanation`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.answers.finding.documents import Document
from bot.answers.finding.index import StoryIndex
from bot.answers.models import SUGGESTIONS, Explanation
from bot.answers.namesakes import namesakes
from bot.answers.question.language import ENGLISH
from bot.answers.question.parsing import Question
from bot.answers.reader.features import slot_filled
from bot.answers.reader.reader import QuestionReader
from bot.answers.reader.reading import ReadFact, Reading
from bot.english.search_words import STOP_WORDS, words_of
from bot.facts.sourcing import independent, nature
from bot.facts.stems import main_language, stemmed_words

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_MET = 0.6  # cosine from which a word of the question is met by one of the fact
_RARE = 0.4  # how rare a stem of another language is that tells something: one fact in ten has it
_NO_WORD = 3.0  # Zipf frequency below which a word that the story does not have is rather a name


def explain(
    question: Question,
    reading: Reading,
    confidence: float,
    index: StoryIndex,
    reader: QuestionReader,
    answering: Sequence[Document],
) -> Explanation:
    """Return the explanation for the first of the facts that answer, or where none does for the best one of the reading."""
    document = answering[0] if answering else reading.facts[0].document if reading.facts else None
    best = next((fact for fact in reading.facts if document is not None and fact.document.number == document.number), None)
    comparable = question.language == ENGLISH and index.is_english
    pairs = tuple(_met(question, reading, best, reader)) if best is not None and comparable else ()
    if document is not None and question.language != ENGLISH:
        pairs = tuple(_shared(question, document, index))
    lacks = [word for word, other in pairs if other is None]
    named = [index.actors[key].name for mention in question.mentions for key in sorted(mention.actors)]
    stories: tuple[str, ...] = ()
    if document is not None and reading.of_other_stories and document.number == reading.facts[0].document.number:
        meant = (document, *reading.of_other_stories[:SUGGESTIONS])
        stories = tuple(dict.fromkeys(candidate.record.story.title for candidate in meant))
    strange = [word for word in lacks if not index.has(index.lexicon.stem(word)) and index.lexicon.zipf(word) < _NO_WORD]
    return Explanation(
        matched=tuple(word for word, other in pairs if other is not None),
        met=tuple((word, other) for word, other in pairs if other is not None),
        missing=tuple(lacks),
        names=tuple(dict.fromkeys(named)),
        unknown_names=tuple(strange),
        slot=question.expected.type.value,
        slot_filled=document is not None and slot_filled(question, document),
        corrections=question.corrections,
        namesakes=namesakes(question, index),
        stories=stories,
        confidence=round(confidence, 4),
        sources=independent(document.record.sources) if document is not None else 0,
        nature=nature(document.record) if document is not None else None,
    )


def _met(question: Question, reading: Reading, best: ReadFact, reader: QuestionReader) -> Iterator[tuple[str, str | None]]:
    """Yield each telling word of the question with the word of the fact that it met, None where it met none."""
    line = best.document.line
    fact_words = [word for part in line.parts for word in _words(line.line, part.start, part.end)]
    offsets = reader.fact_offsets(line)
    seen = {term.word for term in question.terms if term.typing}  # words that only say what is asked for need not be met
    for word, start, end in _words(reading.line, *reading.asked):
        telling = set(words_of(word)) - STOP_WORDS
        if not telling or word.lower() in seen:
            continue
        positions = [position for position, (first, last) in enumerate(reading.vectors.offsets) if start <= first < last <= end]
        if not positions:
            continue
        seen.add(word.lower())
        at, cosine = max((best.judged.met[position] for position in positions), key=lambda match: match[1])
        where = offsets[at] if at < len(offsets) else (0, 0)
        other = next((fact_word for fact_word, first, last in fact_words if first <= where[0] < where[1] <= last), None)
        if cosine < _MET:  # the fact may have the very word, however little the two were near to each other there
            other = next((fact_word for fact_word, _, _ in fact_words if not telling.isdisjoint(words_of(fact_word))), None)
        yield word.lower(), other


def _shared(question: Question, document: Document, index: StoryIndex) -> Iterator[tuple[str, str]]:
    """Yield each telling word of a question in the language of a fact's story, not English, with the fact's word of that stem.

    Which words tell something is known by how rare they are among the facts.
    """
    language = main_language(document.record.story.language)
    if question.language != language:
        return
    words = {stem: word for word, stem in stemmed_words(document.line.line, language)}
    for term in question.terms:
        if term.stem in words and index.rarity(term.stem) >= _RARE:
            yield term.word, words[term.stem]


def _words(line: str, start: int, end: int) -> list[tuple[str, int, int]]:
    return [(match.group(), *match.span()) for match in _WORD.finditer(line, start, end)]
