"""How the window looks: colours, letters, measures and icons, each stated once."""
