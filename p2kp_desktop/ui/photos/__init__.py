"""The place Foto: photos read, shown with their records, pointed at where nothing tells, and filed at once."""
