"""``footnote doctor``: what is wrong with an installation, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.backup import SERVERS, counted
from bot.cli.config import config_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.doctor.checks import Check
    from bot.settings import Settings

WRONG = 1  # exit code where something is wrong


@click.command("doctor", short_help="Say what is wrong with an installation, and what to do.")
@SERVERS
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--mend", is_flag=True, help="First make indexes that are out of step anew, and clear unfinished files away.")
@config_option
def command(servers: tuple[int, ...], as_json: bool, mend: bool, config: Path | None) -> None:
    """Look at the folder, the disk, every base, the clock, the settings, the replica and what Discord says.

    The bot may be running. Each fault comes with what to do about it. The exit code is 1 where something is wrong.
    """
    import json

    from bot.doctor.home import check_settings
    from bot.settings import default_home
    from bot.storage.backup import bases_of
    from bot.terminal.safe import one_line, safe_json

    settings, first = check_settings(default_home(), config)
    paths = tuple(map(settings.base_path, servers)) or bases_of(settings)
    if mend:
        for done in _mended(settings, paths):
            click.echo(done, err=as_json)
    checks = [first, *_checks(settings, paths)]
    if as_json:
        rows = [{"check": each.name, "state": each.state, "says": each.says, "mend": each.mend or None} for each in checks]
        click.echo(safe_json(json.dumps({"checks": rows})))
    else:
        width = max(len(each.name) for each in checks)
        for each in checks:
            click.echo(f"{each.state:<11}  {each.name:<{width}}  {one_line(f'{each.says} {each.mend}')}")
        click.echo(_summary(checks))
    if any(each.state == "wrong" for each in checks):
        raise click.exceptions.Exit(WRONG)


def _checks(settings: Settings, paths: Sequence[Path]) -> Iterator[Check]:
    from bot.doctor.bases import check_bases
    from bot.doctor.discord_api import check_discord
    from bot.doctor.home import check_home
    from bot.doctor.replication import check_replica

    yield from check_home(settings, paths)
    yield from check_bases(settings.home, paths)
    yield from check_replica(settings, paths)
    yield from check_discord(settings, paths)


def _mended(settings: Settings, paths: Sequence[Path]) -> Iterator[str]:
    from bot.doctor.bases import mend_indexes
    from bot.doctor.home import clear_away

    for path in mend_indexes(paths):
        yield f"Mended: made the search index of {path} anew."
    for path in clear_away(settings):
        yield f"Mended: cleared {path} away."


def _summary(checks: Sequence[Check]) -> str:
    wrong, warnings = (sum(each.state == state for each in checks) for state in ("wrong", "warning"))
    if not wrong and not warnings:
        return "Nothing is wrong."
    return f"{counted(wrong, 'fault')}, {counted(warnings, 'warning')}."
