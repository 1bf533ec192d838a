"""The private keys of a workspace: what only it can sign with.

Everybody asks here, and nobody else knows where they lie.
"""

import sqlalchemy as sa

from . import facts

SIGNING = "signing_key"


def signing(connection: sa.Connection) -> str:
    """Return the private Ed25519 key as text; "" where the workspace has none, as one that was salvaged."""
    return facts.everything(connection).get(SIGNING, "")


def take(connection: sa.Connection, private: str) -> None:
    """Sign with another private key from now on."""
    facts.note(connection, SIGNING, private)
