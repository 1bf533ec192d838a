"""Whether the last receiving of bundles came to its end: a laptop that was switched off in the middle tells nobody.

Nothing is half then, for each file is one transaction; but whoever believed it received should hear that it was not.
A mark in the program's folder says so. It names no file: their names are nobody's business outside the workspace.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.language import say


@contextmanager
def marked(location: str) -> Iterator[None]:
    """Mark a workspace while it receives; the mark stays where the program does not live to take it away."""
    mark = _mark(location)
    with suppress(OSError):  # the mark is a service, and no reason not to receive
        mark.touch()
    try:
        yield
    finally:
        with suppress(OSError):
            mark.unlink(missing_ok=True)


def take(location: str) -> bool:
    """Say whether receiving was broken off here, once."""
    mark = _mark(location)
    with suppress(OSError):
        mark.unlink()
        return True
    return False


def words() -> tuple[str, str, str]:
    """Say what that means, what to do, and where."""
    return (
        say("Penerimaan terakhir terputus sebelum selesai."),
        say("Data Anda utuh: tiap berkas diterima seluruhnya atau tidak sama sekali. Terima lagi berkasnya; yang sudah "
            "masuk tidak berubah."),
        say("Buka Kirim & Terima"),
    )


def _mark(location: str) -> Path:
    sign = hashlib.sha256(location.encode(errors="surrogatepass")).hexdigest()[:16]
    return environment.home() / f"receiving-{sign}"
