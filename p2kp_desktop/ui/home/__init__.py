"""Beranda: what to do next, 100-0-100, how far each RT is, the bowl."""
