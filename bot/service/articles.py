"""Articles for the stories of one base: finding the story that has or fits one, taking it in, and what it then answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from bot.answers.finding.story_likeness import StoryLanguage, StoryLikeness
from bot.answers.models import Answer
from bot.drafting.article import Article
from bot.drafting.intake import Intake, Taken, new_story, story_of
from bot.drafting.read_article import ReadArticle
from bot.drafting.reading import read as read_sentences
from bot.drafting.trying import MAX_TRIED
from bot.english.lexicon import Lexicon
from bot.facts.base import FactBase
from bot.facts.logbook import Signature
from bot.facts.models import Source, StoryInfo

if TYPE_CHECKING:
    from bot.editing.suggesting import Suggestions

MAX_COMPARED = 100
"""Stories that an article is held against, the newest: each takes as long as looking up some eighty words in it."""

_MAX_SENTENCES, _MAX_FACTS = 10, 20  # sentences of an article that are looked up; facts beyond which one is too common to tell


@dataclass(frozen=True, slots=True)
class FittingStory:
    """A story that an article fits, and why."""

    info: StoryInfo
    likeness: StoryLikeness


@dataclass(frozen=True, slots=True)
class StoredCopy:
    """A story that already has what an article says: its ``source`` is the article ``itself``, or another with the same text."""

    info: StoryInfo
    source: Source
    itself: bool


@dataclass(frozen=True, slots=True)
class TakenArticle:
    """What taking an article did, and the story that it is in; ``made`` says that the story is new."""

    info: StoryInfo
    taken: Taken
    made: bool


class Articles:
    """Takes articles into the stories of one base."""

    def __init__(self, base: FactBase, suggestions: Suggestions, ask: Callable[..., Answer], lexicon: Lexicon) -> None:
        self._base, self._suggestions, self._ask, self._lexicon = base, suggestions, ask, lexicon

    def story_of(self, article: Article, source: Source) -> StoryInfo | None:
        """Return the story that has an article already, None where none has it."""
        return story_of(self._base, article, source)

    def copy_of(self, read: ReadArticle, story: str | None = None) -> StoredCopy | None:
        """Return where a story, or any, already says all that an article says; None where the article has something new."""
        reading = read_sentences(read.article)
        has_it = self.story_of(read.article, read.source)
        stories = {has_it.id: has_it} if has_it is not None else {}
        for numbers in self._base.search.facts_by_term(
            [sentence.text() for sentence in reading.sentences[:_MAX_SENTENCES]], story=story, most=_MAX_FACTS
        ):
            stories |= {record.story.id: record.story for record in self._base.facts(numbers)}
        for info in stories.values():
            if story in (None, info.id):
                source = Intake(self._base, info).copy_of(reading, read.source)
                if source is not None:
                    return StoredCopy(info, source, itself=info == has_it)
        return None

    def fitting(self, read: ReadArticle) -> tuple[FittingStory, ...]:
        """Return the stories that an article fits by its headline and its first paragraph, the likeliest first."""
        first = read.article.paragraphs[0]
        text = f"{read.source.title}. {first.text[first.first :]}"
        newest = self._base.stories()[::-1][:MAX_COMPARED]
        compared = (FittingStory(info, StoryLanguage(self._base, self._lexicon, info.id).likeness(text)) for info in newest)
        return tuple(sorted((story for story in compared if story.likeness.fits), key=lambda story: -story.likeness.score))

    def take(
        self, read: ReadArticle, signature: Signature, *, story: str | None, known: str | None = None, stated: Sequence[str] = ()
    ) -> TakenArticle:
        """Take an article into a story, or into a new one named after its headline; an article read twice is stored once.

        One that was fetched from a link is read again in a week. ``known`` is the id of the source that it was taken as before,
        ``stated`` the fields of the source that somebody typed. Raises NotKnownError where the story is gone, and what
        `Intake.take` raises.
        """
        stories = {info.id: info for info in self._base.stories()}
        if story is not None:
            self._base.check_story(story)
            info = stories[story]
        else:
            info = self.story_of(read.article, read.source) or new_story(self._base, read.source.title, read.article.language)
        taken = take_article(self._base, Intake(self._base, info), read, signature, known=known, stated=stated)
        return TakenArticle(info, taken, made=info.id not in stories)

    def accept(self, number: int, read: ReadArticle, signature: Signature, *, story: str | None) -> TakenArticle:
        """Take in an article that a member suggested, which decides the suggestion.

        Raises DecidedError, NotKnownError, and what `take` raises; then nothing is decided.
        """
        with self._base.transaction():
            result = self._suggestions.accept_article(number, signature, lambda: self.take(read, signature, story=story))
            self._base.proposals.mark_applied(number, result.taken.applied.change)
            return result

    def answered(self, questions: Iterable[str], story: str) -> tuple[str, ...]:
        """Return the first questions that a story answers, as many as are proposed for an article."""
        return answered(self._ask, questions, story)


def take_article(
    base: FactBase,
    intake: Intake,
    read: ReadArticle,
    signature: Signature,
    *,
    known: str | None = None,
    stated: Sequence[str] = (),
    watched: bool = True,
) -> Taken:
    """Take an article in as `Intake.take` does; of one that was fetched from a link, store the hash of its text.

    If it is to be ``watched``, it is read again from there in a week.
    """
    with base.transaction():
        taken = intake.take(read.article, read.source, signature, known=known, stated=stated)
        if read.link is not None:
            base.read_pages.note(intake.info.id, taken.source.id, read.link, read.text_hash, taken.applied.change)
            if watched:
                base.watched_pages.watch(intake.info.id, taken.source.id, read.link)
    return taken


def answered(ask: Callable[..., Answer], questions: Iterable[str], story: str) -> tuple[str, ...]:
    """Return the first questions that a story answers, as many as are proposed for an article."""
    return tuple(islice((question for question in questions if ask(question, story=story).status == "answered"), MAX_TRIED))
