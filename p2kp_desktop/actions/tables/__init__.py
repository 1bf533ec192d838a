"""Records as tables: households page by page, any form with its columns, a block for the clipboard."""
