"""Kirim and its log, as the screen asks for them: what a bundle would hold, where to save it, what was sent.

With a line of the log the file that was received can be given out, byte for byte.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from p2kp_desktop.actions.common import originals
from p2kp_desktop.actions.common.delivery import SPARE, deliver, free_room
from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.actions.common.office_words import role_words
from p2kp_desktop.actions.scores.slum_scores import RtPlace
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Form, written
from p2kp_desktop.schema.places import lies_in, region_name
from p2kp_desktop.store import Connection, Workspace, summaries, transfers, views
from p2kp_desktop.store.facts import everything, facts, note

from . import bundle_selection, sending
from .bundle_selection import Office, Selection
from .receipt_outcome import HELD, fate_words, told_apart
from .sending import Sent

FOLDER = "send_folder"  # the note with the folder of the last bundle
RECEIVERS = {"facilitator": ("district",), "district": ("province", "facilitator"), "province": ("district",)}


@dataclass(frozen=True)
class RtContents:
    """One RT: household records, how many of them go and how many lack an answer, its two RT forms.

    `incomplete` is None where only some of the households of another place go along: it was not added up.
    """

    region: str
    rt: str
    households: int = 0
    incomplete: int | None = 0
    surveyed: bool = False
    recapped: bool = False
    going: int = 0


@dataclass(frozen=True)
class Contents:
    """What a bundle would hold: living records by title of their form, deleted ones, and the RTs in order.

    `whole` is how many records there are, those left out because of receipts too; `size` about how many bytes
    the file will have. `outside` of them are of other places and go because they were saved here; `behind` would,
    were the whole area chosen. `personal` are of forms that ask for names or numbers of people. `sealed_for` names the
    offices that alone could open it; nobody where one of them is not enrolled.
    """

    forms: tuple[tuple[str, int], ...]
    deleted: int
    rts: tuple[RtContents, ...]
    whole: int = 0
    size: int = 0
    outside: int = 0
    behind: int = 0
    personal: int = 0
    sealed_for: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Return how many records would be sent."""
        return sum(count for _, count in self.forms) + self.deleted


@dataclass(frozen=True)
class Order:
    """What is to be sent: to whom, of which area ("" for all) or to which known workspace, and how."""

    to: str
    area: str = ""
    office: str = ""
    full: bool = False
    withhold: bool = False
    password: str = ""
    in_clear: bool = False


@dataclass(frozen=True)
class Sending:
    """Who can send to whom: the offices, the nearest first, and the kelurahan that hold records.

    `first` is the office to begin with: those below, while they do not know of a record that was returned.
    """

    receivers: tuple[str, ...]
    villages: tuple[str, ...]
    area: str  # of the workspace, in words
    role: str = ""
    offices: tuple[Office, ...] = ()  # known workspaces that a return bundle can be for
    regions: tuple[str, ...] = ()  # of the workspace
    first: str = ""

    def area_in_sight(self, area: str) -> str:
        """Return the area to begin with where the window shows this one: "" for all of the workspace.

        A facilitator begins with everything, for what is sent up is the copy that outlives the laptop.
        """
        return "" if self.role == "facilitator" or area in self.regions else area


def choices(workspace: Workspace) -> Sending:
    """Return the receivers, offices and kelurahan that can be chosen before a bundle is sent."""
    with workspace.asking() as connection:
        about = facts(connection)
        villages = {place[0] for place in summaries.known(connection)}
        villages |= {region for form in FORMS if form.in_village for region, _ in _places(connection, form, None)}
        receivers = RECEIVERS.get(about.role, ("district",))
        back = [to for to in receivers if bundle_selection.is_back(about.role, to)]
        known = [office for to in back for office in bundle_selection.offices(connection, to) if office.places]
        below = [to for to in back if bundle_selection.awaits_return(connection, to)]
    names = ", ".join(region_name(code) for code in about.regions)
    first = next(iter([*below, *receivers]))
    return Sending(receivers, tuple(sorted(villages)), names, about.role, tuple(known), about.regions, first)


def is_back(role: str, to: str) -> bool:
    """Say whether this is a return bundle, which is a receipt even when it holds no record."""
    return bundle_selection.is_back(role, to)


def withholds_by_default(role: str, to: str) -> bool:
    """Say whether names and NIK stay out unless somebody wants them in: above the district nobody needs them."""
    return (role, to) == ("district", "province")


