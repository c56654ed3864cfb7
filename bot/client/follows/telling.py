"""Tells those who follow something what is new of it, once a minute where facts changed, and once a day in the morning.

What was told is recorded before the message is sent, and taken back where Discord did not take it: nothing is sent twice, and
nothing is lost but a message under way when the process is killed. A server is looked at when its facts may have changed, or when
something that waits for the morning is due; the latter is kept in memory alone, for after a start every server is looked at. A
fault stays with its server, and what goes wrong with one receiver stays with them.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

import discord
from discord.ext import commands

from bot.client.bot import FootnoteBot
from bot.client.discord_failures import FAILURES
from bot.client.follows.hours import day_in, is_night, next_morning
from bot.client.follows.refusals import JOB, is_refused, note_refusal
from bot.client.follows.views import QuestionNews, told_view
from bot.client.follows.words import MAX_A_DAY
from bot.client.jobs import confine_to_server
from bot.client.posting import deliver, is_member, is_refusal, reachable_channel, server_name
from bot.errors import FootnoteError
from bot.facts.models import FactRecord
from bot.facts.state.follows import Follow
from bot.log import log_about, without_words
from bot.service.follows import sure_answer
from bot.service.session import Session

MAX_SENT = 30
"""Messages that are sent in one look at a server; the others come in the next, so that no server keeps others waiting."""

MAX_ASKED = 20
"""Questions that are asked again in one look at a server, each about as expensive as one that somebody asks."""

_SOON = timedelta(minutes=1)
_MAX_NONCE = 25  # characters

log = logging.getLogger(__name__)


class Telling(commands.Cog):
    """Looks at the servers in which somebody may have to be told something."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self._seen: dict[int, int] = {}
        self._due: dict[int, datetime] = {}
        self._looked_at: WeakKeyDictionary[Session, tuple[int, str]] = WeakKeyDictionary()

    async def cog_load(self) -> None:
        """Begin."""
        self.bot.supervisor.start(JOB, self.minutely, every=timedelta(minutes=1), prepare=self.ready)

    async def ready(self) -> None:
        """Wait until it is known which servers the bot is in; all of them are looked at first."""
        await self.bot.wait_until_ready()
        self._due = dict.fromkeys(await self.bot.service.run_in_thread(self.bot.service.servers), datetime.now(UTC))

    async def minutely(self) -> None:
        """Look at the servers whose facts may have changed, and at those where something is due, one after the other."""
        now = datetime.now(UTC)
        due = (server for server, at in self._due.items() if at <= now)
        for server in dict.fromkeys((*await self.bot.service.changed(self._seen), *due)):
            guild = self.bot.get_guild(server)
            if guild is None or guild.unavailable:
                continue
            with confine_to_server(self.bot.metrics, JOB, server):
                async with self.bot.background.alone(JOB, server), self.bot.service.background_access(server):
                    await self._look(server, now)

    async def _look(self, server: int, now: datetime) -> None:
        log_about(server=server, shard=self.bot.shard_of(server))
        # Not the version of the base, which is the old one while something is being written.
        session, seen = await self.bot.service.read(
            server, lambda session: (session, (session.news.last_change(), session.settings().timezone))
        )
        due = self._due.pop(server, None)
        # The key is the session: one that was closed and opened again counts as new. In another time zone, other hours are night.
        if self._looked_at.get(session) == seen and (due is None or due > now):
            if due is not None:
                self._due[server] = due
            return
        self._due[server] = now + _SOON  # where this fails, whatever it is, it is tried again
        if session not in self._looked_at:
            await self._end_gone_channels(server)
        await self.bot.speak_language_of(server)
        next_at = await _Round(self.bot, server, now).tell()
        self._looked_at[session] = seen
        if next_at is None:
            self._due.pop(server, None)
        else:
            self._due[server] = next_at

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """End what is followed in a channel that was deleted, and in its threads, which Discord deletes without a word."""
        await self._channel_deleted(channel.guild.id)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        """End what is followed in a thread that was deleted."""
        await self._channel_deleted(event.guild_id)

    async def _channel_deleted(self, server: int) -> None:
        with confine_to_server(self.bot.metrics, JOB, server):
            async with self.bot.background.alone(JOB, server), self.bot.service.background_access(server):
                await self._end_gone_channels(server)

    async def _end_gone_channels(self, server: int) -> None:
        """End what is followed in channels that are gone; where Discord does not say whether one is, it stays."""
        for channel in await self.bot.service.read(server, lambda session: session.follows.channels()):
            try:
                await reachable_channel(self.bot, server, channel)
            except discord.NotFound:
                await self.bot.service.write(server, partial(_end_channel, channel=channel))
            except FAILURES as error:
                log.info("Whether a channel is there is not known: %s", error)


