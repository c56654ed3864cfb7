"""What was chosen in the options of a command about facts, such as actors and sources, and the facts begun with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.client.facts import words
from bot.client.options import sources_named
from bot.client.story_scope import story_for
from bot.client.text import shorten
from bot.client.words import SEVERAL_STORIES
from bot.editing.form_fields import read_link, same_page
from bot.editing.typed_fact import TypedFact
from bot.errors import NotKnownError, SeveralMeantError, UsageError
from bot.facts.models import ActorRecord, FactKind, StoryInfo
from bot.languages import say
from bot.phrases import listed
from bot.service.session import Session

_TITLE, _MAX_NAMED = 80, 5
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a command as they were given: chosen from lists or typed."""

    story: str | None = None
    by: Sequence[str | None] = ()
    about: Sequence[str | None] = ()
    event: str | None = None
    source: str | None = None
    channels: Sequence[int] = ()


def new_fact(session: Session, kind: FactKind, options: Options) -> TypedFact:
    """Return a new fact with what was chosen, to be typed; its story is "" if somebody has to choose it.

    Raises NotKnownError for anything that does not exist, UsageError if what was chosen belongs to different stories.
    """
    named = options.story and options.story.strip()
    within = story_for(session, named, options.channels) if named else None
    channel_story = within or session.settings().story_of(*options.channels)
    by, about = (_actors(session, typed, within, channel_story) for typed in (options.by, options.about))
    event = _event(session, options.event, within) if options.event else None
    source = source_of(session, options.source, within, channel_story) if options.source else None
    stories = [record.story.id for record in (*by, *about)] + [story for story, _ in filter(None, (event, source)) if story]
    return TypedFact(
        kind=kind,
        story=story_for(session, named, options.channels, stories) or "",
        by=_ids(by),
        about=_ids(about),
        event=event[1] if event else "",
        cite=source[1] if source else "",
    )


def with_options(session: Session, typed_fact: TypedFact, options: Options) -> TypedFact:
    """Return a typed fact changed by the options of a command. Raises what `new_fact` raises."""
    by, about = (_ids(_actors(session, typed, typed_fact.story, typed_fact.story)) for typed in (options.by, options.about))
    event = _event(session, options.event, typed_fact.story)[1] if options.event else typed_fact.event
    return replace(typed_fact, by=by or typed_fact.by, about=about or typed_fact.about, event=event)


def actor_of(session: Session, typed: str, story: str | None, channel_story: str | None = None) -> ActorRecord:
    """Return the actor that was chosen, or typed; of several with the same id or name, that of ``channel_story``.

    Raises NotKnownError, also if actors of several stories are meant.
    """
    named = typed.strip()
    try:
        match = session.find_actor(named, story)
    except SeveralMeantError as several:
        if story is not None or channel_story is None:
            raise
        try:
            match = session.find_actor(named, channel_story)
        except NotKnownError:
            raise several from None
    if story is not None or named == f"{match.story.id}/{match.actor.id}":
        return match
    alike = {
        record.story.id: record
        for record in session.actors()
        if named == record.actor.id or named.casefold() in map(str.casefold, (record.actor.name, *record.actor.aliases))
    }
    if len(alike) < 2:
        return match
    if channel_story in alike:
        return alike[channel_story]
    raise _ambiguous(named, [record.story for record in alike.values()])


def source_of(session: Session, typed: str, story: str | None, channel_story: str | None = None) -> tuple[str, str]:
    """Return the story and the id of the source that was chosen, or typed; of several, that of ``channel_story``.

    A link that no source has stands for itself. Raises NotKnownError, also if sources of several stories are meant.
    """
    named, every = typed.strip(), session.sources_in_order(story)
    link = read_link(named)
    matches = [use for use in every if named == f"{use.story.id}/{use.source.id}"]
    matches = matches or [use for use in every if named == use.source.id or same_page(named, [use.source])]
    alike = {use.story.id: use for use in reversed(matches)}  # the first of each story
    if len(alike) > 1 and channel_story not in alike:
        raise _ambiguous(named, [*dict.fromkeys(use.story for use in matches)])
    if matches:
        use = alike.get(channel_story or "", matches[0])
        return use.story.id, use.source.id
    if link is not None:  # not compared by likeness, for all links are alike
        return story or "", named
    likely = sources_named(every, named)
    if len(likely) == 1:
        return likely[0].story.id, likely[0].source.id
    raise NotKnownError(say(words.NO_SUCH_SOURCE))


def _actors(session: Session, typed: Sequence[str | None], story: str | None, channel_story: str | None) -> list[ActorRecord]:
    return [actor_of(session, name, story, channel_story) for name in typed if name and name.strip()]


def _ids(records: Sequence[ActorRecord]) -> tuple[str, ...]:
    """Return the ids of actors, each once."""
    return tuple(dict.fromkeys(record.actor.id for record in records))


def _ambiguous(named: str, stories: Sequence[StoryInfo]) -> NotKnownError:
    titles = listed([shorten(story.title, _TITLE) for story in stories[:_MAX_NAMED]])
    return NotKnownError(say(words.IN_SEVERAL, name=shorten(named, _TITLE), stories=titles))


def _event(session: Session, typed: str, story: str | None) -> tuple[str, str]:
    record = session.facts.show(session.facts.find(typed)[0])
    if record.fact.kind != "event":
        raise UsageError(say("F{number} is not an event. Choose an event from the list.", number=record.number))
    if record.retracted:
        raise UsageError(say(words.EVENT_GONE, number=record.number))
    if story is not None and record.story.id != story:
        raise UsageError(say(SEVERAL_STORIES))
    return record.story.id, record.fact.id


def likely_actors(session: Session, typed_fact: TypedFact) -> Sequence[ActorRecord]:
    """Return the actors of a story: those named in the text of a typed fact first, then those who speak most."""
    text = _in_words(typed_fact.text)
    actors = session.actors(typed_fact.story)

    def is_named(record: ActorRecord) -> bool:
        names = (record.actor.name, record.actor.name.split()[-1], *record.actor.aliases)
        return any(_in_words(name) in text for name in names if name.strip())

    return sorted(actors, key=lambda record: (not is_named(record), -record.spoken, -record.mentioned))


def _in_words(text: str) -> str:
    """Return the words of a text with a blank on each side, so that only whole words match."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
