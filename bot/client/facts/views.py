"""The panels of editing a fact: its preview, what differs from before, what is at fault in its form, and choices to make.

A preview shows how the fact will look, which facts may say the same, and which recorded questions would be answered differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from discord import ButtonStyle, ui

from bot import phrases
from bot.client.answering.card import MAX_TEXT
from bot.client.fact_text import Numbering, fact_text, source_lines, summary
from bot.client.facts import words
from bot.client.forms.panels import fault_text, preview_buttons, way_back
from bot.client.forms.records import StoredForm
from bot.client.interactions import RouteButton
from bot.client.panels import AMBER, BLUE, Block, actor_options, choice_lists, left_out, panel, section
from bot.client.permissions import shown_signer
from bot.client.text import ELLIPSIS, first_lines, fitting, inline, link, timestamp
from bot.client.words import more_questions, more_sources, reason, source_type
from bot.editing.previews import Effect, FactPreview, Trial
from bot.editing.typed_fact import TypedFact, citation_words
from bot.errors import FormError
from bot.facts.models import ActorRecord, Fact, FactRecord, Source
from bot.languages import language, say, say_message
from bot.presentation import wording
from bot.presentation.word_diff import marked, word_diff
from bot.service.facts import Conflict, Names

_TEXT, _SOURCES, _LINE, _NAME = 1100, 500, 110, 60  # characters of a fact, of its sources, of a line, of an actor
_MAX_NAMES, _MAX_EFFECTS, _MAX_NEW, _MAX_STEPS = 6, 3, 3, 3
_DIFFERENCES, _VALUE, _MAX_VALUES = 900, 80, 4  # characters of all that differs, and of one value of a field
MORE = "-# and more"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview shows: how a typed fact will look, the fact as it is now (None: a new one), whether a second must agree."""

    look: FactPreview
    current: Fact | None
    names: Names
    second: bool = False


class _Rooms(NamedTuple):
    """How many characters the parts of a preview may have."""

    fact: int
    changes: int
    sources: int
    line: int


_ROOMS = (_Rooms(1100, 600, 500, 110), _Rooms(700, 400, 300, 80), _Rooms(400, 250, 200, 60), _Rooms(200, 120, 120, 40))


def fact_title(typed_fact: TypedFact) -> str:
    """Head the form or the preview of a fact: ``New quote``, ``Change F12``."""
    return say(words.NEW[typed_fact.kind]) if typed_fact.fact is None else say("Change F{number}", number=typed_fact.fact)


def preview_panel(stored: StoredForm[TypedFact], preview: Preview, *, first: str = "") -> ui.LayoutView:
    """Return the preview of a fact with what can be done with it, its parts cut so that all fit into one message.

    ``first`` is a sentence above it.
    """
    look, key, worse = preview.look, stored.key, preview.look.trial.worse
    head = "\n".join(filter(None, (first, f"### {fact_title(stored.content)}", say(words.LOOKS_LIKE))))
    for rooms in _ROOMS:
        fact = previewed_lines(look, preview.names, room=rooms.fact, sources=rooms.sources)
        changes, sources = "", _sources(stored, look, rooms.line)
        if preview.current is not None:
            lines = differences(preview.current, look.edit.facts[0], preview.names, room=rooms.changes)
            changes = "\n".join([say("**What changes**"), *(lines or [say(words.NO_CHANGE)])])
        near = [f"F{record.number} {summary(record, rooms.line + 50)}" for record in look.duplicates]
        asked, effects = say(words.NEAR) if near else "", trial_lines(look.trial, rooms.line)
        if sum(map(len, (head, fact, changes, sources, asked, *near, effects))) <= MAX_TEXT:
            break
    duplicates = [
        section(text, RouteButton("fact-same", f"{record.number}:{key}", say("Same fact: add my source")))
        for record, text in zip(look.duplicates, near, strict=True)
    ]
    # Near duplicates stand before the questions, which need not be read if the fact exists already.
    blocks: tuple[Block, ...] = ((head, fact), changes, sources, (asked, *duplicates), effects)
    text = say(words.SEND_TO_SECOND) if preview.second else say(words.SAVE_ANYWAY) if worse else say(words.SAVE)
    describe = [RouteButton("describe-open", key, say(words.DESCRIBE))] if look.edit.sources else []
    style = ButtonStyle.danger if worse else ButtonStyle.success
    buttons = preview_buttons("fact", key, text, *describe, style=style)
    return panel(blocks, buttons, colour=AMBER if worse or look.duplicates else BLUE)


