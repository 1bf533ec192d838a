"""The strip that takes an agreement to another stage: which one, since when, by what, and what is still missing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit
from typing_extensions import override

from p2kp_desktop import environment
from p2kp_desktop.actions.community import agreement_steps
from p2kp_desktop.actions.community.agreements import WholeAgreement, text
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.language import say
from p2kp_desktop.rules.agreements import IN_FORCE, LEGALISED, STAGES
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.labels import NOTE, Label, mark
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.pressable import ENTER
from p2kp_desktop.ui.look.measures import SPACE_8, SPACE_12, SPACE_16
from p2kp_desktop.ui.look.tokens import Token

_DATE = 130
_DUE = 180


def shown(plain: str) -> str:
    """Return an ISO date as people type it: 04/10/2026."""
    return "/".join(reversed(plain.split("-")))


class StageStrip(QFrame):
    """↑ ↓ choose the stage, Enter goes through the fields and then does it, Esc leaves everything as it was."""

    given = Signal(str, str, str, str)  # stage, date as typed, legal basis, when it is reviewed next
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.setProperty("status", "soft")
        self._whole: WholeAgreement | None = None
        self.stage = STAGES[0]
        self._what, self._missing = Label("", wraps=True), Label("", NOTE, wraps=True)
        self._missing.colour(Token.WARN)
        self.date, self.basis, self.due = self.fields = (QLineEdit(), QLineEdit(), QLineEdit())
        self.date.setAccessibleName(say("Tanggal"))
        self.date.setFixedWidth(_DATE)
        self.basis.setAccessibleName(say("Dasar pengesahan"))
        self.basis.setPlaceholderText(say("Nomor SK"))
        self.due.setAccessibleName(say("Ditinjau lagi sebelum"))
        self.due.setPlaceholderText(say("ditinjau lagi sebelum"))
        self.due.setMinimumWidth(_DUE)
        self.yes = Button(say("Simpan"), Kind.PRIMARY, keys=("Enter",))
        no = Button(say("Batal"), keys=("Esc",))
        self.yes.clicked.connect(self._give)
        no.clicked.connect(self.left)
        for field in self.fields:
            field.textEdited.connect(lambda _text, field=field: mark(field, "status", ""))
        row = across((self._what, 1), *self.fields, self.yes, no, gap=SPACE_12)
        down(row, self._missing, into=self, gap=None, margins=(SPACE_16, SPACE_8, SPACE_12, SPACE_8))
        self.hide()

    def ask(self, whole: WholeAgreement) -> None:
        """Ask about the stage that comes next."""
        self._whole = whole
        self.date.setText(shown(environment.now()[:10]))
        self.basis.setText(whole.edition.legal_basis)
        due = text(whole.record, "review_due")
        self.due.setText(shown(due) if due > environment.now()[:10] else "")
        for field in self.fields:
            mark(field, "status", "")
        self._show(agreement_steps.following(whole.stage))
        self.show()
        self.date.setFocus(Qt.FocusReason.OtherFocusReason)
        self.date.selectAll()

    def _show(self, stage: str) -> None:
        self.stage = stage
        confirmed = self._whole is not None and agreement_steps.is_confirmed(self._whole.stage, stage)
        self._what.say(say("Hasil tinjauan: **tetap berlaku**. Ditinjau tanggal (↑ ↓ status lain)") if confirmed else
                       say("Status menjadi **{stage}** sejak (↑ ↓ status lain)",
                           stage=agreement_steps.stage_words(stage)))
        self.basis.setVisible(stage == LEGALISED)
        self.due.setVisible(stage == IN_FORCE)
        found = agreement_steps.missing(self._whole, stage) if self._whole else []
        self._missing.say(say("Tetap dapat disimpan. {what}", what=" ".join(found)) if found else "")
        self._missing.setVisible(bool(found))

    def refuse(self, question: str, message: str) -> None:
        """Say why a date cannot be taken."""
        self._missing.say(message)
        self._missing.show()
        field = self.due if question == Agreement.review_due.key else self.date
        mark(field, "status", "err")
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give(self) -> None:
        basis, due = (field.text().strip() if field.isVisible() else "" for field in (self.basis, self.due))
        self.given.emit(self.stage, self.date.text().strip(), basis, due)

    def _next_field(self) -> QLineEdit | None:
        """Return the field after the one in use; None after the last one, or where none is in use."""
        asked = [field for field in self.fields if field.isVisible()]
        here = next((place for place, field in enumerate(asked) if field.hasFocus()), len(asked))
        return asked[here + 1] if here + 1 < len(asked) else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif step is not None:
            place = min(max(STAGES.index(self.stage) + step, 0), len(STAGES) - 1)
            self._show(STAGES[place])
        elif event.key() in ENTER:
            following = self._next_field()
            if following is not None:
                following.setFocus(Qt.FocusReason.TabFocusReason)
            else:
                self._give()
        else:
            super().keyPressEvent(event)
