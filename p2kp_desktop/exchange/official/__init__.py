"""The official 16-parameter workbook of one RT, in which households and surroundings were recorded until now."""
