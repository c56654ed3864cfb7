"""Reading files in processes of their own."""
