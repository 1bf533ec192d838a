"""The indicator «aturan bersama»: what the agreements of each kelurahan had come to in a period."""

from collections.abc import Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.common.as_of import as_of, today
from p2kp_desktop.forms.agreement import Visit
from p2kp_desktop.rules.agreements import Day, Standing, standing
from p2kp_desktop.schema.places import parents, region_name
from p2kp_desktop.store import Workspace, listing, views
from p2kp_desktop.store.views import Where

from . import agreement_versions
from .agreements import in_area, text

FACTS = ("exists", "agreed", "legalised", "in_force", "monitored")


@dataclass(frozen=True)
class Indicator:
    """The indicator of a kelurahan in a period; `count` are its agreements that exist then."""

    region: str
    count: int
    exists: bool
    agreed: bool
    legalised: bool
    in_force: bool
    monitored: bool  # somebody visited within the period

    @property
    def name(self) -> str:
        """Return the name of the kelurahan."""
        return region_name(self.region)

    @property
    def above(self) -> str:
        """Return the name of its kecamatan, which tells it from others of its name."""
        return next((each.name for each in reversed(tuple(parents(self.region))) if not each.is_village), "")

    @property
    def reached(self) -> int:
        """Return how many of the facts are so."""
        return sum(getattr(self, fact) for fact in FACTS)


def indicator(workspace: Workspace, area: str, period: str) -> list[Indicator]:
    """Return the indicator for every kelurahan of an area that has an agreement or a known RT, by code.

    Of a period that is over it says how things stood on its last day; a step without a date counts for the present.
    """
    date = as_of(period)
    day = Day(date, date < today())
    with workspace.asking() as connection:
        surveyed = listing.known_rts(connection, [area], period) if area else []
        kept: dict[str, list[tuple[Standing, bool]]] = {each: [] for each, _rt, _count in surveyed}
        agreements = in_area(connection, area)
        former = agreement_versions.of_area(connection, area, agreements)
        visits = views.picked(connection, Visit, ("parent", "date"), Where(area=area or None))
        visited = {row["parent"] for row in visits if str(row["date"] or "").startswith(f"{period[:4]}-")}
    for each in agreements:
        stood = standing(each, former[each.id], day)
        kept.setdefault(text(each, "region"), []).append((stood, each.id in visited))
    return [_together(region, found) for region, found in sorted(kept.items())]


def _together(region: str, found: Sequence[tuple[Standing, bool]]) -> Indicator:
    there = [(each, visited) for each, visited in found if each.exists]
    agreed, legalised, in_force = (any(getattr(each, fact) for each, _visited in there) for fact in FACTS[1:-1])
    monitored = any(visited for _each, visited in there)
    return Indicator(region, len(there), bool(there), agreed, legalised, in_force, monitored)


def totals(found: Sequence[Indicator]) -> dict[str, int]:
    """Return in how many kelurahan each fact is so."""
    return {fact: sum(getattr(each, fact) for each in found) for fact in FACTS}
