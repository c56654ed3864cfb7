"""Footnote: a Discord bot that answers from a checked fact base and cites its sources on every answer."""

__version__ = "0.1.0"
