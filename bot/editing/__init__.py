"""From what a moderator types to a change of facts: reading forms, comparing them with what is known, trying before saving."""
