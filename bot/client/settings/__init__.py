"""How the bot behaves in a server, how it stands there, and deleting everything of it."""
