"""A file behind a password: its field stands in the page, and a wrong password is told beside it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from p2kp_desktop.actions.common import passwords
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import BODY, Label, mark
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import CARD_SIDE, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_FIELD = 200


class UnlockCard(Card):
    """Asks for the password of one file; Enter opens it."""

    given = Signal(object, str)  # the file, the password

    def __init__(self, path: Path, objection: str) -> None:
        super().__init__()
        self.path = path
        self.body.setContentsMargins(CARD_SIDE, SPACE_8, CARD_SIDE, SPACE_8)
        words = say("**{file}** dikunci dengan kata sandi.", file=path.name)
        self._objection = Label("", Style(Type.CAPTION, tone=Token.ERR), wraps=True)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setMinimumWidth(_FIELD)
        self.field.setAccessibleName(say("Kata sandi"))
        self.field.setPlaceholderText(say("kata sandi dari pengirim"))
        self.field.returnPressed.connect(self._give)
        self.field.textChanged.connect(lambda _text: self._object(""))
        button = Button(say("Buka"), keys=("Enter",))
        button.clicked.connect(self._give)
        row = QHBoxLayout()
        row.setSpacing(SPACE_12)
        row.addWidget(IconLine("lock", "", BODY, icon_tone=Token.WARN))
        row.addWidget(Label(words, BODY, wraps=True), 1)
        row.addWidget(self.field)
        row.addWidget(button)
        self.body.addLayout(row)
        self.body.addWidget(self._objection)
        self._object(objection)
        self.setAccessibleName(objection or say("{file} dikunci dengan kata sandi.", file=path.name))

    def _object(self, words: str) -> None:
        self._objection.say(words)
        self._objection.setVisible(bool(words))
        mark(self.field, "status", "err" if words else "")

    def _give(self) -> None:
        if not passwords.objection(self.field.text()):
            self.given.emit(self.path, self.field.text())
