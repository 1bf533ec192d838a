"""Mutu Data: problems by rule, likely duplicates, what is unusual, operators, keying again."""
