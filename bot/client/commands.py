"""The commands as Discord has them: their tree, their names in the languages that the bot speaks, and how they are sent there.

Names and descriptions are in catalogues of their own (`commands.po` in the folders of `data/locale`), with what a text names or
describes as its context. A command is found by its English name in every language.

Commands are sent in the background, and only those that Discord does not have yet: Discord limits how often they may be sent,
and discord.py waits for as long as Discord says, ten minutes for example. A bot that sent them while it starts would be offline
for that time; so it starts with those that Discord has.
"""

from __future__ import annotations

import hashlib
import json
import logging
from contextlib import suppress
from pathlib import Path
from typing import Any

import discord
from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location
from discord.app_commands import TranslationContextTypes, locale_str
from discord.ext import commands, tasks

from bot.client.bot import FootnoteBot, Interaction
from bot.client.discord_failures import FAILURES
from bot.client.errors import CheckFailed
from bot.client.limits import RequestKind, TooManyError
from bot.client.sending import begin_interaction, respond_to_error, server_of, spoken_in
from bot.facts.files import write_whole
from bot.languages import ENGLISH, command_texts

log = logging.getLogger(__name__)

_CONTEXTS = {
    Location.command_name: "command",
    Location.group_name: "command",
    Location.command_description: "description",
    Location.group_description: "description",
    Location.parameter_name: "option",
    Location.parameter_description: "description",
    Location.choice_name: "choice",
}
"""What a text names, as the catalogues say it: the same word may name a command and an option."""


class CommandTranslator(app_commands.Translator):
    """Translates commands for Discord."""

    async def translate(self, string: locale_str, locale: Locale, context: TranslationContextTypes) -> str | None:
        """Return a name or description in a language of Discord's; None where the bot does not speak it."""
        language = spoken_in(locale)
        if language == ENGLISH:
            return None
        return command_texts(language).get((_CONTEXTS.get(context.location, ""), string.message))


def _is_worth_a_line(record: logging.LogRecord) -> bool:
    """Return whether a line of discord.py is worth logging: it logs a traceback for all choices that Discord no longer took."""
    return not (record.exc_info and isinstance(record.exc_info[1], (discord.DiscordException, *FAILURES)))


logging.getLogger("discord.app_commands.tree").addFilter(_is_worth_a_line)


class FootnoteTree(app_commands.CommandTree[FootnoteBot]):
    """The slash commands; their errors go to the error handler."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Begin the request in the language of its server, unless its member or server asks too much."""
        limits, server = interaction.client.limits, server_of(interaction)
        if interaction.type is discord.InteractionType.autocomplete:
            # Counted before anything is looked up: dozens may come in a second. The first that is too much gets an empty list,
            # further ones get no answer, which costs nothing.
            try:
                limits.take(RequestKind.COMPLETION, server, interaction.user.id)
            except TooManyError as error:
                if error.first:
                    with suppress(discord.DiscordException, *FAILURES):
                        await interaction.response.autocomplete([])
                return False
            await begin_interaction(interaction)
            return True
        await begin_interaction(interaction)
        data: dict[str, Any] = dict(interaction.data or {})
        work = RequestKind.FILE if data.get("resolved", {}).get("attachments") else RequestKind.QUESTION
        try:
            limits.take(work, server, interaction.user.id)
        except TooManyError as error:
            raise CheckFailed(error) from None
        return True

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Hand the error to the error handler."""
        await respond_to_error(interaction, error)


SENT_COMMANDS = "commands.json"
"""The file in the home folder with a digest of the commands that Discord took last, by the id of the application."""

_MINUTES = 10.0  # after which commands that Discord did not take are sent again


class CommandSync(commands.Cog):
    """Sends the commands once the bot is ready, and again until Discord takes them."""

    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot
        self._path = bot.service.settings.home / SENT_COMMANDS

    async def cog_load(self) -> None:
        """Start sending, in only one of several processes: the one with the first shard."""
        if self._bot.shard_ids is None or 0 in self._bot.shard_ids:
            self.sync.start()

    async def cog_unload(self) -> None:
        """Stop, even while Discord makes the bot wait."""
        self.sync.cancel()

    @tasks.loop(minutes=_MINUTES)
    async def sync(self) -> None:
        """Send the commands if Discord does not have them, and stop once it does."""
        try:
            application = self._bot.application_id
            assert application is not None  # it is known once the bot is logged in
            payload = await self._payload()
            digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
            sent = _sent(self._path)
            if sent.get(str(application)) != digest:
                # Not `CommandTree.sync`, which would also parse the answer, and fail if that is not as expected.
                await self._bot.http.bulk_upsert_global_commands(application, payload=payload)
                log.info("Discord took %d commands", len(payload))
                with suppress(OSError):  # the commands are then sent again at the next start, which does no harm
                    write_whole(self._path, json.dumps({**sent, str(application): digest}, indent=1))
        except Exception as error:  # noqa: BLE001 - the bot works with the commands that Discord has, whatever failed
            log.warning("Discord did not take the commands, it keeps those it has; they are sent again later: %s", error)
        else:
            self.sync.stop()

    @sync.before_loop  # not in the loop, which would then catch up on the minutes that this takes, one try after another
    async def _wait(self) -> None:
        await self._bot.wait_until_ready()

    async def _payload(self) -> list[Any]:
        tree = self._bot.tree
        assert tree.translator is not None  # without it, no language would be sent
        return [await command.get_translated_payload(tree, tree.translator) for command in tree.get_commands()]


def _sent(path: Path) -> dict[str, str]:
    """Return the digests in the file; none where it is missing or damaged, so that the commands are sent once more."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
