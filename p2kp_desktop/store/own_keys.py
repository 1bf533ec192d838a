"""The private keys of a workspace: what only it can sign with, and what only it can open.

Everybody asks here, and nobody else knows where they lie.
"""

import sqlalchemy as sa

from p2kp_desktop.schema import sealing as sealed_to

from . import facts

SIGNING = "signing_key"
SEALING = "sealing_key"


def signing(connection: sa.Connection) -> str:
    """Return the private Ed25519 key as text; "" where the workspace has none, as one that was salvaged."""
    return facts.everything(connection).get(SIGNING, "")


def sealing(connection: sa.Connection) -> str:
    """Return the private X25519 key as text, to whose public one others seal (schema/sealing.py); made when lacking."""
    private = facts.everything(connection).get(SEALING, "")
    if not private:
        private = sealed_to.new_key()
        facts.note(connection, SEALING, private)
    return private


def take(connection: sa.Connection, private: str) -> None:
    """Sign with another private key from now on."""
    facts.note(connection, SIGNING, private)
