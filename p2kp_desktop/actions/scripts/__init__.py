"""What the command line prints of forms and records, in the shapes that scripts rely on."""
