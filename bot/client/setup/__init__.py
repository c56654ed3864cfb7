"""The first minute in a server: the message with which the bot joins, and `/setup`, which sets it up step by step."""
