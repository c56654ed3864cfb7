"""The names and descriptions of commands in the languages that the bot speaks, as Discord shows them to whoever uses it in one.

They are in catalogues of their own in `data/locale/commands`, with what a text names or describes as its context. A command is
found by its English name in every language.
"""

from __future__ import annotations

from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Location
from discord.app_commands import TranslationContextTypes, locale_str

from bot.facts.state.server_settings import LANGUAGES
from bot.presentation.languages import ENGLISH, command_texts

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


def spoken_in(locale: Locale) -> str:
    """Return the language of a client, one Spanish for Spain and Latin America; English where the bot does not speak it."""
    language = locale.value.partition("-")[0]
    return language if language in LANGUAGES else ENGLISH
