"""The Linux packages: a .deb on the system's Python, and a folder with its own Python for every other distribution."""
