"""Files from strangers, each read in a process of its own that is ended at its limits."""
