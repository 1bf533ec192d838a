"""Mutu Data: rules that are broken, likely duplicates side by side, what is unusual, keying again, operators."""
