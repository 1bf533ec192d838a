"""Mangkuk Masyarakat: the bowl of a kelurahan, its parts with their records, the ranking of an area."""
