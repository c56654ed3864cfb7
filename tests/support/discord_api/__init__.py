"""Discord's own description of the requests it takes, and what it says in words alone; no request of the bot may break either."""
