"""The table of all commands: the module, function and help line of each. A module is loaded only when its command is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

import click

from bot.cli.usage import nearest


class ListedCommand(click.Command):
    """A command as the help lists it; `load` gives the real one."""

    def __init__(self, name: str, function: str, line: str) -> None:
        super().__init__(name, short_help=line)
        self.module, self.function = function.split(":")

    def load(self) -> click.Command:
        """Import the command's module and return the command itself."""
        command = getattr(import_module(f"bot.cli.{self.module}"), self.function)
        assert isinstance(command, click.Command)
        command.short_help = self.short_help
        return command


class CommandGroup(click.Group):
    """A group of commands that loads only the one that is called, and answers a wrong name with the nearest right one."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named, loaded. Raises UsageError with the nearest name where there is none of that name."""
        try:
            name, command, rest = super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            raise click.UsageError(f"There is no command {error.command_name}. {self._suggestion(ctx, args[0])}", ctx) from None
        return name, command.load() if isinstance(command, ListedCommand) else command, rest

    def _suggestion(self, ctx: click.Context, typed: str) -> str:
        root = ctx.find_root()
        assert isinstance(root.command, click.Group)
        named = [name for name, _ in walk_commands(root.command.commands) if name.split()[-1] == typed]
        if not named and (near := nearest(typed, self.commands)):
            named = [f"{ctx.command_path.removeprefix(root.command_path)} {near}".strip()]
        if not named:
            return f"{ctx.command_path} --help lists them."
        return f"Did you mean {' or '.join(f'{root.command_path} {name}' for name in named)}?"


def walk_commands(commands: Mapping[str, click.Command]) -> Iterator[tuple[str, click.Command]]:
    """Yield all commands with their names, a group before the commands in it: ``facts``, ``facts add``."""
    for name, command in commands.items():
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner_name}", inner) for inner_name, inner in walk_commands(command.commands))


def _listed(table: Mapping[str, tuple[str, str]]) -> dict[str, click.Command]:
    return {name: ListedCommand(name, function, line) for name, (function, line) in table.items()}


FACTS = {
    "add": ("facts:add", "Add a fact, after a look at it."),
    "drop": ("keeping:drop", "Drop what was read in an article."),
    "edit": ("facts:edit", "Change the fields of a fact that are named."),
    "history": ("facts:history", "Show who changed a fact, when, why and in which words."),
    "keep": ("keeping:keep", "Keep what was read in an article, as it stands."),
    "list": ("facts:list_", "List all facts: number, id, kind, date, text."),
    "log": ("facts:log", "List changes, newest first: number, time, who, what and why."),
    "resume": ("facts:resume", "Go on with a fact that was typed and not saved."),
    "retract": ("facts:retract", "Take a fact back; its history stays."),
    "review": ("facts:review", "Record who rated a claim, and how."),
    "show": ("facts:show", "Show a fact with its sources, or a revision of it."),
    "undo": ("facts:undo", "Take back your last change, or that of a fact."),
}
SERVERS = {
    "delete": ("servers:delete", "Delete all data of a server, after days of grace."),
    "keep": ("servers:keep", "Call off the planned deletion of a server."),
    "list": ("servers:list_", "List the servers that have a base."),
}
SOURCES = {"import": ("formats:import_", "Take in a list of sources from Zotero or another reference manager.")}
STORY = {
    "archive": ("archiving:archive", "Find archived copies of a story's pages, and record them."),
    "check": ("stories:check", "Report all faults of a story file, and ask its questions."),
    "export": ("formats:export", "Write a story as a story file, or in the format of another program."),
    "import": ("importing:import_", "Take a story file or a pack in: add, revise and retract by id."),
    "key": ("packing:key", "Make the keys with which you sign packs."),
    "list": ("stories:list_", "List the stored stories, or the facts of one."),
    "pack": ("packing:pack", "Write a story as one file that you have signed."),
    "report": ("stories:report", "Report what a story lacks, and what to do about it."),
    "update": ("updating:update", "Take the newer packs that editors of stories have published."),
}
SINGLE = {
    "ask": ("ask:ask", "Ask a question and read the answer with its sources."),
    "backup": ("operating:backup", "Copy all bases to a new folder, and check each copy."),
    "chat": ("chatting:chat", "Ask one question after another."),
    "check": ("checking:check", "Check every quotation of a text, word for word."),
    "cite": ("formats:cite", "Cite a fact or a source, in the style that you need."),
    "doctor": ("operating:doctor", "Say what is wrong with an installation, and what to do."),
    "draft": ("drafting:draft", "Propose a story file from an article."),
    "evaluate": ("evaluating:evaluate", "Measure how many questions of a file are answered correctly."),
    "mcp": ("assistants:mcp", "Let an assistant read the facts, over the Model Context Protocol."),
    "network": ("pictures:network", "See who speaks about whom, and how often."),
    "preview": ("previewing:preview", "Try the bot in the browser, without a token."),
    "read": ("reading:read", "Take articles in, so that their sentences answer questions."),
    "replicate": ("replicating:replicate", "Copy every change elsewhere, with Litestream."),
    "restore": ("operating:restore", "Restore the bases of a backup."),
    "run": ("running:run", "Run the bot on Discord."),
    "site": ("sites:site", "Write a story as a static site, with feeds and widgets."),
    "timeline": ("pictures:timeline", "See what happened, by date."),
}

_ABOUT_FACTS = (
    "Add, edit, retract and undo single facts, and see who changed what.\n\nFACT is a fact's number, such as F12, or its id."
)
_GROUPS: dict[str, click.Command] = {
    "facts": CommandGroup(
        "facts", _listed(FACTS), help=_ABOUT_FACTS, short_help="Add, edit, retract and undo facts; see their history."
    ),
    "servers": CommandGroup("servers", _listed(SERVERS), help="See which servers have a fact base, and delete one."),
    "sources": CommandGroup("sources", _listed(SOURCES), help="Take in lists of sources from reference managers."),
    "story": CommandGroup("story", _listed(STORY), help="Check, import, export, sign and list stories."),
}
COMMANDS = dict(sorted((_listed(SINGLE) | _GROUPS).items()))
"""All commands by their names, in the order of the help."""
