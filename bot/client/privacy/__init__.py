"""What is kept of readers: shown, deleted at a press, and forgotten in time."""
