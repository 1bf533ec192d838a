"""What Mangkuk Masyarakat shows of a scope, asked for at once."""

from dataclasses import dataclass

from p2kp_desktop.actions.community import readiness
from p2kp_desktop.actions.community.readiness import Governed, VillageBowl
from p2kp_desktop.rules.bowl import Part
from p2kp_desktop.schema.places import region
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.place import Scope


@dataclass(frozen=True)
class Seen:
    """What there is to show of a scope; `unranked` counts the kelurahan that have no record yet."""

    found: tuple[VillageBowl, ...]
    past: tuple[VillageBowl, ...]
    parts: tuple[Part, ...]
    governed: Governed
    unranked: int = 0


def seen_in(workspace: Workspace, scope: Scope) -> Seen:
    """Return the bowls, parts and rules to show of a scope; raise Unreadable."""
    governed = readiness.governed(workspace, scope.area)
    found = readiness.standings(workspace, scope.area, scope.period)
    if region(scope.area).is_village:
        return Seen(found, readiness.history(workspace, scope.area), found[0].parts, governed)
    parts = readiness.together(found, governed.rules)
    return Seen(found, (), parts, governed, readiness.unranked(workspace, scope.area, found))
