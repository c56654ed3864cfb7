"""What is known: the records, their dates, and the SQLite file that keeps them."""
