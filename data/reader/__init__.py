"""The reader's corpus and weights, and how it is trained: see README.md in this folder."""
