"""The password of a bundle, given in a file so that it stands in no list of commands."""

import argparse
from pathlib import Path

from p2kp_desktop.actions.common import passwords


def password_of(arguments: argparse.Namespace) -> str:
    """Return the password in the file that was named; "" where none was. Raises Trouble where it holds none."""
    return passwords.from_file(Path(arguments.password_file)) if arguments.password_file is not None else ""
