"""Workbooks behind a password, as office suites open and make them (ECMA-376 agile encryption)."""

import struct
from pathlib import Path

from p2kp_desktop.language import Trouble, say

from . import apart, faults, package
from .apart import Beat

WRONG = "B20"  # the code of the trouble with a wrong password


def is_locked(path: Path) -> bool:
    """Say whether the file is a workbook behind a password."""
    return package.is_locked(path)


def lock(source: Path, target: Path, password: str) -> None:
    """Write the workbook behind a password; raise Trouble when the disk refuses."""
    from msoffcrypto.format.ooxml import OOXMLFile

    try:
        with source.open("rb") as plain, target.open("wb") as locked:
            OOXMLFile(plain).encrypt(password, locked)
    except OSError as error:
        raise faults.no_bench(error) from error


def unlock(source: Path, target: Path, password: str, *, beat: Beat | None = None) -> None:
    """Write the workbook without its password, in a process apart.

    Raises Trouble when the password is wrong or the disk refuses, and whatever `beat` raises.
    """
    apart.ask(source, package.LIMITS, "unlock", str(target), password, beat=beat)


def unlock_here(source: Path, target: Path, password: str) -> None:
    """Write the workbook without its password, in this process; raise Trouble."""
    import msoffcrypto
    from msoffcrypto.exceptions import DecryptionError, InvalidKeyError

    try:
        with source.open("rb") as locked, target.open("wb") as plain:
            office = msoffcrypto.OfficeFile(locked)
            try:
                office.load_key(password=password, verify_password=True)
            except InvalidKeyError as error:
                raise wrong_password(source.name) from error
            office.decrypt(plain, verify_integrity=True)
    except OSError as error:
        raise (faults.no_bench(error) if error.errno else faults.damaged(source.name)) from error
    except (DecryptionError, InvalidKeyError, ValueError, KeyError, struct.error) as error:
        raise faults.damaged(source.name) from error


def wrong_password(name: str) -> Trouble:
    """Return the trouble with a password that does not open the file."""
    return Trouble(
        say("Kata sandi untuk {name} salah.", name=name),
        remedy="Tanyakan kata sandinya kepada pengirim, lalu coba lagi.",
        code=WRONG,
    )
