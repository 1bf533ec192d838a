"""Signatures on bundles: Ed25519 over the seal, one key per workspace, fingerprints as words.

A false signature refuses a file; no signature does not: who sent something never decides whether it is read. The six
words of a fingerprint are for comparing by telephone.
"""

import base64
import hashlib
from functools import cache

from p2kp_desktop import environment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.signing_keys import new_key as new_key
from p2kp_desktop.schema.signing_keys import public_of as public_of

METHOD = "ed25519"
WORDS = 6  # of 256 words each: 48 bits, enough to compare by telephone


def signed(private: str, seal: str) -> tuple[str, str]:
    """Return method and signature of a seal; the signature names its public key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(_raw(private))
    return METHOD, f"{_text(key.public_key().public_bytes_raw())}.{_text(key.sign(seal.encode()))}"


def signer(seal: str, signature: tuple[str, str] | None, name: str) -> str:
    """Return the public key that signed the seal, or "" where nobody did; raise Trouble for a false signature.

    A method of a newer release counts as no signature.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if signature is None or signature[0] != METHOD:
        return ""
    public, _, mark = signature[1].partition(".")
    try:
        Ed25519PublicKey.from_public_bytes(_raw(public)).verify(_raw(mark), seal.encode())
    except (InvalidSignature, ValueError) as error:
        raise Trouble(
            say("Tanda tangan pada {name} tidak cocok: berkas ini diubah di luar program.", name=name),
            remedy="Minta pengirim mengirim ulang berkas aslinya.", code="B21",
        ) from error
    return _text(_raw(public))  # base64 has several spellings of one key


def mark(private: str, text: str) -> str:
    """Sign a text, for a certificate say; whose key it is stands elsewhere."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return _text(Ed25519PrivateKey.from_private_bytes(_raw(private)).sign(text.encode()))


def is_mark(public: str, text: str, made: str) -> bool:
    """Say whether a key signed a text."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(_raw(public)).verify(_raw(made), text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def fingerprint(public: str) -> str:
    """Return a public key as six words that two people can compare."""
    digest = hashlib.sha256(public.encode()).digest()
    return " ".join(fingerprint_words()[byte] for byte in digest[:WORDS])


@cache
def fingerprint_words() -> tuple[str, ...]:
    """Return the 256 short Indonesian words of fingerprints."""
    text = (environment.resources() / "words" / "id.txt").read_text(encoding="utf-8")
    return tuple(text.split())


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
