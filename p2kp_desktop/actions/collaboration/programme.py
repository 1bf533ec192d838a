"""Who takes part in the programme, who is proposed, and from whom bundles are therefore expected.

The list is data: a province records its kabupaten/kota, a kabupaten/kota the kelurahan that take part. While nobody
recorded any, nobody is expected; what ships is only ever offered.
"""

import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from p2kp_desktop import environment
from p2kp_desktop.actions.recording.named_acts import acting
from p2kp_desktop.actions.recording.recording import keep_within
from p2kp_desktop.forms import Rt, RtRecap, RtSurvey
from p2kp_desktop.forms.programme import Participation
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.places import city_of, concerns, lies_in, region_name
from p2kp_desktop.store import Connection, Workspace, summaries, views
from p2kp_desktop.store.facts import facts
from p2kp_desktop.store.views import Where

FILE = "programme.toml"
FROM_PROPOSAL = "usulan peserta"
MOST_NAMED = 7
NOT_SURE, SURE = "tidak", "ya"
_NAMES = uuid.UUID("0b6fb6a2-7c0f-5c3e-8a55-2f1e4d0c9b17")


@dataclass(frozen=True)
class Participant:
    """A kabupaten/kota or kelurahan that takes part, or is proposed (`id` "" then); years None where nobody said."""

    id: str
    region: str
    programme: str
    since: int | None
    until: int | None
    decree: str
    source: str
    sure: bool | None

    @property
    def name(self) -> str:
        """Return the region by name, a kelurahan with its kabupaten/kota."""
        city = city_of(self.region)
        own = region_name(self.region)
        return own if city == self.region else f"{own}, {region_name(city)}"

    def takes_part(self, year: int | None) -> bool:
        """Say whether it takes part in a year; in some year, when none is named."""
        return year is None or (self.since or 0) <= year <= (self.until or 9999)


def participants(workspace: Workspace, area: str) -> list[Participant]:
    """Return who takes part in an area, by region and year."""
    with workspace.asking() as connection:
        return within(connection, area)


def within(connection: Connection, area: str) -> list[Participant]:
    """Return the same inside a transaction."""
    found = [_participant(each) for each in views.counted(connection, Participation, Where(area=area or None))]
    here = (each for each in found if not area or concerns(each.region, area))
    return sorted(here, key=lambda each: (each.region, each.since or 0, each.id))


def _participant(record: Record) -> Participant:
    sure = record.understood(Participation.sure)
    return Participant(
        record.id, str(record.understood(Participation.village) or record.answers.get("region") or ""),
        str(record.understood(Participation.programme) or ""), record[Participation.since],
        record[Participation.until], record.show(Participation.decree), record.show(Participation.source),
        None if sure is None else sure == SURE,
    )


@cache
def shipped() -> tuple[Participant, ...]:
    """Return the participants that ship as a proposal."""
    said = tomllib.loads((environment.resources() / FILE).read_text(encoding="utf-8"))
    return tuple(Participant("", region, said["programme"], said["since"], None, "", said["source"], False)
                 for region in said["regions"])


def offered(workspace: Workspace, area: str) -> list[Participant]:
    """Return who is proposed in an area and is not recorded."""
    with workspace.asking() as connection:
        return _offered(connection, area)


def _offered(connection: Connection, area: str) -> list[Participant]:
    known = {each.region for each in within(connection, area)}
    return [each for each in shipped() if concerns(each.region, area) and each.region not in known]


def take_offered(workspace: Workspace, area: str) -> int:
    """Record who is proposed in an area, as not confirmed, in one act that can be taken back; return how many."""
    with acting(workspace, say("Usulan peserta program")) as edits:
        taken = 0
        for each in _offered(edits.connection, area):
            ident = str(uuid.uuid5(_NAMES, f"{each.programme}|{each.region}"))  # of two offices the same record
            keep_within(edits, Participation, {
                "id": ident, "region": each.region, "programme": each.programme, "since": each.since,
                "source": each.source, "sure": NOT_SURE,
            }, origin=FROM_PROPOSAL)
            taken += 1
    return taken


