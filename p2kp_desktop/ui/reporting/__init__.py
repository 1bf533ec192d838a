"""Laporan: the dashboard of an office, the list of every report, and one report as a table.

It states no report and no card: both come from `reports/`, where one is added without touching this folder.
"""
