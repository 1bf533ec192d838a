"""Two households that may be one, side by side: who they are, who recorded them when, where they differ."""

from collections.abc import Mapping
from dataclasses import dataclass

from p2kp_desktop.actions.common.office_words import when
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.record_names import masked
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.likeness import Likeness
from p2kp_desktop.schema import ALIVE, Answer, written
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Connection, Workspace, history, records


@dataclass(frozen=True)
class PairAnswers:
    """What the two say to one thing, and whether it differs."""

    asked: str
    left: str
    right: str
    differs: bool


@dataclass(frozen=True)
class Pair:
    """Two households as they stand now, line by line; `same` counts the other questions answered alike."""

    left: str
    right: str
    lines: tuple[PairAnswers, ...]
    same: int
    others: tuple[PairAnswers, ...]  # the other questions that both answered, differently


_SHOWN = (
    Household.head_name, Household.nik, Household.kk_number, Household.building, Household.members_male,
    Household.members_female,
)


def pair(workspace: Workspace, found: Likeness) -> Pair:
    """Return the two households side by side; raise Trouble when one of them is gone."""
    left, right = found.one.id, found.other.id
    with workspace.asking() as connection:
        versions = records.read(connection, Household.key, [left, right])
        if any(not versions[each].values().get(ALIVE) if each in versions else True for each in (left, right)):
            raise Trouble(say("Rumah ini tidak ada lagi."), remedy=say("Muat ulang daftarnya."), code="D03")
        one, two = (_told(connection, versions[each]) for each in (left, right))
        answers = versions[left].values(), versions[right].values()
    lines = tuple(PairAnswers(asked, one[asked], two[asked], differs=one[asked] != two[asked]) for asked in one)
    same, others = _others(*answers)
    return Pair(left, right, lines, same, others)


def _told(connection: Connection, version: Version) -> dict[str, str]:
    values = version.values()
    name, nik, card, number, men, women = (values.get(question.key) for question in _SHOWN)
    place = (say("RT {rt}", rt=values["rt"]) if values.get("rt") else "", region_name(str(values.get("region") or "")))
    count = men + women if isinstance(men, int) and isinstance(women, int) else None
    saves = [row.save for row in history.of_record(connection, version.id)]
    first = min(saves, key=lambda save: save.time, default=None)
    last = max(saves, key=lambda save: save.time, default=None)
    return {
        say("Nama"): str(name or say("(kosong)")),
        say("RT"): " · ".join(filter(None, place)),
        say("Nomor bangunan"): str(number or say("(kosong)")),
        say("Anggota"): say("{count} orang", count=written.number(count)) if count is not None else say("(kosong)"),
        say("NIK"): masked(nik) if nik else say("(kosong)"),
        say("Nomor KK"): masked(card) if card else say("(kosong)"),
        say("Didata"): f"{first.person} · {when(first.time)}" if first else "",
        say("Terakhir diubah"): f"{last.person} · {when(last.time)}" if last else "",
    }


def _others(left: Mapping[str, Answer], right: Mapping[str, Answer]) -> tuple[int, tuple[PairAnswers, ...]]:
    """Compare the remaining questions that both answered."""
    same, differing = 0, []
    for question in Household.stored():
        one, two = left.get(question.key), right.get(question.key)
        if question in _SHOWN or one is None or two is None:
            continue
        if one == two:
            same += 1
        else:
            number, wording = record_names.asked(Household.key, question.key)
            first, second = (record_names.shown(Household.key, question.key, answer) for answer in (one, two))
            differing.append(PairAnswers(" ".join(filter(None, (number, wording))), first, second, differs=True))
    return same, tuple(differing)
