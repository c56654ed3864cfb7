"""Footnote's own command line with a Discord on this machine in the place of the real one: its port, then any command."""

from __future__ import annotations

import runpy
import sys

from tests.support.loopback import turn_to

if __name__ == "__main__":
    turn_to(int(sys.argv.pop(1)))
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