def fact_lines(record: FactRecord, names: Names, *, room: int = _TEXT, sources: int = _SOURCES) -> str:
    """Return a fact as readers see it, with those who take part, whom it is about, and its event."""
    numbering = Numbering([record])
    lines = [fact_text(record, numbering.marks(record), room)]
    for title, actors in ((say("Takes part"), record.participants), (say("About"), record.subjects)):
        if actors:
            named = phrases.listed([inline(actor.name, _NAME) for actor in actors[:_MAX_NAMES]])
            lines.append(f"-# {phrases.labelled(title, named)}")
    if record.fact.event:
        lines.append(f"-# {phrases.labelled(say('Event'), inline(names.event(record.fact.event), _LINE))}")
    if record.fact.date is None:
        lines.append(f"-# {say(wording.NO_DATE)}")
    if record.fact.kind == "quote":
        lines.append("")  # some apps take what follows a quotation at once into it
    return "\n".join([*lines, source_lines(numbering.of([record]), sources, button=False)])


def previewed_lines(look: FactPreview, names: Names, *, room: int = _TEXT, sources: int = _SOURCES) -> str:
    """Return a fact as `fact_lines` does, and under it how a date without a year was read."""
    shown, date = fact_lines(look.record, names, room=room, sources=sources), look.record.fact.date
    if not look.completed or date is None:
        return shown
    return f"{shown}\n{say(words.READ_AS, typed=inline(look.completed, _VALUE), date=date.words(language()))}"


def trial_lines(trial: Trial, line: int = _LINE) -> str:
    """Return what trying a change out found, and what could not be tried; "" for nothing.

    It lists the recorded questions that would be answered differently, the worse ones first.
    """
    effects, untried = trial.effects, [f"-# {say_message(trial.untried)}"] if trial.untried else []
    if not effects:
        return "\n".join(untried)
    worse = sum(effect.worse for effect in effects)
    mixed = worse < len(effects)  # where all are worse, the heading says so
    none = say("no answer")

    def described(effect: Effect) -> str:
        if effect.same_fact:  # it is the short words that differ
            before, after = _short(effect.short_before, effect.before, line), _short(effect.short_after, effect.after, line)
        else:
            before, after = (summary(record, line - 30) if record else none for record in (effect.before, effect.after))
        ask = f"{'⚠️ ' if effect.worse and mixed else ''}{phrases.in_marks(inline(effect.ask, line))}"
        return say("- {ask}\n  now: {before}\n  then: {after}", ask=ask, before=before, after=after)

    questions = first_lines(effects, _MAX_EFFECTS, described, more_questions)
    return "\n".join([words.effects_title(len(effects), worse), *questions, *untried])


def _short(text: str | None, record: FactRecord | None, line: int) -> str:
    """Return a short answer as readers see it: it was given in English, and a date in it is said in their language."""
    date = record.fact.date if record is not None else None
    if text and date is not None and text == date.words():
        text = date.words(language())
    return phrases.in_marks(inline(text, line - 30)) if text else say("no short answer, only the fact")


def _sources(stored: StoredForm[TypedFact], look: FactPreview, line: int) -> str:
    most = _MAX_NEW if line >= _ROOMS[1].line else 1  # a link may be long
    lines = first_lines(look.edit.sources, most, lambda source: words.new_source(source_line(source, line)), more_sources)
    if lines and stored.content.new_source is None:
        lines.append(say("-# Its title is taken from its address. Press “Describe the source” to give it a better one."))
    return "\n".join(lines)


