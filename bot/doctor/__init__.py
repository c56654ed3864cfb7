"""Checks of an installation, one thing after another: each says what is wrong and what to do about it."""
