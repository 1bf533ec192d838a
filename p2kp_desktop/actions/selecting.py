"""Which records a bundle holds: those of its areas that its receivers are not known to have."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.causality import RANKS, Vector, goes_beyond
from p2kp_desktop.schema.places import concerns, is_wide, lies_in
from p2kp_desktop.schema.review import RETURNED
from p2kp_desktop.store import Connection, dispatch, receipts, reviews
from p2kp_desktop.store.facts import facts, known_edits
from p2kp_desktop.store.receipts import Acquaintance

Spot = tuple[str, str, str]  # form, region, RT

_OF_CITIES = ("district",)  # the roles that work in a whole kabupaten/kota
_BYTES = 40_000, 450, 250  # of a bundle: for itself, per record, per save; measured, compressed
_PASSWORD = 8_000  # more behind a password


@dataclass(frozen=True)
class Selection:
    """What a bundle holds, counted without reading the answers.

    `whole` counts all records of the areas, `counts` the living ones among those that go, `deleted` the
    others of these; `saves` the rows of history. `since` is what the receivers have, by place.
    """

    areas: tuple[str, ...]
    places: tuple[str, ...]
    since: Mapping[str, Vector]
    whole: int
    counts: Mapping[Spot, int]
    deleted: int
    saves: int

    @property
    def records(self) -> int:
        """Return how many records go."""
        return sum(self.counts.values()) + self.deleted

    @property
    def size(self) -> int:
        """Return about how many bytes the file will have."""
        base, record, save = _BYTES
        return base + record * self.records + save * self.saves + _PASSWORD

    def belongs(self, places: frozenset[str]) -> bool:
        """Say whether a record with these places was ever of one of the areas, or is of all."""
        return not places or any(concerns(place, area) for place in places for area in self.areas)

    def told_of(self, places: frozenset[str]) -> frozenset[str]:
        """Return of which of its places a bundle with such a record tells: of no city but that of the areas."""
        return frozenset(
            place for place in places if not is_wide(place) or any(concerns(place, area) for area in self.areas)
        )

    def takes(self, vector: Vector, places: frozenset[str]) -> bool:
        """Say whether a record goes: it is of the areas and includes an edit that the receivers may lack."""
        return self.belongs(places) and is_news(vector, self.told_of(places), self.since)


def is_news(vector: Vector, places: Iterable[str], since: Mapping[str, Vector]) -> bool:
    """Say whether a record includes an edit that is not known of any of its places."""
    return any(goes_beyond(vector, since.get(place, {})) for place in places or ("",))


def select(
    connection: Connection, to: str, areas: Sequence[str], *, full: bool = False, office: str = ""
) -> Selection:
    """Return what goes to the offices of a role, or to one known workspace of it; `full` ignores receipts."""
    known = {} if full else known_to(connection, to, office)
    drawn = Selection(tuple(areas), (), known, 0, {}, 0, 0)
    told: dict[frozenset[str], frozenset[str] | None] = {}
    places, counts, whole, deleted = {""}, Counter[Spot](), 0, 0
    for mark in dispatch.marks(connection):
        if mark.places not in told:
            told[mark.places] = drawn.told_of(mark.places) if drawn.belongs(mark.places) else None
            places |= told[mark.places] or set()
        its = told[mark.places]
        if its is None:
            continue
        whole += 1
        if not known or is_news(mark.vector, its, known):
            counts[mark.form, mark.region, mark.rt] += mark.alive
            deleted += not mark.alive
    since = {place: known[place] for place in sorted(places) if place in known}
    saves = dispatch.saves_beyond(connection, places, since)
    return Selection(tuple(areas), tuple(sorted(places)), since, whole, +counts, deleted, saves)


def known_to(connection: Connection, role: str, office: str = "") -> dict[str, Vector]:
    """Return the edits that the receivers have, by place; nothing of a place where one may lack them.

    Sending up, every known workspace of the role counts. Sending back, a place counts for those who work in it,
    for a district knows many facilitators, each with a kelurahan of its own. What stands at a city is known only
    when everybody who works anywhere in it has it: who never received it would be left out for ever.
    """
    receivers = [each.node for each in receipts.acquainted(connection, role) if office in ("", each.node)]
    holders = [known_edits(connection, node) for node in receivers]
    places = {place for holder in holders for place in holder}
    back = is_back(facts(connection).role, role)
    found: dict[str, Vector] = {}
    for place in places:
        vectors = [holder.get(place, {}) for holder in holders if not back or _works_in(holder, place)]
        shared = set.intersection(*(set(vector) for vector in vectors))
        if shared:
            found[place] = {node: min(vector[node] for vector in vectors) for node in shared}
    return found


def _works_in(holder: Iterable[str], place: str) -> bool:
    """Say whether a workspace that holds records of these places works in this one."""
    return any(lies_in(each, place) for each in holder)


def is_back(role: str, to: str) -> bool:
    """Say whether sending from one role to another is a return bundle."""
    return RANKS.get(to, 0) < RANKS.get(role, 0)


def awaits_return(connection: Connection, to: str) -> bool:
    """Say whether a record was returned to an office of this role and did not reach it yet."""
    returned = {line.id for line in reviews.lines(connection, None, None, (RETURNED,))}
    known = known_to(connection, to) if returned else {}
    return bool(returned) and any(
        mark.id in returned and is_news(mark.vector, mark.places, known) for mark in dispatch.marks(connection)
    )


@dataclass(frozen=True)
class Office:
    """A known workspace and the kelurahan it works in; of a district without one yet, its city."""

    node: str
    name: str
    person: str
    places: tuple[str, ...]


def offices(connection: Connection, role: str) -> list[Office]:
    """Return the known workspaces of a role by name."""
    found = [_office(connection, each) for each in receipts.acquainted(connection, role)]
    return sorted(found, key=lambda each: each.name)


def _office(connection: Connection, known: Acquaintance) -> Office:
    held = sorted(place for place in known_edits(connection, known.node) if place)
    villages = tuple(place for place in held if not is_wide(place))
    cities = tuple(place for place in held if is_wide(place) and "." in place) if known.role in _OF_CITIES else ()
    return Office(known.node, known.name, known.person, villages or cities)


def areas_of(connection: Connection, office: str) -> tuple[str, ...]:
    """Return the kelurahan of a known workspace; raise Trouble for one that was never met."""
    known = receipts.remembered(connection, office)
    places = _office(connection, known).places if known else ()
    if not places:
        raise Trouble(
            say("Belum ada paket yang diterima dari ruang kerja ini."),
            remedy=say("Pilih wilayahnya, atau terima dahulu paketnya."), code="K07",
        )
    return places
