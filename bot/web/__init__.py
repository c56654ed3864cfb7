"""Fetching pages of the public internet, and nothing else, only when somebody has asked for it."""
