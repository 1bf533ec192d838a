"""Likely duplicates: pairs at the left, the two households side by side at the right, and what to do about them."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.actions.quality import pair_view
from p2kp_desktop.actions.quality.pair_view import Pair, PairAnswers
from p2kp_desktop.actions.recording import doubles, recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.reports import quality
from p2kp_desktop.rules.likeness import House, Likeness
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across
from p2kp_desktop.ui.kit.words import BODY, CAPTION, Style
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_4, SPACE_12
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Destination

from .reason import Reason


class DoublesPage(Page):
    """B says that two are two, 1 and 2 put the left or right one into the trash; all with a reason."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pair: Pair | None = None
        self.intro = Label("", SECONDARY, wraps=True)
        self.list: TableList[Likeness] = TableList(desk, quality.likely_doubles())
        self.sides = SideBySide(say("Kedua rumah"))
        self.reason = Reason()
        self._acts: list[Button | QAction] = []  # what is done with the pair in focus
        self._lay_out()
        self.list.opened.connect(lambda _pair: self._open_left())
        self.list.table.selectionModel().currentChanged.connect(self._turn)
        self.list.model.modelReset.connect(self._gone)
        self.reason.left.connect(self.begin)

    def _lay_out(self) -> None:
        card = Card()
        card.body.addWidget(self.sides, 1)
        card.body.addWidget(self._buttons())
        row = across((self.list, 4), (card, 6), gap=CARD_GAP)
        self.column.addWidget(self.intro)
        self.column.addLayout(row, 1)
        self.column.addWidget(self.reason)
        self.column.addWidget(self.told)

    def _buttons(self) -> QWidget:
        ways = (
            (say("Bukan duplikat"), "B", self.tell_apart, Deed.SETTLE),
            (say("Hapus yang kiri"), "1", lambda: self.delete(0), Deed.DELETE),
            (say("Hapus yang kanan"), "2", lambda: self.delete(1), Deed.DELETE),
            (say("Buka kiri"), "Enter", self._open_left, None),
            (say("Buka kanan"), "Shift+Enter", self._open_right, None),
        )
        buttons = QWidget()
        flow = Flow(buttons)
        for words, keys, act, deed in ways:
            button = Button(words, keys=tuple(keys.split("+")))
            button.clicked.connect(lambda _checked=False, act=act: act())
            flow.addWidget(button)
            self.desk.rights.guard(deed, button)
            self._acts.append(button)
            if keys != "Enter":
                self._acts.append(self.offer(words, keys.replace("Enter", "Return"), act, deed=deed))
        return buttons

    @override
    def refresh(self) -> None:
        scope = self.scope
        self.desk.ask(
            self, lambda workspace: doubles.among(workspace, scope.area, scope.period, scope.rt), self._show
        )

    @override
    def begin(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: list[Likeness]) -> None:
        self.counted.emit(len(found))
        self.intro.say(say(
            "{count} pasang rumah mungkin didata dua kali. Panah memilih, B bukan duplikat, 1 atau 2 menghapus satu.",
            count=written.number(len(found)),
        ) if found else "")
        self.intro.setVisible(bool(found))
        self.list.show_table(quality.likely_doubles(found), self.scope)
        self._look()

    def _turn(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._look()

    def _gone(self) -> None:
        self.pair = None

    def _look(self) -> None:
        """Ask for the two households of the current pair."""
        found = self.list.current()
        for each in self._acts:
            each.setEnabled(found is not None)
        if found is None:
            self.pair = None
            self.sides.show_nothing()
        else:
            self.desk.ask(self, lambda workspace: pair_view.pair(workspace, found), self._show_pair, self._not_there)

    def _not_there(self, error: Exception) -> None:
        self.pair = None
        self.refused(error)

    def _show_pair(self, pair: Pair) -> None:
        found = self.list.current()
        if found is None or (found.one.id, found.other.id) != (pair.left, pair.right):
            return
        self.pair = pair
        why = say("Alasan: {reasons}.", reasons=doubles.reasons(found))
        foot = say("{same} jawaban lain sama, {other} berbeda.", same=pair.same, other=len(pair.others))
        self.sides.show_lines((say("Kiri"), say("Kanan")), (*pair.lines, *pair.others), f"{why} {foot}")

    # What can be done

    def tell_apart(self) -> None:
        """Ask why the two are two households, and remember it."""
        found = self.list.current()
        if found is not None:
            self.reason.ask(
                say("Bukan duplikat: **{one}** dan **{other}** dua rumah tangga. Ini ikut terkirim ke kantor lain.",
                    one=found.one.name, other=found.other.name),
                say("ayah dan anak, dua rumah"), lambda reason: self._tell_apart(found, reason),
            )

    def _tell_apart(self, found: Likeness, reason: str) -> None:
        self.do(
            lambda workspace: doubles.tell_apart(workspace, found.one.id, found.other.id, reason=reason),
            lambda _nothing: self._done(say("Dicatat: bukan duplikat.")), self._ask_again,
        )

    def delete(self, side: int) -> None:
        """Ask why one of the two goes into the trash."""
        found = self.list.current()
        if found is not None:
            house = (found.one, found.other)[side]
            side_name = say("kanan") if side else say("kiri")
            self.reason.ask(
                say("Ke tempat sampah: yang {side}, **{house}**. Yang lain tetap.", side=side_name,
                    house=doubles.named(house)),
                say("terdata dua kali"), lambda reason: self._delete(house, reason), discards=True,
            )

    def _delete(self, house: House, reason: str) -> None:
        self.do(
            lambda workspace: recording.delete(workspace, Household, house.id, reason=reason),
            lambda _nothing: self._done(say("{house} ada di tempat sampah.", house=doubles.named(house))),
            self._ask_again,
        )

    def _ask_again(self, error: Exception) -> None:
        self.refused(error)
        self.reason.ask_again()

    def _done(self, words: str) -> None:
        self.tell(words)
        self.begin()

    def _open_left(self) -> None:
        found = self.list.current()
        if found is not None:
            self._open(found.one)

    def _open_right(self) -> None:
        found = self.list.current()
        if found is not None:
            self._open(found.other)

    def _open(self, house: House) -> None:
        self.wants.emit(Destination("form", self.scope.at(house.rt or None), Household.key, house.id))


class SideBySide(QScrollArea):
    """Shows lines under the headings of the two sides."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.texts: list[tuple[str, str, str]] = []

    def show_lines(self, heads: tuple[str, str], lines: Sequence[PairAnswers], above: str) -> None:
        """Show other lines, with a sentence above them."""
        page = QWidget()
        page.setProperty("surface", "none")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, SPACE_12, 0)
        grid.setHorizontalSpacing(SPACE_12)
        grid.setVerticalSpacing(SPACE_4)
        for column, share in enumerate((3, 5, 5)):
            grid.setColumnStretch(column, share)
        self.texts = [(line.asked, line.left, line.right) for line in lines]
        grid.addWidget(_wrapping(above, SECONDARY), 0, 0, 1, 3)
        for column, words in enumerate(heads, start=1):
            grid.addWidget(_wrapping(words, Style(bold=True, tone=Token.ACCENT_TEXT)), 1, column)
        for row, line in enumerate(lines, start=2):
            grid.addWidget(_wrapping(f"≠ {line.asked}" if line.differs else line.asked, CAPTION), row, 0)
            style = Style(bold=True) if line.differs else BODY
            grid.addWidget(_wrapping(line.left, style), row, 1)
            grid.addWidget(_wrapping(line.right, style), row, 2)
        grid.setRowStretch(len(lines) + 2, 1)
        self.setWidget(page)

    def show_nothing(self) -> None:
        """Show no pair."""
        self.texts = []
        self.setWidget(Label(say("Pilih satu baris di kiri."), SECONDARY))


def _wrapping(words: str, style: Style) -> Label:
    label = Label(words, style, wraps=True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setMinimumWidth(0)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
