"""The RT head's list of residents, how each line of it ended, and the houses not visited yet."""