def _places(connection: Connection, form: type[Form], area: str | None) -> set[RtPlace]:
    """Return region and RT of the records of a form; households are known from their summaries."""
    if form not in (Rt, RtSurvey, RtRecap):
        return set()
    found = views.found(connection, form, views.Where(area=area))
    return {(str(record.answers.get("region") or ""), str(record.answers.get("rt") or "")) for record in found}


def contents(workspace: Workspace, order: Order) -> Contents:
    """Return the contents that a bundle would have, given what its receivers have acknowledged."""
    with workspace.changing() as connection:
        summaries.refresh(connection)
    with workspace.asking() as connection:
        areas = (order.area,) if order.area else ()
        selection = bundle_selection.select(connection, order.to, areas, full=order.full, office=order.office)
        rts = [each for area in _outermost(selection.areas) for each in _rts(connection, selection, area)]
        rts += _rts_outside(connection, selection)
        sealed_for = sending.sealed_to(connection, order.to, selection, order.office)[:-1]
    counts: Counter[str] = Counter()
    for (form, _region, _rt), number in selection.counts.items():
        counts[form] += number
    titles = {form.key: form.title for form in FORMS}
    known = tuple((titles[key], counts[key]) for key in titles if counts[key])
    strange = sum(number for key, number in counts.items() if key not in titles)
    others = ((say("Formulir dari versi program yang lebih baru"), strange),) if strange else ()
    personal = sum(counts[form.key] for form in FORMS if any(question.private for question in form.questions))
    return Contents((*known, *others), selection.deleted, tuple(rts), selection.whole, selection.size,
                    selection.outside, selection.behind, personal, tuple(each.name for each in sealed_for))


def _outermost(areas: Sequence[str]) -> list[str]:
    """Return the areas that lie in none of the others, in order."""
    return [area for area in sorted(set(areas)) if not any(other != area and lies_in(area, other) for other in areas)]


def _rts(connection: Connection, selection: Selection, area: str) -> Iterator[RtContents]:
    """Yield the RTs of an area in order, with what each holds and how many of its households go."""
    surveyed, recapped = (_places(connection, form, area) for form in (RtSurvey, RtRecap))
    households: Counter[RtPlace] = Counter()
    incomplete: Counter[RtPlace] = Counter()
    for (region, rt, _), tally in summaries.known(connection, area=area).items():
        households[region, rt] += tally.households
        incomplete[region, rt] += tally.incomplete
    for place in sorted({*households, *surveyed, *recapped, *_places(connection, Rt, area)}):
        going = selection.counts.get((Household.key, *place), 0)
        yield RtContents(*place, households[place], incomplete[place], place in surveyed, place in recapped, going)


def _rts_outside(connection: Connection, selection: Selection) -> Iterator[RtContents]:
    """Yield the RTs of other places of which something goes along, each with what goes of it and nothing else."""
    outside = {
        spot[1:] for spot in selection.counts if spot[2] and not bundle_selection.is_of(spot[1], selection.areas)
    }
    for place in sorted(outside):
        going = {form: number for (form, *its), number in selection.counts.items() if tuple(its) == place}
        houses = going.get(Household.key, 0)
        here = [each for (_, rt, _), each in summaries.known(connection, area=place[0]).items() if rt == place[1]]
        all_go = houses == sum(each.households for each in here)
        incomplete = sum(each.incomplete for each in here) if all_go else None
        yield RtContents(*place, houses, incomplete, RtSurvey.key in going, RtRecap.key in going, houses)


@dataclass(frozen=True)
class SaveFolder:
    """A folder where a bundle can be saved, what it is (drive, last, documents), and its free bytes if known."""

    folder: Path
    name: str
    kind: str
    free: int | None = None


def targets(workspace: Workspace, drives: Sequence[tuple[str, Path]], documents: Path | None) -> list[SaveFolder]:
    """Return where to save: every removable drive, the folder of last time, the documents; each once."""
    with workspace.asking() as connection:
        last = everything(connection).get(FOLDER, "")
    found = [SaveFolder(path, name or path.name or str(path), "drive") for name, path in drives]
    if last:
        found.append(SaveFolder(Path(last), say("Folder terakhir"), "last"))
    if documents is not None:
        found.append(SaveFolder(documents, say("Dokumen di laptop ini"), "documents"))
    once = {target.folder: target for target in reversed(found) if target.folder.is_dir()}
    kept = [target for target in found if once.get(target.folder) is target]
    return [replace(target, free=free_room(target.folder)) for target in kept]


def picked(folder: Path) -> SaveFolder:
    """Return a folder that the user picked as a place to save to."""
    return SaveFolder(folder, say("Folder pilihan"), "chosen", free_room(folder))


