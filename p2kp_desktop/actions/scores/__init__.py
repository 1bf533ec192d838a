"""Slum scores and progress: of RTs, kelurahan and periods, and where a figure comes from."""
