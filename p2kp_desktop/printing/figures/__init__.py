"""Figures on paper: tables, charts, maps, score sheets, recaps, the annex of a decree, profiles."""
