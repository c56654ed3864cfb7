"""The log of a server: its channel, `/audit`, taking changes back, and what follows a change."""
