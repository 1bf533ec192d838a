"""Bundles: what goes into one, how one is received, what came back, and taking an import back."""
