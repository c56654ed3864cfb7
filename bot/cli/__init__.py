"""The command line: one module for each family of commands, loaded when one is called; commands.py names them all."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command that the process was started with, and exit with its code."""
    # Answers run in threads already: NumPy's own would only wait for each other, and take memory and time to start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        from bot.cli.entry import footnote  # here, so that Ctrl-C is quiet from the first moment on

        footnote(prog_name="footnote")
    except KeyboardInterrupt:  # while modules were still loading
        sys.exit(130)
