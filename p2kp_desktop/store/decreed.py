"""The kawasan with the decrees about them: one place says which hectares and RTs the newest decree has."""

from dataclasses import dataclass

import sqlalchemy as sa

from p2kp_desktop.forms.kawasan import Decree, Kawasan
from p2kp_desktop.rules.decree_ledger import Decrees, decrees
from p2kp_desktop.schema import Record

from .views import Where, counted


@dataclass(frozen=True)
class Decreed:
    """A kawasan, its answers as every sum sees them, and its decrees."""

    record: Record
    decrees: Decrees


def kawasan(connection: sa.Connection, area: str | None = None) -> list[Decreed]:
    """Return the kawasan of an area in order of id; those whose decree was revoked among them."""
    later: dict[str, list[Record]] = {}
    for each in counted(connection, Decree):
        later.setdefault(str(each.answers.get("parent") or ""), []).append(each)
    found = counted(connection, Kawasan, Where(area=area))
    return [Decreed(each, decrees(each, later.get(each.id, ()))) for each in found]
