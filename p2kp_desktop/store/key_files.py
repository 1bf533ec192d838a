"""Where the key files of workspaces lie: beside the file, in its folder of backups, and in this user's profile.

A workspace and its copies are known by the salt at their head, so one that was renamed or moved on this machine finds
its keys in the profile. A key file holds sealed secrets only; losing every one of them loses nothing that the words
on paper do not bring back.
"""

import json
import logging
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from p2kp_desktop import environment

from . import files, keyring, slots
from .slots import Slots

log = logging.getLogger(__name__)

ENDING = ".kunci"
_MOST = 1 << 20  # bytes of a key file that are looked at


def beside(path: Path) -> Path:
    """Give the name of the key file beside a workspace."""
    return path.with_name(f"{path.name}{ENDING}")


def found(path: Path) -> list[Slots]:
    """Give what is known of who opens an enciphered file, the nearest key file first; nothing for one in clear."""
    try:
        salt = files.salt_of(path)
    except OSError:
        return []
    return by_salt(path, salt) if salt else []


def meant_salt(path: Path) -> bytes:
    """Give the salt of what a place is protected with, also where the head of its file is damaged or the file gone.

    A damaged head is told by the key file beside it; b"" for a place in clear. Raises OSError.
    """
    salt, beside_it = files.salt_of(path), read(beside(path))
    if beside_it is None or salt == beside_it.salt or keyring.lock_of(salt):
        return salt
    return b"" if path.exists() and files.begins_in_clear(path) else beside_it.salt


def has_lost_its_head(path: Path) -> bool:
    """Say whether a file was enciphered with another salt than the one at its head, or with none: nobody opens it."""
    return path.exists() and files.salt_of(path) != meant_salt(path)


def by_salt(path: Path, salt: bytes) -> list[Slots]:
    """Give what the key files beside a place and in the profile say of the files with a salt, the newest first."""
    said = [each for place in _places(path, salt) if (each := read(place)) is not None and each.salt == salt]
    return sorted(dict.fromkeys(said), key=lambda each: -each.revision)


def _places(path: Path, salt: bytes) -> list[Path]:
    others = sorted(path.absolute().parent.glob(f"*{ENDING}"))
    return [*dict.fromkeys([beside(path.absolute()), *others, _in_profile(salt)])]


def replace_all(path: Path, kept: Slots, folders: Iterable[Path]) -> list[Path]:
    """Write a key file over every older one of its files near a workspace and in folders; give those left as they are.

    An old one opens with the passwords that it was written with.
    """
    places = dict.fromkeys(_places(path, kept.salt))
    places |= dict.fromkeys(place for folder in folders for place in sorted(folder.glob(f"*{ENDING}")))
    left = []
    for place in places:
        found = read(place)
        if found is not None and found.salt == kept.salt and found != kept:
            try:
                write(place, slots.written(kept))
            except OSError:
                left.append(place)
    return left


def read(place: Path) -> Slots | None:
    """Give what a key file says; None where there is none or it says nothing."""
    try:
        with place.open("rb") as file:
            return slots.read(json.loads(file.read(_MOST)))
    except (OSError, ValueError, RecursionError):  # the last: brackets within brackets, thousands deep
        return None


def keep(path: Path, kept: Slots) -> None:
    """Write the key file beside a workspace and in the profile; raises OSError where neither can be written."""
    places, refused = [beside(path), _in_profile(kept.salt)], None
    written = 0
    for place in places:
        try:
            if read(place) != kept:
                write(place, slots.written(kept))
            written += 1
        except OSError as error:
            log.warning("a key file cannot be written")
            refused = error
    if refused is not None and not written:
        raise refused


def keep_in_profile(kept: Slots) -> None:
    """Write the key file in the profile; raises OSError where it cannot be written."""
    write(_in_profile(kept.salt), slots.written(kept))


def accompany(path: Path, copies: Path) -> None:
    """Put the key file of a workspace into a folder with copies of it; nothing for one in clear.

    Raises nothing: where it cannot be put, the copies open with the profile's keys and with the words.
    """
    for kept in found(path)[:1]:
        with suppress(OSError):
            place = copies / beside(path).name
            if read(place) != kept:
                write(place, slots.written(kept))


def come_along(source: Path, target: Path) -> None:
    """Keep the keys of a copy beside the place that it is put in; nothing for one in clear. Raises nothing."""
    for kept in found(source)[:1]:
        with suppress(OSError):
            keep(target, kept)


def _in_profile(salt: bytes) -> Path:
    return folder() / f"{salt.hex()}{ENDING}"


def folder() -> Path:
    """Give the folder of keys in this user's profile."""
    return environment.home() / "kunci"


def write(place: Path, told: Mapping[str, Any]) -> None:
    """Write a file of keys whole or not at all, for this user alone. Raises OSError."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(told, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
