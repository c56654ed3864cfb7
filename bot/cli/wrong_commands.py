"""What is said of a command that there is not: the nearest one, of another group too."""

from __future__ import annotations

from collections.abc import Iterator

import click


class SuggestingGroup(click.Group):
    """A group of commands that answers a wrong name with the right one."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named. Raises UsageError with the nearest name where there is none of that name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(f"{error.message} {self._suggestion(ctx, args[0])}", ctx) from None

    def _suggestion(self, ctx: click.Context, typed: str) -> str:
        from difflib import get_close_matches

        root = ctx.find_root()
        assert isinstance(root.command, click.Group)
        named = [name for name in _names(root.command, root) if name.split()[-1] == typed]
        found = named or [
            f"{ctx.command_path.removeprefix(root.command_path)} {name}".strip()
            for name in get_close_matches(typed, self.list_commands(ctx), n=1)
        ]
        if not found:
            return f"{ctx.command_path} --help lists them."
        return f"Did you mean {' or '.join(f'{root.command_path} {name}' for name in found)}?"


def _names(group: click.Group, ctx: click.Context) -> Iterator[str]:
    """Yield the names of all commands of a group, those in its groups behind the names of these."""
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        yield name
        if isinstance(command, click.Group):
            yield from (f"{name} {each}" for each in _names(command, ctx))
