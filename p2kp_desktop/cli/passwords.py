"""The password of a bundle, given in a file so that it stands in no list of commands."""

import argparse
from pathlib import Path

from p2kp_desktop.language import Trouble, say


def password_of(arguments: argparse.Namespace) -> str:
    """Return the first line of the password file; "" where none was named. Raises Trouble when it is not there."""
    if not arguments.password_file:
        return ""
    path = Path(arguments.password_file)
    if not path.is_file():
        said = say("Berkas kata sandi {path} tidak ditemukan.", path=path)
        raise Trouble(said, remedy=say("Periksa namanya."), code="K05")
    return path.read_text(encoding="utf-8").split("\n")[0].strip()
