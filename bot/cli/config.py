"""The option that names the settings file, for the commands that run for long or look after the whole."""

from __future__ import annotations

from pathlib import Path

import click

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A settings file; else the one that FOOTNOTE_CONFIG names, else footnote.toml in Footnote's folder.",
)
