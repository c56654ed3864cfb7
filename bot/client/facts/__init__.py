"""Moderators keep the facts: forms to add and change them, what a change would do, what it was before, and taking it back."""
