"""Footnote on Discord: the bot, its cogs, what its replies look like and what their buttons do."""
