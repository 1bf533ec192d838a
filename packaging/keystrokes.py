"""How many keys a record costs: ten questionnaires typed into the real form by key events alone, and counted.

A record may cost 1.15 × the characters that stand on the paper, 1 key per field and 2 per record. A key held with
another counts too: Ctrl+Enter is two keys. A slip is typed, noticed and put right within the same allowance.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from p2kp_desktop.schema import Choice
from p2kp_desktop.ui.form.place import FormPlace
from p2kp_desktop.ui.place import Destination, Scope

PAPER = Path(__file__).resolve().parent.parent / "tests" / "data" / "questionnaires.json"
PER_CHARACTER, PER_FIELD, PER_RECORD = 1.15, 1, 2
PLAIN = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
RETURN = Qt.Key.Key_Return


@dataclass(frozen=True)
class Cost:
    """What one record cost: keys pressed, characters on the paper, fields gone through."""

    form: str
    keys: int
    characters: int
    fields: int

    @property
    def allowed(self) -> float:
        """Return how many keys it may cost."""
        return PER_CHARACTER * self.characters + PER_FIELD * self.fields + PER_RECORD

    @property
    def percent(self) -> float:
        """Return the keys in percent of those allowed."""
        return 100 * self.keys / self.allowed


def papers() -> list[dict[str, Any]]:
    """Return the questionnaires."""
    found: list[dict[str, Any]] = json.loads(PAPER.read_text(encoding="utf-8"))["questionnaires"]
    return found


class Hands:
    """Presses keys wherever the focus is, and counts them."""

    def __init__(self, place: FormPlace, settle: Callable[[], None]) -> None:
        self.place, self.keys = place, 0
        self._settle = settle

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key, perhaps with another held."""
        QTest.keyClick(self._under(), key, held)
        self.keys += 1 + (held != PLAIN)
        self._settle()

    def type(self, text: str) -> None:
        """Type letters and digits."""
        QTest.keyClicks(self._under(), text)
        self.keys += len(text)
        self._settle()

    def _under(self) -> Any:
        return QApplication.focusWidget() or self.place

    @property
    def focus(self) -> str:
        """Return the question under the hands."""
        assert self.place.hands.session is not None
        return self.place.hands.session.focus

    def key_paper(self, paper: Mapping[str, Any]) -> Cost:
        """Type a questionnaire from the question in focus to the last one, and save it."""
        before, seen, characters = self.keys, list[str](), 0
        answers, slips, reasons = (paper.get(name, {}) for name in ("answers", "again", "because"))
        if paper.get("header"):
            self.press(Qt.Key.Key_F7)
        while self.focus not in seen:
            key = self.focus
            seen.append(key)
            characters += len(answers.get(key, "")) + len(reasons.get(key, ""))
            if key in slips:
                self._answer(key, slips[key])
                self.press(RETURN, SHIFT)
            self._answer(key, answers.get(key, ""))
            if key in reasons:
                self._explain(reasons[key])
        self.press(RETURN, CTRL)
        return Cost(paper["form"], self.keys - before, characters, len(seen) + len(reasons))

    def _answer(self, key: str, typed: str) -> None:
        keying = self.place.keying
        question = keying.form.question(key) if keying else None
        if typed:
            self.type(typed)
        if not (isinstance(question, Choice) and typed):
            self.press(RETURN)

    def _explain(self, reason: str) -> None:
        """Go back to the answer just given, write why it is right, and go on."""
        self.press(RETURN, SHIFT)
        self.press(Qt.Key.Key_F2)
        self.type(reason)
        self.press(RETURN)
        self.press(RETURN)


def costs(place: FormPlace, settle: Callable[[], None], scope: Scope) -> Iterator[Cost]:
    """Key the ten questionnaires one after another into an open form place; yield what each cost."""
    hands = Hands(place, settle)
    form = ""
    for paper in papers():
        if paper["form"] != form or "rt" in paper:
            form = paper["form"]
            there = Scope(scope.area, paper.get("rt", scope.rt), scope.period)
            place.enter(Destination("form", form=form), there)
            settle()
        yield hands.key_paper(paper)


def figures(found: Sequence[Cost]) -> dict[str, float]:
    """Return the keys of all records, those allowed, and the dearest record in percent of what it may cost."""
    return {
        "keys": float(sum(each.keys for each in found)), "keys_allowed": round(sum(each.allowed for each in found)),
        "keys_percent": round(100 * sum(e.keys for e in found) / sum(e.allowed for e in found), 1),
        "keys_dearest_percent": round(max(each.percent for each in found), 1), "records_keyed": float(len(found)),
    }
