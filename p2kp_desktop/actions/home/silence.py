"""Who is silent: those whose files an office expects, when the last one came, what of theirs waits, a reminder."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles.acknowledgements import acknowledgements
from p2kp_desktop.actions.collaboration import programme
from p2kp_desktop.actions.review.verification import REVIEWERS
from p2kp_desktop.language import say
from p2kp_desktop.rules.sums import Sums
from p2kp_desktop.schema import written
from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.schema.places import lies_in, region, region_name, regions
from p2kp_desktop.schema.review import CHANGED, READY
from p2kp_desktop.store import Connection, Workspace, transfers
from p2kp_desktop.store.facts import Facts, facts
from p2kp_desktop.store.transfers import Transfer

QUIET = 14  # days after which who sends nothing is silent
_DEPTH = {"district": 4, "province": 2}  # parts of the code of those whose files an office expects

_File = tuple[Transfer, Mapping[str, str], Sequence[str]]  # a file that came, who sent it, of which areas


@dataclass(frozen=True)
class Silent:
    """One whose files are expected: `days` since the last came (`arrived`, ISO 8601), None where none ever did.

    `waiting` counts its households that wait to be reviewed here. `message` is what to write to it; `since` is the year
    since which it takes part in the programme, None where nobody said.
    """

    region: str
    name: str
    sender: str
    person: str
    arrived: str
    days: int | None
    waiting: int
    message: str
    since: int | None = None

    @property
    def quiet(self) -> bool:
        """Say whether it has been silent for too long."""
        return self.days is None or self.days >= QUIET


def silent(workspace: Workspace, area: str, period: str, waiting: Mapping[str, Sums]) -> list[Silent]:
    """Return those whose files this office expects from an area, who has been silent longest first.

    They are those of the programme list; where it names none, all areas below. Who sent something once comes before
    those who never did. `waiting` are the sums of the areas below.
    """
    listed = [each.region for each in programme.expected_senders(workspace, area, period)]
    with workspace.asking() as connection:
        known = facts(connection)
        if known.role not in REVIEWERS:
            return _offices(workspace, area, known)
        came = _came(connection, RANKS.get(known.role, 0))
    today = datetime.date.fromisoformat(environment.now()[:10])
    found = [_silent(code, came, waiting.get(code), known, today) for code in listed or below(known, area)]
    taking = programme.who_takes_part(workspace, period)
    told = [replace(each, since=taking.year(each.region)) for each in found]
    return sorted(told, key=lambda each: (each.days is None, -(each.days or 0), each.name))


def below(known: Facts, area: str) -> list[str]:
    """Return the areas below an office: the kelurahan of a kabupaten/kota, the kabupaten/kota of the province."""
    depth = _DEPTH[known.role]
    return [
        code for code in regions()
        if code.count(".") == depth - 1 and (lies_in(code, area) or lies_in(area, code))
        and any(lies_in(code, mine) or lies_in(mine, code) for mine in known.regions)
    ]


def _came(connection: Connection, rank: int) -> list[_File]:
    """Return the files that offices below sent, the newest first, with who sent each and of which areas."""
    found: list[_File] = []
    for each in transfers.log(connection):
        sender, areas = each.result.get("sender"), each.result.get("areas")
        if each.direction == "in" and "undone" not in each.result and isinstance(sender, dict):
            who = {str(key): str(value) for key, value in sender.items()}
            if RANKS.get(who.get("role", ""), 0) < rank:
                found.append((each, who, [str(code) for code in areas] if isinstance(areas, list) else []))
    return found


def _silent(
    code: str, came: Sequence[_File], sums: Sums | None, known: Facts,
    today: datetime.date,
) -> Silent:
    last = next(((file, who) for file, who, areas in came if any(_touch(each, code) for each in areas)), None)
    waits = sums.standing(READY) + sums.standing(CHANGED) if sums is not None else 0
    name = region_name(code)
    if last is None:
        return Silent(code, name, "", "", "", None, waits, _reminder(name, "", "", None, known))
    file, who = last
    days = (today - datetime.date.fromisoformat(file.time[:10])).days
    person, sender = who.get("person", ""), who.get("workspace", "")
    return Silent(code, name, sender, person, file.time, days, waits, _reminder(name, person, file.time, days, known))


def _touch(place: str, code: str) -> bool:
    return lies_in(place, code) or lies_in(code, place)


def _reminder(name: str, person: str, arrived: str, days: int | None, known: Facts) -> str:
    """Return the text of a reminder to somebody who is silent."""
    whom = person or say("Tim pendataan {area}", area=name)
    if days is None:
        told = say("kami belum pernah menerima berkas data {area}.", area=name)
    else:
        told = say("berkas data {area} terakhir kami terima {day}, {days} hari yang lalu.", area=name,
                   day=written.day(arrived), days=written.number(days))
    asks = say("Mohon kirim yang terbaru: di P2KP Desktop tekan Ctrl+7, lalu Kirim, dan teruskan berkas Excel-nya.")
    return say("Yth. {whom}, {told} {asks} Terima kasih. {person}, {office}", whom=whom, told=told, asks=asks,
               person=known.person, office=known.name)


def _offices(workspace: Workspace, area: str, known: Facts) -> list[Silent]:
    """Return the offices above that have answered a facilitator, who has been silent longest first."""
    def answered() -> Iterator[Silent]:
        today = datetime.date.fromisoformat(environment.now()[:10])
        for each in acknowledgements(workspace, area, known.period):
            since = each.arrived or each.date
            days = (today - datetime.date.fromisoformat(since[:10])).days if since else None
            yield Silent("", each.name, each.name, each.person, since, days, each.mine - each.has, say(
                "Yth. {whom}, dari {mine} catatan {area} yang kami kirim, {has} tercatat sudah Anda terima. Mohon "
                "balasan. {person}", whom=each.person or each.name, area=region(area).name, person=known.person,
                mine=written.number(each.mine), has=written.number(each.has),
            ))

    return sorted(answered(), key=lambda each: -(each.days or 0))
