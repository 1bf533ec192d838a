"""What a user can do: one function each, called by the window and the command line alike."""
