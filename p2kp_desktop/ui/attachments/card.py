"""The card of attachments: a line each, small pictures of the photos, keys to open one or to tell more about it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from p2kp_desktop.actions.recording.attachments import Attached
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.language import say, say_many
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.entries import EntriesCard, Entry
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.look.tokens import Token

from .pictures import Thumbnails

_MOST = 10  # lines, the newest
_UNBOUNDED = (1 << 24) - 1  # logical pixels: as high as a widget may be
_PLACES = 5  # decimals of a degree: one metre


class AttachmentsCard(EntriesCard):
    """↑ ↓ go from line to line, Enter opens the file, E its particulars."""

    edits = Signal(str)  # an attachment
    refilled = Signal()  # its height may be another

    def __init__(self) -> None:
        super().__init__(say_many("Lampiran"))
        self.pictures = Thumbnails()
        self.more = Label("", NOTE, wraps=True)
        self.body.addWidget(self.more)
        self.body.addWidget(self.pictures)
        self.body.addStretch(1)

    def show_attached(self, found: Sequence[Attached], empty: str) -> None:
        """Show other attachments; `empty` is said where there are none."""
        more = say("{count} lagi ada di Semua data.", count=len(found) - _MOST) if len(found) > _MOST else ""
        self.show_entries(entries(found[-_MOST:]), empty, say("**{count}** berkas", count=len(found)) if found else "")
        self.more.say(more)
        self.more.setVisible(bool(more))
        if self.isHidden():  # nobody asks a hidden card for its layout
            self.refilled.emit()

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # only now what is new in it counts for its height
            self.refilled.emit()
        return done

    def wanted_height(self, width: int) -> int:
        """Return the height that shows all of it, in logical pixels."""
        return self.body.totalHeightForWidth(width) if self.body.hasHeightForWidth() else self.sizeHint().height()

    def show_small_ones(self, *, shown: bool) -> None:
        """Show the small pictures, or leave their room to the lines."""
        self.pictures.setMaximumHeight(_UNBOUNDED if shown else 0)

    def give_focus(self) -> None:
        """Put the keyboard on the first line."""
        if self.lines:
            self.lines[0].setFocus(Qt.FocusReason.TabFocusReason)

    def line_in_focus(self) -> int | None:
        """Return the place of the line that has the keyboard, None where none has."""
        return next((place for place, line in enumerate(self.lines) if line.hasFocus()), None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.line_in_focus()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if here is None:
            super().keyPressEvent(event)
        elif step:
            self.lines[min(max(here + step, 0), len(self.lines) - 1)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_E:
            self.edits.emit(self.lines[here].entry.record)
        else:
            super().keyPressEvent(event)


def entries(found: Iterable[Attached]) -> list[Entry]:
    """Return the attachments in lines: kind, stage and place of each; those without file named."""
    return [
        Entry("file-check" if each.path else "ban" if each.is_held or each.is_veiled else "circle-dashed",
              Token.OK if each.path else Token.TEXT3, each.name, told(each),
              Token.TEXT2 if each.path or each.is_veiled else Token.WARN, Attachment.key, each.record.id)
        for each in found
    ]


def told(each: Attached) -> str:
    """Return the kind of a file, of a photo also its stage and its place, or why there is none to open, in words."""
    if each.is_veiled:
        return say("tidak ditampilkan: foto dan pindaian dapat memuat nama")
    if each.path is None or each.kind is None:
        return say("ditahan: bukan foto atau PDF") if each.is_held else say("berkas belum ada di sini")
    latitude, longitude = each.record[Attachment.latitude], each.record[Attachment.longitude]
    at = (latitude, longitude)
    where = "; ".join(written.number(round(each, _PLACES)) for each in at if each is not None) if None not in at else ""
    return " · ".join(part for part in (each.kind.title, each.record.show(Attachment.stage), where) if part)

