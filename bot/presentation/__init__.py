"""What Discord and a terminal say in the same way: the wording, and how two texts differ."""
