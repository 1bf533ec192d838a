"""Kirim: writing a bundle for the next office, or back to those who sent."""

import hashlib
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.actions.common import events, passwords, practice_mark
from p2kp_desktop.actions.common.bench import bench
from p2kp_desktop.actions.common.delivery import deliver
from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.actions.recording import attachments, record_titles
from p2kp_desktop.actions.recording.attachments import Attached, Delivered
from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.actions.trust import checkpoints, enrolment, seals, signed_saves
from p2kp_desktop.exchange import locking, sealed_files, signing, writing
from p2kp_desktop.exchange.bundle import ALONG, ELSEWHERE, SERIAL, Manifest
from p2kp_desktop.exchange.sealed_files import Receiver
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import new_id
from p2kp_desktop.schema.causality import Vector, covers, join
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.places import region, region_name
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import (
    Connection,
    Workspace,
    dispatch,
    history,
    lineage,
    node,
    own_keys,
    records,
    transfers,
    views,
)
from p2kp_desktop.store.facts import Facts, facts, known_edits
from p2kp_desktop.store.transfers import Transfer

from . import bundle_selection, forks
from .bundle_selection import Selection
from .pace import Pace
from .return_receipts import Receipting

log = logging.getLogger(__name__)

LONGEST_WORD = 50  # bytes of one word of a file's name
NEXT = {"facilitator": "district", "district": "province"}


@dataclass(frozen=True)
class Sent:
    """A bundle that was written: where it is, how many records it holds, whether it is behind a password.

    `sealed_for` names the offices that alone can open it; nobody where it is in clear, or behind a password.

    `attached` says how many files stand in a folder beside it, `unattached` names those that did not go. `whole`
    is how many records its areas have. `outside` are records of other places that went along because they were saved
    here, `behind` such records that did not go because only some areas were asked for.
    """

    path: Path
    records: int
    locked: bool = False
    attached: int = 0
    unattached: tuple[str, ...] = ()
    whole: int = 0
    outside: int = 0
    behind: int = 0
    sealed_for: tuple[str, ...] = ()

    def remark(self) -> str:
        """Say why it holds no record, what went along, lies open or stays behind; "" where there is nothing to say."""
        told = (
            self._emptiness(),
            bundle_selection.outside_words(self.outside),
            bundle_selection.behind_words(self.behind),
            self.openness(),
        )
        return " ".join(words for words in told if words)

    def openness(self) -> str:
        """Say what the folder beside it shows to whoever has it in hand."""
        if not self.attached or self.sealed_for:
            return ""
        return say("Folder «{folder}» berisi foto dan pindaian tanpa sandi: siapa pun yang memegangnya dapat "
                   "melihatnya.", folder=attachments.folder_beside(self.path).name)

    def _emptiness(self) -> str:
        if self.records:
            return ""
        if self.behind:
            return say("Tidak ada yang baru di wilayah ini. Paket ini tidak berisi catatan.")
        if self.whole:
            return say("Tidak ada yang baru: semuanya sudah ada tanda terimanya. Paket ini tidak berisi catatan.")
        return say("Belum ada catatan di wilayah ini. Paket ini tidak berisi catatan.")


def send(
    workspace: Workspace, folder: str | Path, *, to: str | None = None, areas: Sequence[str] = (), office: str = "",
    withhold: bool = False, password: str = "", full: bool = False, in_clear: bool = False,
    report: Report | None = None,
) -> Sent:
    """Write the records of the areas (all of the workspace's when none is named) into one new file in a folder.

    What every known workspace of the receiver's role has acknowledged is left out, unless `full`; `office` names
    one of them by its node, whose kelurahan are then the areas. Up goes what was saved here of other places, too, where
    no area is named. A bundle back to those who sent says on its cover what arrived and how it stands.
    It is built on the internal disk and then delivered, so that a stick pulled at any moment leaves no half file.

    It is sealed to its receivers where all of them are enrolled, unless it gets a password or shall be `in_clear`.
    `withhold` leaves out names and numbers. Attached files go beside it in a folder of their own. What `report`
    raises stops the work and leaves nothing. Raises Trouble for a folder without room, Unreadable for no area.
    """
    workspace.must(Deed.SEND)
    target, wanted = _existing(Path(folder)), tuple(region(area).code for area in areas)
    secret = passwords.chosen(password) if password else ""
    _make_ready(workspace)
    with bench() as place:
        built = place / "bundel.xlsx"
        with workspace.asking() as connection:
            receiver = to or _receiver(facts(connection).role)
            selection = bundle_selection.select(connection, receiver, wanted, full=full, office=office)
            sealed_for = () if secret or in_clear else sealed_to(connection, receiver, selection, office)
            pace = Pace(report, selection.records, selection.saves)
            manifest, number = _build(connection, built, receiver, selection, withhold=withhold, pace=pace)
            files = attachments.going(workspace, connection, selection.takes)
        ready = _closed(built, secret, sealed_for)
        name = _free_name(target, manifest, sealed_files.ENDING if sealed_for else ".xlsx").name
        with _noted(workspace, _line(manifest, target / name, ready, number, withhold=withhold, along=selection.along)):
            path = deliver(ready, target, name, report=pace.copied)
    beside = _beside(path, files, sealed_for, open_to_all=not (withhold or secret))
    around = selection.whole, selection.outside, selection.behind
    offices = tuple(each.name for each in sealed_for[:-1])
    return Sent(path, number, bool(secret), beside.copied, beside.missing, *around, offices)


