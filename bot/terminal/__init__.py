"""How the command line shows answers and facts."""
