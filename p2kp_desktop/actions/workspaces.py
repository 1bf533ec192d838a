"""Making and opening a workspace."""

from collections.abc import Sequence
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.exchange import signing
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.schema.places import region
from p2kp_desktop.store import Workspace, create, node


def init(
    location: str | Path, *, role: str, name: str, regions: Sequence[str], person: str = "", key: str | None = None
) -> Workspace:
    """Create a workspace for an area; `regions` are Kemendagri codes of any level. It holds no record.

    Its current period is this year. Raises Trouble for a location that is taken, Unreadable for a code
    that South Sumatra does not have.
    """
    if role not in RANKS:
        raise Trouble(f"Peran «{role}» tidak dikenal.", remedy=f"Pilih {', '.join(RANKS)}.", code="R20")
    codes = [region(code).code for code in regions]
    identity = node.fresh()
    noted = {
        **identity,
        "name": name.strip(),
        "role": role,
        "person": (person or name).strip(),
        "regions": " ".join(dict.fromkeys(codes)),
        "period": str(environment.this_year()),
        "made": environment.now(),
        "signing_key": signing.new_key(),
    }
    workspace = create(location, noted, key=key)
    node.enlist(identity, str(location))
    return workspace
