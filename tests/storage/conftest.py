"""The real command line, which backs up and restores."""

from __future__ import annotations

from tests.support.command_line import home, run

__all__ = ["home", "run"]
