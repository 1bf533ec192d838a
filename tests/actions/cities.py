"""A province, two cities, and the facilitators of each, who send one another ordinary bundles."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop.actions.bundles import bundle_selection, receiving, sending
from p2kp_desktop.actions.bundles.receipt_outcome import Received
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import form
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.store import Workspace, records

PROVINCE, PALEMBANG, OKU = "16", "16.71", "16.01"
ILIR, ULU, SINDANG = "16.71.01.1001", "16.71.01.1002", "16.01.07.2001"

# What each form of a city needs to be told apart; the rest is left empty.
LEAST = {
    "readiness_rule": {"part": "volunteers", "counts": "ya"},
    "pokja": {"name": "Pokja", "basis": "SK 1"},
    "stakeholder": {"name": "Dinas PUPR", "element": "opd"},
    "commitment": {"who": "Dinas PUPR", "what": "Jalan", "year": 2026, "source": "apbd_kota", "amount": 1},
    "policy": {"kind": "sk_kumuh", "name": "SK kumuh", "area": "Kota"},
}


@dataclass
class Office:
    """One workspace and the region it works in."""

    name: str
    role: str
    area: str
    workspace: Workspace

    def put(self, key: str, **given: object) -> str:
        """Record something of a city; return its id."""
        return recording.record(self.workspace, form(key), {**LEAST[key], **given}).id

    def held(self) -> dict[str, Version]:
        """Return the records of cities by id."""
        with self.workspace.asking() as connection:
            return {each.id: each for each in records.everything(connection) if each.form in LEAST}

    def node(self) -> str:
        """Return by which name other workspaces know this one."""
        with self.workspace.asking() as connection:
            return str(sending.facts(connection).node)

    def takes_part_in(self, version: Version) -> bool:
        """Say whether a record concerns this office."""
        return any(concerns(place, self.area) for place in version.places or {""})


class Country:
    """Five offices and the ways between them; every facilitator has surveyed a household."""

    def __init__(self, make: Callable[..., Workspace], folder: Path) -> None:
        self._folder, self._number = folder, 0
        said = (
            ("prov", "province", PROVINCE), ("plg", "district", PALEMBANG), ("oku", "district", OKU),
            ("ilir", "facilitator", ILIR), ("ulu", "facilitator", ULU), ("sindang", "facilitator", SINDANG),
        )
        self.offices = {name: Office(name, role, area, make(name, role, (area,))) for name, role, area in said}
        for name in ("ilir", "ulu", "sindang"):
            recording.record(self[name].workspace, Household, {"rt": "1/1", "head_name": name})

    def __getitem__(self, name: str) -> Office:
        return self.offices[name]

    @property
    def ways(self) -> list[tuple[str, str]]:
        """Return who sends to whom, from below to above and back again."""
        up = [("ilir", "plg"), ("ulu", "plg"), ("sindang", "oku"), ("plg", "prov"), ("oku", "prov")]
        return [*up, *((above, below) for below, above in reversed(up))]

    def write(self, sender: str, receiver: str, *, full: bool = False) -> Path:
        """Return the bundle for one office: down for the places it is known to work in."""
        self._number += 1
        folder = self._folder / str(self._number)
        folder.mkdir()
        here, there = self[sender], self[receiver]
        office, areas = "", ()
        if bundle_selection.is_back(here.role, there.role):
            with here.workspace.asking() as connection:
                known = {each.node: each.places for each in bundle_selection.offices(connection, there.role)}
            office, areas = (there.node(), ()) if known.get(there.node()) else ("", (there.area,))
        return sending.send(here.workspace, folder, to=there.role, office=office, areas=areas, full=full).path

    def bring(self, sender: str, receiver: str) -> Received:
        """Carry an ordinary bundle."""
        return receiving.receive(self[receiver].workspace, self.write(sender, receiver))

    def rounds(self, number: int = 1, ways: Sequence[tuple[str, str]] = ()) -> list[Received]:
        """Carry bundles along all ways, so many times."""
        return [self.bring(*way) for _ in range(number) for way in ways or self.ways]
