"""Sealing to one receiver: whoever has a public key can close something that only its private key opens.

HPKE with X25519, HKDF-SHA256 and ChaCha20-Poly1305 (RFC 9180), keys as text in base64.
"""

import base64
from typing import Any


def new_key() -> str:
    """Give a fresh private key as text."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return _text(X25519PrivateKey.generate().private_bytes_raw())


def public_of(private: str) -> str:
    """Give the public key of a private one; "" for none."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return _text(X25519PrivateKey.from_private_bytes(_raw(private)).public_key().public_bytes_raw()) if private else ""


def is_public(text: str) -> bool:
    """Say whether a text is a public key to which something can be sealed."""
    try:
        seal(text, b"", b"")
    except ValueError:
        return False
    return True


def seal(public: str, plain: bytes, about: bytes) -> bytes:
    """Close something for the holder of a public key; it opens only together with what it is `about`.

    Raises ValueError for a text that is no such key.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    return bytes(_suite().encrypt(plain, X25519PublicKey.from_public_bytes(_raw(public)), info=about))


def unseal(private: str, sealed: bytes, about: bytes) -> bytes | None:
    """Open what was sealed to a private key; None where it was sealed to another one, or was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    try:
        return bytes(_suite().decrypt(sealed, X25519PrivateKey.from_private_bytes(_raw(private)), info=about))
    except InvalidTag:
        return None


def _suite() -> Any:
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
