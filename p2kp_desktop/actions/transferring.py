"""Kirim and its log, as the screen asks for them: what a bundle would hold, where to save it, what was sent."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import say
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.values import show_date
from p2kp_desktop.store import Connection, Workspace, summaries, transfers, views
from p2kp_desktop.store.facts import everything, facts, note

from . import sending
from .scoring import RtPlace
from .sending import Sent

FOLDER = "send_folder"  # the note with the folder of the last bundle
RECEIVERS = {"facilitator": ("district",), "district": ("province", "facilitator"), "province": ("district",)}


def role_words(role: str) -> str:
    """Return what people call an office."""
    words = {
        "facilitator": say("Fasilitator kelurahan"), "district": say("Kabupaten/Kota"), "province": say("Provinsi"),
    }
    return words.get(role, role)


def when(text: str) -> str:
    """Return a moment as 4 Oktober 2022, 11.20, by the clock that wrote it."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{show_date(moment.date().isoformat())}, {moment:%H.%M}"


@dataclass(frozen=True)
class RtContents:
    """What a bundle holds of one RT: household records, how many of them lack an answer, its two RT forms."""

    region: str
    rt: str
    households: int = 0
    incomplete: int = 0
    surveyed: bool = False
    recapped: bool = False


@dataclass(frozen=True)
class Contents:
    """What a bundle would hold: living records by title of their form, deleted ones, and its RTs in order."""

    forms: tuple[tuple[str, int], ...]
    deleted: int
    rts: tuple[RtContents, ...]

    @property
    def total(self) -> int:
        """Return how many records would be sent."""
        return sum(count for _, count in self.forms) + self.deleted


@dataclass(frozen=True)
class Sending:
    """Who can send to whom: the offices, the nearest first, and the kelurahan that hold records."""

    receivers: tuple[str, ...]
    villages: tuple[str, ...]
    area: str  # of the workspace, in words


def choices(workspace: Workspace) -> Sending:
    """Return what can be chosen before sending."""
    with workspace.asking() as connection:
        about = facts(connection)
        villages = {place[0] for place in summaries.known(connection)}
        villages |= {region for form in FORMS if form.place for region, _ in _places(connection, form, None)}
    names = ", ".join(region_name(code) for code in about.regions)
    return Sending(RECEIVERS.get(about.role, ("district",)), tuple(sorted(villages)), names)


def _places(connection: Connection, form: type[Form], area: str | None) -> set[RtPlace]:
    """Return region and RT of the records of a form; households are known from their summaries."""
    if form not in (Rt, RtSurvey, RtRecap):
        return set()
    found = views.found(connection, form, views.Where(area=area))
    return {(str(record.answers.get("region") or ""), str(record.answers.get("rt") or "")) for record in found}


def contents(workspace: Workspace, area: str | None = None) -> Contents:
    """Return what a bundle of an area (a region of any level; None: everything) would hold."""
    with workspace.changing() as connection:
        summaries.refresh(connection)
    with workspace.asking() as connection:
        counted = [(form, _count(connection, form, area, deleted=False)) for form in FORMS]
        deleted = sum(_count(connection, form, area, deleted=True) for form in FORMS)
        surveyed, recapped = (_places(connection, form, area) for form in (RtSurvey, RtRecap))
        households: Counter[RtPlace] = Counter()
        incomplete: Counter[RtPlace] = Counter()
        for (region, rt, _), tally in summaries.known(connection, area=area).items():
            households[region, rt] += tally.households
            incomplete[region, rt] += tally.incomplete
        places = sorted({*households, *surveyed, *recapped, *_places(connection, Rt, area)})
    rts = tuple(
        RtContents(*place, households[place], incomplete[place], place in surveyed, place in recapped)
        for place in places
    )
    return Contents(tuple((form.title, count) for form, count in counted if count), deleted, rts)


def _count(connection: Connection, form: type[Form], area: str | None, *, deleted: bool) -> int:
    return views.count(connection, form, views.Where(area=area if form.place else None, deleted=deleted))


@dataclass(frozen=True)
class Target:
    """A folder where a bundle can be saved, and what it is: drive, last or documents."""

    folder: Path
    name: str
    kind: str


def targets(workspace: Workspace, drives: Sequence[tuple[str, Path]], documents: Path | None) -> list[Target]:
    """Return where to save: every removable drive, the folder of last time, the documents; each once."""
    with workspace.asking() as connection:
        last = everything(connection).get(FOLDER, "")
    found = [Target(path, name or path.name or str(path), "drive") for name, path in drives]
    if last:
        found.append(Target(Path(last), say("Folder terakhir"), "last"))
    if documents is not None:
        found.append(Target(documents, say("Dokumen di laptop ini"), "documents"))
    once = {target.folder: target for target in reversed(found) if target.folder.is_dir()}
    return [target for target in found if once.get(target.folder) is target]


def send(workspace: Workspace, folder: Path, *, to: str, area: str | None = None) -> Sent:
    """Write a bundle and remember its folder; raise Trouble when it cannot be written."""
    sent = sending.send(workspace, folder, to=to, areas=(area,) if area else ())
    with workspace.changing() as connection:
        note(connection, FOLDER, str(folder))
    return sent


@dataclass(frozen=True)
class LogLine:
    """One file sent or received, its result in words, and what was noted about it."""

    time: str
    sent: bool
    file: str
    person: str
    result: str
    notes: tuple[str, ...]


def log(workspace: Workspace) -> list[LogLine]:
    """Return the log of files, the newest first."""
    with workspace.asking() as connection:
        return [_line(transfer) for transfer in transfers.log(connection)]


def _line(transfer: transfers.Transfer) -> LogLine:
    sent, result = transfer.direction == "out", transfer.result
    words = _sent_words(result) if sent else " · ".join(_received_words(result))
    noted = result.get("notes")
    notes = tuple(str(each) for each in noted) if isinstance(noted, list) else ()
    return LogLine(when(transfer.time), sent, transfer.file, transfer.person, words, notes)


def _sent_words(result: Mapping[str, object]) -> str:
    return say("{count} catatan untuk {office}", count=result.get("records", 0),
               office=role_words(str(result.get("to", ""))))


def _received_words(result: Mapping[str, object]) -> Iterator[str]:
    named = {
        "new": say("baru"), "updated": say("diperbarui"), "identical": say("sudah ada"),
        "older": say("lebih lama"), "conflict": say("konflik"), "rejected": say("ditolak"),
    }
    yield say("{count} dibaca", count=result.get("read", 0))
    yield from (f"{result[name]} {word}" for name, word in named.items() if result.get(name))
