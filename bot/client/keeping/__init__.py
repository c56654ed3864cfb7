"""Keeping what was read in articles: a card for each sentence, the list of those that wait, and the button under answers."""
