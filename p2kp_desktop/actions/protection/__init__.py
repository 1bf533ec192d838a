"""A workspace behind a password: opening it, its recovery words, and making one of a workspace in clear."""
