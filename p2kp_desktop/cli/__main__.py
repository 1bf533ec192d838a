"""Lets `python -m p2kp_desktop.cli` run the p2kp command."""

import sys

from . import main

sys.exit(main())
