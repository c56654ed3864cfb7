"""Answers in a terminal: how they read there, and a conversation."""
