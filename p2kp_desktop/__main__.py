"""python -m p2kp_desktop opens the window, or says in words why it cannot."""

import sys

from p2kp_desktop import screen


def main() -> int:
    """Open the window; 1 with a sentence where the system lacks what it needs."""
    objection = screen.objection()
    if objection:
        print(objection, file=sys.stderr)  # noqa: T201  (there is no window to say it in)
        return 1
    from p2kp_desktop.app import main as open_window

    return open_window()


if __name__ == "__main__":
    sys.exit(main())
