"""What to know and decide about received files: conflicts, cells edited outside, doubles, gaps, refused files."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from p2kp_desktop.actions.bundles.arrivals import Outcome, Recognised
from p2kp_desktop.actions.bundles.receipt_outcome import KNOWN, NEW, EditedOutside, News, held_words, news
from p2kp_desktop.actions.common import passwords
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import BODY, NOTE, Label, mark
from p2kp_desktop.ui.kit.layouts import Stretch, across, clear, down
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.kit.scrolling import scrolling
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import CARD_SIDE, SPACE_4, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

from .clash import Clashes
from .intake import Intake, Phase
from .outside import OutsideCard

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
        row = across(
            IconLine("lock", "", BODY, icon_tone=Token.WARN), (Label(words, BODY, wraps=True), 1), self.field, button,
            gap=SPACE_12,
        )
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


MOST, FEW = 40, 3  # sentences of one kind that are listed, of one file or of many; what lies beyond is counted
_CARDS = 8  # cards of single files beside those of others; of the rest the file's own row tells


class Findings(QWidget):
    """Cards, what waits for a person first."""

    settle = Signal()
    show_returned = Signal()
    unlock = Signal(object, str)  # a file, its password
    decided = Signal(object, str)  # a file, the reason for which its edited cells are taken; "" turns them down

    def __init__(self, desk: Desk, intake: Intake) -> None:
        super().__init__()
        self._desk = desk
        self._intake = intake
        content = QWidget()
        self._column = down(into=content, gap=SPACE_8)
        self.clashes: Clashes | None = None
        self.outside: list[OutsideCard] = []
        self.returned: Button | None = None
        self.locked: list[UnlockCard] = []
        self._most = MOST
        self._view = scrolling(content)
        down(self._view, into=self)

    def step(self, by: int) -> None:
        """Bring the next conflict into sight; where it can be settled, the button for it gets the focus."""
        if self.clashes is not None:
            self.clashes.step(by)
            self._view.ensureWidgetVisible(self.clashes)

    def show_outcomes(self, outcomes: Sequence[Outcome]) -> int:
        """Show what is to be known about these files; return how many things that are."""
        accepted, applied = self._intake.accepted, self._intake.phase is Phase.DONE
        clear(self._column)
        self.clashes, self.outside, self.returned, self.locked = None, [], None, []
        self._most = MOST if len(outcomes) == 1 else FEW
        cards = [*self._general(outcomes, applied=applied)]
        of_files = [make for each in outcomes for make in self._of_file(each, accepted, applied=applied)]
        most = len(of_files) if len(outcomes) == 1 else _CARDS
        cards += [make() for make in of_files[:most]]
        if len(outcomes) == 1 and (signer := outcomes[0].file.signer) and signer.standing in (NEW, KNOWN):
            words = say("Tanda {sender}: {words} ({known}).", sender=signer.workspace, words=signer.fingerprint,
                        known=signer.words)
            hint = say("Bila ragu, cocokkan keenam kata ini dengan pengirim lewat telepon.")
            cards.append(self._card("shield-check", Token.TEXT2, words, (hint,)))
        if len(of_files) > most:
            more = say("{count} hal lain: pilih berkasnya di daftar.", count=len(of_files) - most)
            cards.append(self._card("layers", Token.TEXT2, more, ()))
        for card in cards or [self._nothing()]:
            self._column.addWidget(card)
            card.show()  # now, so that what is in it can take the focus
        self._column.addStretch(1)
        return len(cards) + max(len(of_files) - most - 1, 0)

    def _general(self, outcomes: Sequence[Outcome], *, applied: bool) -> Iterator[QWidget]:
        """Yield what is told of all files together."""
        received = [each.received for each in outcomes if each.received]
        told = news(change for each in received for change in each.changes)
        if told != News():
            yield self._news(told, applied=applied)
        conflicts = [change for each in received for change in each.conflicts]
        if conflicts:
            self.clashes = Clashes()
            self.clashes.show_conflicts(conflicts, stored=applied)
            self.clashes.settle.connect(self.settle)
            yield self.clashes

    def _of_file(
        self, outcome: Outcome, accepted: Mapping[Path, str], *, applied: bool
    ) -> Iterator[Callable[[], QWidget]]:
        """Yield what makes the cards of one file; only those in sight are made."""
        received, path, trouble = outcome.received, outcome.file.path, outcome.trouble
        if outcome.file.needs_password and not applied:
            yield lambda: self.unlock_card(outcome.file)
        elif trouble is not None:
            yield lambda: ErrorCard(fault_of(trouble))
        if received is None:
            return
        if received.edited:
            yield lambda: self._edited(path, received.edited, accepted.get(path, ""), applied=applied)
        warning = received.sender.warning() if received.sender else ""
        doubles = say("{count} rumah mungkin sudah ada di sini", count=len(received.duplicates))
        findings = say("{count} hal pada berkas ini", count=len(received.findings))
        waits = say("{count} catatan menunggu keputusan", count=received.quarantined)
        files = say("{count} lampiran belum ada di komputer ini", count=len(received.unattached))
        for icon, tone, title, sentences in (
            ("triangle-alert", Token.ERR, say("Tanda pengirim berubah"), [warning] if warning else []),
            ("triangle-alert", Token.WARN, waits, held_words(received.held)),
            ("copy", Token.WARN, doubles, [each.sentence() for each in received.duplicates]),
            ("triangle-alert", Token.WARN, say("Paket sebelumnya belum diterima"), received.gaps),
            ("triangle-alert", Token.WARN, findings, received.findings),
            ("file-check", Token.TEXT2, files, received.unattached),
        ):
            if sentences:
                yield partial(self._card, icon, tone, title, sentences, path)

    def _edited(self, path: Path, cells: Sequence[EditedOutside], reason: str, *, applied: bool) -> QWidget:
        card = OutsideCard(self._desk, path, cells, reason, open_=not applied)
        card.decided.connect(self.decided)
        self.outside.append(card)
        return card

    def unlock_card(self, file: Recognised) -> UnlockCard:
        """Return a card that asks for the password of a file, and says what was wrong with the last one."""
        wrong = self._intake.wrong
        words = say(wrong.trouble.what) if wrong and wrong.trouble and wrong.path == file.path else ""
        card = UnlockCard(file.path, words)
        card.given.connect(self.unlock)
        self.locked.append(card)
        return card

    def _news(self, told: News, *, applied: bool) -> QWidget:
        parts = []
        if told.houses:
            parts.append(say("{count} rumah dikembalikan dengan catatan", count=told.houses))
        if told.others:
            parts.append(say("{count} catatan lain dikembalikan", count=told.others))
        if told.verified:
            parts.append(say("{count} catatan diverifikasi", count=told.verified))
        returned = bool(told.houses or told.others)
        icon, tone = ("corner-up-left", Token.WARN) if returned else ("lock", Token.OK)
        card = self._card(icon, tone, " · ".join(parts), ())
        if applied and returned:
            self.returned = Button(say("Lihat yang dikembalikan"), icon="corner-up-left")
            self.returned.clicked.connect(self.show_returned)
            card.body.addLayout(_at_left(self.returned))
        return card

    def _card(self, icon: str, tone: Token, title: str, sentences: Sequence[str], path: Path | None = None) -> Card:
        card = Card()
        card.body.setSpacing(SPACE_4)
        card.body.addWidget(IconLine(icon, title, Style(bold=True), icon_tone=tone))
        if path is not None:
            card.body.addWidget(Label(path.name, NOTE, wraps=True))
        for sentence in sentences[: self._most]:
            card.body.addWidget(Label(say(sentence), BODY, wraps=True))
        if len(sentences) > self._most:
            card.body.addWidget(Label(say("dan {count} lainnya", count=len(sentences) - self._most), BODY))
        card.setAccessibleName(title)
        return card

    def _nothing(self) -> QWidget:
        sentence = say("Tidak ada konflik, sel yang disunting di luar program, atau paket yang terlewat.")
        return self._card("circle-check", Token.OK, say("Tidak ada yang perlu ditindaklanjuti"), (sentence,))


def _at_left(button: Button) -> QHBoxLayout:
    return across(button, Stretch(), gap=None)
