"""What somebody is shown of an article that was read: what it is, where it went, what is missing, and questions to try."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discord import ButtonStyle

from bot.client.articles import words
from bot.client.articles.records import StoredArticle
from bot.client.facts.words import CANCEL, UNDO
from bot.client.feeds.words import why
from bot.client.interactions import RouteButton
from bot.client.panels import AMBER, BLUE, GREEN, MAX_CHOICES, choice_lists, left_out, option, panel, story_options
from bot.client.sending import SentView
from bot.client.text import first_lines, inline, link
from bot.drafting.comparison import Comparison, StaleCitation
from bot.facts.models import Source, StoryInfo
from bot.languages import language, say, say_number
from bot.phrases import listed
from bot.service.articles import FittingStory, TakenArticle

NEW_STORY = "+"
"""The choice of a new story; no story has this id."""

_MAX_TITLE, _MAX_STORY, _MAX_FIELD, _MAX_SENTENCE = 200, 100, 100, 110  # characters
_MAX_PEOPLE, _MAX_STALE = 6, 6  # that are named before the rest is counted


def story_question(
    key: str, article: StoredArticle, stories: Sequence[StoryInfo], fitting: Sequence[FittingStory] = ()
) -> SentView:
    """Ask which story an article belongs to: one that it fits, a new one, or another of the ``stories``."""
    title = article.read.source.title
    about = {story.info.id: why(story.likeness.names, story.likeness.words) for story in fitting}
    likely = story_options((story.info for story in fitting), about)
    others = story_options(story for story in stories if story.id not in about)
    choices = [*likely[: MAX_CHOICES - 1], option(say(words.A_NEW_STORY, title=title), NEW_STORY), *likely[MAX_CHOICES - 1 :]]
    choices += others
    lists = choice_lists("article-story", key, choices, say(words.CHOOSE_STORY))
    blocks = [say(words.WHICH_STORY, title=inline(title, _MAX_TITLE)), "\n".join([*_about(article), left_out(choices)])]
    return panel(blocks, *lists, [RouteButton("article-cancel", key, say(CANCEL))], colour=BLUE)


def article_panel(key: str, article: StoredArticle, result: TakenArticle, *, is_encoded: bool = False) -> SentView:
    """Return what was read of an article and what became of it.

    ``is_encoded`` says that its sentences can be found by their meaning, too.
    """
    source, taken = result.taken.source, result.taken
    head = [f"### {link(source.title, source.url, _MAX_TITLE)}", *_about(article, result)]
    missing = [name for name in words.MISSING if not getattr(source, name)]
    blocks = (
        "\n".join(head),
        "\n".join([*_outcome(result), *(say(words.MISSING[name]) for name in missing)]),
        _stale(taken.stale),
        "\n".join([say(words.NOT_CHECKED), *([] if is_encoded or taken.applied.change is None else [say(words.BY_WORDS)])]),
        say(words.TRY) if article.tried else say(words.ASK),  # last: the buttons with the questions are right below
    )
    asked = ([RouteButton("article-try", f"{index}:{key}", text)] for index, text in enumerate(article.tried))
    colour = AMBER if missing or taken.stale else GREEN
    return panel(blocks, *asked, _buttons(key, result, missing), colour=colour)


def _buttons(key: str, result: TakenArticle, missing: Sequence[str]) -> Iterator[RouteButton]:
    text = say(words.ADD[missing[0]]) if missing else say(words.CHANGE_DETAILS)
    yield RouteButton("article-open", key, text, style=ButtonStyle.primary if missing else ButtonStyle.secondary)
    if result.taken.applied.change is not None:
        yield RouteButton("take-back", result.taken.applied.change, say(UNDO))


def _about(article: StoredArticle, result: TakenArticle | None = None) -> Iterator[str]:
    """Say who published the article and when, how long it is, and who is named in it."""
    parts = source_parts(result.taken.source if result else article.read.source)
    if result:
        parts.append(say_number(len(result.taken.passages), "{number} sentence", "{number} sentences"))
    if about := " · ".join(filter(None, parts)):
        yield f"-# {about}"
    people = [actor.name for actor in result.taken.people] if result else []
    if people:
        named = [inline(name, _MAX_FIELD) for name in people[:_MAX_PEOPLE]]
        left = len(people) - len(named)
        named += [say_number(left, "{number} other", "{number} others")] if left else []
        yield say("-# People: {names}", names=listed(named))


def source_parts(source: Source) -> list[str]:
    """Return who published an article, who wrote it and when, as far as that is known."""
    published = source.published.words(language()) if source.published else ""
    parts = (source.publisher or "", listed(list(source.authors)), published)
    return [inline(part, _MAX_FIELD) for part in parts if part]


def _outcome(result: TakenArticle) -> Iterator[str]:
    """Say what became of an article."""
    story, taken = inline(result.info.title, _MAX_STORY), result.taken
    if not taken.known:
        yield say("Taken into the new story **{story}**." if result.made else "Taken into the story **{story}**.", story=story)
    elif taken.applied.change is None:
        yield say("It is already in the story **{story}**, and nothing in it has changed.", story=story)
    elif changes := listed(list(_changes(taken.comparison))):
        yield say("It is already in the story **{story}**, and was read again: {changes}.", story=story, changes=changes)
    else:
        yield say("It is now in the story **{story}**, with its headline, outlet, authors and day as above.", story=story)
    if taken.carried is not None:
        yield say_number(
            len(taken.comparison.shared),
            "{number} sentence stands word for word in {other}, too: a report that both carry, which counts as one source.",
            "{number} sentences stand word for word in {other}, too: a report that both carry, which counts as one source.",
            other=inline(taken.carried.publisher or taken.carried.title, _MAX_FIELD),
        )


def _changes(compared: Comparison) -> Iterator[str]:
    """Count what is different from what was read before."""
    if compared.added:
        yield say_number(len(compared.added), "{number} sentence is new", "{number} sentences are new")
    if compared.changed:
        yield say_number(len(compared.changed), "{number} sentence is different", "{number} sentences are different")
    if compared.gone:
        yield say_number(len(compared.gone), "{number} sentence is gone", "{number} sentences are gone")
    if compared.moved:
        yield say_number(
            compared.moved, "{number} sentence is in another paragraph", "{number} sentences are in another paragraph"
        )


def _stale(stale: Sequence[StaleCitation]) -> str:
    """Say which facts cite a paragraph that has changed; "" for none."""
    if not stale:
        return ""

    def line(cited: StaleCitation) -> str:
        text = inline(cited.fact.text, _MAX_SENTENCE)
        if cited.now:
            moved = say("paragraph {before} is {now} now", before=inline(cited.paragraph, 20), now=inline(cited.now, 20))
            return f"- {text} ({moved})"
        return f"- {text} ({say('paragraph {before} has changed', before=inline(cited.paragraph, 20))})"

    def more(number: int) -> str:
        return say_number(number, "-# and {number} more fact", "-# and {number} more facts")

    head = say("**These facts cite a paragraph that has changed.** Look at them:")
    return "\n".join([head, *first_lines(stale, _MAX_STALE, line, more)])
