"""Keeping what was read in articles: a card for each sentence, the list of them, and the button under answers."""
