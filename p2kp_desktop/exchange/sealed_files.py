"""Files sealed to their receivers: whoever else finds one on a stick or in a chat reads no name in it.

    P2KP segel 1⏎        by which such a file is known, whatever it is called
    four bytes           how long what follows is
    {"receivers": …}     for whom it is, in words, and for each the key of the content sealed to theirs (HPKE)
    the rest             the file itself, under that key (ChaCha20-Poly1305), tied to all that stands before it

Its sender is the last of the receivers, so that it can be looked at again.
"""

import json
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from p2kp_desktop import held_files
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import sealing

from . import faults, package

ENDING = ".segel"
MAGIC = b"P2KP segel 1\n"
NOT_OURS = "B40"
_KEY, _NONCE, _LENGTH = 32, 12, 4  # bytes
_LONGEST_HEAD = 1 << 20
_MOST = 2_000  # receivers
_ABOUT = b"p2kp sealed file 1"


@dataclass(frozen=True)
class Receiver:
    """Who can open a sealed file: called what, and the public key (schema/sealing.py)."""

    name: str
    key: str


def is_sealed(path: Path) -> bool:
    """Say whether a file is sealed to somebody; False for one that cannot be read."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def seal(source: Path, target: Path, receivers: Sequence[Receiver]) -> None:
    """Write a file sealed to its receivers; raise Trouble where the disk refuses."""
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    key, nonce = secrets.token_bytes(_KEY), secrets.token_bytes(_NONCE)
    named = [{"name": each.name, "sealed": sealing.seal(each.key, key, _ABOUT).hex()} for each in receivers]
    head = json.dumps({"receivers": named, "nonce": nonce.hex()}, ensure_ascii=False).encode()
    front = MAGIC + len(head).to_bytes(_LENGTH) + head
    try:
        target.write_bytes(front + ChaCha20Poly1305(key).encrypt(nonce, source.read_bytes(), front))
    except OSError as error:
        raise faults.no_bench(error) from error


def unseal(path: Path, target: Path, private: str) -> None:
    """Write the file inside a sealed one to a place of its own.

    Raises Trouble: it is sealed to others, cut off or changed, or the disk refuses.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    front, told, sealed = _parts(path)
    keys = (sealing.unseal(private, bytes.fromhex(each["sealed"]), _ABOUT) for each in told["receivers"])
    key = next((each for each in keys if each is not None), None)
    if key is None:
        raise _not_ours(path.name, _names(told)[:-1] or _names(told))
    try:
        plain = ChaCha20Poly1305(key).decrypt(bytes.fromhex(told["nonce"]), sealed, front)
    except (InvalidTag, ValueError) as error:
        raise _spoiled(path.name) from error
    try:
        target.write_bytes(plain)
    except OSError as error:
        raise faults.no_bench(error) from error


def receivers(path: Path) -> tuple[str, ...]:
    """Return for whom a sealed file says it is; nothing where it does not say so in a sound way."""
    with suppress(Trouble):
        return _names(_parts(path)[1])
    return ()


def _parts(path: Path) -> tuple[bytes, dict[str, Any], bytes]:
    """Return front, what it tells, and what is sealed; raise Trouble for a file that is cut off or changed."""
    content = _content(path)
    start = len(MAGIC) + _LENGTH
    length = int.from_bytes(content[len(MAGIC) : start])
    front, sealed = content[: start + length], content[start + length :]
    try:
        told: dict[str, Any] = json.loads(front[start:] if length <= _LONGEST_HEAD else b"")
        if len(told["receivers"]) > _MOST or not told["nonce"]:
            raise ValueError
        for each in told["receivers"]:
            bytes.fromhex(each["sealed"] + told["nonce"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _spoiled(path.name) from error
    return front, told, sealed


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > package.LIMITS.packed:
            raise faults.too_large(path.name, say("besarnya {size} MB", size=size >> 20))
        with held_files.opened(path) as file:
            return file.read()
    except OSError as error:
        raise faults.unreadable(path.name, error) from error


def _names(told: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(each["name"])[:80] for each in told["receivers"] if isinstance(each.get("name"), str))


def _not_ours(name: str, named: Sequence[str]) -> Trouble:
    whom = ", ".join(dict.fromkeys(filter(None, named))) or say("kantor lain")
    return Trouble(
        say("Paket «{name}» disegel untuk {whom}: ruang kerja ini tidak memegang kuncinya.", name=name, whom=whom),
        safe=say("Tidak ada yang diubah."),
        remedy=say("Teruskan berkas ini kepada yang dituju. Jika memang untuk kantor ini (laptopnya berganti?), minta "
                   "pengirim mengirimnya lagi tanpa segel, atau dengan kata sandi."), code=NOT_OURS,
    )


def _spoiled(name: str) -> Trouble:
    return Trouble(
        say("Paket tersegel «{name}» terpotong atau pernah diubah, dan tidak dibuka.", name=name),
        safe=say("Tidak ada yang diubah."),
        remedy=say("Salin berkasnya sekali lagi sampai selesai, atau minta pengirim mengirimnya lagi."), code="B41",
    )
