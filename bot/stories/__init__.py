"""Reading and writing story files."""
