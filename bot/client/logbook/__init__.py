"""The logbook of a server: the log channel, `/audit`, taking changes back, and what follows a change."""
