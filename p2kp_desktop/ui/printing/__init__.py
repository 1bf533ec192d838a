"""Cetak: what is in front of somebody, and all else that can be printed, looked at and then printed or saved."""
