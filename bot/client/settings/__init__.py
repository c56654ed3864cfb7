"""The settings of a server, its status, and the deletion of everything that it has."""
