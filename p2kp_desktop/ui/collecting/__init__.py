"""Pendataan: RTs, households and the forms of a kelurahan, each list a way to its forms."""
