"""The parts of the main window and of what stands in its place before a workspace is open."""
