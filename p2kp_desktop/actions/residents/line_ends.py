"""Lines of the RT head's list end as surveyed by themselves: each by the one recorded household that answers it.

That is an edit, so it is made where somebody keys, imports or looks at the RT, never by a bundle that arrives: two
workspaces that received the same are the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.resident import SURVEYED, Resident
from p2kp_desktop.rules.likeness import Comparing, House
from p2kp_desktop.schema import ALIVE, Answer, Record, is_begun_from
from p2kp_desktop.store import Connection, Workspace, neighbours, views
from p2kp_desktop.store.facts import facts

from . import residents
from .residents import line_of, listed

MATCHED = "dicocokkan dengan rumah yang didata"
_SURE = 1000  # how alike a line and the household are that was begun from it; names and numbers are at most 200
PLACE = ("region", "rt", "period")


def match(workspace: Workspace, area: str, rt: str | None, period: str) -> int:
    """Let the lines not visited yet that one recorded household answers end as surveyed; return how many.

    Of an RT, or of every RT of an area; where no line waits, or no edits are taken, nothing is begun.
    """
    with workspace.asking() as connection:
        is_retired = bool(facts(connection).retired)
    waiting = [each for each in residents.by_rt(workspace, area, period) if each.missing and rt in (None, each.rt)]
    if is_retired or not waiting:
        return 0
    with editing(workspace) as edits:
        return sum(match_within(edits, each.region, each.rt, period) for each in waiting)


def match_touched(edits: Edits) -> int:
    """Do the same wherever a household or a line was saved in a transaction that others share."""
    saved = [edits.version(*key).values() for key in edits.before if key[0] in (Household.key, Resident.key)]
    places = {tuple(values.get(key) for key in PLACE) for values in saved}
    return sum(match_within(edits, *map(str, place)) for place in places if all(place))


def match_within(edits: Edits, region: str, rt: str, period: str) -> int:
    """Do the same in an RT; what was saved in the transaction so far counts too.

    A line of which it is open whether it is deleted is left alone, for every save says that it lives.
    """
    edits.finish()
    lines = listed(edits.connection, region, rt, period)
    open_ones = [each for each in lines if each.answers.get(Resident.outcome.key) is None]
    edits.look_up(Resident.key, (each.id for each in open_ones))
    unvisited = [each for each in open_ones if ALIVE not in edits.version(Resident.key, each.id).conflicts()]
    if not unvisited:
        return 0
    taken = {line.answers.get(Resident.household.key) for line in lines if line[Resident.outcome] == SURVEYED}
    houses = [
        house for some in neighbours.households(edits.connection, period, region, rt) for house in some
        if house.id not in taken
    ]
    pairs = dict(_pairs(unvisited, houses))
    for line, household in pairs.items():
        ended: dict[str, Answer] = {Resident.outcome.key: SURVEYED, Resident.household.key: household}
        edits.save(Resident.key, line, ended, origin=MATCHED)
    return len(pairs)


def begun_at(connection: Connection, household: Record) -> str:
    """Return the line of the list of residents from which a household was begun, "" for none."""
    region, rt, period = (str(household.answers.get(key) or "") for key in PLACE)
    listed_there = views.picked(connection, Resident, (), views.Where(area=region, rt=rt, period=period)) if rt else ()
    return next((row["id"] for row in listed_there if is_begun_from(household.id, row["id"])), "")


def _pairs(lines: Sequence[Record], houses: Sequence[House]) -> Iterator[tuple[str, str]]:
    """Yield line and household where no other answers either as well; the likest first, whom a person refused never."""
    refused = {(line.id, line.answers.get(Resident.household.key)) for line in lines}
    likely = list(_likely(lines, houses))
    likely = sorted([*likely, *_begun(lines, houses, likely)], reverse=True)
    settled: set[str] = set()
    for _points, some in groupby(likely, key=itemgetter(0)):
        left = [pair for _, *pair in some if not settled.intersection(pair) and tuple(pair) not in refused]
        times = Counter(each for pair in left for each in pair)
        yield from ((line, house) for line, house in left if times[line] == times[house] == 1)
        settled.update(times)


def _begun(
    lines: Sequence[Record], houses: Sequence[House], likely: Iterable[tuple[int, str, str]]
) -> Iterator[tuple[int, str, str]]:
    """Yield line and household that was begun from it, unless another line answers that one and this line does not."""
    answered: dict[str, set[str]] = {}
    for _points, one, other in likely:
        answered.setdefault(other, set()).add(one)
    for each in lines:
        for house in houses:
            if is_begun_from(house.id, each.id) and each.id in answered.get(house.id, {each.id}):
                yield _SURE, each.id, house.id


def _likely(lines: Sequence[Record], houses: Sequence[House]) -> Iterator[tuple[int, str, str]]:
    """Yield line and household that may be one, with how alike they are: the name in percent, 100 for the number."""
    listed_as = [House(line.id, line_of(line).name, line_of(line).number) for line in lines]
    for one, other, percent in Comparing().between(listed_as, houses):
        yield percent + 100 * (bool(one.number) and one.number.casefold() == other.number.casefold()), one.id, other.id
    numbered: dict[str, list[House]] = {}
    for house in houses:
        numbered.setdefault(house.number.casefold(), []).append(house)
    for line in (each for each in listed_as if each.number):
        for house in numbered.get(line.number.casefold(), ()):
            if not (line.name and house.name):
                yield 100, line.id, house.id
