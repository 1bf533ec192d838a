"""Penjelasan nilai: why a score, percent or level is what it is, wherever in the window somebody pressed J on it.

From the total one goes deeper to a criterion, the RTs or answers behind it, and the record; figures come from
`rules/explanation.py`.
"""
