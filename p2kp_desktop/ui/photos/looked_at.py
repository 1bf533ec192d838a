"""The photo in focus: its picture, its record and why; and the field in which a person finds the record of it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy
from typing_extensions import override

from p2kp_desktop.actions.photos.photo_matches import PhotoMatch
from p2kp_desktop.actions.photos.photo_reading import PhotoRead
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.actions.tables import word_search
from p2kp_desktop.actions.tables.word_search import Found
from p2kp_desktop.forms import BY_KEY
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.attachments.pictures import Picture, scanned_page, small_pictures
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.finder import Driver
from p2kp_desktop.ui.kit.found_list import Entry, FoundList
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.search import SearchField
from p2kp_desktop.ui.kit.words import BODY, Style

_SIDE = 640  # of the picture that is read; it is shown smaller
_MOST, _ROWS, _ROWS_SMALL = 30, 6, 4
_LOW = 400  # logical pixels of height below which the picture gives way to what is found
_DECIMALS = 5


class PictureView(QLabel):
    """A picture as large as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = QPixmap()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(80)

    def show_picture(self, picture: Picture | None) -> None:
        """Show another picture, or none."""
        self._whole = QPixmap.fromImage(picture.image) if picture else QPixmap()
        self.setAccessibleName(picture.name if picture else "")
        self._fit()

    def _fit(self) -> None:
        if self._whole.isNull():
            self.clear()
            return
        ratio = self.devicePixelRatio()
        room = QSize(round(self.width() * ratio), round(self.height() * ratio))
        shown = self._whole.scaled(
            room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        self.setPixmap(shown)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class LookedAt(Card):
    """`pointed` names form and record that a person chose; `left` that nothing was chosen."""

    pointed = Signal(object, str, str)  # PhotoMatch, form, record
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._photo: PhotoMatch | None = None
        self.picture = PictureView()
        self.name, self.record, self.why = Label("", NOTE), Label("", Style(bold=True), wraps=True), Label("", BODY)
        self.why.setWordWrap(True)
        self.field = SearchField(say("Nama, nomor, atau kode catatan"), ("Enter",), width=0)
        self.list = FoundList()
        self.list.hide()
        self._driver = Driver(self.field, self.list)
        for widget in (self.name, self.record, self.why, self.field, self.list):
            self.body.addWidget(widget)
        self.body.insertWidget(0, self.picture, 1)
        self.field.textEdited.connect(self._search)
        self.field.installEventFilter(self)
        self.list.chosen.connect(self._choose)

    def look_at(self, photo: PhotoMatch | None) -> None:
        """Show another photo; its picture comes once it is read."""
        before, self._photo = self._photo, photo
        self.setVisible(photo is not None)
        if photo is None:
            return
        self.name.say(_told(photo))
        self.record.say(_escaped(photo.subject.words) if photo.subject else say("Catatannya belum jelas"))
        self.why.say(_escaped(" · ".join(part for part in (photo.why, photo.remark) if part)))
        if before is None or before.read.file != photo.read.file:
            self._close()
            self.picture.show_picture(None)
            self._ask_for_picture(photo.read)

    def _ask_for_picture(self, read: PhotoRead) -> None:
        def show(found: Sequence[Picture]) -> None:
            if self._photo is not None and self._photo.read.file == read.file:
                self.picture.show_picture(found[0] if found else None)

        def drawn(_workspace: Workspace) -> list[Picture]:
            return [scanned_page(read.origin, read.page, _SIDE)] if read.page else small_pictures([read.file], _SIDE)

        self._desk.ask(self, drawn, show)

    # Pointing at a record

    def begin(self) -> None:
        """Let a record be found, the likely ones first."""
        if self._photo is None:
            return
        self.field.clear()
        self._list([_entry_of(each) for each in self._photo.candidates])
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _search(self, typed: str) -> None:
        def show(found: Sequence[Found]) -> None:
            if self.field.text() == typed:
                self._list([_entry(each) for each in found if _takes(each)])

        self._desk.ask(self, lambda workspace: word_search.find(workspace, typed, _MOST), show)

    def _list(self, entries: list[Entry]) -> None:
        self.list.list_entries(entries)
        is_low = self.height() < _LOW
        self.list.setFixedHeight(self.list.height_of(min(max(len(entries), 1), _ROWS_SMALL if is_low else _ROWS)))
        self.list.setVisible(bool(entries))
        self.picture.setHidden(is_low and bool(entries))

    def _choose(self, value: object) -> None:
        if self._photo is not None and isinstance(value, tuple):
            form, record = value
            photo = self._photo
            self._close()
            self.pointed.emit(photo, form, record)
            self.left.emit()

    def _close(self) -> None:
        self.field.clear()
        self.list.hide()
        self.picture.show()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self._close()
            self.left.emit()
            return True
        return super().eventFilter(watched, event)


def _takes(found: Found) -> bool:
    form = BY_KEY.get(found.form)
    return form is not None and form.takes_files and not found.draft


def _entry(found: Found) -> Entry:
    return Entry(found.title, found.detail, (found.form, found.record))


def _entry_of(subject: Subject) -> Entry:
    return Entry(subject.title, " · ".join(filter(None, (subject.place, subject.period))), (subject.form, subject.id))


def _told(photo: PhotoMatch) -> str:
    """Return name, time and place of a photo."""
    here = photo.read.photo
    at = [written.number(round(each, _DECIMALS)) for each in (here.latitude, here.longitude) if each is not None]
    time = written.moment(here.moment) if here.moment else ""
    return _escaped(" · ".join(part for part in (photo.read.file.name, time, "; ".join(at)) if part))


def _escaped(text: str) -> str:
    return text.replace("*", "∗")
