"""The password of a bundle: what counts as one, the same in the window and on the command line."""

import codecs
from pathlib import Path

from p2kp_desktop.language import Trouble, say

LONGEST = 200  # letters; office suites take some more
_MOST = 1 << 16  # bytes of a password file that are looked at
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def meant(typed: str) -> str:
    """Return the password without spaces around it, which nobody sees; raise Trouble for one that is none."""
    if why := objection(typed):
        raise Trouble(why, safe=say("Tidak ada berkas yang dibuat."), remedy=say("Isi kata sandinya."), code="K06")
    return typed.strip()


def objection(typed: str) -> str:
    """Say why this is no password; "" where it is one."""
    if not typed.strip():
        return say("Kata sandi kosong.")
    if len(typed.strip()) > LONGEST:
        return say("Kata sandi paling panjang {most} huruf.", most=LONGEST)
    return ""


def from_file(path: Path) -> str:
    """Return the first line of a text file as a password; raise Trouble where there is none."""
    if not path.is_file():
        said = say("Berkas kata sandi {path} tidak ditemukan.", path=path)
        raise Trouble(said, remedy=say("Periksa namanya."), code="K05")
    try:
        with path.open("rb") as file:
            content = file.read(_MOST)
        text = content.decode(next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path) from error
    if "\0" in text:
        raise _unreadable(path)
    first = text.replace("\r", "\n").split("\n", 1)[0]
    if why := objection(first):
        raise Trouble(
            say("Baris pertama berkas kata sandi {path} tidak dapat dipakai: {why}", path=path, why=why),
            safe=say("Tidak ada yang dikirim atau diterima."),
            remedy=say("Tulis kata sandinya di baris pertama, lalu simpan."), code="K06",
        )
    return meant(first)


def _unreadable(path: Path) -> Trouble:
    return Trouble(
        say("Berkas kata sandi {path} tidak dapat dibaca sebagai teks.", path=path),
        safe=say("Tidak ada yang dikirim atau diterima."),
        remedy=say("Simpan lagi sebagai teks biasa (UTF-8), dengan kata sandi di baris pertama."), code="K08",
    )
