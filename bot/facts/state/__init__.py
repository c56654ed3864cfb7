"""What a base holds beside facts: forms, gaps, suggestions, sent replies, settings, usage, and whose the base is."""
