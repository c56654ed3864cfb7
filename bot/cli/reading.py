"""``footnote read``: articles taken in from files, folders and links, so that their sentences answer questions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot.cli.answering import answerer_on, encode_facts
from bot.cli.console import json_option, operator, server_option
from bot.cli.opening import open_stored
from bot.cli.reading_output import show_questions, show_taken
from bot.drafting.folder import ENDINGS, article_files, read_file
from bot.drafting.intake import Intake, new_story, story_of
from bot.drafting.read_article import ReadArticle, read_upload
from bot.drafting.trying import candidates
from bot.errors import UsageError, reason_of
from bot.facts.base import FactBase
from bot.facts.dates import StoryDate
from bot.facts.logbook import READING_OF, sign
from bot.facts.models import StoryInfo
from bot.facts.typed_dates import typed_date
from bot.multilingual.identification import is_language
from bot.service.articles import answered, take_article
from bot.terminal.progress import progress
from bot.terminal.text import safe
from bot.uploads import AT_THE_COMMAND_LINE, call_limited

_FEW = 3  # articles, read too quickly for a progress bar
_LINKS = ("http://", "https://")
_LATEST = 10**9  # sorts after every day (yyyymmdd)


@dataclass(frozen=True, slots=True)
class _Read:
    """An article that was read: ``name`` is what the command was given for it, ``stated`` the fields of the source typed."""

    name: str
    article: ReadArticle
    stated: tuple[str, ...] = ()


@click.command()
@click.argument("articles", metavar="FILE|LINK|FOLDER...", nargs=-1, required=True)
@click.option("--story", metavar="ID", help="The story that they belong to; else the one that has them already, or a new one.")
@click.option("--title", default="", help="What a new story is called; by default, the headline of the first article.")
@click.option("--published", default="", metavar="DATE", help="The day of an article that does not give one, in any usual form.")
@click.option("--publisher", default="", help="The outlet of an article that does not name it.")
@click.option("--language", metavar="CODE", help="The language of the articles, such as de; by default, as the text reads.")
@server_option
@json_option("Print one JSON object for each article.")
def read(
    articles: tuple[str, ...],
    story: str | None,
    title: str,
    published: str,
    publisher: str,
    language: str | None,
    server: int | None,
    as_json: bool,
) -> None:
    """Take articles in: each sentence is stored as it stands there, with its paragraph, and answers questions at once.

    An article is plain text, Markdown, a saved web page, a PDF or a Word document (.docx), or a link to one; of a folder all
    are read. What is there already is not taken twice; of an article that changed, only the sentences that are new, different or
    gone are. Nobody has checked these sentences, and every answer from them says so.
    """
    if story is not None and title:
        raise UsageError("Give --story or --title, not both.")
    if language is not None and not is_language(language):
        raise UsageError(f"{language} is no language. Give the code of one, such as de, fr or ja.")
    details = {"published": _day(published), "publisher": publisher.strip() or None}
    names = list(_names(articles))
    with _progress(2 * len(names)) as step:
        results = [_read_one(name, step) for name in names]
        readings = [_with_details(result, details, language, alone=len(names) == 1) for result in results if result is not None]
        if not readings:
            raise UsageError("Nothing was read.")
        with open_stored(server, make=True) as base:
            info = _story_meant(base, story, title.strip(), readings)
            intake = Intake(base, info)
            new: list[_Read] = []
            for reading in sorted(readings, key=_first_day):
                signature = sign(operator(), READING_OF.format(name=reading.name))
                watched = server is not None  # else nobody would be told
                taken = take_article(base, intake, reading.article, signature, stated=reading.stated, watched=watched)
                step()
                show_taken(reading.name, info, taken, server=server, as_json=as_json)
                new += [reading] if taken.applied.added else []
            _finish(base, info, new, server=server, as_json=as_json)
    if len(readings) < len(names):
        raise UsageError(f"{len(names) - len(readings)} of {len(names)} articles could not be read; all others were.")


def _day(published: str) -> StoryDate | None:
    """Return the day that was typed. Raises DateError."""
    return typed_date(published, datetime.now().astimezone().date(), past=True).date if published.strip() else None


def _names(articles: Sequence[str]) -> Iterator[str]:
    """Yield the files that are meant, those of a folder one by one. Raises UsageError where there is none."""
    for name in articles:
        if name.lower().startswith(_LINKS):
            yield name
            continue
        path = Path(name)
        try:
            files = article_files(path) if path.is_dir() else [path]
        except OSError as error:
            raise UsageError(f"{name} cannot be read: {reason_of(error)}. Check its name and its permissions.") from None
        if not files:
            raise UsageError(f"There is no article in {name}. Put files into it that end in {', '.join(ENDINGS)}.")
        yield from map(str, files)


def _read_one(name: str, step: Callable[[], None]) -> _Read | None:
    """Read one article, in a process of its own; if it cannot be read, say why and return None."""
    try:
        if not name.lower().startswith(_LINKS):  # with its name, by which it is recognised once its text has changed
            return _Read(name, ReadArticle(*call_limited(AT_THE_COMMAND_LINE, read_file, Path(name))))
        from bot.web.fetching import fetch_article  # takes a while to load, which files have no use for

        page = fetch_article(name)
        return _Read(name, call_limited(AT_THE_COMMAND_LINE, read_upload, page.content, page.name, page.url))
    except UsageError as error:
        click.echo(safe(f"{name} was not read: {error}"), err=True)
        return None
    finally:
        step()


def _with_details(read: _Read, details: Mapping[str, Any], language: str | None, *, alone: bool) -> _Read:
    """Fill in what was typed of the source: where the article itself says nothing, or everywhere if it is the only one."""
    source = read.article.source
    typed = {name: value for name, value in details.items() if value and (alone or not getattr(source, name))}
    article = replace(read.article.article, language=language or read.article.article.language)
    return replace(read, article=replace(read.article, article=article, source=replace(source, **typed)), stated=tuple(typed))


def _first_day(read: _Read) -> int:
    """Return a sort key for the day of an article; those without a day come last."""
    published = read.article.source.published
    return published.earliest or _LATEST if published is not None else _LATEST


def _story_meant(base: FactBase, story: str | None, title: str, readings: Sequence[_Read]) -> StoryInfo:
    """Return the story that articles belong to. Raises NotKnownError where the one that was named is not there."""
    base.check_story(story)
    if story is not None:
        return next(info for info in base.stories() if info.id == story)
    if title:
        return next((info for info in base.stories() if info.title == title), None) or new_story(base, title, _language(readings))
    has_them = (
        known for reading in readings if (known := story_of(base, reading.article.article, reading.article.source)) is not None
    )
    return next(has_them, None) or new_story(base, min(readings, key=_first_day).article.source.title, _language(readings))


def _language(readings: Sequence[_Read]) -> str | None:
    """Return the language of the first article."""
    return min(readings, key=_first_day).article.article.language


def _finish(base: FactBase, info: StoryInfo, new: Sequence[_Read], *, server: int | None, as_json: bool) -> None:
    """Encode what was taken in, and propose questions of the first new article that it answers."""
    with answerer_on(base) as answerer:
        encode_facts(answerer, info.id)
        if as_json or not new:
            return
        first = new[0].article
        asked = answered(answerer.ask, candidates(first.article, first.source), info.id)
    show_questions(info, asked, server)


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[], None]]:
    """Show a progress bar at a terminal where there are more than a few articles; yield what moves it by a step."""
    if steps <= 2 * _FEW or not sys.stderr.isatty():
        yield lambda: None
        return
    with progress("Reading the articles", steps) as advance:
        yield lambda: advance(1)
