"""Pertemuan: meetings, what was said and decided there, who came."""
