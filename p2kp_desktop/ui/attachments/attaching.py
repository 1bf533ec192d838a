"""What is done with the attachments of the record in sight: files are chosen, kept, opened; their particulars told."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from p2kp_desktop.actions import attaching
from p2kp_desktop.actions.attaching import Attached
from p2kp_desktop.forms.agreement import Attachment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.place import Destination, Scope

from .card import AttachmentsCard

FORM = "form"


class Attaching(QObject):
    """Fills a card with the attachments of records; a new file belongs to the first of them."""

    told = Signal(str)
    wants = Signal(object)  # Destination

    def __init__(self, desk: Desk, card: AttachmentsCard, place: QWidget) -> None:
        super().__init__(place)
        self._desk, self._card, self._place = desk, card, place
        self._records: tuple[str, ...] = ()
        self._scope, self._stage, self._empty = Scope("", None, ""), "", ""
        self.found: Sequence[Attached] = ()
        card.opened.connect(lambda _form, record: self._open(record))
        card.edits.connect(self._edit)
        desk.changed.connect(self._notice)

    def show(self, records: Sequence[str], scope: Scope, *, empty: str, stage: str = "") -> None:
        """Show the attachments of other records in a scope; `stage` is how far the work is in a new photo."""
        if records != self._records:
            self._tell(())
        self._records, self._scope, self._stage, self._empty = tuple(records), scope, stage, empty
        self._refresh()

    def _notice(self, touched: frozenset[str]) -> None:
        if Attachment.key in touched:
            self._refresh()

    def _refresh(self) -> None:
        asked = self._records
        if asked:
            self._desk.ask(self, lambda workspace: attaching.attached(workspace, *asked),
                           lambda found: self._tell(found) if asked == self._records else None)

    def _tell(self, found: Sequence[Attached]) -> None:
        self.found = found
        self._card.show_attached(found, self._empty)

    def ask(self) -> None:
        """Let scans or photos be chosen."""
        dialog = QFileDialog(self._place, say("Pilih foto atau pindaian"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, say("Pilih"))
        dialog.setLabelText(QFileDialog.DialogLabel.Reject, say("Batal"))
        dialog.filesSelected.connect(lambda chosen: self.attach([Path(each) for each in chosen]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def attach(self, files: Sequence[Path]) -> None:
        """Keep files with the record in sight."""
        if not self._records:
            return
        record, stage = self._records[0], self._stage

        def kept(workspace: Workspace) -> int:
            return len([attaching.attach(workspace, record, "", each, stage=stage) for each in files])

        self._desk.change(self, kept, lambda count: self.told.emit(say("{count} lampiran disimpan.", count=count)),
                          self._refused, touches={Attachment.key})

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            self.told.emit(f"{say(error.what)} {say(error.safe)} {say(error.remedy)} ({error.code})")
        else:
            self._desk.failed.emit(error)

    def _open(self, record: str) -> None:
        path = next((each.path for each in self.found if each.record.id == record), None)
        if path is None:
            self.told.emit(say("Berkasnya belum ada di komputer ini. Terima lagi paketnya bersama folder Lampiran."))
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _edit(self, record: str) -> None:
        self.wants.emit(Destination(FORM, self._scope, Attachment.key, record))
