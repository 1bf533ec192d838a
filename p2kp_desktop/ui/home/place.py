"""The place Beranda: what to do next, 100-0-100, the bowl, how far every RT or kelurahan is."""

from collections.abc import Set
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.bundles import acknowledgements
from p2kp_desktop.actions.bundles.acknowledgements import Acknowledgement
from p2kp_desktop.actions.home import overview
from p2kp_desktop.actions.home.overview import Begun, Picture, Tasks, Waiting
from p2kp_desktop.actions.protection import password
from p2kp_desktop.actions.scores.progress import RtLine
from p2kp_desktop.actions.tables.household_pages import INCOMPLETE, PROBLEM
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.places import READINESS, SCORES
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import region, seen_from
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Subject
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.commands import Command, mark_leading, offer
from p2kp_desktop.ui.kit.link import Link
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, PAGE_TOP, SPACE_4, SPACE_12
from p2kp_desktop.ui.place import (
    BOWL,
    COLLECTING,
    MEETINGS,
    REPORTING,
    SETTINGS,
    TRANSFER,
    Destination,
    Paper,
    Place,
    Scope,
    why,
)

from . import heard
from .bare import BareLine
from .heard import HeardLine
from .parts import BowlCard
from .promised import PromisedLine
from .rings import RingsCard
from .tiles import TilesCard
from .todo import TodoRow

FORM = "form"
BASELINE = "baseline"  # the part of the bowl whose records are those of Pendataan
TOUCHING = {SCORES, READINESS}
TASKS = {"drafts", "comment", "transfers", "approval", "meeting", "decision"}  # what waits, and no figure
_LEFT, _RIGHT = 468, 626  # shares of the width
_EDGE = 4  # between the scroll bar and the side of the page
_AIR = 3  # around the cards for their focus rings

Heard = tuple[Acknowledgement, ...]


def _tasks(workspace: Workspace, scope: Scope) -> tuple[Tasks, Heard, bool]:
    found = overview.tasks(workspace, scope.area, scope.period, scope.rt)
    heard = acknowledgements.acknowledgements(workspace, scope.area, scope.period)
    return found, heard, password.lies_bare(workspace)