def source_line(source: Source, line: int = _LINE) -> str:
    """Return a source in a line: its linked title, who published it and when, and what it is."""
    about = (*wording.published(source), source_type(source.type))
    return ", ".join([link(source.title, source.url, line), *(inline(part, line // 2) for part in about if part)])


def differences(before: Fact, after: Fact, names: Names, *, room: int = _DIFFERENCES) -> list[str]:
    """Return a line for each field that differs, the text word by word. All together have at most ``room`` characters."""
    lines = []
    room -= len(say(MORE)) + 1
    if before.text != after.text:
        lines.append(marked(word_diff(before.text, after.text), lambda text: fitting(text, room), room=room))
    dates = [fact.date.words(language()) if fact.date else None for fact in (before, after)]
    lines += _field(say("Date"), dates[:1], dates[1:])
    lines += _field(say("Where"), [before.where], [after.where])
    said = [fact.context if fact.kind != "passage" else None for fact in (before, after)]  # a passage's is the sentence before it
    lines += _field(say("Said"), said[:1], said[1:])
    lines += _field(say("Who"), (*before.by, *before.who), (*after.by, *after.who), names.actor)
    lines += _field(say("About"), before.about, after.about, names.actor)
    lines += _field(say("Event"), [before.event], [after.event], names.event)
    lines += _field(say("Sources"), map(citation_words, before.citations), map(citation_words, after.citations))
    lines += _field(say("Asked as"), before.asked_as, after.asked_as)
    lines += _field(say("Kind"), [words.kind_name(before.kind)], [words.kind_name(after.kind)])
    reviewed = [say("yes") if fact.reviewed else say("no") for fact in (before, after)]
    lines += _field(say("Reviewed"), reviewed[:1], reviewed[1:])
    shown: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if shown and room < 0:  # the first line always fits, for it is cut already
            return [*shown, say(MORE)]
        shown.append(line)
    return shown


def _field(name: str, before: Iterable[str | None], after: Iterable[str | None], called: Callable[[str], str] = str) -> list[str]:
    """Return one line that says what a field lost and what it gained; no line if it is as it was."""
    was, now = list(filter(None, before)), list(filter(None, after))
    gone = [called(value) for value in was if value not in now]
    new = [called(value) for value in now if value not in was]
    if not gone and not new:
        return [say("{field}: in another order", field=name)] if was != now else []
    parts = [
        *(f"~~{inline(value, _VALUE) or ELLIPSIS}~~" for value in gone[:_MAX_VALUES]),
        *(f"**{inline(value, _VALUE) or ELLIPSIS}**" for value in new[:_MAX_VALUES]),
    ]
    shown = ", ".join(parts).replace("~~, **", "~~ **")
    more = len(gone[_MAX_VALUES:]) + len(new[_MAX_VALUES:])
    return [phrases.labelled(name, f"{shown} {say('and {number} more', number=more)}" if more else shown)]


def saved_buttons(change: int | None, number: int | None, *, history: bool = True) -> list[RouteButton]:
    """Return the buttons for a change and for the fact that it was about."""
    row = [] if change is None else [RouteButton("take-back", change, say(words.UNDO))]
    if number is not None:
        row.append(RouteButton("fact-edit", number, say(words.EDIT)))
        row += [RouteButton("fact-history", f"{number}:0", say(words.HISTORY))] if history else []
    return row


def kind_panel(stored: StoredForm[TypedFact]) -> ui.LayoutView:
    """Ask what kind of fact a message holds."""
    quoted = [f"> {line}" for line in fitting(stored.content.text, 600).splitlines()]
    text = "\n".join([say("### Add this as a fact\nWhat is it?"), *quoted, "", say(words.KIND_HELP)])
    return panel(text, kind_buttons(stored.key), colour=BLUE)


def kind_buttons(key: str) -> list[RouteButton]:
    """Return a button for each kind of fact, which opens the form of the fact under a key."""
    return [RouteButton("fact-kind", f"{kind}:{key}", say(words.KINDS[kind]), style=ButtonStyle.primary) for kind in words.KINDS]


def speaker_panel(stored: StoredForm[TypedFact], error: FormError, actors: Sequence[ActorRecord]) -> ui.LayoutView:
    """Ask for the speaker of a quote, and list the other faults of its form."""
    quoted = [f"> {line}" for line in fitting(stored.content.text, 400).splitlines()]
    text = "\n".join([say(words.WHO_IS_IT), *quoted]) if len(error.faults) == 1 else fault_text(error)
    options = actor_options(actors, roles=True)
    lists = choice_lists("fact-who", stored.key, options, say(words.CHOOSE_SPEAKER))
    new = RouteButton("fact-new-actor", stored.key, say(words.ADD_ACTOR))
    return panel([text, left_out(options)], *lists, [new, *way_back("fact", stored.key)], colour=AMBER)


def conflict_panel(stored: StoredForm[TypedFact], conflict: Conflict) -> ui.LayoutView:
    """Show the second of two editors what the first changed."""
    current, seen = conflict.current, conflict.seen
    lines = [say(words.CHANGED_MEANWHILE, number=current.number, seen=seen.revision, current=current.revision)]
    for step in conflict.steps[-_MAX_STEPS:]:
        did = f"**@{step.number}** {words.did(step.action, timestamp(step.at, 'R'), shown_signer(step.by))}"
        lines.append(phrases.labelled(did, fitting(reason(step.reason), 200)) if step.reason else did)
    lines += differences(seen.fact, current.fact, conflict.names)
    if current.retracted:
        lines.append(say(words.RETRACTED))
    buttons = [
        RouteButton("fact-on-top", f"{current.revision}:{stored.key}", say(words.ON_TOP), style=ButtonStyle.primary),
        RouteButton("fact-cancel", stored.key, say(words.GIVE_UP)),
    ]
    return panel("\n".join(lines), buttons, colour=AMBER)
