"""The preview: the real bot on a simulated Discord, in a browser."""
