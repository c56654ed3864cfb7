"""The settings of a server, its status, and the deletion of all its data."""
