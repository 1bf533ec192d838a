"""Sheets of forms, blank or as they were answered, and what is taken along to the field."""
