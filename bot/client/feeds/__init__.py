"""Feeds that moderators follow, what these offer, and articles that are read again from their pages."""
