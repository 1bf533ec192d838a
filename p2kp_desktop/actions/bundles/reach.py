"""How far saves made here have come: into files that were sent, or to other offices and disks, for certain."""

from collections.abc import Iterable, Mapping

from p2kp_desktop.schema.places import concerns
from p2kp_desktop.store.transfers import ALONG, Transfer


def sent(out: Iterable[Transfer], node: str, place: str) -> int:
    """Return the count up to which a node's saves in a place are in files sent with full names."""
    return max((_edits(line.result, node) for line in out if _holds(line.result, place)), default=0)


def _edits(result: Mapping[str, object], node: str) -> int:
    edits = result.get("edits")
    tick = edits.get(node, 0) if isinstance(edits, dict) else 0
    return tick if isinstance(tick, int) else 0


def _holds(result: Mapping[str, object], place: str) -> bool:
    """Say whether a file sent holds all that was saved here of a place, with names; older releases do not say."""
    areas, along = result.get("areas"), result.get(ALONG)
    if result.get("withheld") or not isinstance(areas, list):
        return False
    return any(concerns(place, area) for area in areas) or (isinstance(along, list) and place in along)
