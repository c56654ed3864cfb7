"""The command line: one module a command, loaded when it is called for."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the process was started with, and exit with its code."""
    try:
        from bot.cli.entry import footnote

        footnote(prog_name="footnote")
    except KeyboardInterrupt:  # before a command had begun
        sys.exit(130)
