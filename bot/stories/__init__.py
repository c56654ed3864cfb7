"""Story files in and out."""
