"""Who may change what with a bundle: whom an office trusts for what, and what waits for a person."""