def _end_channel(session: Session, channel: int) -> None:
    session.follows.end_channel(channel)


class _Round:
    """One look at a server: who is to be told what now, and when the next of them is."""

    def __init__(self, bot: FootnoteBot, server: int, now: datetime) -> None:
        self.bot, self.service, self.server, self.now = bot, bot.service, server, now
        self._next_at: datetime | None = None
        self._sent = self._asked = 0

    async def tell(self) -> datetime | None:
        """Tell all who are to be told now; return when somebody is to be told next, None if nobody waits."""
        self._pending = await self.service.read_until_cancelled(self.server, lambda session: session.news.pending())
        self._zone = ZoneInfo(self._pending.timezone)
        groups: defaultdict[tuple[int | None, int | None], list[Follow]] = defaultdict(list)
        for follow in self._pending.follows:
            groups[follow.recipient].append(follow)
        put_off = self.bot.put_off
        waiting, failed = put_off.not_due(JOB, self.server), set[int | str]()
        for (user, channel), of_one in groups.items():
            receiver = user or channel or 0
            if receiver in waiting or self._sent >= MAX_SENT:
                self._later(self.now + _SOON)
                continue
            try:
                await self._tell_one(of_one)
            except FAILURES as error:
                log.info("What is new could not be sent: %s", error)
                failed.add(receiver)
            except FootnoteError as error:
                log.warning("Somebody could not be told what is new: %s", without_words(error))
                failed.add(receiver)
        put_off.settle(JOB, self.server, waiting, failed)
        if failed:
            self._later(self.now + _SOON)
        return self._next_at

    def _later(self, at: datetime) -> None:
        self._next_at = at if self._next_at is None else min(self._next_at, at)

    async def _tell_one(self, follows: Sequence[Follow]) -> None:
        """Tell one receiver of all that is new of what they follow and is due; what has no news counts as told."""
        quiet, due = await self._apart(follows)
        answers: dict[int, tuple[int, int] | None] = {}
        ready: list[Follow] = []
        questions: list[QuestionNews] = []
        # A question is asked only for who may be sent something: asked in vain, it would take the turn of another's.
        if due and await self._may_be_sent(follows[0].user):
            for follow in due:
                if follow.target.kind != "question":
                    ready.append(follow)
                    continue
                is_known, fact = await self._ask(follow)
                if not is_known:
                    self._later(self.now + _SOON)
                    continue
                answers[follow.number] = (fact.number, fact.revision) if fact is not None else None
                if await self._is_answered_the_same(follow, fact):
                    quiet.append(follow)
                else:
                    questions.append(QuestionNews(follow.title, fact))
                    ready.append(follow)
        if quiet:
            await self._mark_told(quiet, answers)
        if ready:
            await self._send(ready, questions, answers)

    async def _apart(self, follows: Sequence[Follow]) -> tuple[list[Follow], list[Follow]]:
        """Return the follows that have no news, and those that are due now; the others wait."""
        quiet: list[Follow] = []
        due: list[Follow] = []
        for follow in follows:
            if follow.target.kind != "question" and not self._pending.news.get(follow.number):
                quiet.append(follow)
            elif (at := await self._due_at(follow)) > self.now:
                self._later(at)
            else:
                due.append(follow)
        return quiet, due

    async def _may_be_sent(self, user: int | None) -> bool:
        """Return whether a receiver may be sent one more message today: a channel always, a member so many."""
        if user is None:
            return True
        day = day_in(self.now, self._zone)
        if await self.service.read(self.server, lambda session: session.follows.sent_on(day, user)) < MAX_A_DAY:
            return True
        self._later(next_morning(self.now, self._zone))
        return False

    async def _due_at(self, follow: Follow) -> datetime:
        """Return when a follow is to be told: at once, but no member at night; if daily, in the morning after a change."""
        due = self.now
        if follow.daily:
            at = await self._changed_after(follow.told)  # the first change: one more, of the same fact, puts nothing off
            due = next_morning(datetime.fromisoformat(at), self._zone) if at is not None else self.now
        if due <= self.now and follow.user is not None and is_night(self.now, self._zone):
            return next_morning(self.now, self._zone)
        return due

    async def _ask(self, follow: Follow) -> tuple[bool, FactRecord | None]:
        """Ask a question again; return whether its answer is known yet, and the first fact of a sure one."""
        if self._asked >= MAX_ASKED:
            return False, None
        self._asked += 1
        answer = await self.service.ask(self.server, follow.target.named, story=follow.target.story or None)
        return not answer.unread, sure_answer(answer)

    async def _changed_after(self, change: int) -> str | None:
        return await self.service.read(self.server, lambda session: session.news.time_after(change))

    async def _mark_told(
        self, follows: Sequence[Follow], answers: dict[int, tuple[int, int] | None], *, sent_on: str | None = None
    ) -> bool:
        last = self._pending.last
        return await self.service.write(
            self.server, lambda session: session.follows.mark_told(follows, last, answers, sent_on=sent_on)
        )

    async def _is_answered_the_same(self, follow: Follow, fact: FactRecord | None) -> bool:
        return await self.service.read(self.server, lambda session: session.news.is_same_answer(follow, fact))

    async def _send(
        self, follows: Sequence[Follow], questions: Sequence[QuestionNews], answers: dict[int, tuple[int, int] | None]
    ) -> None:
        """Send one message to a member who may be told now, or into a channel. Raises what a request raises."""
        user, channel = follows[0].recipient
        if user is not None and not await is_member(self.bot, self.server, user):
            await self.service.write(self.server, lambda session: session.follows.end(user, say_so=False))
            return
        items = {item.fact: item for follow in follows for item in self._pending.news.get(follow.number, ())}
        place = server_name(self.bot, self.server) if user is not None else ""
        view = await self.service.read(self.server, told_view, follows, tuple(items.values()), questions, self.server, place)
        if not await self._mark_told(follows, answers, sent_on=day_in(self.now, self._zone)):
            self._later(self.now + _SOON)
            return
        self._sent += 1
        # Whether a message arrived is not known where the connection broke; sent again, it has the same nonce.
        nonce = f"{follows[0].number}.{follows[0].told}.{self._pending.last}"[-_MAX_NONCE:]
        try:
            if user is not None:
                await deliver(self.bot, user, view, nonce=nonce)
            elif (target := await reachable_channel(self.bot, self.server, channel)) is not None:
                await target.send(view=view, nonce=nonce)
                if channel in self._pending.refusing:
                    await self.service.write(self.server, lambda session: session.refusals.end(channel))
        except FAILURES as error:
            if user is not None and is_refusal(error):
                await self.service.write(self.server, lambda session: session.follows.end(user, say_so=True))
            elif channel is not None and isinstance(error, discord.NotFound):
                await self.service.write(self.server, lambda session: session.follows.end_channel(channel))
            else:
                await self.service.write(self.server, lambda session: session.follows.take_back(follows))
                if channel is not None and is_refused(error):
                    await note_refusal(self.bot, self.server, channel, tuple(follows), night=is_night(self.now, self._zone))
                raise
