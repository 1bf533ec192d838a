"""Signatures on saves: each row of history bears one of its node, over the hash of the row.

Ed25519, as those on bundles, with words before the hash so that neither is ever taken for the other. The hash of a
row covers what the save did, its place in the chain, and the row before it: one signature speaks for all rows up to
its own. Rows of releases before this one have none; they stay readable as «sebelum tanda tangan».
"""

import base64
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

LONGEST = 100  # letters of a signature as text

_MEANT = "simpanan P2KP Desktop: "


def signed(private: str, seal: str) -> str:
    """Give the signature over a row of this hash as text."""
    return base64.b64encode(_private(private).sign(_text(seal))).decode()


def holds(public: str, seal: str, mark: str) -> bool:
    """Say whether the holder of a key signed the row of this hash; whatever is no key and no signature is none."""
    from cryptography.exceptions import InvalidSignature

    try:
        _public(public).verify(base64.b64decode(mark, validate=True), _text(seal))
    except (InvalidSignature, ValueError):
        return False
    return True


def _text(seal: str) -> bytes:
    return f"{_MEANT}{seal}".encode()


@lru_cache(maxsize=4)
def _private(private: str) -> "Ed25519PrivateKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(private, validate=True))


@lru_cache(maxsize=1000)
def _public(public: str) -> "Ed25519PublicKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(base64.b64decode(public, validate=True))
