"""How a site words what it shows: facts with their speakers as links, citations, changes. Templates escape what is no markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from markupsafe import Markup, escape

from bot.facts.dates import parse_date
from bot.facts.models import Actor, Citation, Fact, FactRecord, Source
from bot.facts.speakers import publisher_of, within_sentence
from bot.facts.text import on_one_line, safe_url, shortened
from bot.formats.terms import terms_in
from bot.languages import language, say
from bot.phrases import in_marks, labelled, listed
from bot.presentation import wording
from bot.presentation.word_diff import Piece, word_diff
from bot.site.addresses import actor_page, source_anchor
from bot.site.published import Step
from bot.site.words import ACTS, KINDS

_OPENING = ("“", '"', "„", "«", "‘", "「")
_LINK = Markup('<a href="{}"><bdi>{}</bdi></a>')  # a name may be written the other way than the page
_MAX_TITLE, _MAX_SUMMARY = 90, 200
_MAX_NAMES = 6


def kind_name(record: FactRecord) -> str:
    """Say what kind of fact it is."""
    return say(KINDS[record.fact.kind])


def words_of(fact: Fact) -> str:
    """Return the words of a fact; a quote in quotation marks, unless it has its own."""
    text = fact.glossed
    return in_marks(text) if fact.kind == "quote" and not text.startswith(_OPENING) else text


def speaker_names(record: FactRecord) -> str:
    """Name whose words a quote or a claim is; beyond the first few, "others"."""
    names = [actor.name for actor in record.speakers[:_MAX_NAMES]] or [publisher_of(record)]
    return listed([*names, say("others")] if len(record.speakers) > _MAX_NAMES else names)


def summary(record: FactRecord, most: int = _MAX_SUMMARY) -> str:
    """Return a fact on one line, with who says it."""
    text = on_one_line(words_of(record.fact))
    if record.fact.kind in ("event", "passage") or (record.fact.kind == "claim" and wording.is_attributed(text)):
        return shortened(text, most)
    return shortened(labelled(speaker_names(record), text), most)


def title(record: FactRecord) -> str:
    """Return what the page of a fact is called."""
    return summary(record, _MAX_TITLE)


def names_of(names: Iterable[str]) -> str:
    """Return names, those that are alike once, on one line that may be cut off."""
    return shortened(on_one_line(", ".join(dict.fromkeys(names))), _MAX_SUMMARY)


def actor_links(actors: Iterable[Actor], up: str) -> Markup:
    """Return the names of actors as links to their pages; ``up`` leads from the page to the site's first."""
    return Markup(", ").join(_LINK.format(up + actor_page(actor.id), actor.name) for actor in actors)


def according_to(record: FactRecord, up: str) -> Markup:
    """Return the words before a claim that say whose it is; "" where it says so itself."""
    if record.fact.kind != "claim" or wording.is_attributed(record.fact.text):
        return Markup("")
    names = actor_links(record.speakers, up) or escape(within_sentence(publisher_of(record)))
    return Markup(escape(say("According to {names}:"))).format(names=names)


def speakers(record: FactRecord, up: str) -> Markup:
    """Return who says a quote, as links; a single speaker with the role."""
    names = actor_links(record.speakers, up) or escape(publisher_of(record))
    role = record.speakers[0].role if len(record.speakers) == 1 else None
    return names + (f", {role}" if role else "")


def circumstances(record: FactRecord, *, dated: bool = False) -> list[str]:
    """Say when, where and on what occasion; without the date where the fact is ``dated`` already by what it stands under."""
    parts = wording.circumstances(record)
    return parts[1:] if dated and record.fact.date else parts


def source_links(record: FactRecord, up: str) -> Markup:
    """Return the publishers of a fact's sources, each once, as links to the list of sources."""
    named = {(source.publisher or source.title): source.id for source in reversed(record.sources)}
    return Markup(", ").join(_LINK.format(up + source_anchor(named[name]), name) for name in reversed(named))


def place(citation: Citation) -> str:
    """Say where in a source: ``paragraph 4``; "" for the whole of it."""
    if not citation.locator:
        return ""
    terms, label = terms_in(language()), citation.label or ""
    return f"{terms.locators.get(label, label) or terms.at} {citation.locator}"


def about_source(source: Source) -> list[str]:
    """Say who wrote and who published a source, and when."""
    authors = listed([*source.authors[:_MAX_NAMES], *([say("others")] if len(source.authors) > _MAX_NAMES else [])])
    return [part for part in (authors, *wording.published(source)) if part]


def link(url: str | None) -> str:
    """Return an address that a page may link to, "" for any other."""
    return safe_url(url) or ""


def day(at: str) -> str:
    """Return the day of a change in words."""
    return parse_date(at[:10]).words(language())


def did(step: Step) -> str:
    """Say what a change did, and when."""
    return say(ACTS[step.act], when=day(step.at))


def changed_words(step: Step) -> tuple[Piece, ...]:
    """Return the old and the new words of a correction; () where it left the words as they are."""
    if step.before is None or step.act == "withdrawn" or step.before.glossed == step.fact.glossed:
        return ()
    return word_diff(words_of(step.before), words_of(step.fact))


def changed_details(step: Step, names: Mapping[str, str]) -> list[str]:
    """Say what else a correction changed: the date, who is said to have said it, or, if nothing else changed, the rest."""
    if step.before is None or step.act != "corrected":
        return []
    said = list(_changed_details(step.before, step.fact, names))
    if not said and not changed_words(step):
        said = [say("its place or its sources were different.")]
    return [sentence[:1].upper() + sentence[1:] for sentence in said]


def _changed_details(before: Fact, after: Fact, names: Mapping[str, str]) -> Iterator[str]:
    if before.date != after.date:
        yield say("the date was {date}", date=before.date.words(language()) if before.date else say(wording.NO_DATE))
    if before.by != after.by and before.by:
        yield say("it was ascribed to {names}", names=listed([names.get(actor, actor) for actor in before.by]))