def free_words(target: SaveFolder) -> str:
    """Return how much room a place has, in words; "" where nobody can say."""
    return "" if target.free is None else say("tersedia {room}", room=written.size(target.free))


def room_sentence(target: SaveFolder, size: int) -> str:
    """Return in words that a folder lacks the room for a file of about this size; "" when there is enough."""
    if target.free is None or target.free >= size + SPARE:
        return ""
    return say(
        "Ruang di {name} tidak cukup: paket ini kira-kira {size}, yang tersedia {free}. Kosongkan sebagian, atau "
        "pilih tempat lain.", name=target.name, size=written.size(size), free=written.size(target.free),
    )


def send_order(workspace: Workspace, folder: Path, order: Order, report: Report | None = None) -> Sent:
    """Write a bundle and remember its folder; raise Trouble when it cannot be written, or what `report` raises."""
    sent = sending.send(
        workspace, folder, to=order.to, areas=(order.area,) if order.area else (), office=order.office,
        withhold=order.withhold, password=order.password, full=order.full, in_clear=order.in_clear, report=report,
    )
    with workspace.changing() as connection:
        note(connection, FOLDER, str(folder))
    return sent


@dataclass(frozen=True)
class LogLine:
    """One file sent or received at a `time` (ISO 8601), its result in words, and what was noted about it.

    `sender` names whose file was received, `undone` says that the import was taken back. `figures` are the result as
    the log has it: counts, and what the file was for.
    """

    time: str
    sent: bool
    file: str
    person: str
    result: str
    notes: tuple[str, ...]
    id: str = ""
    sha256: str = ""
    sender: str = ""
    undone: bool = False
    figures: Mapping[str, object] = field(default_factory=dict)

    def figure(self, name: str) -> int | None:
        """Return a count of the result; None where it was not counted."""
        counted = self.figures.get(name)
        return counted if isinstance(counted, int) else None


def log(workspace: Workspace) -> list[LogLine]:
    """Return the log of files, the newest first."""
    with workspace.asking() as connection:
        return [_line(transfer) for transfer in transfers.log(connection)]


def _line(transfer: transfers.Transfer) -> LogLine:
    sent, result = transfer.direction == "out", transfer.result
    words = _sent_words(result) if sent else " · ".join(_received_words(result))
    noted = result.get("notes")
    notes = tuple(str(each) for each in noted) if isinstance(noted, list) else ()
    return LogLine(
        transfer.time, sent, transfer.file, transfer.person, words, notes, transfer.id, transfer.sha256,
        "" if sent else _sender_words(result.get("sender")), "undone" in result, result,
    )


def _sender_words(sender: object) -> str:
    """Return person, office and laptop of who sent a file; "" where an older release noted none."""
    if not isinstance(sender, Mapping):
        return ""
    told = (str(sender.get("person", "")), role_words(str(sender.get("role", ""))), str(sender.get("workspace", "")))
    return ", ".join(dict.fromkeys(part for part in told if part))


def _sent_words(result: Mapping[str, object]) -> str:
    office, count = role_words(str(result.get("to", ""))), result.get("records", 0)
    if transfers.FAILED in result:
        return say("gagal dikirim: {why}", why=result[transfers.FAILED])
    words = say("{count} catatan untuk {office}", count=count, office=office)
    if not count:
        words = say("tanda terima untuk {office}", office=office)
    if transfers.UNDER_WAY in result:
        words = f"{words} · {say('belum pasti sampai di tempatnya')}"
    return f"{words} · {say('tanpa nama dan NIK')}" if result.get("withheld") else words


def _received_words(result: Mapping[str, object]) -> Iterator[str]:
    numbers = {name: count for name, count in result.items() if isinstance(count, int)}
    fates = told_apart(numbers, numbers.get(HELD, 0))
    yield say("{count} dibaca", count=result.get("read", 0))
    yield from (f"{fates[name]} {word}" for name, word in fate_words().items() if fates[name])


def save_original(workspace: Workspace, sha256: str, target: Path, *, report: Report) -> Path:
    """Copy a received file with this hash to where it is wanted; raise Trouble when it is not kept (any more)."""
    kept = originals.find(workspace, sha256)
    if kept is None:
        raise Trouble(
            say("Berkas asli tidak ada lagi di folder {folder}.", folder=originals.folder_of(workspace)),
            remedy=say("Minta pengirim mengirimnya lagi; datanya sendiri sudah ada di sini."), code="T63",
        )
    with originals.opened(kept) as file:
        return deliver(file, target.parent, target.name, report=report)
