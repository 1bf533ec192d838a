"""Known faults of the world, told in words: disk full, file locked, read-only, damaged."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy.exc

from p2kp_desktop.language import Trouble, say

from . import files, footing, reaching

_BEFORE = "Yang sudah tersimpan tetap aman; perubahan terakhir belum tersimpan."
_DOUBTFUL = "Perubahan terakhir belum tersimpan. Cadangan yang ada tidak disentuh."
_LITTLE = 1 << 20  # bytes: SQLite needs more than this for the files beside the workspace
_UNSOUND = ("R14", "R15", "R16", "R17")  # nobody knows then whether what was saved before is still whole

# What the database says → what happened, what to do, code.
_TOLD = {
    "disk is full": ("Disk penuh.", "Kosongkan ruang disk, lalu simpan lagi.", "R10"),
    "database is locked": (
        "Ruang kerja sedang dipakai program lain.", "Tutup program itu atau tunggu sebentar, lalu coba lagi.", "R11"
    ),
    "55P03": (  # a server says it by number, whatever its language
        "Ruang kerja sedang ditulis orang lain.", "Tunggu sebentar, lalu simpan lagi.", "R11"
    ),
    "readonly database": (
        "Ruang kerja ini hanya dapat dibaca.", "Salin berkasnya ke folder di laptop ini, lalu buka salinannya.", "R12"
    ),
    "unable to open": (
        "Ruang kerja tidak dapat dibuka.",
        "Tutup program lain yang mungkin memakainya, dan periksa izin berkas dan foldernya.", "R13",
    ),
    "Could not decode": ("Ruang kerja ini rusak.", "Jangan dipakai lagi; pulihkan dari cadangan terakhir.", "R14"),
    "malformed": ("Ruang kerja ini rusak.", "Jangan dipakai lagi; pulihkan dari cadangan terakhir.", "R14"),
    "not a database": ("Berkas ini bukan ruang kerja, atau kata sandinya salah.", "Periksa berkasnya.", "R15"),
    "disk I/O error": ("Disk tidak dapat ditulis atau dibaca.", "Periksa disk atau flashdisk, lalu coba lagi.", "R16"),
    "connection": ("Server basis data tidak dapat dihubungi.", "Periksa server dan jaringannya.", "R17"),
}


@contextmanager
def told(name: str) -> Iterator[None]:
    """Raise Trouble for a known fault of the database `name`; anything else passes as it is."""
    name = re.sub(r"(://[^/@]*?):[^/]*@", r"\1@", name)  # an address may hold a password, a sentence may not
    try:
        yield
    except files.driver_errors(sqlalchemy.exc.DBAPIError) as error:  # the driver's own, where SQLAlchemy is not between
        orig = getattr(error, "orig", error)
        said = f"{orig} {getattr(orig, 'sqlstate', None) or ''}"
        for clue, (what, remedy, code) in _TOLD.items():
            if clue in said:
                if other := _behind(code, name):
                    raise other from error
                safe = _DOUBTFUL if code in _UNSOUND else _BEFORE
                raise Trouble(
                    say("{what} ({name})", what=say(what), name=name), safe=safe, remedy=remedy, code=code
                ) from error
        raise
    except UnicodeDecodeError as error:  # so damaged that not even the database's complaint is text
        what, remedy, code = _TOLD["malformed"]
        raise Trouble(
            say("{what} ({name})", what=say(what), name=name), safe=_DOUBTFUL, remedy=remedy, code=code
        ) from error


def _behind(code: str, name: str) -> Trouble | None:
    """What is behind a fault that looks like damage: a disk that was pulled, or one that is full."""
    file = Path(name)
    if code not in ("R13", "R14", "R15", "R16") or "://" in name:
        return None
    if not reaching.is_readable(file):
        return footing.gone(file) if not file.exists() else footing.unreadable(file)
    if code == "R16" and _free(file.parent) < _LITTLE:
        what, remedy, code = _TOLD["disk is full"]
        return Trouble(say("{what} ({name})", what=say(what), name=name), safe=_BEFORE, remedy=remedy, code=code)
    return None


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder.absolute()).free
    except OSError:
        return _LITTLE
