"""Passwords, given in a file so that they stand in no list of commands: of a bundle, and of a workspace.

The password of a workspace comes from the file of --password-file, or from that which P2KP_PASSWORD_FILE names; where
--password-file is that of a bundle (send, receive), from --workspace-password-file. Nobody is asked at a keyboard.
"""

import argparse
import os
from pathlib import Path

from p2kp_desktop.actions.common import passwords

FILE_IN_ENVIRONMENT = "P2KP_PASSWORD_FILE"
_OPENED = ("file", "workspace", "backup", "table")  # arguments that may name a workspace

Arguments = argparse.Namespace


def password_of(arguments: Arguments) -> str:
    """Return the password in the file that was named; "" where none was. Raises Trouble where it holds none."""
    return passwords.from_file(Path(arguments.password_file)) if arguments.password_file is not None else ""


def unlock_named(arguments: Arguments) -> None:
    """Open for this process every workspace behind a password that the arguments name. Raises Trouble.

    Without a password nothing is opened: the command says what is missing when it comes to the file.
    """
    named = getattr(arguments, "workspace_password", None) or os.environ.get(FILE_IN_ENVIRONMENT)
    if not named:
        return
    from p2kp_desktop.actions.protection import password

    given = [getattr(arguments, each, None) for each in _OPENED]
    for path in (Path(each) for each in given if isinstance(each, str)):
        if password.is_locked(path):
            password.unlock(path, passwords.from_file(Path(named)))
