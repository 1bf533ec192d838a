"""From Excel: a table looked at before it comes in, its columns given to questions, taken in, taken back."""
