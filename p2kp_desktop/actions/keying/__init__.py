"""One record under the hands: typed, kept as a draft, saved; no screen is needed for it."""
