"""A draft from its two ends: an article and what people type of its source go in, a story file comes out.

Every entry of the file has a comment that says what to look at; its other phrasings are left to be written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from bot.drafting.article import decode_article, read_article
from bot.drafting.marks import MARK
from bot.drafting.page import Page, is_page, read_page
from bot.drafting.page_metadata import PageMetadata
from bot.drafting.proposal import StoryDraft, propose_story, source_of
from bot.errors import DateError, UsageError
from bot.facts.dates import StoryDate, parse_date
from bot.facts.text import is_address
from bot.facts.typed_dates import typed_date
from bot.messages import Message
from bot.stories.dump import dump_story
from bot.stories.fields import listed

_FACTS = {"events": "event", "quotes": "quote", "claims": "claim"}  # sections with facts, and the kinds of these
_HEAD = """\
# A draft, made by rules from one article: nothing in it has been checked, and nothing of it is in a fact base yet.
# Look at each entry, mend it or take it out, and take its comment "review:" away. Say events and claims in your own words, keep
# quotes word for word, and write under asked_as how readers may ask for a fact. Then: footnote story check, and story import."""
NO_TITLE = Message("The article has no title of its own. Give one in the option “source”.")
_ASKED = "would readers ask this, and do these facts answer it?"
_MAX_CHARACTERS = 500  # signs of a title, a name or a publisher


def write_draft(draft: StoryDraft) -> str:
    """Return a draft as the text of a story file, which loads as it is."""
    ids = {
        "sources": [source.id for source in draft.story.sources],
        "actors": [actor.id for actor in draft.story.actors],
        **{section: [fact.id for fact in draft.story.facts if fact.kind == kind] for section, kind in _FACTS.items()},
    }
    head = [_HEAD]
    if draft.set_off:
        head += ["#", "# In quotation marks, but rather set off than said by somebody:"]
        head += [f"#   “{_plain(text)}” (paragraph {paragraph})" for text, paragraph in draft.set_off]
    if draft.not_taken:
        head += ["#", "# Not taken:"]
        head += [f"#   {_plain(text)} (paragraph {paragraph}): {reason}" for text, paragraph, reason in draft.not_taken]
    if draft.unread_dates:
        head += ["#", f"# {unread_dates(draft)}"]
    return "\n".join([*head, "", *_lines(dump_story(draft.story), ids, draft)]) + "\n"


def unread_dates(draft: StoryDraft) -> str:
    """Say how many dates could not be read, and how they can."""
    number = draft.unread_dates
    dates = "1 date such as “on Thursday” is" if number == 1 else f"{number} dates such as “on Thursday” are"
    return f"The day of publication is not known, so {dates} not read. Give it with --published, or as “published”."


def summary(draft: StoryDraft) -> str:
    """Say what a draft holds: ``3 quotes, 2 claims, 1 event, 4 actors and 9 questions``."""
    parts = ((draft.count("quote"), "quote"), (draft.count("claim"), "claim"), (draft.count("event"), "event"))
    others = ((len(draft.story.actors), "actor"), (len(draft.story.questions), "question"))
    return listed([f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in (*parts, *others)])


def _lines(text: str, ids: dict[str, list[str]], draft: StoryDraft) -> Iterator[str]:
    """Put a comment beside the key of each entry, and an empty ``asked_as`` at the end of each fact.

    Only the key of an entry stands two spaces in, so that the entries of a section come as its ids do.
    """
    section, open_fact = "", False
    names: Iterator[str] = iter(())
    for line in text.splitlines():
        entry = re.match(r"  \S", line)
        if open_fact and (entry or not line.startswith(" ")):
            yield "    asked_as: []"
            open_fact = False
        if re.match(r"\S", line):
            section = line.rstrip(":")
            names = iter(ids.get(section, ()))
        if section == "questions" and line.startswith("  - ask:"):
            yield f"{line}  {MARK} {_ASKED}"
        elif entry and section in ids:
            yield f"{line}  {MARK} {_plain(draft.notes[section, next(names)])}"
            open_fact = section in _FACTS
        else:
            yield line
    if open_fact:
        yield "    asked_as: []"


def _plain(text: str) -> str:
    """Return a text on one line, without signs that nobody sees and no YAML file may hold."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


@dataclass(frozen=True, slots=True)
class ArticleDetails:
    """What somebody states of an article beside its text, as typed; "" for what was left out.

    ``source`` is its title, its web address, or both with ``|`` between; ``published`` is a date in any usual form.
    """

    source: str = ""
    publisher: str = ""
    published: str = ""
    authors: Sequence[str] = ()


def make_draft(text: str, details: ArticleDetails, *, today: date) -> StoryDraft:
    """Propose a story from an article, as plain text or as a web page.

    What the details leave out is taken from the page's own metadata and from the article, where they state it. Raises UsageError
    for an article without a title or a sentence and for what is no web address, DateError for the date.
    """
    parts = [part for part in map(_line, details.source.split("|")) if part]
    addresses = [part for part in parts if part.lower().startswith(("http://", "https://"))]
    title, url = " | ".join(part for part in parts if part not in addresses), next(iter(addresses), "")
    if url and not is_address(url):
        raise UsageError(
            Message("{url} is not a web address. Write it in full, such as https://example.org/article.", url=url[:80])
        )
    page = read_page(text) if is_page(text) else Page(text, PageMetadata())
    known = page.metadata
    article = read_article(page.text, title=title or known.title or None)
    title = title or _line(known.title) or article.title or ""
    if not title:
        raise UsageError(NO_TITLE)
    day: StoryDate | None = None
    if details.published.strip():
        day = typed_date(details.published, today, past=True).date
    elif known.published:
        with suppress(DateError):  # what a page states may be a day that no calendar has
            day = parse_date(known.published)
    names = [name for name in map(_line, details.authors) if name] or [*map(_line, known.authors)] or article.authors
    made = source_of(
        title,
        url or known.url or None,
        publisher=_line(details.publisher or known.publisher) or None,
        published=day,
        authors=names,
    )
    return propose_story(article, made)


def draft_file(content: bytes, name: str, details: ArticleDetails, *, today: date) -> tuple[StoryDraft, str]:
    """Propose a story from the file of an article, and return it with the text of its story file.

    Raises what `make_draft` raises, and UsageError for what is no text or too large.
    """
    text = decode_article(content, name)
    draft = make_draft(text, details, today=today)
    return draft, write_draft(draft)


def _line(text: str) -> str:
    """Return a typed text on one line of some length."""
    return _plain(text)[:_MAX_CHARACTERS]
