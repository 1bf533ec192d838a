"""Kirim & Terima: sending, receiving, settling conflicts, and the log of files."""
