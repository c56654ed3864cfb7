"""What could be wrong with an installation, looked at one thing after another: each with what to do about it."""
