"""Review: handed in, verified, returned with comments, stamped; and erasing a person's data."""
