"""The password of a bundle: what counts as one, the same in the window and on the command line.

Whatever a file is locked with opens it; a password for a new file has to be hard to guess, since a bundle on a lost
stick can be tried for as long as its finder likes.
"""

import codecs
import secrets
from pathlib import Path

from p2kp_desktop.exchange import signing
from p2kp_desktop.language import Trouble, say

LONGEST = 200  # letters; office suites take some more
SHORTEST = 6  # letters and figures of a password for a new file
SHORTEST_NUMBER = 10  # figures of one that has nothing else
_DIFFERENT = 4  # of them
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "password", "katasandi")
_OFFERED = 4  # words
_FIGURES = 10_000
_MOST = 1 << 16  # bytes of a password file that are looked at
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def meant(typed: str) -> str:
    """Return the password without spaces around it, which nobody sees; raise Trouble for one that is none."""
    if why := objection(typed):
        raise Trouble(why, safe=say("Tidak ada berkas yang dibuat."), remedy=say("Isi kata sandinya."), code="K06")
    return typed.strip()


def chosen(typed: str) -> str:
    """Return a password for a new file; raise Trouble for one that is none or easily guessed."""
    password = meant(typed)
    if why := weakness(password):
        raise Trouble(why, safe=say("Tidak ada berkas yang dibuat."),
                      remedy=say("Pakai empat kata yang tidak berhubungan, misalnya «{words}».", words=offered()),
                      code="K14")
    return password


def weakness(typed: str) -> str:
    """Say why a password is too weak for a new file, or is none; "" where it is good."""
    password = typed.strip()
    if why := objection(password):
        return why
    folded = password.casefold()
    short = len(password) < (SHORTEST_NUMBER if password.isdigit() else SHORTEST)
    if short or len(set(folded)) < _DIFFERENT or any(folded in row for row in _ROWS):
        return say("Kata sandi ini mudah ditebak: pakai sedikitnya {least} huruf yang beragam.", least=SHORTEST)
    return ""


def offered() -> str:
    """Return a password of four words and a number, another one each time: easy to say by telephone, 45 bits.

    A file locked with it stands 100,000 rounds of hashing for every guess.
    """
    words = [secrets.choice(signing.fingerprint_words()) for _place in range(_OFFERED)]
    return " ".join([*words, f"{secrets.randbelow(_FIGURES):04}"])


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
        text = text_of(path)
    except (OSError, ValueError) as error:
        raise _unreadable(path) from error
    first = text.replace("\r", "\n").split("\n", 1)[0]
    if why := objection(first):
        raise Trouble(
            say("Baris pertama berkas kata sandi {path} tidak dapat dipakai: {why}", path=path, why=why),
            safe=say("Tidak ada yang dikirim atau diterima."),
            remedy=say("Tulis kata sandinya di baris pertama, lalu simpan."), code="K06",
        )
    return meant(first)


def text_of(path: Path) -> str:
    """Give the text of a small file, whatever editor wrote it. Raises OSError, and ValueError for what is no text."""
    with path.open("rb") as file:
        content = file.read(_MOST)
    text = content.decode(next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8"))
    if "\0" in text:
        raise ValueError("a zero byte is no text")
    return text


def _unreadable(path: Path) -> Trouble:
    return Trouble(
        say("Berkas kata sandi {path} tidak dapat dibaca sebagai teks.", path=path),
        safe=say("Tidak ada yang dikirim atau diterima."),
        remedy=say("Simpan lagi sebagai teks biasa (UTF-8), dengan kata sandi di baris pertama."), code="K08",
    )
