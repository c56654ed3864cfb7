"""Pictures of facts, drawn to be read on a phone: PNG files with the words that tell what is in them."""
