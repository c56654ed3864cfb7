"""Killed processes and real races on one file; ``FOOTNOTE_TORTURE=20`` does twenty times as much."""

from __future__ import annotations

import os

SCALE = max(1, int(os.environ.get("FOOTNOTE_TORTURE", "1")))
