"""From Excel: a table of any program, read, looked at as a plan, and carried out as one act."""
