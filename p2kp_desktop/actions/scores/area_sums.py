"""The sums of areas over their RTs (rules/sums.py), of any level and period, up to date when they are read."""

from collections.abc import Sequence

from p2kp_desktop.actions.common.soundness import READ_ONLY
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.sums import Amount, Amounts, Sums, added, amounts
from p2kp_desktop.schema.places import parents, region_name, rt_words
from p2kp_desktop.store import Connection, Workspace, summaries, sums

from . import slum_scores
from .slum_scores import RtPlace

MANY = 5  # RTs of a kelurahan, from which on all of it is read at once


def refresh(workspace: Workspace) -> int:
    """Add up the RTs whose records changed, one kelurahan after another; return how many."""
    if workspace.engine.dialect.name != "sqlite":  # a server has no triggers that would have noted them
        with workspace.changing() as connection:
            sums.note_all(connection)
    with workspace.asking() as connection:
        lacking = sums.lacking(connection)
    for region, rts in lacking.items():
        with workspace.changing() as connection:
            _add_up(connection, region, rts)
    return sum(map(len, lacking.values()))


def _add_up(connection: Connection, region: str, rts: Sequence[str]) -> None:
    for rt in rts:
        summaries.complete(connection, region, rt)
    sums.keep(connection, region, rts, _counted(connection, region, rts))


def _counted(connection: Connection, region: str, rts: Sequence[str]) -> dict[tuple[str, str], dict[str, Amount]]:
    """Return the shares of some RTs of a kelurahan, by RT and period, from their assessments."""
    standings = sums.standings(connection, region, rts)
    found = {}
    for period in sums.periods(connection, region, rts):
        for one in [None] if len(rts) >= MANY else rts:
            for each in slum_scores.assessed(connection, area=region, period=period, rt=one):
                if each.rt in rts:
                    found[each.rt, period] = amounts(each, standings.get((each.rt, period), {}))
    return found


def check(workspace: Workspace) -> list[str]:
    """Return in words which sums are not those of the records, and make them anew; none where all are right.

    Where nobody may write, no sum is read either.
    """
    try:
        with workspace.changing() as connection:
            summaries.refresh(connection)
        refresh(workspace)
        wrong = _differing(workspace)
        if not wrong:
            return []
        with workspace.changing() as connection:
            sums.make(connection)
        refresh(workspace)
    except Trouble as trouble:
        if trouble.code != READ_ONLY:
            raise
        return []
    (area, rt, period), *_others = sorted(wrong)
    place = " ".join(filter(None, (rt and rt_words(rt), region_name(area) or area, period)))
    return [say("Jumlah per wilayah tidak sesuai dengan catatannya di {count} tempat (misalnya {place}); sekarang "
                "sudah dihitung ulang. Catatannya sendiri utuh.", count=len(wrong), place=place)]


def _differing(workspace: Workspace) -> set[sums.Key]:
    """Return the RTs and areas with their periods whose sums are not those of the records."""
    counted: dict[sums.Key, dict[str, Amount]] = {}
    with workspace.asking() as connection:
        kept = sums.everything(connection)
        for region, rts in sums.recorded(connection).items():
            for (rt, period), found in _counted(connection, region, rts).items():
                counted[region, rt, period] = found
                for area in parents(region):
                    key = (area.code, "", period)
                    counted[key] = added((counted.get(key, {}), found))
    return {key for key in {*kept, *counted} if kept.get(key, {}) != counted.get(key, {})}


def of(connection: Connection, area: str, rt: str | None, period: str) -> Sums:
    """Return the sums of an area, or of one RT of it, in a period."""
    return Sums(sums.of(connection, area, rt, period))


def by_period(connection: Connection, area: str, rt: str | None) -> dict[str, Sums]:
    """Return the sums of an area, or of one RT of it, in every period that it has, the first one first."""
    return {period: Sums(found) for period, found in sorted(sums.by_period(connection, area, rt).items())}


def below(connection: Connection, area: str, period: str) -> dict[RtPlace, Sums]:
    """Return the RTs of a kelurahan, the kabupaten/kota of the province, or the kelurahan of another area."""
    return {place: Sums(found) for place, found in sums.below(connection, area, period).items()}


def within(connection: Connection, area: str, rt: str | None, period: str) -> Sums:
    """Return the sums of an area of any level, or of the RTs of it that have a label, in a period."""
    if rt is None:
        return of(connection, area, None, period)
    return Sums(added(each for place, each in sums.of_rts(connection, area, period).items() if place[1] == rt))


def of_rts(connection: Connection, area: str | None, period: str) -> dict[RtPlace, Amounts]:
    """Return the amounts of every RT of an area, or of all there are, in a period."""
    return sums.of_rts(connection, area, period)


def of_areas(connection: Connection, areas: Sequence[str], period: str) -> dict[str, Sums]:
    """Return the sums of several areas in a period, of those that have any."""
    return {area: Sums(found) for area, found in sums.of_areas(connection, areas, period).items()}


def of_level(connection: Connection, area: str, period: str, parts: int) -> dict[str, Sums]:
    """Return every area with so many parts in its code that lies in another."""
    return {code: Sums(found) for code, found in sums.of_level(connection, area, period, parts).items()}


def unassessed(connection: Connection, area: str, period: str) -> int:
    """Return how many RTs of an area are recorded and have nothing to be assessed by in a period."""
    return sums.unassessed(connection, area, period)
