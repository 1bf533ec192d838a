"""What every room stands on: workspaces, backups, files that are kept or delivered, long work, words for offices."""
