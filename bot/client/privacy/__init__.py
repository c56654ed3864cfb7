"""What is stored about readers: shown, deleted at a press, and deleted by itself after a time."""
