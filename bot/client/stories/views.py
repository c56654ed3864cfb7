"""How story files look on Discord: the faults of one, and what importing one would change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from discord import ButtonStyle, ui

from bot.answers.evaluation import Outcome
from bot.client.fact_text import summary
from bot.client.facts.difference import differences
from bot.client.facts.views import trial_lines
from bot.client.facts.words import CANCEL
from bot.client.interactions import RouteButton
from bot.client.log.words import fact_count, more
from bot.client.panels import AMBER, BLUE, GREEN, attach, panel
from bot.client.sending import SentView
from bot.client.stories import words
from bot.client.text import first_lines, fitting, inline
from bot.client.words import more_questions
from bot.errors import Fault
from bot.facts.models import Fact, FactRecord
from bot.presentation.languages import say, say_message, say_number
from bot.presentation.wording import in_marks, labelled, separated
from bot.service.facts import Names
from bot.service.story_files import ImportPreview

_FAULTS = 3000
_MOST_FAULTS = 10
_LINE = 90
_DIFFERENCE = 200
_MOST = 4
_MOST_MISSED = 6
_MOST_EXPECTED = 2


def faults_panel(name: str, faults: Sequence[Fault]) -> SentView:
    """Return the faults of a file, with a file of all of them where they are too many for a message."""
    title = say_number(len(faults), "### {name} has {number} fault", "### {name} has {number} faults", name=inline(name, 80))
    shown = [title]
    room = _FAULTS
    for fault in faults[:_MOST_FAULTS]:
        line = f"- {fitting(say_message(fault.message), 500)}"
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    complete = len(shown) == len(faults) + 1
    foot = [] if complete else [say(words.ALL_FAULTS)]
    view = panel("\n".join([*shown, *foot, say(words.NOT_STORED)]), colour=AMBER)
    return view if complete else attach(view, fault_file(faults))


def fault_file(faults: Sequence[Fault]) -> tuple[str, bytes]:
    """Return a file of faults, for which a message has no room."""
    return "faults.txt", "\n".join(say_message(fault.message) for fault in faults).encode("utf-8", "replace")


def import_panel(key: str, found: ImportPreview, *, again: bool = False) -> ui.LayoutView:
    """Return what importing a story would change, with the way to do it."""
    changes, info = found.changes, found.story.info
    worse = found.trial.worse
    title = say(words.IMPORT_NEW if changes.new else words.IMPORT_CHANGE, title=inline(info.title, 150))
    head = f"{title}\n{say(words.LOOK_AGAIN if again else words.NOTHING_YET)}"
    text = say(words.APPLY_ANYWAY if worse else words.APPLY)
    style = ButtonStyle.danger if worse else ButtonStyle.success
    apply = RouteButton("story-apply", f"{found.state}:{key}", text, style=style)
    buttons = [apply, RouteButton("story-cancel", key, say(CANCEL))]
    return panel([head, *_parts(found)], buttons, colour=AMBER if worse or again else BLUE)


def checked_panel(title: str, outcomes: Sequence[Outcome], facts: Mapping[str, FactRecord]) -> ui.LayoutView:
    """Return which recorded questions of a story are not answered as expected; ``facts`` are those of the story by id."""
    missed = [outcome for outcome in outcomes if outcome.missed]
    head = f"### {inline(title, 150)}\n{words.checked(len(outcomes) - len(missed), len(outcomes))}"
    if not missed:
        return panel(head, colour=GREEN) if outcomes else panel(f"### {inline(title, 150)}\n{say(words.NO_QUESTIONS)}")
    return panel("\n".join([head, *first_lines(missed, _MOST_MISSED, lambda each: _missed(each, facts), more_questions)]))


def _missed(outcome: Outcome, facts: Mapping[str, FactRecord]) -> str:
    case, answer = outcome.case, outcome.answer
    wanted = [_numbered(facts[fact]) for fact in case.expect if fact in facts][:_MOST_EXPECTED]
    got = [_numbered(each.record) for each in answer.facts[: len(wanted) or 1]]
    if outcome.right and case.short and not outcome.short_right:  # the fact is right, and only the headline is not
        wanted, got = [in_marks(inline(case.short, _LINE))], [in_marks(inline(answer.short, _LINE))] if answer.short else got
    none = say(words.NO_ANSWER)
    return say(words.MISSED, ask=inline(case.ask, _LINE), got=" · ".join(got) or none, expected=" · ".join(wanted) or none)


def _numbered(record: FactRecord) -> str:
    return f"**F{record.number}** {summary(record, _LINE)}"


def _parts(found: ImportPreview) -> Iterator[str]:
    changes = found.changes
    facts = {fact.id: fact for fact in found.story.facts}
    before = {fact.id: fact for fact in found.before.facts} if found.before else {}
    names = Names(
        {actor.id: actor.name for actor in found.story.actors},
        {fact.id: fact.text for fact in found.story.facts if fact.kind == "event"},
    )

    def revised(name: str) -> str:
        lines = differences(before[name], facts[name], names, room=_DIFFERENCE) if name in before else []
        return separated(lines) or inline(facts[name].text, _LINE)

    yield _listed(changes.added, "added", lambda name: _line(facts[name]))
    yield _listed(changes.revised, "changed", revised)
    yield _listed(changes.retracted, "retracted", lambda name: _line(before[name]) if name in before else "")
    rest = words.others(len(changes.actors), len(changes.sources)) + ([say(words.OTHER)] if changes.other else [])
    yield "\n".join([say(words.ALSO), *rest]) if rest else ""
    yield _lost([each.ask for each in found.trial.lost])
    yield "\n".join(filter(None, [trial_lines(found.trial, _LINE), say(words.WORSE_HINT) if found.trial.effects else ""]))


def _lost(questions: Sequence[str]) -> str:
    """Name the recorded questions that a file does not have any more; "" for none."""
    if not questions:
        return ""
    listed = first_lines(questions, _MOST, lambda ask: f"- {in_marks(inline(ask, _LINE))}", more_questions)
    return "\n".join([words.lost(len(questions)), *listed])


def _listed(ids: Sequence[str], what: str, line: Callable[[str], str]) -> str:
    """Name the facts that are ``added``, ``changed`` or ``retracted``, each with a line about it; "" for none."""
    if not ids:
        return ""
    lines = first_lines(ids, _MOST, lambda name: f"- {labelled(f'**{inline(name, 60)}**', line(name))}", more)
    return "\n".join([f"**{fact_count(len(ids), what)}**", *lines])


def _line(fact: Fact) -> str:
    return inline(fact.text, _LINE)
