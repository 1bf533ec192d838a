"""Where the file of an open workspace stands: a stick is pulled, a folder taken away, another file put in its place.

A file that is open may be written to long after nobody can find it any more, and what is written then is lost
though the disk said that it was there. So every question and every change asks first whether the file still lies
where it was opened.

A save counts only when the disk acknowledged it and the file is still found under its name; until then what was typed
is held in `ui/unsaved.py`, and the window does not close over it without asking.
"""

import threading
from pathlib import Path
from urllib.parse import quote

from p2kp_desktop import disks
from p2kp_desktop.language import Trouble, say

_COPY_IT = (
    "Salin berkas itu ke folder di laptop ini, lalu buka salinannya. Bila beberapa orang bekerja bersama, pakai server "
    "basis data, atau saling kirim paket."
)
_PUT_IT_HERE = (
    "Pilih folder di laptop ini. Bila beberapa orang bekerja bersama, pakai server basis data, atau saling kirim paket."
)
GONE, OTHER = "R07", "R08"
STALE = (GONE, OTHER, "R12", "R13", "R16")  # faults after which a connection is not used again


Sign = tuple[int, int]  # device and number of a file: what tells it from any other one that has its name


class Footing:
    """The file as it was when the connections to it were made; `known` is None while they are not to be trusted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.returning = threading.RLock()  # one at a time looks whether it is back
        self.known = self._here()

    def is_firm(self) -> bool:
        """Say whether the connections lead to the file that lies there; raise Trouble where nothing lies there."""
        return self._there() == self.known

    def must_be(self, sign: Sign | None) -> None:
        """Raise Trouble unless the file is still the one that was written to: else nobody finds what was written."""
        if self._there() != sign:
            self.lose()
            raise another(self.path)

    def renew(self) -> None:
        """Take the file that lies there now for the one that was opened."""
        self.known = self._here()

    def lose(self) -> None:
        """Trust the connections no longer: what they lead to is gone, or cannot be written."""
        self.known = None

    def _there(self) -> Sign:
        here = self._here()
        if here is not None:
            return here
        self.lose()
        raise gone(self.path)

    def _here(self) -> Sign | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino


def gone(path: Path) -> Trouble:
    """Return the trouble that tells that nothing lies in the place of a workspace any more."""
    return Trouble(
        say("Ruang kerja {name} tidak ada di tempatnya ({parent}).", name=path.name, parent=path.absolute().parent),
        safe="Yang sudah tersimpan ada di berkas itu; perubahan terakhir belum tersimpan.",
        remedy="Pasang lagi flashdisk atau disknya, atau kembalikan foldernya.", code=GONE,
    )


def must_lie_here(path: Path) -> None:
    """Raise Trouble for a workspace in a folder of another computer.

    SQLite shares its log through memory, which two computers do not have in common: both would write, and neither see.
    """
    if disks.is_shared(path.absolute().parent):
        raise Trouble(
            say("Ruang kerja {name} ada di folder jaringan ({parent}). Bila dua laptop menulis ke sana, isinya dapat "
                "rusak.", name=path.name, parent=path.absolute().parent),
            remedy=_COPY_IT if path.exists() else _PUT_IT_HERE, code="R34",
        )


def unreadable(path: Path) -> Trouble:
    """Return the trouble that tells that a workspace is there and its disk does not give it."""
    return Trouble(
        say("Disk tempat ruang kerja {name} tidak dapat dibaca.", name=path.name),
        safe="Perubahan terakhir belum tersimpan. Belum tentu berkasnya rusak.",
        remedy="Pasang lagi flashdisk atau disknya, lalu coba lagi. Bila tetap gagal, pulihkan cadangan.", code="R16",
    )


def another(path: Path) -> Trouble:
    """Return the trouble that tells that another workspace lies in the place of the one that is open."""
    return Trouble(
        say("Di tempat ruang kerja {name} sekarang ada berkas lain.", name=path.name),
        safe="Berkas itu tidak disentuh; perubahan terakhir belum tersimpan.",
        remedy="Kembalikan berkas yang tadi dibuka ke tempatnya.", code=OTHER,
    )


def uri(path: Path, mode: str) -> str:
    """Return the name by which SQLite opens a file in a mode: «ro» never writes to it, «rw» never makes one."""
    whole = path.absolute().as_posix()
    return f"file://{'' if whole.startswith('/') else '/'}{quote(whole)}?mode={mode}"
