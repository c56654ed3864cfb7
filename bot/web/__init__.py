"""Pages of the web, opened only where somebody asks for that, and in the public internet alone."""
