"""From what a moderator types to a change of facts: forms are read, held against what is known, and tried before saving."""
