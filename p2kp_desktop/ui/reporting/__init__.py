"""Laporan: the dashboard of an office, and every report as a table."""