def _make_ready(workspace: Workspace) -> None:
    """See to it that everything that leaves is this node's, signed by it, and holds nothing that is to be forgotten."""
    node.make_sure(workspace)
    seals.keep_office_slot(workspace)
    signed_saves.sign_earlier(workspace)
    person_erasure.forget_due_in(workspace)


def sealed_to(connection: Connection, to: str, selection: Selection, office: str = "") -> tuple[Receiver, ...]:
    """Return to whom a bundle is sealed, oneself last; nothing where one of them has shown no key yet."""
    known = bundle_selection.offices(connection, to)
    met = [each.node for each in known if any(bundle_selection.is_of(place, selection.areas) for place in each.places)]
    return seals.receivers(connection, to, [office] if office else met)


def _closed(built: Path, password: str, receivers: Sequence[Receiver]) -> Path:
    """Return the file to deliver: the one that was built, or a copy of it under the seal or behind the password."""
    closed = built.with_name("tertutup")
    if receivers:
        sealed_files.seal(built, closed, receivers)
    elif password:
        locking.lock(built, closed, password)
    else:
        return built
    return closed


def _beside(
    path: Path, files: Sequence[Attached], receivers: Sequence[Receiver], *, open_to_all: bool
) -> Delivered:
    """Put attached files beside the bundle; never beside one without names or behind a password, for scans tell all."""
    if open_to_all and receivers:
        return seals.send_beside(path, files, receivers)
    if open_to_all:
        return attachments.send_beside(path, files)
    return Delivered(0, tuple(sorted(each.file or each.name for each in files)))


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        what = say("Folder {folder} tidak ada.", folder=folder)
        raise Trouble(what, remedy=say("Pilih folder yang ada."), code="K01")
    return folder


def _line(
    manifest: Manifest, place: Path, ready: Path, number: int, *, withhold: bool, along: Sequence[str]
) -> Transfer:
    """Return the line of the log; `areas`, `along`, `edits` and `withheld` tell what has a copy, and where."""
    result = {
        "records": number, "to": manifest.to,
        "areas": list(manifest.regions), transfers.ALONG: list(along), "edits": manifest.includes[""],
        "withheld": withhold, transfers.FOLDER: str(place.parent.absolute()),
    }
    with ready.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Transfer(new_id(), "out", manifest.bundle, place.name, digest, manifest.person, manifest.time, result)


@contextmanager
def _noted(workspace: Workspace, line: Transfer) -> Iterator[None]:
    """Keep a line of the log around the delivery, so that no file is ever out that the log does not know.

    It counts as sent from before the delivery on; a failed one is marked so. Where that can no longer be written,
    it goes on counting as sent, which is the safe side.
    """
    with workspace.changing() as connection:
        transfers.note(connection, replace(line, result={**line.result, transfers.UNDER_WAY: True}))
        events.note(connection, events.SENT, key=line.id, **_told(line))
    try:
        yield
    except BaseException as error:
        _amend(workspace, line, {transfers.FAILED: error.what if isinstance(error, Trouble) else "dihentikan"})
        raise
    _amend(workspace, line, {})


def _told(line: Transfer) -> dict[str, events.Plain]:
    """Return the event of a bundle that leaves: for whom, how many records, whether with names."""
    areas = line.result.get("areas")
    return {
        "file": line.file, "to": str(line.result["to"]), "records": int(str(line.result["records"])),
        "region": " ".join(map(str, areas)) if isinstance(areas, list) else "", "names": not line.result["withheld"],
    }


