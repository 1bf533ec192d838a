"""Semua data: any form as a table."""
