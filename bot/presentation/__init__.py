"""What Discord and a terminal say alike: the wording, its translations, and how two texts differ."""
