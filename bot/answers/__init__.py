"""From a question to an answer: read it, find facts, rank them, decide whether they answer, cut the short answer."""
