"""What is done with the attachments of the record in sight: files are chosen, kept, opened; their particulars told."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.actions.recording.attachments import Attached
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace, sealed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.choosing import choose_target
from p2kp_desktop.ui.place import Destination, Scope

from .card import AttachmentsCard
from .pictures import Picture, small_pictures
from .viewer import Viewer

FORM = "form"
_ENDINGS = "*.jpg *.jpeg *.png *.webp *.heic *.heif *.tif *.tiff *.pdf"


class Attaching(QObject):
    """Fills a card with the attachments of records; a new file belongs to the first of them."""

    told = Signal(str)  # what was done
    wants = Signal(object)  # Destination

    def __init__(self, desk: Desk, card: AttachmentsCard, place: QWidget) -> None:
        super().__init__(place)
        self._desk, self._card, self._place = desk, card, place
        self._records: tuple[str, ...] = ()
        self._scope, self._stage, self._empty = Scope("", None, ""), "", ""
        self.found: Sequence[Attached] = ()
        self.viewer: Viewer | None = None
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
            self._desk.ask(self, lambda workspace: attachments.attached(workspace, *asked),
                           lambda found: self._tell(found) if asked == self._records else None)

    def _tell(self, found: Sequence[Attached]) -> None:
        self.found = found
        self._card.show_attached(found, self._empty)
        files = [each.path for each in found[::-1] if each.path is not None]
        self._card.pictures.show_pictures(())
        if files:
            self._desk.ask(self, lambda _workspace: small_pictures(files),
                           lambda pictures: self._picture(pictures) if self.found is found else None)

    def _picture(self, pictures: Sequence[Picture]) -> None:
        self._card.pictures.show_pictures(pictures)

    def ask(self) -> None:
        """Let scans or photos be chosen."""
        dialog = QFileDialog(self._place, say("Pilih foto atau pindaian"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(say("Foto, pindaian, dan PDF ({endings})", endings=_ENDINGS))
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

        def kept(workspace: Workspace) -> tuple[int, list[Trouble]]:
            refused = []
            for each in files:
                try:
                    attachments.attach(workspace, record, "", each, stage=stage)
                except Trouble as trouble:
                    refused.append(trouble)
            return len(files) - len(refused), refused

        self._desk.change(self, kept, lambda result: self._tell_kept(*result), touches={Attachment.key})

    def _tell_kept(self, count: int, refused: Sequence[Trouble]) -> None:
        """Say how many files were kept, and why the first of the others was not."""
        if refused and not count:
            self._desk.failed.emit(refused[0])
            return
        said = [say("{count} lampiran disimpan.", count=count)] if count else []
        if len(refused) > 1:
            said.append(say("{count} tidak disimpan.", count=len(refused)))
        if refused:
            said.append(f"{say(refused[0].what)} {say(refused[0].remedy)} ({refused[0].code})")
        self.told.emit(" ".join(said))

    def _open(self, record: str) -> None:
        """Open a file once it was read and is what its record says: with the program the system has for its kind.

        One that lies sealed is shown here, for another program would need a copy in clear.
        """
        chosen = next((each for each in self.found if each.record.id == record), None)
        if chosen is None or chosen.path is None:
            self._desk.hinted.emit(self._desk.rights.why(Deed.READ_NAMES) if chosen is not None and chosen.is_veiled
                                   else _why_not(chosen))
            return

        def look(workspace: Workspace) -> tuple[Path | None, bytes]:
            path = attachments.whole(workspace, str(chosen.record.answers.get("content") or ""))
            return path, attachments.pages_of(path, chosen.name) if path and sealed.is_sealed(path) else b""

        self._desk.ask(self, look, lambda looked: self._show_file(chosen, *looked))

    def _show_file(self, chosen: Attached, path: Path | None, pages: bytes) -> None:
        if path is not None and sealed.is_sealed(path):
            if self.viewer is None:
                self.viewer = Viewer(self._place)
                self.viewer.saves.connect(self._ask_for_copy)
            self.viewer.show_pages(path, chosen.name, pages)
        elif path is None:
            self._desk.hinted.emit(say("Berkasnya berubah sejak dilampirkan, jadi tidak dibuka. Terima lagi paketnya "
                                       "bersama folder Lampiran."))
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _ask_for_copy(self, kept: Path) -> None:
        choose_target(self._place, sealed.inside(kept).name, partial(self.save_copy, kept),
                      (sealed.inside(kept).suffix,))

    def save_copy(self, kept: Path, target: Path) -> None:
        """Write a copy of a kept file where somebody wants it, in clear."""
        said = say("Salinan disimpan di {path}, tanpa sandi.", path=target)
        self._desk.make(self, lambda workspace, _report: attachments.save_copy(workspace, kept, target),
                        lambda _done: self.told.emit(said), self._desk.failed.emit)

    def _edit(self, record: str) -> None:
        self.wants.emit(Destination(FORM, self._scope, Attachment.key, record))


def _why_not(chosen: Attached | None) -> str:
    if chosen is not None and chosen.is_held:
        return say("Berkas ini bukan foto, pindaian, atau PDF, jadi tidak dibuka. Minta pengirimnya melampirkan "
                   "foto atau PDF.")
    return say("Berkasnya belum ada di komputer ini. Terima lagi paketnya bersama folder Lampiran.")
