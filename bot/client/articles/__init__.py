"""Articles read on Discord: from links, files, pasted text and messages, taken into a story, and proposed by members."""
