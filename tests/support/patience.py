"""How long tests wait for what comes by itself: what they say is no matter of how busy the machine is."""

from __future__ import annotations

PATIENCE = 300.0
"""Seconds. What is over sooner costs none of them, so only a test that fails takes so long."""
