"""Records of every form: created, changed, found, named, told apart, deleted and brought back."""
