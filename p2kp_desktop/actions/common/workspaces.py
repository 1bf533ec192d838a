"""Making and opening a workspace."""

from collections.abc import Sequence
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.schema.places import region
from p2kp_desktop.schema.values import tidy
from p2kp_desktop.settings import LONGEST_NAME
from p2kp_desktop.store import Workspace, create, node
from p2kp_desktop.store.keyring import Lock


def init(
    location: str | Path, *, role: str, name: str, regions: Sequence[str], person: str = "", lock: Lock | None = None
) -> Workspace:
    """Create a workspace for an area; `regions` are Kemendagri codes of any level. It holds no record.

    Its current period is this year. Raises Trouble for a location that is taken or a name that is none,
    Unreadable for a code that South Sumatra does not have.
    """
    called, who = named(name), named(person or name)
    if role not in RANKS:
        raise Trouble(
            say("Peran «{role}» tidak dikenal.", role=role),
            remedy=say("Pilih {names}.", names=", ".join(RANKS)),
            code="R20",
        )
    codes = [region(code).code for code in regions]
    identity = node.fresh()
    noted = {
        **identity,
        "name": called,
        "role": role,
        "person": who,
        "regions": " ".join(dict.fromkeys(codes)),
        "period": str(environment.this_year()),
        "made": environment.now(),
    }
    workspace = create(location, noted, lock=lock)
    node.enlist(identity, str(location))
    return workspace


def named(typed: str) -> str:
    """Return the name of a workspace or a person in one line; raise Trouble for one that is empty or too long."""
    name = " ".join(tidy(typed).split())
    if not name:
        raise Trouble(say("Namanya belum diisi."), remedy=say("Isi nama Anda atau nama kantor."), code="R21")
    if len(name) > LONGEST_NAME:
        raise Trouble(say("Namanya terlalu panjang: paling banyak {most} huruf.", most=LONGEST_NAME),
                      remedy=say("Pendekkan namanya."), code="R21")
    return name
