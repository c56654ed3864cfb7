"""The pages of a site: each from its template, with what it shows of the story. Whoever calls speaks the site's language."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.facts.models import Actor, FactRecord, Source
from bot.facts.text import host_of, wikidata_url
from bot.formats.jsonld import actor_page_data, fact_page_data, rating_of
from bot.languages import RIGHT_TO_LEFT, language, say, say_message, say_number
from bot.phrases import also_called, labelled
from bot.presentation import wording
from bot.presentation.text_fragment import scrolling_to
from bot.site import addresses, views
from bot.site.addresses import actor_page, fact_embed, fact_page, file_name, source_anchor
from bot.site.chart import chart_of, is_unsure
from bot.site.published import Change, PublishedStory
from bot.site.timeline import moments
from bot.site.words import LANES, WORDS, lane_of, spoken

STATIC = Path(__file__).parent / "static"
_TEMPLATES = Path(__file__).parent / "templates"


class Pages:
    """Makes the pages of one story; ``base_url`` is where the site will be, ending in a slash, "" where that is not known."""

    def __init__(self, story: PublishedStory, base_url: str = "", *, unreviewed: bool = False) -> None:
        self._story = story
        self._environment = _environment()
        self._moments = moments(story.records)
        self._of_event = defaultdict[str, list[FactRecord]](list)
        self._involving = defaultdict[str, list[FactRecord]](list)
        self._citing = defaultdict[str, list[FactRecord]](list)
        for record in story.records:
            if record.fact.event in story.by_id:
                self._of_event[record.fact.event or ""].append(record)
            for actor in {actor.id for actor in record.involved}:
                self._involving[actor].append(record)
            for source in {source.id for source in record.sources}:
                self._citing[source].append(record)
        menu = [(addresses.INDEX, say("Timeline")), (addresses.ACTORS, say(WORDS["actors"]))]
        menu += [(addresses.SOURCES, say("Sources"))]
        menu += [(addresses.SIDES, say("What each side says"))] if story.sides else []
        menu += [(addresses.CORRECTIONS, say("Corrections"))]
        last_change = labelled(say("Last change"), views.day(story.last_change)) if story.changes else ""
        written_in = story.info.language
        self._shared = {
            "story": story.info,
            "story_lang": Markup("") if written_in == language() else Markup(' lang="{}"').format(written_in),
            "language": language(),
            "right_to_left": language() in RIGHT_TO_LEFT,
            "w": spoken(),
            "lane_names": {kind: say(LANES[kind]) for kind in LANES},
            "menu": menu,
            "names": story.names,
            "chart": chart_of(story.records),
            "lanes": [kind for kind in LANES if any(lane.kind == kind for moment in self._moments for lane in moment.lanes)],
            "base_url": base_url,
            "last_change": last_change,
            "unreviewed": unreviewed,
            "withdrawn": False,
            "linked_data": "",
            "description": "",
        }

    def files(self) -> Iterator[tuple[str, str]]:
        """Yield the name and the text of each page."""
        yield self._index()
        yield self._actors()
        yield from map(self._actor, self._story.actors)
        yield self._sources()
        if self._story.sides:
            shown = {"sides": self._story.sides, "description": say(WORDS["sides_note"])}
            yield self._page(addresses.SIDES, "sides.html", say("What each side says"), **shown)
        corrections = self._story.corrections
        newest = views.did(corrections[0].step) if corrections else say(WORDS["no_corrections"])
        shown = {"corrections": corrections, "description": newest}
        yield self._page(addresses.CORRECTIONS, "corrections.html", say("Corrections"), **shown)
        yield self._search()
        for record in (*self._story.records, *self._story.withdrawn):
            yield self._fact(record)
            yield self._embedded(record)
        embedded = {"moments": self._moments, "record": None}
        yield self._page(addresses.TIMELINE_EMBED, "embed.html", self._story.info.title, **embedded)

    def entry(self, change: Change) -> str:
        """Return what a feed says of a change, as HTML."""
        return self._render("entry.html", path=addresses.ATOM, up=self._shared["base_url"], change=change)

    def _index(self) -> tuple[str, str]:
        info = self._story.info
        return self._page(
            addresses.INDEX,
            "index.html",
            info.title,
            moments=self._moments,
            description=info.summary or _count(self._story.records),
        )

    def _actors(self) -> tuple[str, str]:
        counted = [(actor, _count(self._involving[actor.id])) for actor in self._story.actors]
        shown = {"actors": counted, "description": views.names_of(actor.name for actor in self._story.actors)}
        return self._page(addresses.ACTORS, "actors.html", say(WORDS["actors"]), **shown)

    def _actor(self, actor: Actor) -> tuple[str, str]:
        involving = self._involving[actor.id]
        said = [record for record in involving if actor in record.speakers]
        said.sort(key=lambda record: record.fact.kind != "quote")
        events = [record for record in involving if actor in record.participants]
        acted = {record.number for record in (*said, *events)}
        about = [record for record in involving if record.number not in acted]
        parts = ((say(wording.SAID), said), (say(wording.HAPPENED), events), (say(wording.SAID_ABOUT), about))
        named = [(name, records) for name, records in parts if records]
        also = say_message(also_called(actor.aliases)) if actor.aliases else ""
        path = actor_page(actor.id)
        shown = {"actor": actor, "also": also, "parts": named, "description": actor.role or _count(involving)}
        data = _script_json(actor_page_data(actor, self._story.info.id, self._address(path)))
        return self._page(path, "actor.html", actor.name, linked_data=data, **shown)

    def _sources(self) -> tuple[str, str]:
        listed = []
        for source in self._story.sources:
            records = [(record, _places(record, source)) for record in self._citing[source.id]]
            count = say_number(len(records), "cited by {number} fact", "cited by {number} facts")
            listed.append((source, count[:1].upper() + count[1:], records))
        publishers = views.names_of(source.publisher or source.title for source in self._story.sources)
        return self._page(addresses.SOURCES, "sources.html", say("Sources"), sources=listed, description=publishers)

    def _search(self) -> tuple[str, str]:
        """Return the page of the search, with all facts as JSON: where each is, its words, and what stands beside them."""
        index = [
            {"page": fact_page(record.fact.id), "text": views.summary(record, 400), "beside": _beside(record)}
            for record in self._story.records
        ]
        written = {"search_index": _script_json(index), "matches": say(MATCHES), "description": say(WORDS["type"])}
        return self._page(addresses.SEARCH, "search.html", say(WORDS["search"]), **written)

    def _fact(self, record: FactRecord) -> tuple[str, str]:
        steps = self._story.histories[record.number]
        shown: dict[str, object] = {"record": record, "kicker": _kicker(record), "steps": steps[::-1], "last_step": steps[-1]}
        path = fact_page(record.fact.id)
        if record.retracted:
            return self._page(path, "fact.html", record.ref, withdrawn=True, **shown)
        event = self._story.by_id.get(record.fact.event or "")
        cited = [(*pair, words) for pair, words in zip(record.cited, record.cited_words, strict=True)]
        shown |= {
            "cited": cited,
            "standing": wording.standing([record], str),
            "event": event,
            "of_event": self._of_event[record.fact.id],
            "people": [actor for actor in record.involved if actor not in record.speakers],
            "ratings": [say("{name}: {text}", name=name, text=text) for name, text in rating_of(record)],
            "linked_data": _script_json(fact_page_data(record, self._address(path))),
            "description": views.summary(record),
        }
        return self._page(path, "fact.html", views.title(record), **shown)

    def _embedded(self, record: FactRecord) -> tuple[str, str]:
        shown = {"record": record, "kicker": _kicker(record), "last_step": self._story.histories[record.number][-1]}
        heading = record.ref if record.retracted else views.title(record)
        return self._page(fact_embed(record.fact.id), "embed.html", heading, **(shown | {"withdrawn": record.retracted}))

    def _page(self, path: str, template: str, heading: str, **shown: object) -> tuple[str, str]:
        return path, self._render(template, path=path, heading=heading, **shown)

    def _render(self, template: str, *, path: str, **shown: object) -> str:
        filled = {**self._shared, "path": path, "up": "../" * path.count("/"), "address": self._address(path), **shown}
        return self._environment.get_template(template).render(filled)

    def _address(self, path: str) -> str:
        """Return the whole address of a page; "" where it is not known where the site will be."""
        base_url = self._shared["base_url"]
        return f"{base_url}{'' if path == addresses.INDEX else path}" if base_url else ""


MATCHES = "Matches: {number}"
"""Filled in by the page itself, which alone knows the number."""


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {
        "v": views,
        "lane_of": lane_of,
        "file_name": file_name,
        "fact_page": fact_page,
        "fact_embed": fact_embed,
        "actor_page": actor_page,
        "source_anchor": source_anchor,
        "host_of": host_of,
        "wikidata_url": wikidata_url,
        "scrolling": _scrolling,
        "is_unsure": is_unsure,
    }
    return environment


def _scrolling(source: Source, words: str) -> str:
    """Return the address of a source; one that scrolls to the words that stand there, where they are known."""
    return views.link(scrolling_to(source.url, words)) or views.link(source.url)


def _kicker(record: FactRecord) -> str:
    """Return the heading of a fact: its kind, who says it, and when; of one that was withdrawn only its kind and number."""
    if record.retracted:
        return f"{views.kind_name(record)} · F{record.number}"
    said_by = [views.speaker_names(record)] if record.fact.kind in ("quote", "claim") else []
    return " · ".join([views.kind_name(record), *said_by, wording.date_words(record)])


def _beside(record: FactRecord) -> str:
    names = [name for actor in record.involved for name in (actor.name, *actor.aliases)]
    return " · ".join([views.kind_name(record), wording.date_words(record), *dict.fromkeys(names)])


def _count(records: Sequence[FactRecord]) -> str:
    return say_number(len(records), "{number} fact", "{number} facts")


def _places(record: FactRecord, source: Source) -> str:
    return ", ".join(filter(None, (views.place(citation) for citation, cited in record.cited if cited == source)))


def _script_json(content: object) -> Markup:
    """Return JSON that can stand in a script element: no letter in it can end the element."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
