"""The dashboard of an office: cards with charts, every bar of which leads to what it counts; saved as one page."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.common import events
from p2kp_desktop.actions.home import board as boards
from p2kp_desktop.actions.home.board import Board
from p2kp_desktop.exchange import table_block
from p2kp_desktop.language import say
from p2kp_desktop.reports import dashboard, saving
from p2kp_desktop.schema.chart import Chart, Point, Way, tabled
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.choosing import choose_target
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.chart_view import ChartView
from p2kp_desktop.ui.kit.focus import holds_focus
from p2kp_desktop.ui.kit.labels import CAPTION, NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.link import Link
from p2kp_desktop.ui.lists.page import Page
from p2kp_desktop.ui.lists.pane import file_name
from p2kp_desktop.ui.look.measures import CARD_GAP, SPACE_8, SPACE_12
from p2kp_desktop.ui.place import REPORTING, Destination, Scope, why

_LEFT, _RIGHT = 7, 6  # shares of the width
_AIR = 3  # around the cards for the focus rings


class ChartCard(Card):
    """A chart with its title, what stands beside that, and the way to all of it."""

    opened = Signal(object)  # Point
    led = Signal(object)  # Way

    def __init__(self, chart: Chart) -> None:
        super().__init__(chart.title)
        self.view, self.note = ChartView(chart), Label("", NOTE, wraps=True)
        self.nothing, self.beside = Label("", SECONDARY, wraps=True), Label("", CAPTION, wraps=True)
        self.beside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.link = Link(say("Lihat semua"))
        self.head.setStretch(1, 0)  # what stands beside the title has all the room there is, and wraps in less
        self.head.addWidget(self.beside, 1)
        self.head.addWidget(self.link)
        for widget in (self.view, self.nothing, self.note):
            self.body.addWidget(widget)
        self.view.opened.connect(self.opened)
        self.link.clicked.connect(lambda: self.led.emit(self.chart.way))
        self.show_chart(chart)

    def show_chart(self, chart: Chart) -> None:
        """Show other figures."""
        self.chart = chart
        if isinstance(self.title, Label):
            self.title.say(chart.title)
        self.beside.say(chart.told)
        self.view.show_chart(chart)
        self.view.setVisible(not chart.is_empty)
        self.nothing.say(chart.empty)
        self.nothing.setVisible(chart.is_empty)
        self.note.say(" ".join(part for part in (*chart.notes, chart.hint) if part))
        self.note.setVisible(bool(chart.notes or chart.hint) and not chart.is_empty)
        self.link.setVisible(chart.way is not None)
        self.link.setAccessibleName(f"{say('Lihat semua')}: {chart.title}")


Cards = tuple[tuple[Chart, ...], tuple[Chart, ...]]


def _told(workspace: Workspace, scope: Scope, *, participants: bool) -> tuple[Board, Cards]:
    found = boards.board(workspace, scope.area, scope.period, scope.rt, participants=participants)
    return found, dashboard.cards(found)


def _save(workspace: Workspace, path: Path, scope: Scope, *, participants: bool) -> None:
    from p2kp_desktop.printing import making, writing
    from p2kp_desktop.printing.figures import recaps
    from p2kp_desktop.printing.pages import offices
    from p2kp_desktop.printing.pages.document import Asked

    found, charts = _told(workspace, scope, participants=participants)
    document = recaps.of_cards(saving.source_of(workspace, scope), dashboard.told(found), charts)
    asked = Asked(scope, sheet=offices.office(workspace).sheet)
    with events.leaving(workspace, events.EXPORTED, names=False, list="dashboard", region=scope.area, kind=".pdf"):
        writing.save(making.set_out(workspace, "dashboard", asked, document), path)


class BoardPage(Page):
    """Two columns of cards; `reports` names a report to open, and what is sought in it."""

    reports = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._asked = 0
        self._participants = False  # only kabupaten/kota that take part in the programme
        self.cards: list[ChartCard] = []
        self._charts: Cards = ((), ())
        self._board: Board | None = None
        self.save = Button(say("Simpan satu halaman"), icon="printer", keys=("Ctrl", "E"))
        self.save.clicked.connect(self.save_page)
        self.intro = Label(say("Sedang dihitung."), SECONDARY, wraps=True)
        head = QHBoxLayout()
        head.setSpacing(SPACE_12)
        head.addWidget(self.intro, 1)
        head.addWidget(self.save)
        self.column.addLayout(head)
        self.column.addWidget(self.told)
        self.sheets = QScrollArea()
        self.sheets.setWidgetResizable(True)
        self.sheets.setFrameShape(QFrame.Shape.NoFrame)
        self.sheets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheets.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setProperty("surface", "none")
        row = QHBoxLayout(content)
        row.setContentsMargins(_AIR, _AIR, _AIR + SPACE_8, _AIR)
        row.setSpacing(CARD_GAP)
        self._columns = QVBoxLayout(), QVBoxLayout()
        for column, share in zip(self._columns, (_LEFT, _RIGHT), strict=True):
            column.setSpacing(CARD_GAP)
            row.addLayout(column, share)
        self.sheets.setWidget(content)
        self.column.addWidget(self.sheets, 1)
        self.offer(say("Simpan dasbor sebagai satu halaman"), "Ctrl+E", self.save_page, say("satu halaman"),
                   deed=Deed.EXPORT)
        desk.rights.guard(Deed.EXPORT, self.save)
        self.offer(say("Salin angka kartu ini"), "Ctrl+C", self._copy, say("salin"), rare=True, deed=Deed.EXPORT)
        self._narrowing = self.offer(say("Hanya peserta program, atau semua kabupaten/kota"), "T", self._narrow,
                                     say("peserta"))
        QApplication.instance().focusChanged.connect(self._bring)  # type: ignore[union-attr]  # there is one

    @override
    def refresh(self) -> None:
        self._asked += 1
        asked, scope, participants = self._asked, self.scope, self._participants
        self._narrowing.setVisible(boards.can_narrow(scope.area))
        self.desk.ask(self, lambda workspace: _told(workspace, scope, participants=participants),
                      lambda found: self._show(*found) if asked == self._asked else None, self.refused)

    def _narrow(self) -> None:
        self._participants = not self._participants
        self.refresh()

    @override
    def refused(self, error: Exception) -> None:
        """Tell a known fault; without any participant all are looked at again."""
        self._participants = False
        super().refused(error)

    def _show(self, found: Board, charts: Cards) -> None:
        self._board = found
        names = [chart.name for chart in (*charts[0], *charts[1])]
        if names != [card.chart.name for card in self.cards]:
            self._lay_out(charts)
        for card, chart in zip(self.cards, (*charts[0], *charts[1]), strict=True):
            card.show_chart(chart)
        self._charts = charts
        self.intro.say(dashboard.told(found))

    def _lay_out(self, charts: Cards) -> None:
        had_focus = holds_focus(self)
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = []
        for column, some in zip(self._columns, charts, strict=True):
            while column.count():
                column.takeAt(0)
            for chart in some:
                card = ChartCard(chart)
                card.opened.connect(self._open)
                card.led.connect(self._lead)
                column.addWidget(card)
                self.cards.append(card)
            column.addStretch(1)
        if had_focus:
            self.begin()

    @override
    def begin(self) -> None:
        first = next((button for card in self.cards for button in card.view.buttons if not card.view.isHidden()), None)
        (first or self.save).setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Bring what got the focus into sight, with the card it is of."""
        if now is not None and self.isVisible() and self.sheets.isAncestorOf(now):
            card = self._card()
            for widget in (card, now) if card is not None else (now,):
                self.sheets.ensureWidgetVisible(widget, 0, CARD_GAP)

    def _open(self, point: Point) -> None:
        self._lead(point.way)

    def _lead(self, way: Way | None) -> None:
        if way is None:
            return
        if way.copies:
            QGuiApplication.clipboard().setText(way.copies)
            self.tell(say("Pengingat disalin; tempel di WhatsApp atau surel dengan Ctrl+V."))
        elif way.report:
            self.reports.emit(way.report, way.sought)
        elif way.explains is not None:
            self.wants.emit(why(way.explains))
        else:
            self.wants.emit(Destination(REPORTING, Scope(way.area, None, self.scope.period), tab="board"))

    # What leaves the window

    def _card(self) -> ChartCard | None:
        focused = QApplication.focusWidget()
        return next((card for card in self.cards if focused is not None and card.isAncestorOf(focused)), None)

    def _copy(self) -> None:
        card = self._card()
        if card is None:
            return
        block = table_block.block(tabled(card.chart))
        content = QMimeData()
        content.setText(block.text)
        content.setHtml(block.html)
        QGuiApplication.clipboard().setMimeData(content)
        self.tell(say("Angka «{title}» disalin. Tempel di Excel dengan Ctrl+V.", title=card.chart.title))

    def save_page(self) -> None:
        """Ask where the dashboard is saved as one page, then save it."""
        name = file_name(say("Dasbor"), self.scope.area, self.scope.rt, self.scope.period)
        choose_target(self.window(), f"{name}.pdf", self.save_to, (".pdf",))

    def save_to(self, path: Path) -> None:
        """Save the dashboard as one page, with where its figures come from."""
        scope, participants = self.scope, self._participants
        self.desk.make(self, lambda workspace, _report: _save(workspace, path, scope, participants=participants),
                       lambda _done: self.tell(say("Dasbor disimpan di {path}.", path=path)), self.refused)
