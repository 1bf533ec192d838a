"""Backups as the window shows them: keeping them, going back to one, and what to do with a damaged file."""
