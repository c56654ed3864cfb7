"""What members and channels follow, how they are told, and what is new."""
