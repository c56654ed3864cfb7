"""The stories that moderators put on the web, and the permanent pages of facts there."""
