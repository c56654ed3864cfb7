"""Looking around in the facts: quotes, actors, the time line, the network, the sources, and citing any of them."""
