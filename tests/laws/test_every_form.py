"""The laws of bundles over every form at once: a new form, or a new question, is held to them by existing.

The machine beside this file tries many histories of three households; here one history does to a record of each
form what is drawn for it: changed by one or two people, deleted, verified, returned, settled.
"""

import random
from contextlib import ExitStack
from pathlib import Path

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.common import workspaces as making
from p2kp_desktop.actions.recording import conflicts, recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import Choice, Date, Form, Text, Unreadable
from p2kp_desktop.schema.quantities import Number
from p2kp_desktop.store import history, records
from tests.acquainted import introduce
from tests.conftest import DEEP, KELURAHAN
from tests.examples import a_record

from .account import law

HISTORIES = 60 if DEEP else 1
ROUNDS = 2
DEEDS = ("nothing", "one edits", "both edit", "delete", "delete against edit", "verify", "return", "settle")
ROLES = {"a": "facilitator", "b": "facilitator", "kota": "district", "provinsi": "province"}


def two_answers(form: type[Form]) -> tuple[str, tuple[object, object]] | None:
    """Return a question of the form and two answers to it that differ; None where no answer may ever change."""
    for question in form.stored():
        if question.key in form.natural or question.kind in ("identity", "reference", "region", "rt"):
            continue
        if isinstance(question, Choice) and len(question.options.codes) > 1:
            return question.key, question.options.codes[:2]
        if isinstance(question, Number):
            return question.key, tuple(question.read(str(number)) for number in (3, 4))
        if isinstance(question, Date):
            return question.key, ("2022-10-05", "2022-10-06")
        if isinstance(question, Text):
            return question.key, ("satu jawaban", "=jawaban lain")
    return None


class Town:
    """Two facilitators, a city and a province; whatever anybody saved, and every bundle that was ever sent."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.stack = folder, stack
        self.offices = {name: self.open(name, role) for name, role in ROLES.items()}
        introduce(*self.offices.values())
        self.saved: list[tuple[type[Form], str, str, object]] = []
        self.bundles: list[Path] = []
        self.made = {form: self.make(form) for form in FORMS}

    def open(self, name: str, role: str):
        regions = {"facilitator": [KELURAHAN], "district": ["16.71"], "province": ["16"]}[role]
        made = making.init(self.folder / f"{name}.p2kp", role=role, name=name, regions=regions)
        return self.stack.enter_context(made)

    def make(self, form: type[Form]) -> str:
        example = a_record(form)
        self.save("a", form, example.id, example.answers)
        return example.id

    def save(self, office: str, form: type[Form], record: str, answers) -> None:
        try:
            recording.record(self.offices[office], form, {**answers, "id": record}, reason="hukum")
        except (Trouble, Unreadable):
            return
        self.saved += [(form, record, key, value) for key, value in answers.items() if form.question(key)]

    def do(self, deed: str, form: type[Form]) -> None:
        record, answers = self.made[form], two_answers(form)
        if answers is not None:
            self.edit(deed, form, record, *answers)
        if deed.startswith("delete"):
            self.attempt(recording.delete, "b", form, record, reason="dobel")
        if deed == "verify":
            self.attempt(verification.verify, "kota", ids=[record])
        if deed == "return":
            self.attempt(verification.give_back, "kota", record, comment="Periksa lagi.")

    def edit(self, deed: str, form: type[Form], record: str, key: str, values: tuple[object, object]) -> None:
        one, other = values
        if deed in ("one edits", "both edit", "delete against edit"):
            self.save("a", form, record, {key: one})
        if deed == "both edit":
            self.save("b", form, record, {key: other})
        if deed == "settle":
            self.attempt(conflicts.settle, "kota", form.key, record, key, other, reason="dilihat")

    def attempt(self, act, office: str, *given, **more) -> None:
        try:
            act(self.offices[office], *given, **more)
        except (Trouble, Unreadable):
            return

    def post(self, giver: str, role: str, **more) -> Path:
        path = sending.send(self.offices[giver], self.folder, to=role, **more).path
        self.bundles.append(path)
        return path

    def take(self, taker, path: Path):
        received = receiving.receive(taker, path)
        with law("accounted for"):
            assert received.error is None
            assert received.read == sum(received.counts.values())
            assert not received.counts["rejected"], received.notes
        return received.counts


def what_is_known(workspace, form: type[Form], record: str, key: str) -> list[object]:
    """Return every value of an answer that is in force, in conflict or in the history."""
    with workspace.asking() as connection:
        version = records.read(connection, form.key, [record])[record]
        rows = history.of_record(connection, record)
    found = [sibling.value for sibling in version.answers.get(key, ())]
    for row in rows:
        if change := row.changes.get(key):
            found += [change.after, *(change.before if isinstance(change.before, list) else [change.before])]
    return found


def open_ones(workspace) -> list[tuple[str, str, str]]:
    with workspace.asking() as connection:
        return records.open_conflicts(connection)


@pytest.mark.parametrize("history_number", range(HISTORIES))
def test_the_laws_hold_over_every_form(tmp_path, history_number):
    dice = random.Random(history_number)
    rounds = [dice.choices(DEEDS, k=len(FORMS)) for _ in range(ROUNDS)]
    with ExitStack() as stack:
        live_through(Town(tmp_path, stack), rounds, dice)


def live_through(town: Town, rounds: list[list[str]], dice: random.Random) -> None:
    town.take(town.offices["b"], town.post("a", "district"))
    for deeds in rounds:
        town.take(town.offices["kota"], town.post("a", "district"))
        for form, deed in zip(FORMS, deeds, strict=True):
            town.do(deed, form)
        for giver in dice.sample(["a", "b"], 2):
            town.take(town.offices["kota"], town.post(giver, "district"))
        town.take(town.offices[dice.choice("ab")], town.post("kota", "facilitator"))
        town.take(town.offices["provinsi"], town.post("kota", "province", withhold=dice.random() < 0.5))
    whole = [town.post(name, "district", full=True) for name in town.offices if name != "provinsi"]
    newcomers = [town.open(f"baru {number}", "province") for number in range(2)]
    introduce(*town.offices.values(), *newcomers)
    for newcomer in newcomers:
        for path in dice.sample(town.bundles, len(town.bundles)):
            town.take(newcomer, path)
    for name in ("a", "b", "kota", "provinsi"):
        for path in dice.sample(whole, len(whole)):
            town.take(town.offices[name], path)
    everybody = [*newcomers, *town.offices.values()]
    with law("order-independent"):
        assert len({soundness.digest(each) for each in everybody}) == 1
        assert open_ones(newcomers[0]) == open_ones(newcomers[1]) != []
    with law("idempotent"):
        again = town.take(newcomers[0], dice.choice(town.bundles))
        assert sum(again.values()) == again["identical"] + again["older"]
    with law("nothing is lost"):
        for form, record, key, value in town.saved:
            assert value in what_is_known(newcomers[0], form, record, key), (form.key, key, value)
    assert all(soundness.check(each) == [] for each in everybody)
