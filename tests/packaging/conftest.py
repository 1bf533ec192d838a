"""What packs the program for laptops runs on Linux only, and is tested there."""

import sys

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []
