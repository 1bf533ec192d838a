"""A world of real workspaces on the disk, where people do what the window and the command line let them do."""

import datetime
import inspect
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import sqlalchemy as sa
from openpyxl import load_workbook

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import import_undo, receiving, sending
from p2kp_desktop.actions.common import backups, soundness
from p2kp_desktop.actions.common import workspaces as making
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import person_erasure, verification
from p2kp_desktop.exchange import reading
from p2kp_desktop.exchange.layout import layouts
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.branches import origin
from p2kp_desktop.schema.causality import Save, Version
from p2kp_desktop.schema.values import Answer
from p2kp_desktop.store import Workspace, copies, facts, history, node, open_workspace, records
from p2kp_desktop.store.tables import history as rows
from tests.acquainted import meet, told_by
from tests.examples import a_record

from .account import Dot, answered, asked, plain, saved, value_sides
from .office import Arrival, Refusal, Sent, World

KELURAHAN = "16.71.01.1001"
COMPLETE = {key: value for key, value in a_record(Household, nik=None).answers.items() if value is not None}
LAYOUT = next(layout for layout in layouts(FORMS) if layout.form is Household)
WHY = {"reason": "diperbaiki"} if "reason" in inspect.signature(recording.record).parameters else {}


@dataclass
class Office:
    """A workspace in a folder of its own, on a laptop with its registry and its clock."""

    workspace: Workspace
    role: str
    laptop: Path
    days: int = 0
    read: Mapping[str, Version] | None = None  # what is there, until somebody works here again
    met: set[tuple[str, str]] = field(default_factory=set)  # the keys and roles of others that it accepted


class Files(World):
    """Workspaces in a temporary folder; clocks and laptops are given to the program as the machine's own."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="p2kp-laws-"))
        self.all: list[Office] = []
        self._real = environment.now, environment.machine, os.environ.get("P2KP_HOME")
        self._days = 0
        self.imaged: set[str] = set()
        ids = sys.modules["p2kp_desktop.schema.records"]
        self._ids, ids.time = ids, SimpleNamespace(time_ns=lambda: time.time_ns() + self._days * 86_400 * 10**9)
        environment.now = self._now

    def _now(self) -> str:
        moment = environment.moment() + datetime.timedelta(days=self._days)
        return moment.isoformat(timespec="seconds")

    @contextmanager
    def _on(self, office: Office) -> Iterator[Workspace]:
        """Be at an office: its laptop, its clock; whatever the program refuses is a refusal."""
        self._days, office.read = office.days, None
        os.environ["P2KP_HOME"] = str(office.laptop)
        environment.machine = lambda: office.laptop.name
        try:
            yield office.workspace
        except (Trouble, Unreadable) as refusal:
            raise Refusal(str(refusal)) from refusal
        finally:
            office.read = None

    def close(self) -> None:
        for office in self.all:
            office.workspace.close()
        environment.now, environment.machine, home = self._real
        self._ids.time = time
        if home is not None:
            os.environ["P2KP_HOME"] = home
        shutil.rmtree(self.folder)

    def open(self, role: str) -> int:
        at = len(self.all)
        place = self.folder / str(at)
        place.mkdir()
        laptop = self.folder / f"laptop-{at}"
        os.environ["P2KP_HOME"] = str(laptop)
        workspace = making.init(place / "w.p2kp", role=role, name=f"kantor {at}", regions=[KELURAHAN])
        self.all.append(Office(workspace, role, laptop))
        return at

    def _introduce(self) -> None:
        """Let all offices know each other: what strangers may do is another matter, see test_strangers.py.

        One that was copied or restored has other keys from its next edit on.
        """
        told = []
        for office in self.all:
            with self._on(office) as workspace:
                told.append(told_by(workspace))
        for office in self.all:
            if fresh := {*told} - office.met:
                with self._on(office) as workspace:
                    meet(workspace, fresh)
                office.met |= fresh

    def role(self, at: int) -> str:
        return self.all[at].role

    def set_clock(self, at: int, days: int) -> None:
        self.all[at].days = days

    def versions(self, at: int) -> Mapping[str, Version]:
        office = self.all[at]
        if office.read is None:
            with office.workspace.asking() as connection:
                office.read = {version.id: version for version in records.everything(connection)}
        return office.read

    def edit(self, at: int, record: str, changes: Mapping[str, Answer]) -> None:
        with self._on(self.all[at]) as workspace:
            first = {} if record in self.versions(at) else COMPLETE | {"head_name": f"Warga {record}"}
            recording.record(workspace, Household, {"id": record, **first, **changes}, **WHY)

    def delete(self, at: int, record: str) -> None:
        with self._on(self.all[at]) as workspace:
            recording.delete(workspace, Household, record, reason="dobel")

    def verify(self, at: int, record: str) -> bool:
        with self._on(self.all[at]) as workspace:
            return bool(verification.verify(workspace, ids=[record]).verified)

    def give_back(self, at: int, record: str) -> None:
        with self._on(self.all[at]) as workspace:
            verification.give_back(workspace, record, comment="Periksa atapnya.", about="roof")

    def reopen(self, at: int, record: str) -> None:
        with self._on(self.all[at]) as workspace:
            verification.reopen(workspace, record, reason="keliru")

    def settle(self, at: int, record: str, key: str, value: Answer) -> None:
        with self._on(self.all[at]) as workspace:
            form = self.versions(at)[record].form
            conflicts.settle(workspace, form, record, key, value, reason="ditanyakan")

    def erase(self, at: int, record: str) -> None:
        with self._on(self.all[at]) as workspace:
            person_erasure.erase(workspace, Household, record, reason="permintaan warga", keys=["head_name"])

    def send(self, at: int, to: str, *, redacted: bool, full: bool) -> Sent:
        with self._on(self.all[at]) as workspace:
            sent = sending.send(workspace, self.folder, to=to, withhold=redacted, full=full)
        parcel = reading.read(sent.path)
        carried = {one.id: one.version for one in parcel.arrived()}
        assert sent.records == parcel.manifest.records == len(carried)
        assert all(carried.values())
        hidden = self._hidden(at, carried) if redacted else set()
        since, includes = any(parcel.manifest.since.values()), parcel.manifest.includes
        values = {record: version.values() for record, version in carried.items() if version}
        known = includes.get(KELURAHAN, {})
        return Sent(at, redacted, since, frozenset(carried), frozenset(hidden), known, sent.path, values)

    def _hidden(self, at: int, carried: Mapping[str, Version | None]) -> set[str]:
        """Return the answers that the file does not carry; no name and no number may be among those it does."""
        here = self.versions(at)
        there = {(record, key) for record, version in carried.items() if version for key in version.answers}
        private = {question.key for question in Household.questions if question.private}
        assert not private & {key for _, key in there}
        return {key for record in carried for key in here[record].answers if (record, key) not in there}

    def receive(self, at: int, bundle: Sent) -> Arrival:
        self._introduce()
        with self._on(self.all[at]) as workspace:
            received = receiving.receive(workspace, bundle.content)
        assert received.error is None
        assert received.read == len(bundle.ids)
        expected = ("bertanda ruang kerja ini", "salinan sejak simpanan")  # lost by a restore; another copy turned up
        assert all(any(words in finding for words in expected) for finding in received.findings)
        return Arrival(received.counts, bool(received.gaps), received.transfer)

    def accept(self, at: int, bundle: Sent, record: str, key: str, value: Answer) -> Arrival:
        """Write over a cell as an office suite would, and receive the file with the cell taken over."""
        book = load_workbook(bundle.content)
        sheet = book[LAYOUT.title]
        row = next(row for row in sheet.iter_rows(min_row=4) if row[0].value == record)
        cell = row[next(cell.column for cell in sheet[1] if cell.value == key) - 1]
        codec = next(heading.codec for heading in LAYOUT.headings if heading.key == key)
        cell.value = codec.encode(value)[0]
        if isinstance(cell.value, str):
            cell.value, cell.data_type = cell.value.replace("_x", "_x005F_x"), "s"
        changed = self.folder / f"diubah-{len(self.all)}.xlsx"
        book.save(changed)
        before = set(self._nodes(at))
        self._introduce()
        with self._on(self.all[at]) as workspace:
            received = receiving.receive(workspace, changed, accept="ditanyakan")
        assert received.error is None
        assert received.edited_outside == 1
        return Arrival(received.counts, True, received.transfer, set(self._nodes(at)) != before)

    def _nodes(self, at: int) -> Sequence[str]:
        with self.all[at].workspace.asking() as connection:
            return node.own_nodes(connection)

    def undo(self, at: int, token: str) -> None:
        with self._on(self.all[at]) as workspace:
            import_undo.undo(workspace, token)

    def back_up(self, at: int) -> Path:
        with self._on(self.all[at]) as workspace:
            return backups.back_up(workspace)

    def restore(self, at: int, backup: Path) -> None:
        office = self.all[at]
        with self._on(office) as workspace:
            place = Path(workspace.name)
            workspace.close()
            backups.restore(backup, place)
            office.workspace, office.met = open_workspace(place), set()

    def clone(self, at: int, *, elsewhere: bool) -> int:
        made, office = len(self.all), self.all[at]
        place = self.folder / str(made)
        place.mkdir()
        with self._on(office) as workspace:
            copies.copy(workspace, place / "w.p2kp")
        laptop = self.folder / f"laptop-{made}" if elsewhere else office.laptop
        self.all.append(Office(open_workspace(place / "w.p2kp"), office.role, laptop, office.days))
        return made

    def image(self, at: int) -> int:
        """Copy a whole laptop, its registry and its sign included; somebody else works on the copy."""
        made, office = len(self.all), self.all[at]
        laptop = self.folder / f"image-{made}" / office.laptop.name
        place = self.folder / str(made) / "w.p2kp"
        with self._on(office) as workspace:
            with workspace.asking() as connection:
                if node.origin(connection, workspace.name) is not None:
                    raise Refusal  # a copy that has not been edited yet: it will take a node of its own
            place.parent.mkdir()
            copies.copy(workspace, place)
        shutil.copytree(office.laptop, laptop)
        for entry in (laptop / "nodes").iterdir():  # it lies on a disk of its own where the other lies
            there = str(Path(office.workspace.name).resolve())
            entry.write_text(entry.read_text(encoding="utf-8").replace(there, str(place.resolve())), encoding="utf-8")
        self.all.append(Office(open_workspace(place), office.role, laptop, office.days))
        with self.all[made].workspace.changing() as connection:
            facts.note(connection, "person", f"orang {made}")
            self.imaged.add(facts.facts(connection).node)
        return made

    def lacks(self, at: int, bundle: Sent) -> bool:
        """Say whether something before a bundle did not arrive; nothing is changed."""
        self._introduce()
        with self._on(self.all[at]) as workspace:
            return bool(receiving.receive(workspace, bundle.content, rehearse=True).gaps)

    def claims(self, at: int, includes: Mapping[str, int], save: Save) -> bool:
        """Say whether an office claims a save: of one that another copy made it says nothing."""
        chosen = sa.select(rows.c.node, rows.c.tick).where(rows.c.tick == save.dot.tick, rows.c.person == save.person)
        with self.all[at].workspace.asking() as connection:
            here = [row for row in connection.execute(chosen) if origin(row.node) == origin(save.dot.node)]
        if here:
            return includes.get(here[0].node, 0) >= save.dot.tick
        return origin(save.dot.node) not in self.imaged and super().claims(at, includes, save)

    def known_values(self, at: int) -> set[tuple[str, str, Answer]]:
        """Return every value that a workspace shows, keeps as a side, or has in its history."""
        found = {
            (record, key, plain(s.value)) for record, version in self.versions(at).items()
            for key, siblings in answered(version).items() for s in siblings
        }
        with self.all[at].workspace.asking() as connection:
            for chain in history.chains(connection):
                for row in chain:
                    found |= {
                        (row.record, asked(key), plain(value)) for key, change in row.changes.items()
                        for value in (*value_sides(change.before), change.after)
                    }
        return found

    def told(self, at: int) -> set[tuple[tuple[str, str], Dot]]:
        """Return the saves whose values a workspace shows or has in its history."""
        shown = {
            ((record, key), saved(s.save)) for record, version in self.versions(at).items()
            for key, siblings in answered(version).items() for s in siblings
        }
        with self.all[at].workspace.asking() as connection:
            rows = [row for chain in history.chains(connection) for row in chain]
        return shown | {
            ((row.record, asked(key)), saved(row.save)) for row in rows for key, change in row.changes.items()
            if not change.withheld
        }

    def digest(self, at: int) -> object:
        return soundness.digest(self.all[at].workspace)

    def faults(self, at: int) -> Sequence[str]:
        workspace = self.all[at].workspace
        noted = conflicts.count(workspace)
        there = sum(len(version.conflicts()) for version in self.versions(at).values())
        return [*soundness.check(workspace), *(["conflicts are miscounted"] if noted != there else [])]
