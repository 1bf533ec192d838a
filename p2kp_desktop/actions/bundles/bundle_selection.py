"""Which records a bundle holds: those of its areas that its receivers are not known to have.

What this laptop saved goes along wherever it lies, also in a kelurahan that is not sent as a whole.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from p2kp_desktop.actions.trust import standing
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.causality import RANKS, Vector, goes_beyond
from p2kp_desktop.schema.places import concerns, is_wide, lies_in
from p2kp_desktop.schema.review import RETURNED
from p2kp_desktop.store import Connection, dispatch, node, receipts, reviews
from p2kp_desktop.store.facts import facts, known_edits
from p2kp_desktop.store.receipts import Acquaintance

Spot = tuple[str, str, str]  # form, region, RT

_OF_CITIES = ("district",)  # the roles that work in a whole kabupaten/kota
_BYTES = 40_000, 450, 250  # of a bundle: for itself, per record, per save; measured, compressed
_PASSWORD = 8_000  # more behind a password


@dataclass(frozen=True)
class Selection:
    """What a bundle holds, counted without reading the answers.

    `whole` counts all records of the areas and what goes along, `counts` the living ones among those that go,
    `deleted` the others of these; `saves` the rows of history. `since` is what the receivers have, by place.

    What was saved here, under the nodes `own`, goes along wherever it lies: of the places `along` nothing else goes.
    `outside` counts what goes of no area, `split` gives all places of what goes of several. `behind` counts
    what was saved here, lies elsewhere and stays, because only these areas were asked for.
    """

    areas: tuple[str, ...]
    places: tuple[str, ...] = ()
    since: Mapping[str, Vector] = field(default_factory=dict)
    whole: int = 0
    counts: Mapping[Spot, int] = field(default_factory=dict)
    deleted: int = 0
    saves: int = 0
    own: frozenset[str] = frozenset()
    along: tuple[str, ...] = ()
    outside: int = 0
    split: Mapping[str, frozenset[str]] = field(default_factory=dict)
    behind: int = 0

    @property
    def goes_on_from(self) -> dict[str, Vector]:
        """Return the saves that the receivers have of each place in the bundle: the bundle goes on from there."""
        return {place: self.since[place] for place in (*self.places, *self.along) if place in self.since}

    @property
    def records(self) -> int:
        """Return how many records go."""
        return sum(self.counts.values()) + self.deleted

    @property
    def size(self) -> int:
        """Return about how many bytes the file will have."""
        base, record, save = _BYTES
        return base + record * self.records + save * self.saves + _PASSWORD

    def inside(self, places: frozenset[str]) -> frozenset[str]:
        """Return those places of a record that are of the areas; a bundle is whole for these and no others."""
        return frozenset(place for place in places if is_of(place, self.areas))

    def takes(self, vector: Vector, places: frozenset[str]) -> bool:
        """Say whether a record goes: it is of the areas, or saved here, and includes what the receivers may lack."""
        inside = self.inside(places)
        news = bool(inside or not places) and is_news(vector, inside, self.since)
        return news or self.goes_along(vector, places - inside)

    def goes_along(self, vector: Vector, places: frozenset[str]) -> bool:
        """Say whether a record of places that are none of the areas was saved here without the receivers' knowing."""
        return bool(places) and is_news(_part(vector, self.own), places, self.since)


def is_of(place: str, areas: Iterable[str]) -> bool:
    """Say whether a place is of one of these areas."""
    return any(concerns(place, area) for area in areas)


def is_news(vector: Vector, places: Iterable[str], since: Mapping[str, Vector]) -> bool:
    """Say whether a record includes an edit that is not known of any of its places."""
    return any(goes_beyond(vector, since.get(place, {})) for place in places or ("",))


def _part(vector: Vector, nodes: frozenset[str]) -> Vector:
    return {node: tick for node, tick in vector.items() if node in nodes}


def select(
    connection: Connection, to: str, areas: Sequence[str] = (), *, full: bool = False, office: str = ""
) -> Selection:
    """Return the selection of records for a bundle to a role, or to one known workspace of it; `full` ignores receipts.

    Without areas everything goes: of the areas of the workspace, back to an office those of its own. On the way up
    that is also what was saved here of any other place.
    """
    about = facts(connection)
    mine = frozenset(node.made_here(connection))
    known = known_to(connection, to, office)
    chosen = tuple(areas) or (areas_of(connection, office) if office else about.regions)
    everything = not is_back(about.role, to) and all(any(lies_in(place, each) for each in chosen)
                                                     for place in about.regions)
    drawn = Selection(chosen, since={} if full else known, own=mine if everything else frozenset())
    left = Selection(chosen, since=known, own=frozenset() if is_back(about.role, to) else mine)
    return _counted(connection, drawn, left)


def _counted(connection: Connection, drawn: Selection, left: Selection) -> Selection:
    """Return the selection with what it holds; what of `left` it does not hold stays behind."""
    inside: dict[frozenset[str], frozenset[str]] = {}
    counts, along, whole, deleted, outside, behind = Counter[Spot](), set[str](), 0, 0, 0, 0
    split: dict[str, frozenset[str]] = {}
    for mark in dispatch.marks(connection):
        places = inside.setdefault(mark.places, drawn.inside(mark.places))
        belongs, beyond = bool(places or not mark.places), mark.places - places
        goes_along = bool(beyond and drawn.own) and drawn.goes_along(mark.vector, beyond)
        whole += belongs or goes_along
        if goes_along or (belongs and (not drawn.since or is_news(mark.vector, places, drawn.since))):
            counts[mark.form, mark.region, mark.rt] += mark.alive
            deleted += not mark.alive
            outside += not belongs
            split.update({mark.id: mark.places} if beyond or len(mark.places) > 1 else {})
            along |= beyond if goes_along else set()
        elif beyond and left.goes_along(mark.vector, beyond):
            behind += 1
    told = {"", *(place for places in inside.values() for place in places)}
    saves = dispatch.saves_beyond(connection, told, drawn.since)
    saves += dispatch.saves_elsewhere(connection, split, told, drawn.since)
    return replace(
        drawn, places=tuple(sorted(told)), whole=whole, counts=+counts, deleted=deleted, saves=saves,
        along=tuple(sorted(along)), outside=outside, split=split, behind=behind,
    )


def outside_words(count: int) -> str:
    """Say how many records of other places go along because they were saved here; "" for none."""
    if not count:
        return ""
    return say("Termasuk {count} catatan di luar wilayah yang disunting di laptop ini.", count=count)


def behind_words(count: int) -> str:
    """Say how many records of other places stay though nobody acknowledged what was saved here; "" for none."""
    if not count:
        return ""
    return say("Di luar wilayah yang dipilih masih ada {count} catatan yang disunting di laptop ini dan belum ada "
               "tanda terimanya. Kirim seluruh wilayah agar ikut.", count=count)


def known_to(connection: Connection, role: str, office: str = "") -> dict[str, Vector]:
    """Return the edits that the receivers have, by place; nothing of a place where one may lack them.

    Sending up, every known workspace of the role counts. Sending back, a place counts for those who work in it,
    for a district knows many facilitators, each with a kelurahan of its own. What stands at a city is known only
    when everybody who works anywhere in it has it: who never received it would be left out for ever.
    """
    receivers = [
        each.node for each in receipts.acquainted(connection, role)
        if office in ("", each.node) and standing.is_believed(connection, each)
    ]
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
