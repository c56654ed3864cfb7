"""`/audit`: the logbook of a server, paged: who did what, when and why; and taking a change back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import discord
from discord import ButtonStyle, app_commands, ui
from discord.ext import commands

from bot.client import completion
from bot.client.bot import Interaction
from bot.client.fact_text import summary
from bot.client.interactions import RouteButton, RouteInput, route, run_to_end
from bot.client.log import words
from bot.client.log.aftermath import follow_change
from bot.client.log.lines import author_of
from bot.client.log.subjects import action_of, subject_of
from bot.client.log.undoing import confirm_first, outcome, take_back
from bot.client.panels import panel, section
from bot.client.permissions import Permission, in_servers, requires
from bot.client.sending import replace_message, respond, server_of
from bot.client.settings import words as settings_words
from bot.client.text import inline, timestamp
from bot.client.words import reason
from bot.facts.logbook import LogEntry, times_of
from bot.facts.models import FactRecord
from bot.facts.state.server_settings import logged_settings
from bot.facts.typed_dates import ALL_TIME, Period, typed_period
from bot.presentation.languages import say
from bot.service.session import Session

_PAGE = 8  # lines; with their buttons and separators within the 40 components of a message
_WHAT, _WHY, _BY, _FACT = 200, 150, 60, 90
_REF = re.compile(r"\bF(\d+)@(\d+)\b")
_FACTS = 2  # of a change, whose words are shown


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines are shown: of whom (a Discord id), about which fact, from and to which day (as keys), before which line."""

    user: int | None = None
    fact: int | None = None
    first: int | None = None
    last: int | None = None
    before: int | None = None

    def encode(self) -> str:
        """Write it short enough for a custom id: what is not given is left empty."""
        return ";".join("" if each is None else str(each) for each in (self.user, self.fact, self.first, self.last, self.before))

    @classmethod
    def decode(cls, text: str) -> AuditFilter:
        """Read what `encode` wrote."""
        return cls(*(int(part) if part else None for part in text.split(";")))


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of the log: its lines, whether there are older ones, which changes were taken back, and what each was about.

    ``facts`` are the few facts that a change touched, as it left them, ``subjects`` says what each line did, and to what.
    """

    entries: tuple[LogEntry, ...]
    more: bool
    gone: frozenset[int]
    facts: Mapping[int, tuple[FactRecord, ...]]
    subjects: Mapping[int, tuple[str, str]]


class Auditing(commands.Cog):
    """Shows who changed what."""

    @app_commands.command()
    @in_servers
    @app_commands.rename(start="from", end="to")
    @app_commands.describe(
        person="Only what this person did",
        fact="Only changes of this fact",
        start="From this day on, for example: October 2025",
        end="Up to this day, for example: yesterday",
    )
    @app_commands.autocomplete(fact=completion.all_facts)
    @requires(Permission.MODERATOR)
    async def audit(
        self,
        interaction: Interaction,
        person: discord.User | None = None,
        fact: str | None = None,
        start: str | None = None,
        end: str | None = None,
    ) -> None:
        """See who changed what, when and why, and take changes back."""
        await respond(interaction, _first(interaction, person, fact, start, end), private=True)


@route("audit", Permission.MODERATOR)
async def _turn(interaction: Interaction, given: RouteInput) -> None:
    """Show another page."""
    await replace_message(interaction, _view(interaction, AuditFilter.decode(given.argument)))


@route("audit-undo", Permission.MODERATOR)
async def _undo(interaction: Interaction, given: RouteInput) -> None:
    """Take back a change, after a second look where it is a big one. Raises ConflictError, DecidedError where it was."""
    change, shown = int(given.argument.partition(";")[0]), AuditFilter.decode(given.argument.partition(";")[2])
    if await confirm_first(interaction, change):
        return
    applied = await take_back(interaction, change)
    lines = await run_to_end(interaction, outcome, change, applied)
    notice = "\n".join([say(words.CHANGE_TAKEN_BACK), *lines])
    await replace_message(interaction, _view(interaction, replace(shown, before=None), notice))
    await follow_change(interaction.client, server_of(interaction), applied)


async def _first(
    interaction: Interaction, person: discord.User | None, fact: str | None, start: str | None, end: str | None
) -> ui.LayoutView:
    period = typed_period(start, end, interaction.created_at.date()) if start or end else ALL_TIME
    number = None
    if fact:
        number, _ = await run_to_end(interaction, lambda session: session.facts.find(fact))
    return await _view(interaction, AuditFilter(person.id if person else None, number, period.first, period.last))


async def _view(interaction: Interaction, shown: AuditFilter, notice: str = "") -> ui.LayoutView:
    page = await run_to_end(interaction, _page, shown)
    return audit_view(page, shown, notice)


def _page(session: Session, shown: AuditFilter) -> AuditPage:
    start, end = times_of(Period(shown.first, shown.last, ""))
    by = None if shown.user is None else f"discord:{shown.user}"
    entries = session.changes.entries(by=by, fact=shown.fact, start=start, end=end, before=shown.before, limit=_PAGE + 1)
    facts = {entry.change: _facts(session, entry) for entry in entries[:_PAGE] if entry.change is not None}
    titles = {story.id: inline(story.title, _BY) for story in session.stories()}
    subjects = {entry.number: _subject(session, entry, titles) for entry in entries[:_PAGE]}
    return AuditPage(entries[:_PAGE], len(entries) > _PAGE, session.changes.undone(), facts, subjects)


def _facts(session: Session, entry: LogEntry) -> tuple[FactRecord, ...]:
    """Return the few facts that a change touched, as it left them."""
    refs = [(int(number), int(revision)) for number, revision in _REF.findall(entry.what)]
    return tuple(session.facts.show(*ref) for ref in refs) if len(refs) <= _FACTS else ()


def audit_view(page: AuditPage, shown: AuditFilter, notice: str = "") -> ui.LayoutView:
    """Lay out a page of the log; a change that can be taken back has the button for it."""
    blocks: list[list[str | ui.Item[Any]]] = [[say(words.AUDIT_TITLE)]]
    blocks += [[_item(entry, shown, page)] for entry in page.entries]
    blocks[-1] += ["" if page.entries else say(words.NOTHING_FITS), notice]
    return panel(blocks, _turns(page, shown))


def _item(entry: LogEntry, shown: AuditFilter, page: AuditPage) -> ui.Item[Any]:
    if entry.change is None or entry.change in page.gone:
        return section(_line(entry, page))
    text = say(words.TAKE_CHANGE_BACK, change=entry.change)
    return section(_line(entry, page), RouteButton("audit-undo", f"{entry.change};{shown.encode()}", text))


def _turns(page: AuditPage, shown: AuditFilter) -> list[RouteButton]:
    buttons = []
    if shown.before is not None:
        buttons.append(RouteButton("audit", replace(shown, before=None).encode(), say(words.NEWEST)))
    if page.more:
        older = replace(shown, before=page.entries[-1].number)
        buttons.append(RouteButton("audit", older.encode(), say(words.OLDER), style=ButtonStyle.primary))
    return buttons


def _line(entry: LogEntry, page: AuditPage) -> str:
    """Say one thing that was done: number and time, who and what, why."""
    action, subject = page.subjects[entry.number]
    subject = say(words.CHANGE_OF, change=entry.undoes, what=subject) if entry.undoes is not None else subject
    what = f"{words.line(author_of(entry), action, subject)}{_texts(entry, page)}"
    head = f"**{entry.change}** · {timestamp(entry.at, 'f')}" if entry.change is not None else timestamp(entry.at, "f")
    if entry.change in page.gone:
        what = f"~~{what}~~"
    why = f"\n-# {inline(reason(entry.reason), _WHY)}" if entry.reason else ""
    return f"{head}\n{what}{why}"


def _texts(entry: LogEntry, page: AuditPage) -> str:
    """Give the facts that something was done to with their words, each on a line of its own."""
    facts = page.facts.get(entry.change or 0, ())
    return "".join(f"\n{summary(replace(each, retracted=False), _FACT)}" for each in facts)


def _subject(session: Session, entry: LogEntry, titles: Mapping[str, str]) -> tuple[str, str]:
    """Say what was done, and to what; settings as they were chosen."""
    if entry.action != "settings":
        return action_of(session, entry), subject_of(session, entry)
    settings, names = logged_settings(entry.what)
    chosen = [settings_words.line(name, settings, titles, listens=True) for name in names]
    return entry.action, "; ".join(chosen) or inline(entry.what, _WHAT)
