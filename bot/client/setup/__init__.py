"""The first minute in a server: `/setup`, which sets it up step by step."""
