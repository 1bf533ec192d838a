"""What people write to each other and sign: agreements, letters and minutes of meetings, notices on a board."""
