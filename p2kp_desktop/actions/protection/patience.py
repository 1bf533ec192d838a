"""Waiting after wrong passwords: longer each time, per workspace, in this user's profile. Nothing is ever wiped.

It slows whoever sits at the laptop. Whoever copies the file away is slowed by Argon2id alone.
"""

import json
import time
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.language import Trouble, say

FREE = 3  # wrong ones without a wait
_LONGEST = 300  # seconds
_FIRST = 5


def must_not_wait(salt: bytes) -> None:
    """Raise Trouble while the wait after the last wrong password is not over."""
    left = seconds_left(salt)
    if left:
        raise Trouble(
            say("Kata sandi salah beberapa kali. Coba lagi {seconds} detik lagi.", seconds=left),
            safe=say("Datanya utuh; tidak ada yang dihapus."),
            remedy=say("Tunggu, atau buka dengan kata pemulihan."), code="K24",
        )


def seconds_left(salt: bytes) -> int:
    """Say how long is still to be waited; a clock that was set back makes no wait longer than the longest."""
    wrong, last = _noted(salt)
    wait = wait_after(wrong)
    return max(0, min(wait, round(last + wait - time.time()))) if wait else 0


def wait_after(wrong: int) -> int:
    """Give the seconds to wait after so many wrong passwords in a row."""
    return min(_LONGEST, _FIRST * 2 ** min(wrong - FREE - 1, 10)) if wrong > FREE else 0


def note_wrong(salt: bytes) -> int:
    """Note one more wrong password; give how many there were in a row."""
    wrong = _noted(salt)[0] + 1
    _note(salt, {"wrong": wrong, "last": time.time()})
    return wrong


def note_right(salt: bytes) -> None:
    """Forget the wrong ones: the right one came."""
    if _noted(salt)[0]:
        _note(salt, {"wrong": 0, "last": 0})


def _noted(salt: bytes) -> tuple[int, float]:
    try:
        told = json.loads(_file(salt).read_text(encoding="utf-8"))
        return int(told["wrong"]), float(told["last"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, 0.0


def _note(salt: bytes, told: dict[str, float]) -> None:
    place = _file(salt)
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.write_text(json.dumps(told), encoding="utf-8")
    except OSError:
        return  # a profile that cannot be written slows nobody, and must not lock out its user


def _file(salt: bytes) -> Path:
    return environment.home() / "kunci" / f"{salt.hex()}.percobaan"
