"""Foto: choose or drop photos, see the record of each and why, point at the open ones, file all of them."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedWidget, QWidget
from typing_extensions import override

from p2kp_desktop.actions.photos.photo_filing import lockable
from p2kp_desktop.actions.photos.photo_matches import Certainty, PhotoMatch
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports.photos import photos
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files import drives
from p2kp_desktop.ui.files.choosing import choose_folder, copied
from p2kp_desktop.ui.files.parts import ActionBar, action, ways_in
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.controls import CheckBox
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.messages import Emptiness, EmptyState, WayIn
from p2kp_desktop.ui.kit.progress import ProgressPanel
from p2kp_desktop.ui.lists.page import EVERYTHING
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Destination, Place, Scope

from .looked_at import LookedAt
from .session import Phase, PhotoSession

_CAMERA = "DCIM"  # the folder in which phones and cameras keep their photos
_ENDINGS = "*.jpg *.jpeg *.png *.webp *.tif *.tiff *.heic *.pdf"


class PhotosPlace(Place):
    """Nothing yet, or the photos at hand: a list with the open ones first, and the one in focus beside it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.session = PhotoSession(desk, self)
        self._folder: Path | None = None
        self.setAcceptDrops(True)
        self._build()
        self._connect()
        self._act()
        self._show()

    def _build(self) -> None:
        sentence = say("Kode di lembar menunjukkan catatannya; foto tanpa kode mengikuti kode yang difoto sebelumnya. "
                       "Pilih fotonya, seret ke sini, atau tempel dengan Ctrl V. Foto asli tidak diubah.")
        ways = (
            WayIn("inbox", say("Satu folder sekaligus"), say("Semua foto di dalamnya. Ctrl Shift O")),
            WayIn("hard-drive", say("Kartu atau telepon"), say("Folder DCIM di kartu yang terpasang. Ctrl D")),
        )
        self.empty = EmptyState(
            Emptiness(say("Foto menemukan catatannya"), sentence, say("Pilih foto"), ("Ctrl", "O")), ways)
        self.intro, self.told = Label("", SECONDARY, wraps=True), Label("", SECONDARY, wraps=True)
        self.list: TableList[PhotoMatch] = TableList(self.desk, photos())
        self.list.table.enters = say("tunjuk catatannya")
        self.beside = LookedAt(self.desk)
        self.places, self.locks = CheckBox(""), CheckBox("")
        work = QWidget()
        down(self.intro, (across((self.list, 6), (self.beside, 4), gap=CARD_GAP), 1),
             across(self.places, self.locks, (Label(""), 1), gap=SPACE_12), self.told, into=work, gap=SPACE_8,
             margins=(0, SPACE_8))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(work)
        inside = down(self._stack, margins=(PAGE_SIDE, 0, PAGE_SIDE, SPACE_12))
        self.foot = Foot()
        down((inside, 1), self.foot, into=self)

    def _connect(self) -> None:
        self.empty.pressed.connect(self.choose)
        self.empty.way_chosen.connect(lambda place: (self.choose_folder, self.take_card)[place]())
        self.session.moved.connect(self._show)
        self.session.progressed.connect(self.foot.progress.show_progress)
        self.session.failed.connect(self._refused)
        self.foot.progress.cancelled.connect(self.session.stop)
        self.foot.cancel.clicked.connect(self.give_up)
        self.foot.more.clicked.connect(self.choose)
        self.foot.button.clicked.connect(self.file)
        self.list.opened.connect(lambda _photo: self.beside.begin())
        self.list.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._look())
        self.beside.pointed.connect(self.session.point)
        self.beside.left.connect(self._back_to_list)

    def _act(self) -> None:
        self._filing = action(self, say("Lampirkan foto"), "Ctrl+Return", "Ctrl+Enter")
        self._filing.triggered.connect(self.file)
        self._leaving = action(self, say("Lepaskan foto-foto ini"), "Esc")
        self._leaving.triggered.connect(self.give_up)
        ways_in(self, self.desk.rights, Deed.CHANGE, (
            (say("Pilih foto…"), "Ctrl+O", self.choose),
            (say("Pilih folder berisi foto…"), "Ctrl+Shift+O", self.choose_folder),
            (say("Ambil dari kartu atau telepon"), "Ctrl+D", self.take_card),
            (say("Tempel berkas yang disalin"), "Ctrl+V", self.paste),
        ))
        self.desk.rights.guard(Deed.CHANGE, self._filing, self.empty.action, *self.empty.ways, self.foot.more,
                               self.foot.button)
        offer(self.list.table, [
            Command(say("Tinggalkan foto ini, atau ikutkan lagi"), ("Space",), self.leave_out, say("tinggalkan"))])

    @property
    @override
    def concerns(self) -> frozenset[str]:
        return EVERYTHING

    @override
    def catch_up(self, touched: frozenset[str]) -> None:
        self.session.refresh()

    @override
    def enter(self, destination: Destination, scope: Scope) -> None:
        """Show the photos at hand, with the records as they are now."""
        super().enter(destination, scope)
        self.session.refresh()
        self._begin()

    @override
    def close_told(self) -> None:
        self.told.hide()

    # What the user does

    def choose(self) -> None:
        """Let the user choose photos."""
        if self.session.busy:
            return
        dialog = QFileDialog(self, say("Pilih foto"), str(self._folder or drives.documents() or ""))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([say("Foto ({endings})", endings=_ENDINGS), say("Semua berkas (*)")])
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, say("Pilih"))
        dialog.setLabelText(QFileDialog.DialogLabel.Reject, say("Batal"))
        dialog.filesSelected.connect(lambda chosen: self.look_at([Path(each) for each in chosen]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose_folder(self) -> None:
        """Let the user choose a folder with photos."""
        if not self.session.busy:
            choose_folder(self, self._folder, lambda folder: self.look_at([folder]))

    def take_card(self) -> None:
        """Take the photos of a phone's card that is plugged in, or ask for the folder where there is none."""
        cards = [root / _CAMERA for _name, root in drives.removable() if (root / _CAMERA).is_dir()]
        if cards:
            self.look_at(cards)
        else:
            self.choose_folder()

    def paste(self) -> None:
        """Take the files or folders that were copied in the file manager."""
        self.look_at(_local(copied()))

    def look_at(self, paths: Sequence[Path]) -> None:
        """Read photos, and those in folders, and show the record of each."""
        if paths and not self.session.busy:
            self._folder = paths[0] if paths[0].is_dir() else paths[0].parent
            self.told.hide()
            self.session.look_at(paths)

    def leave_out(self) -> None:
        """Leave the photo in focus out, or take it in again."""
        photo = self.list.current()
        if photo is not None:
            self.session.leave_out(photo)

    def file(self) -> None:
        """Attach every photo that has its record."""
        self.session.file(places=self.places.isVisible() and self.places.isChecked(),
                          lock=self.locks.isVisible() and self.locks.isChecked())

    def give_up(self) -> None:
        """Stop what is under way; at rest let go of the photos."""
        if self.session.busy:
            self.session.stop()
        else:
            self.session.clear()
            self._begin()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self.session.busy:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.look_at(_local(event.mimeData()))

    # Showing

    def _show(self) -> None:
        session = self.session
        here = self._has_focus()
        self._stack.setCurrentIndex(0 if session.phase is Phase.EMPTY else 1)
        self.list.show_table(photos(session.found))
        self.intro.say(_intro(session))
        self.places.setVisible(session.phase is Phase.SHOWN and session.placeable > 0)
        self.places.say(say("Isi letak {count} rumah yang masih kosong dari fotonya", count=session.placeable))
        locks = lockable(session.found)
        self.locks.setVisible(session.phase is Phase.SHOWN and bool(locks))
        self.locks.say(_locks(list(locks.values())))
        self.foot.show_session(session)
        self._filing.setEnabled(session.phase is Phase.SHOWN and session.ready > 0)
        self._leaving.setEnabled(session.phase is not Phase.EMPTY)
        if session.phase is Phase.DONE:
            self._tell_done()
        self._look()
        if here and not self.beside.field.hasFocus():
            self._begin()

    def _tell_done(self) -> None:
        filed = self.session.filed
        said = [say("**{count} foto** dilampirkan; Ctrl Z membatalkan semuanya.", count=written.number(filed.photos))]
        said += [say("{count} rumah mendapat letaknya.", count=filed.placed)] if filed.placed else []
        said += [say("{title}: disepakati.", title=each.title) for each in filed.locked]
        self.told.colour(Token.TEXT2)
        self.told.say(" ".join([*said, *filed.refused]))
        self.told.show()

    def _refused(self, trouble: Trouble) -> None:
        self.told.colour(Token.ERR)
        self.told.say(f"{say(trouble.what)} {say(trouble.safe)} {say(trouble.remedy)} ({trouble.code})")
        self.told.show()

    def _look(self) -> None:
        self.beside.look_at(self.list.current())

    def _back_to_list(self) -> None:
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self) -> None:
        if self.session.phase is Phase.EMPTY:
            self.empty.action.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._back_to_list()

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return self.isVisible() and (focused is None or self.isAncestorOf(focused))


class Foot(ActionBar):
    """How far it is, or what can be done now."""

    def __init__(self) -> None:
        super().__init__()
        self.progress = ProgressPanel()
        self.more = Button(say("Foto lain"), keys=("Ctrl", "O"))
        self.cancel = Button("", keys=("Esc",))
        self.button = Button("", Kind.PRIMARY, keys=("Ctrl", "Enter"))
        self.row.addWidget(self.progress, 1)
        for button in (self.more, self.cancel, self.button):
            self.row.addWidget(button)

    def show_session(self, session: PhotoSession) -> None:
        """Show what can be done now."""
        done = session.phase is Phase.DONE
        self.setVisible(session.phase is not Phase.EMPTY)
        self.progress.setVisible(session.busy)
        for each in (self.note, self.more, self.cancel):
            each.setVisible(not session.busy)
        self.cancel.say(say("Selesai") if done else say("Batal"))
        self.button.setVisible(session.phase is Phase.SHOWN and session.ready > 0)
        self.button.say(say("Lampirkan {count} foto", count=written.number(session.ready)))
        self.note.say("" if done else say("Belum ada yang berubah. Foto hanya dibaca."))


def _intro(session: PhotoSession) -> str:
    waiting = sum(each.certainty is Certainty.OPEN for each in session.found)
    if session.phase is Phase.DONE or not session.found:
        return ""
    if not waiting:
        return say("Semua foto jelas catatannya. Periksa, lalu Ctrl Enter.")
    return say("**{count} foto** menunggu ditunjuk: Enter mencari catatannya. Yang tidak ditunjuk tidak dilampirkan.",
               count=written.number(waiting))


def _locks(found: Sequence[PhotoMatch]) -> str:
    if len(found) != 1 or found[0].subject is None:
        return say("Tandai {count} aturan bersama disepakati", count=len(found))
    return say("Tandai «{title}» versi {version} disepakati", title=found[0].subject.title, version=found[0].locks)


def _local(given: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
