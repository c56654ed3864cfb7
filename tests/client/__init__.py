"""The Discord side: what a person sees, on the real bot in a simulated Discord."""
