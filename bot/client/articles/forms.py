"""The forms of articles: one for pasted text, and one for what an article does not say of itself, above all its day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from discord import ui

from bot.client.articles import words
from bot.client.articles.reading import described, read_and_take, read_text, show_progress, take
from bot.client.articles.records import StoredArticle
from bot.client.bot import Interaction
from bot.client.forms.fields import MAX_TYPED, TextField
from bot.client.forms.flow import FormKind, PlainFormKind
from bot.client.forms.records import StoredForm, TypedFields, drop_text
from bot.client.interactions import RouteInput, read_for
from bot.client.logbook.aftermath import ChangeResult, make_change
from bot.client.sending import respond_privately
from bot.client.text import label
from bot.drafting.read_article import ReadArticle
from bot.editing.form_fields import TO_COME, read_date, typed
from bot.errors import DateError, FootnoteError, FormError
from bot.facts.dates import is_to_come
from bot.facts.models import Source
from bot.languages import say
from bot.service.session import Session

_TEXTS = ("text", "more", "still-more")
_MAX_NAME = 60  # characters of a first line by which a pasted text goes
_COMMAS = re.compile(r"\s*[,;\n]\s*")
_ENDS = re.compile(r"[.!?…:][\"'“”’»)\]]*\s*$")


class PastedForm(PlainFormKind):
    """The form of an article whose text is pasted; its story is asked for once it is read."""

    name = "article-text"
    steps = ("open", "sent", "cancel")
    asked = (
        TextField("text", words.TEXT, required=True, long=True),
        TextField("more", words.MORE_TEXT, long=True),
        TextField("still-more", words.STILL_MORE_TEXT, long=True),
        TextField("publisher", words.OUTLET),
        TextField("published", words.PUBLISHED),
    )

    def title(self, content: TypedFields) -> str:
        """Head the form."""
        return say(words.PASTE_TITLE)

    def not_saved(self) -> str:
        """Return the heading above what is at fault."""
        return say(words.NOT_READ)

    async def go_on(self, interaction: Interaction, form: StoredForm[TypedFields]) -> None:
        """Open the form."""
        await self.open(interaction, form)

    async def proceed(self, interaction: Interaction, form: StoredForm[TypedFields]) -> None:
        """Read what was pasted, and take it in."""
        await show_progress(interaction, say(words.YOUR_TEXT))
        await make_change(interaction, self.saved(interaction, form), respond_privately)

    async def save(self, interaction: Interaction, form: StoredForm[TypedFields]) -> ChangeResult:
        """Read what was pasted, and take it in."""
        fields = form.content.fields
        stated = _stated({name: fields[name] for name in ("publisher", "published")})
        text = joined([fields[name] for name in _TEXTS])

        async def read() -> ReadArticle:
            article = await read_text(interaction, text)
            return replace(article, source=described(article.source, stated))

        result = await read_and_take(interaction, read, label(text, _MAX_NAME), form.content.story or None)
        with suppress(FootnoteError):  # the article is in; a form that stays is deleted in time
            await drop_text(interaction, form.key)
        return result


class DetailsForm(FormKind[StoredArticle]):
    """The form of an article's details: what is typed there replaces what the article says itself, and dates are read from it."""

    name = "article"
    content = StoredArticle
    steps = ("open", "sent", "cancel")
    asked = (
        TextField("title", words.HEADLINE, required=True),
        TextField("publisher", words.OUTLET),
        TextField("authors", words.AUTHORS),
        TextField("published", words.PUBLISHED),
    )

    def title(self, content: StoredArticle) -> str:
        """Head the form."""
        return say(words.DETAILS_TITLE)

    async def fields(self, interaction: Interaction, content: StoredArticle) -> Sequence[ui.Label[Any]]:
        """Return the fields, with what was typed, else with what is stored of the source."""
        values = content.typed or _values(await read_for(interaction, _source_now, content))
        return [field.shown(values.get(field.name, "")) for field in self.asked]

    def filled(self, content: StoredArticle, given: RouteInput) -> StoredArticle:
        """Return the article with what was typed."""
        return replace(content, typed={field.name: given.text(field.name) for field in self.asked})

    async def proceed(self, interaction: Interaction, form: StoredForm[StoredArticle]) -> None:
        """Take the article in as it is described."""
        await make_change(interaction, self.saved(interaction, form))

    async def save(self, interaction: Interaction, form: StoredForm[StoredArticle]) -> ChangeResult:
        """Take the article in as it is described."""
        article = form.content
        stated = _stated(article.typed)
        described(article.read.source, stated)  # raises FormError if it is too long, before anything is taken in
        return await take(interaction, article, article.story, key=form.key, stated=stated)


PASTED, DETAILS = PastedForm(), DetailsForm()


def joined(parts: Sequence[str]) -> str:
    """Join a text that was pasted in parts; a part that fills its field may end in the middle of a word."""
    text, before = "", ""
    for part in filter(str.strip, parts):
        between = "" if len(before) in (0, MAX_TYPED) else "\n\n" if _ENDS.search(before) else " "
        text, before = f"{text}{between}{part}", part
    return text


def _source_now(session: Session, article: StoredArticle) -> Source:
    """Return the source of an article as it is stored, or as it was read if it was taken back since."""
    uses = session.sources_in_order(article.story)
    return next((use.source for use in uses if use.source.id == article.source), article.read.source)


def _values(source: Source) -> Mapping[str, str]:
    published = source.published.edtf if source.published else ""
    return {
        "title": source.title,
        "publisher": source.publisher or "",
        "authors": ", ".join(source.authors),
        "published": published,
    }


def _stated(fields: Mapping[str, str]) -> Mapping[str, Any]:
    """Return what was typed of a source, without what was left empty. Raises FormError with every fault."""
    stated: dict[str, Any] = {name: typed(value) for name, value in fields.items() if name != "published"}
    faults = {}
    if "title" in stated and not stated["title"]:
        faults["title"] = say(words.NO_HEADLINE)
    if "authors" in stated:
        stated["authors"] = tuple(filter(None, _COMMAS.split(stated["authors"])))
    try:
        stated["published"] = read_date(fields["published"], datetime.now(UTC).date(), past=True)
    except DateError as error:
        faults["published"] = error.message
    if is_to_come(stated.get("published")):
        faults["published"] = TO_COME
    if faults:
        raise FormError(faults)
    return {name: value for name, value in stated.items() if value}
