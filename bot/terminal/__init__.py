"""What the command line shows of answers and facts, and the conversation in a terminal."""
