"""How a page is set and looked at: paper, documents as values, the head of an office, codes, pages as pictures."""