@dataclass(frozen=True)
class ExpectedSender:
    """Somebody from whom a bundle is expected: in which role, for which region."""

    role: str
    region: str


def expected_senders(workspace: Workspace, area: str, period: str = "") -> tuple[ExpectedSender, ...]:
    """Return from whom this office expects bundles of an area in a period, by the programme list.

    A province expects each kabupaten/kota that takes part; a kabupaten/kota each of its kelurahan that is named, or,
    where it takes part and names none, each of which it has records of an RT. A facilitator expects nobody.
    """
    year = int(period[:4]) if period[:4].isdigit() else None
    with workspace.asking() as connection:
        role = facts(connection).role
        taking = [each for each in within(connection, "") if each.takes_part(year)]
        cities = {city_of(each.region) for each in taking}
        if role == "province":
            expected = [ExpectedSender("district", city) for city in sorted(cities) if concerns(city, area)]
        elif role == "district":
            named = {each.region for each in taking if city_of(each.region) != each.region}
            silent = cities - {city_of(region) for region in named}
            known = _known(connection, period) if silent else set()
            villages = named | {region for region in known if city_of(region) in silent}
            expected = [ExpectedSender("facilitator", each) for each in sorted(villages) if lies_in(each, area)]
        else:
            expected = []
    return tuple(expected)


def _known(connection: Connection, period: str) -> set[str]:
    """Return the kelurahan of which there is any record of an RT."""
    found = {str(row["region"]) for form in (Rt, RtSurvey, RtRecap)
             for row in views.picked(connection, form, ("region",))}
    return found | {place[0] for place in summaries.known(connection, period=period or None)}


@dataclass(frozen=True)
class Taking:
    """Which kabupaten/kota and kelurahan take part in a period, and since which year (None where nobody said)."""

    since: Mapping[str, int | None]

    @property
    def cities(self) -> frozenset[str]:
        """Return the kabupaten/kota of which all or a part takes part."""
        return frozenset(map(city_of, self.since))

    def holds(self, region: str) -> bool:
        """Say whether a region takes part: it lies in one that does, or is the kabupaten/kota of one that does.

        A province does not: its figures are also of those who do not.
        """
        return "." in region and any(concerns(region, each) for each in self.since)

    def year(self, region: str) -> int | None:
        """Return since when a region takes part, by the narrowest entry around it; None where nobody said."""
        around = [each for each in self.since if lies_in(region, each)]
        return self.since[max(around, key=len)] if around else None

    @property
    def words(self) -> str:
        """Return who takes part since when."""
        named = [say("{name} (sejak {year})", name=region_name(region), year=year) if year else region_name(region)
                 for region, year in sorted(self.since.items())]
        more = len(named) - MOST_NAMED
        told = ", ".join(named[:MOST_NAMED]) + (say(" dan {number} lainnya", number=more) if more > 0 else "")
        return say("hanya peserta program: {names}", names=told)


def taking_part(workspace: Workspace, period: str) -> Taking:
    """Return who takes part in the programme in a period; raise Trouble where nobody is recorded who does."""
    found = who_takes_part(workspace, period)
    if not found.since:
        raise Trouble(
            say("Tidak ada peserta program yang tercatat untuk {period}.", period=period or say("periode mana pun")),
            remedy=say("Catat pesertanya dulu di Kolaborasi, tab Kebijakan (P); usulannya ada di sana."), code="Q09")
    return found


def who_takes_part(workspace: Workspace, period: str) -> Taking:
    """Return the same, perhaps of nobody."""
    year = int(period[:4]) if period[:4].isdigit() else None
    with workspace.asking() as connection:
        listed = [each for each in within(connection, "") if each.takes_part(year)]
    since: dict[str, int | None] = {}
    for each in listed:  # in order of region and year: the first year counts
        since.setdefault(each.region, each.since)
    return Taking(since)
