"""Drafting: a story file proposed from an article, for a person to review. Nothing of it enters a fact base by itself."""
