"""`/audit`: the logbook of a server, paged: who did what, when and why; and taking a change back."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import discord
from discord import ButtonStyle, app_commands, ui
from discord.ext import commands

from bot.client.bot import Interaction
from bot.client.completion import FactName
from bot.client.fact_text import summary
from bot.client.interactions import NUMBER, RouteButton, RouteInput, route, run_to_end
from bot.client.log import words
from bot.client.log.lines import action_of, author_of, subject_of
from bot.client.log.undoing import take_back
from bot.client.panels import panel, section
from bot.client.permissions import Permission, in_servers, requires
from bot.client.sending import replace_message, respond_privately
from bot.client.text import inline, timestamp
from bot.client.words import reason
from bot.facts.editor import Applied
from bot.facts.logbook import LogEntry, times_of
from bot.facts.models import FactRecord
from bot.facts.typed_dates import ALL_TIME, Period, typed_period
from bot.presentation.languages import say
from bot.service.session import Session

_PAGE = 8  # lines; with their buttons and separators within the 40 components of a message
_WHY, _FACT = 150, 90
_REF = re.compile(r"\bF(\d+)@(\d+)\b")
_FACTS = 2  # of a change, whose words are shown
_FILTER = rf"(-?{NUMBER})?(;(-?{NUMBER})?){{0,4}}"  # what a filter is encoded in


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
    @requires(Permission.MODERATOR)
    async def audit(
        self,
        interaction: Interaction,
        person: discord.User | None = None,
        fact: FactName | None = None,
        start: str | None = None,
        end: str | None = None,
    ) -> None:
        """See who changed what, when and why, and take changes back."""
        await respond_privately(interaction, _first(interaction, person, fact, start, end))


@route("audit", Permission.MODERATOR, _FILTER, send=replace_message)
async def _turn(interaction: Interaction, given: RouteInput) -> ui.LayoutView:
    """Show another page."""
    return await run_to_end(interaction, _page, AuditFilter.decode(given.argument))


@route("audit-undo", Permission.MODERATOR, rf"{NUMBER};{_FILTER}")
async def _undo(interaction: Interaction, given: RouteInput) -> None:
    """Take back a change, after a second look where it is a big one."""
    change, _, text = given.argument.partition(";")
    shown = replace(AuditFilter.decode(text), before=None)

    def view(_: Applied, lines: Sequence[str]) -> Awaitable[ui.LayoutView]:
        notice = "\n".join([say(words.CHANGE_TAKEN_BACK), *lines])
        return run_to_end(interaction, _page, shown, notice)

    await take_back(interaction, int(change), view)


async def _first(
    interaction: Interaction, person: discord.User | None, fact: str | None, start: str | None, end: str | None
) -> ui.LayoutView:
    period = typed_period(start, end, interaction.created_at.date()) if start or end else ALL_TIME
    number = None
    if fact:
        number, _ = await run_to_end(interaction, lambda session: session.facts.find(fact))
    return await run_to_end(interaction, _page, AuditFilter(person.id if person else None, number, period.first, period.last))


def _page(session: Session, shown: AuditFilter, notice: str = "") -> ui.LayoutView:
    """Return a page of the log; a change that can be taken back has the button for it."""
    start, end = times_of(Period(shown.first, shown.last, ""))
    by = None if shown.user is None else f"discord:{shown.user}"
    entries = session.logbook.entries(by=by, fact=shown.fact, start=start, end=end, before=shown.before, limit=_PAGE + 1)
    undone = session.logbook.undone_changes()
    blocks: list[list[str | ui.Item[Any]]] = [[say(words.AUDIT_TITLE)]]
    blocks += [[_item(session, entry, shown, undone=entry.change in undone)] for entry in entries[:_PAGE]]
    blocks[-1] += ["" if entries else say(words.NOTHING_FITS), notice]
    turning = []
    if shown.before is not None:
        turning.append(RouteButton("audit", replace(shown, before=None).encode(), say(words.NEWEST)))
    if len(entries) > _PAGE:
        older = replace(shown, before=entries[_PAGE - 1].number)
        turning.append(RouteButton("audit", older.encode(), say(words.OLDER), style=ButtonStyle.primary))
    return panel(blocks, turning)


def _item(session: Session, entry: LogEntry, shown: AuditFilter, *, undone: bool) -> ui.Item[Any]:
    line = _line(session, entry, undone=undone)
    if entry.change is None or undone:
        return section(line)
    text = say(words.TAKE_CHANGE_BACK, change=entry.change)
    return section(line, RouteButton("audit-undo", f"{entry.change};{shown.encode()}", text))


def _line(session: Session, entry: LogEntry, *, undone: bool) -> str:
    """Say one thing that was done: number and time, who and what, the words of the facts that it was done to, why."""
    subject = subject_of(session, entry)
    subject = say(words.CHANGE_OF, change=entry.undoes, what=subject) if entry.undoes is not None else subject
    what = words.line(author_of(entry), action_of(session, entry), subject)
    what += "".join(f"\n{summary(each, _FACT, also_retracted=True)}" for each in _facts(session, entry))
    head = f"**{entry.change}** · {timestamp(entry.at, 'f')}" if entry.change is not None else timestamp(entry.at, "f")
    why = f"\n-# {inline(reason(entry.reason), _WHY)}" if entry.reason else ""
    return f"{head}\n{f'~~{what}~~' if undone else what}{why}"


def _facts(session: Session, entry: LogEntry) -> list[FactRecord]:
    """Return the facts that a change touched, as it left them; none where they are too many to be shown."""
    refs = _REF.findall(entry.what) if entry.change is not None else []
    return [session.facts.show(int(number), int(revision)) for number, revision in refs] if len(refs) <= _FACTS else []
