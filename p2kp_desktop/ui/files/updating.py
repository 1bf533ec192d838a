"""The card «Perbarui program»: what is installed, an update from a stick or a file, going back to the version before.

It stands among what is done with a workspace and on the page for one that this program cannot open yet, where there is
no desk; so it is told how work is done and which backups are made first.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QMimeData, QObject, Qt, QThreadPool, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid
from typing_extensions import override

from p2kp_desktop import versions
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.actions.upkeep import updates
from p2kp_desktop.actions.upkeep.updates import Taken, UpdateOffer
from p2kp_desktop.exchange.update_file import SUFFIX
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.opening import only_looks
from p2kp_desktop.store.workspace import is_server
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.kit.progress import Bar
from p2kp_desktop.ui.kit.sight import bring_into_sight
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.versions import HERE

from . import drives
from .choosing import choose_update, dropped

Then = Callable[[Any], object]
Failed = Callable[[Exception], object]


class Doing(Protocol):
    """How work is done off the GUI thread; `then` and `failed` are told on it."""

    def __call__(self, owner: QWidget, act: Callable[[Report], Any], then: Then, failed: Failed) -> QObject:
        """Begin it; what is returned has `progressed`."""


def at_desk(desk: Desk) -> Doing:
    """Do work as the desk does, after the changes before it."""
    def do(owner: QWidget, act: Callable[[Report], Any], then: Then, failed: Failed) -> QObject:
        return desk.work(owner, lambda _workspace, report: act(report), then, failed)

    return do


class Alone(QObject):
    """Work where there is no desk: one piece at a time, which nobody stops."""

    _ended = Signal(object, object, object)
    progressed = Signal(int, int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ended.connect(self._tell)

    def __call__(self, owner: QWidget, act: Callable[[Report], Any], then: Then, failed: Failed) -> QObject:
        """Begin it on another thread."""
        def work() -> None:
            try:
                result = act(self.progressed.emit)
            except Exception as error:  # told on the GUI thread, whatever it is
                self._ended.emit(owner, partial(failed, error), None)
            else:
                self._ended.emit(owner, partial(then, result), None)

        QThreadPool.globalInstance().start(work)
        return self

    def _tell(self, owner: QWidget, told: Callable[[], object], _nothing: object) -> None:
        if isValid(owner):
            told()


def backed_up(workspace: Workspace) -> list[Path]:
    """Back up an open workspace; one on a server, or that can be looked at only, has none here. Raises Trouble."""
    if is_server(workspace.name) or only_looks(workspace.name):
        return []
    return [backups.back_up(workspace)]


class UpdateCard(Card):
    """Look at an update, take it, begin again with it; every step is a button, and nothing happens without one."""

    restarts = Signal()

    def __init__(self, do: Doing, back_up: Callable[[], Sequence[Path]]) -> None:
        super().__init__(say("Perbarui program"))
        self._do, self._back_up = do, back_up
        self.offer: UpdateOffer | None = None
        self._to = ""  # the version to go back to, once that was asked for
        self.about, self.told = Label("", SECONDARY, wraps=True), Label("", SECONDARY, wraps=True)
        self.name, self.news = Label("", Style(bold=True), wraps=True), Label("", SECONDARY, wraps=True)
        self.choose = Button(say("Pilih berkas pembaruan…"))
        self.take = Button("", Kind.PRIMARY)
        self.leave = Button(say("Batal"))
        self.restart = Button(say("Tutup dan buka lagi"), Kind.PRIMARY)
        self.progress = Bar()
        self.ways: list[Button] = []
        self._fault: ErrorCard | None = None
        self._lay_out()
        self.choose.clicked.connect(lambda: choose_update(self, self.look))
        self.take.clicked.connect(self._take)
        self.leave.clicked.connect(self.refresh)
        self.restart.clicked.connect(self.restarts)
        self.setAcceptDrops(True)
        self._show(None)

    def _lay_out(self) -> None:
        self._found = QWidget()
        self._row = Flow(self._found)
        self._row.addWidget(self.choose)
        answer = across(self.take, self.leave, self.restart, Stretch(), gap=SPACE_8)
        self._faults = down(gap=SPACE_8)
        self.body.addWidget(self.about)
        self.body.addWidget(self._found)
        self.body.addLayout(self._faults)
        for widget in (self.name, self.news, self.told):
            self.body.addWidget(widget)
        self.body.addLayout(answer)
        self.body.addWidget(self.progress)

    # What there is

    def refresh(self) -> None:
        """Show what is installed, and look on the sticks for what is newer."""
        self.offer, self._to = None, ""
        self._show(None)
        self._say_standing()
        if updates.standing() is None:
            folders = [folder for _name, folder in drives.removable()]
            self._do(self, lambda _report: updates.worth_taking(folders), self._show_ways, self._refused)

    def _say_standing(self) -> None:
        trouble = updates.standing()
        words = [say("Terpasang: P2KP Desktop {version}.", version=HERE.running)]
        words += [f"{say(trouble.what)} {say(trouble.remedy)}"] if trouble else []
        if HERE.awaited and not trouble:
            words.append(say("P2KP Desktop {version} dipakai saat program dibuka lagi.", version=HERE.awaited))
        self.about.say(" ".join(words))
        self.choose.setVisible(trouble is None)
        self.restart.setVisible(trouble is None and bool(HERE.awaited))
        self._show_ways([])

    def _show_ways(self, found: Sequence[UpdateOffer]) -> None:
        for way in self.ways:
            self._row.removeWidget(way)
            way.deleteLater()
        self.ways = []
        for offer in found:
            self._add_way(say("{version} di {place}…", version=offer.version, place=drives.name_of(offer.path)),
                          partial(self._show_offer, offer), Kind.PRIMARY)
        for version in updates.earlier():
            older = versions.order(version) < versions.order(HERE.running)
            words = say("Kembali ke {version}…", version=version) if older else say("Pakai {version}…", version=version)
            self._add_way(words, partial(self._ask_back, version), Kind.PLAIN)

    def _add_way(self, words: str, act: Callable[[], object], kind: Kind) -> None:
        way = Button(words, kind)
        way.clicked.connect(act)
        self._row.addWidget(way)
        way.show()
        self.ways.append(way)

    # One update

    def look(self, path: Path) -> None:
        """Look at an update file, and show what it brings or what is wrong with it."""
        self._do(self, lambda _report: updates.look(path), self._show_offer, self._refused)

    def _show_offer(self, offer: UpdateOffer) -> None:
        if offer.trouble is not None:
            self._refused(offer.trouble)
            return
        self._to = ""
        self._show(offer)
        self._lead_to(self.take)

    def _show(self, offer: UpdateOffer | None) -> None:
        self.offer = offer
        self._close_fault()
        manifest = offer.manifest if offer else None
        if manifest is not None:
            self.name.say(say("P2KP Desktop {version}", version=manifest.version))
            self.news.say(manifest.news)
            self.take.say(say("Pasang {version}", version=manifest.version))
            self._tell(say("Tanda tangannya cocok. Cadangan dibuat dulu; program yang sekarang tetap disimpan, dan "
                           "dipakai lagi sendiri bila yang baru tidak dapat dibuka."))
        for widget in (self.name, self.news, self.take, self.leave, self.told):
            widget.setVisible(manifest is not None)
        self.restart.hide()
        self.progress.hide()

    def _tell(self, words: str) -> None:
        self.told.say(words)
        self.told.setVisible(bool(words))

    def _take(self) -> None:
        offer, back_to = self.offer, self._to
        if offer is not None:
            self._begin(partial(self._taken_from, offer.path))
        elif back_to:
            self._begin(lambda _report: updates.change_to(back_to, self._back_up))

    def _taken_from(self, path: Path, report: Report) -> Taken:
        return updates.take(path, self._back_up, report)

    def _begin(self, act: Callable[[Report], Taken]) -> None:
        for widget in (self.take, self.leave, self._found):
            widget.setEnabled(False)
        self._tell(say("Cadangan dibuat, lalu program yang baru ditulis di samping yang sekarang…"))
        self.progress.show_share(0)
        self.progress.show()
        work = self._do(self, act, self._taken, self._refused)
        work.progressed.connect(self._show_progress)  # type: ignore[attr-defined]

    def _show_progress(self, done: int, total: int) -> None:
        if isValid(self):
            self.progress.show_share(done / max(total, 1))

    def _ended(self) -> None:
        for widget in (self.take, self.leave, self._found):
            widget.setEnabled(True)
        self.progress.hide()

    def _taken(self, taken: Taken) -> None:
        self._ended()
        self._show(None)
        self._to = ""
        self._say_standing()
        self._tell(say("P2KP Desktop {version} siap, dan dipakai saat program dibuka lagi.", version=taken.version))
        self.restart.show()
        self._lead_to(self.restart)

    # Going back

    def _ask_back(self, version: str) -> None:
        self._show(None)
        self._to = version
        self.take.say(say("Ya, pakai {version}", version=version))
        self._tell(say("Ruang kerja yang sudah dibuka dengan versi {newer} mungkin belum terbaca oleh {version}; "
                       "cadangan sebelum pembaruan dapat dipulihkan. Cadangan baru dibuat dulu.",
                       newer=HERE.running, version=version))
        for widget in (self.take, self.leave):
            widget.show()
        self._lead_to(self.leave)

    def _lead_to(self, button: Button) -> None:
        """Give a button the focus, and bring it into sight once the card is as long as it became."""
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_sight(button)

    # Faults

    def _refused(self, error: Exception) -> None:
        self._ended()
        self._show(None)
        if not isinstance(error, Trouble):
            raise error  # a bug: the window tells of it
        self._fault = ErrorCard(fault_of(error))
        self._faults.addWidget(self._fault)
        fault = self._fault
        bring_into_sight(fault)

    def _close_fault(self) -> None:
        if self._fault is not None:
            self._faults.removeWidget(self._fault)
            self._fault.hide()
            self._fault.deleteLater()
            self._fault = None

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _update_in(event.mimeData()) and updates.standing() is None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        path = _update_in(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.look(path)


def _update_in(given: QMimeData) -> Path | None:
    return next((path for path in dropped(given) if path.suffix.lower() == SUFFIX), None)
