"""The explanation of a score, percent or level, wherever in the window somebody asked for it."""