class HomePlace(Place):
    """Every card and every tile is a way to what it counts; on arrival Enter goes on with the draft."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scope = Scope("", None, "")
        self._asking = 0
        self._tasks = Tasks(None, Waiting(0, 0), Waiting(0, 0), Waiting(0, 0), Waiting(0, 0))
        self.todo, self.replies, self.promised, self.bare = TodoRow(), HeardLine(), PromisedLine(), BareLine()
        self.bowl, self.rings, self.tiles = BowlCard(), RingsCard(), TilesCard()
        self.board = Link(say("Dasbor"))
        self.rings.head.insertWidget(1, self.board)
        self._lay_out()
        self._connect()
        new = QAction(say("Rumah baru"), self)
        new.setShortcut(QKeySequence("Ctrl+N"))
        mark_leading(new, leads=True)  # as wherever else it is given
        new.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        new.triggered.connect(lambda: self._draft(None))
        self.addAction(new)
        desk.rights.guard(Deed.CHANGE, new)
        desk.rights.changed.connect(self._follow_rights)
        self._follow_rights()
        offer(self, [Command(say("Mengapa nilainya begitu"), ("J", "Ctrl+J"), self._explain, say("mengapa nilainya"),
                             leads=True)])

    @override
    def on_paper(self) -> Paper:
        return Paper(what="dashboard")

    def _explain(self, criterion: str = "") -> None:
        """Go to the explanation of the RT or kelurahan of the tile in focus, or of all that is shown."""
        subject = self.tiles.in_focus or Subject(self._scope, criterion=criterion or self.rings.in_focus)
        self.wants.emit(why(replace(subject, scope=replace(subject.scope, period=self._scope.period))))

    def _lay_out(self) -> None:
        content = QWidget()
        content.setProperty("surface", "none")
        self._columns = columns = QHBoxLayout(content)
        columns.setSpacing(CARD_GAP)
        columns.addWidget(self.bowl, _LEFT)
        right = QVBoxLayout()
        right.setSpacing(CARD_GAP)
        right.addWidget(self.rings)
        right.addWidget(self.tiles, 1)
        columns.addLayout(right, _RIGHT)
        self.sheets = QScrollArea()
        self.sheets.setWidgetResizable(True)
        self.sheets.setFrameShape(QFrame.Shape.NoFrame)
        self.sheets.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheets.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheets.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_SIDE - _AIR, PAGE_TOP, _EDGE, SPACE_12)
        column.setSpacing(CARD_GAP - _AIR)
        above = QVBoxLayout()
        above.setContentsMargins(_AIR, 0, PAGE_SIDE - _EDGE, 0)
        above.setSpacing(SPACE_4)
        above.addWidget(self.todo)
        above.addWidget(self.promised)
        above.addWidget(self.replies)
        above.addWidget(self.bare)
        column.addLayout(above)
        column.addWidget(self.sheets, 1)
        self.sheets.verticalScrollBar().rangeChanged.connect(lambda _least, most: self._leave_room(most > 0))
        self._leave_room(False)
        self._show_held()

    def _leave_room(self, scrolls: bool) -> None:
        """Keep the cards under those above them: the scroll bar stands in the margin of the page."""
        bar = self.sheets.verticalScrollBar().sizeHint().width() if scrolls else 0
        self._columns.setContentsMargins(_AIR, _AIR, PAGE_SIDE - _EDGE - bar, _AIR)

    def _connect(self) -> None:
        self.todo.drafted.connect(self._draft)
        self.todo.held.connect(lambda: self.wants.emit(Destination(FORM, self._scope, draft=True)))
        self.desk.unsaved.changed.connect(self._show_held)
        self.todo.receives.connect(lambda: self._transfer("receive"))
        self.todo.waiting.connect(self._waiting)
        self.todo.conflicts.connect(lambda: self._transfer("conflicts"))
        self.promised.opened.connect(lambda: self.wants.emit(Destination(MEETINGS, self._scope, tab="open")))
        self.replies.opened.connect(self._heard)
        self.bare.opened.connect(lambda: self.wants.emit(Destination(SETTINGS)))
        self.todo.unfinished.connect(self._unfinished)
        self.bowl.part_opened.connect(self._open_part)
        self.bowl.lines.reached.connect(lambda _key: self.sheets.ensureWidgetVisible(self.bowl.lines.focusWidget()))
        self.rings.asked_why.connect(self._explain)
        self.board.clicked.connect(lambda: self.wants.emit(Destination(REPORTING, self._scope, tab="board")))
        self.tiles.rt_opened.connect(self._open_rt)
        self.tiles.village_opened.connect(lambda code: self._go(Scope(code, None, self._scope.period)))

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show an area; the figures come when they are ready, the row of tasks first."""
        super().enter(destination, scope)
        self._scope = scope
        self.refresh()
        self.todo.draft.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_held(self) -> None:
        unsaved = self.desk.unsaved
        names = [sheet.name for sheet in unsaved.typed if sheet.place == FORM] if unsaved.trouble else []
        self.todo.show_held(names[-1] if names else "")

    def refresh(self) -> None:
        """Ask again for everything shown."""
        self._asking += 1
        asked, scope = self._asking, self._scope
        self.desk.ask(
            self,
            lambda workspace: _tasks(workspace, scope),
            lambda found: self._show_tasks(asked, *found),
        )
        self.desk.ask(
            self,
            lambda workspace: overview.picture(workspace, scope.area, scope.period, scope.rt),
            lambda picture: self._show_picture(asked, picture),
        )

    def _show_tasks(self, asked: int, tasks: Tasks, said: Heard, bare: bool) -> None:
        if asked == self._asking:
            self._tasks = tasks
            self.todo.show_tasks(tasks)
            self.promised.show_promised(tasks.decisions)
            self.replies.show_heard(said, tasks)
            self.bare.setVisible(bare)

    def _show_picture(self, asked: int, picture: Picture) -> None:
        if asked != self._asking:
            return
        self.rings.show_path(picture.now, picture.before, self._scope.rt, picture.targets)
        self.bowl.show_parts(picture.parts)
        if region(self._scope.area).is_village:
            self.tiles.show_rts(picture.rts, self._scope.rt)
        else:
            self.tiles.show_villages(picture.villages)

    @property
    @override
    def concerns(self) -> Set[str]:
        return TOUCHING | TASKS

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        if touched & TOUCHING:
            self.refresh()
        else:
            asked, scope = self._asking, self._scope
            self.desk.ask(
                self,
                lambda workspace: _tasks(workspace, scope),
                lambda found: self._show_tasks(asked, *found),
            )

    def _follow_rights(self) -> None:
        self.todo.types = self.desk.rights.may(Deed.CHANGE)

    def _draft(self, begun: Begun | None) -> None:
        if begun is None:
            begins = Destination(FORM, self._scope, Household.key)
            self.wants.emit(begins if self.todo.types else Destination(COLLECTING, self._scope))
            return
        scope = Scope(seen_from(self._scope.area, begun.area), begun.rt or None, begun.period or self._scope.period)
        self.wants.emit(Destination(FORM, scope, begun.form, begun.id, begun.question, draft=True))

    def _transfer(self, tab: str) -> None:
        self.wants.emit(Destination(TRANSFER, self._scope, tab=tab))

    def _heard(self, leads: str) -> None:
        if leads == heard.RETURNED:
            self._open(self._tasks.returned, "returned")
        else:
            self._transfer(leads)

    def _waiting(self, tasks: Tasks) -> None:
        if tasks.reviews:
            self._open(tasks.review, "waiting")
        else:
            self._open(tasks.returned, "returned")

    def _open(self, found: Waiting, tab: str) -> None:
        """Go to the only record, at the question that a comment is about, or to the list of them."""
        if found.only is None:
            self.wants.emit(Destination(COLLECTING, self._scope, tab=tab))
            return
        only = found.only
        scope = Scope(only.region or self._scope.area, only.rt or None, self._scope.period)
        self.wants.emit(Destination(FORM, scope, only.form, only.id, only.question))

    def _unfinished(self, tasks: Tasks) -> None:
        standing = PROBLEM if tasks.problems.records else INCOMPLETE
        self.wants.emit(Destination(COLLECTING, self._scope, tab=f"households:{standing}"))

    def _open_part(self, key: str) -> None:
        place = COLLECTING if key == BASELINE else BOWL
        self.wants.emit(Destination(place, self._scope.at(None), tab="" if key == BASELINE else key))

    def _open_rt(self, line: RtLine) -> None:
        self._go(Scope(line.region, line.rt, self._scope.period))

    def _go(self, scope: Scope) -> None:
        self.wants.emit(Destination(COLLECTING, scope))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheets.verticalScrollBar().setSingleStep(max(self.rings.height() + CARD_GAP, 1))
