"""python -m p2kp_desktop opens the window."""

import sys

from p2kp_desktop.app import main

sys.exit(main())