def _amend(workspace: Workspace, line: Transfer, more: Mapping[str, object]) -> None:
    try:
        with workspace.changing() as connection:
            transfers.amend(connection, line.id, {**line.result, **more})
            if transfers.FAILED in more:
                events.take_back(connection, events.SENT, line.id)
    except Trouble:
        log.warning("how a sending ended could not be noted; it counts as sent")


def _build(
    connection: Connection, path: Path, to: str, selection: Selection, *, withhold: bool, pace: Pace
) -> tuple[Manifest, int]:
    """Write the bundle and return its manifest and how many records it holds."""
    about = facts(connection)
    manifest = _manifest(connection, about, to, selection)
    found = records.everything(connection)
    receipting = Receipting(node.own_nodes(connection), selection.areas)
    back = bundle_selection.is_back(about.role, to)
    if back:
        found = receipting.watch(found)
    versions = (version for version in found if selection.takes(version.vector, version.places))
    key = own_keys.signing(connection)
    number = writing.write(
        path, manifest, pace.records(versions), pace.saves(_news(connection, selection)),
        rules=views.rule_sets(connection), titles=record_titles.printed_titles(connection, withhold=withhold),
        withhold=withhold,
        sign=partial(signing.signed, key) if key else None,
        receipt=partial(receipting.receipt, withhold=withhold) if back else None,
    )
    pace.built()
    return manifest, number


def _news(connection: Connection, selection: Selection) -> Iterator[HistoryRow]:
    """Yield the saves that the receivers may lack, chain by chain; of other places those of the records that go."""
    for chain in history.chains(connection, selection.places):
        yield from (row for row in chain if not covers(selection.since.get(row.place, {}), row.save.dot))
    yield from dispatch.elsewhere(connection, selection.split, selection.places, selection.since)


def _receiver(role: str) -> str:
    receiver = NEXT.get(role)
    if receiver is None:
        raise Trouble(say("Penerima paket belum dipilih."), remedy=say("Sebutkan penerimanya dengan --to."),
                      code="K03")
    return receiver


def _manifest(connection: Connection, about: Facts, to: str, selection: Selection) -> Manifest:
    """Return the manifest of a bundle: all that is here of its places, of those along only what was saved here.

    On the way back it also says what is here of all other places, for it is the receipt of what came from there.
    """
    known, own = known_edits(connection), lineage.own_edits(connection)
    here = {place: _counts(join(known.get(place, {}), own)) for place in {*known, *selection.places}}
    included = {place: here[place] for place in selection.places} | {place: _counts(own) for place in selection.along}
    along: dict[str, object] = {ALONG: list(selection.along)} if selection.along else {}
    elsewhere = {place: edits for place, edits in here.items() if place not in included}
    back = bundle_selection.is_back(about.role, to)
    return Manifest(
        bundle=new_id(), node=about.node, workspace=about.name, role=about.role, person=about.person,
        time=environment.now(), program=environment.PROGRAM, to=to, regions=selection.areas,
        since=selection.goes_on_from, includes=included,
        practice=practice_mark.is_practice(connection),
        more={
            SERIAL: 1 + sum(transfer.direction == "out" for transfer in transfers.log(connection)),
            **along, **({ELSEWHERE: elsewhere} if back and elsewhere else {}),
            **checkpoints.statement(connection, to),
            **enrolment.carried(connection, selection.areas),
            **forks.about_this_machine(), **forks.statement(connection, selection.places, selection.since),
            **signed_saves.statement(connection, selection.places, selection.split),
        },
    )


def _counts(edits: Vector) -> Vector:
    return {name: tick for name, tick in edits.items() if tick}


def _free_name(folder: Path, manifest: Manifest, ending: str) -> Path:
    """Return a name that says what the file is and that nothing in the folder has yet."""
    words = [region_name(manifest.regions[0]), manifest.workspace, manifest.time[:16].replace("T", " ")]
    stem = "P2KP_" + "_".join(_short(re.sub(r"[^\w.-]+", "-", word).strip("-")) for word in words)
    return next(path for path in _numbered(folder, stem, ending) if not path.exists())


def _short(word: str) -> str:
    """Return the word as far as file names have room for it on every disk, which count bytes and not letters."""
    return word.encode()[:LONGEST_WORD].decode(errors="ignore")


def _numbered(folder: Path, stem: str, ending: str) -> Iterator[Path]:
    yield folder / f"{stem}{ending}"
    number = 2
    while True:
        yield folder / f"{stem}_{number}{ending}"
        number += 1
