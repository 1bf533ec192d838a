"""Drafts go to disk while somebody types: one at a time, always the newest, never a queue of old ones."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.language import say
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.sheet import FormSheet
from p2kp_desktop.ui.form.viewing import title
from p2kp_desktop.ui.place import FORM
from p2kp_desktop.ui.unsaved import Sheet

DRAFTS = "drafts"


class DraftKeeper(QObject):
    """Keeps drafts; `kept` says which record's draft is on disk since when, `failed` that it is not."""

    kept = Signal(str, str)
    failed = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._on_disk: set[str] = set()  # records that have a draft there, or soon
        desk.unsaved.kept.connect(self._kept)
        desk.unsaved.failed.connect(self._failed)
        self._cards: list[tuple[FormSheet, QWidget]] = []  # that say what is true only while the disk fails
        desk.unsaved.changed.connect(self._look)

    @property
    def is_well(self) -> bool:
        """Say whether the disk takes what is typed."""
        return self._desk.unsaved.trouble is None

    def knows(self, record: str) -> None:
        """Take note of a draft that is on disk already."""
        self._on_disk.add(record)

    def note(self, session: Session) -> None:
        """Hand over what is typed now, and where; a record as it was saved has no draft, who only looks types none."""
        record = session.record
        if not session.opened.may_type:
            return
        if session.is_touched:
            self._on_disk.add(record)
            self._desk.unsaved.hold(self.sheet(session))
        elif record in self._on_disk:
            self._on_disk.discard(record)
            self._desk.unsaved.hold(self._dropped(record))

    def sheet(self, session: Session) -> Sheet:
        """Return the answers typed now as the sheet that is put on disk, so that typing may go on meanwhile."""
        record = session.record
        name = title(session.opened, small=False)
        return Sheet(self.key(record), name, self.writes(session), frozenset({DRAFTS}), FORM, record, hands=session)

    def writes(self, session: Session) -> Callable[[Workspace], str]:
        """Return the function that puts the draft on disk and says when."""
        form, record, answers, question = session.keying.form, session.record, session.draft(), session.focus
        return lambda workspace: keyed_drafts.keep(workspace, form, record, answers, question)

    def _dropped(self, record: str) -> Sheet:
        return Sheet(self.key(record), "", lambda workspace: keyed_drafts.drop(workspace, record), frozenset({DRAFTS}))

    def key(self, record: str) -> str:
        """Return by what the sheet of a record is known."""
        return f"{DRAFTS} {record}"

    def held(self, record: str) -> Session | None:
        """Return the typed state of a record, or of the one typed last, that is in memory only."""
        unsaved = self._desk.unsaved
        sheet = unsaved.of(self.key(record)) if record else next(
            (each for each in reversed(unsaved.typed) if each.place == FORM), None)
        return sheet.hands if sheet is not None and isinstance(sheet.hands, Session) else None

    def hand_over(self, session: Session) -> Sheet:
        """Return the sheet that a save which follows will bring to disk; held until that is done."""
        self.flush()
        sheet = self.sheet(session)
        self._on_disk.discard(session.record)
        self._desk.unsaved.hold_for_save(sheet)
        return sheet

    def saved(self, sheet: Sheet) -> None:
        """Take note that a save brought a sheet to disk."""
        self._desk.unsaved.saved(sheet)

    def not_saved(self, sheet: Sheet, then: Callable[[bool], object]) -> None:
        """Keep as a draft what a save did not bring to disk; then tell whether that went well."""
        self._on_disk.add(sheet.record)
        self._desk.unsaved.not_saved(sheet, then)

    def flush(self) -> None:
        """Put what still waits in line now, before whatever is changed next."""
        self._desk.unsaved.flush()

    def show_refusal(self, sheet: FormSheet, card: QWidget) -> None:
        """Show why something was refused; what is said of the disk goes when that works again."""
        sheet.show_strip(card)
        if not self.is_well:
            self._cards.append((sheet, card))

    def _look(self) -> None:
        cards, self._cards = (self._cards, []) if self.is_well else ([], self._cards)
        for sheet, card in cards:
            sheet.close_strip(card)

    def safe_words(self) -> str:
        """Return the words on how safe the typed answers are after something was refused."""
        return say("Data Anda aman: drafnya tersimpan.") if self.is_well else only_here()

    def _kept(self, sheet: Sheet, result: object) -> None:
        if sheet.record and sheet.key == self.key(sheet.record):
            self.kept.emit(sheet.record, str(result))

    def _failed(self, sheet: Sheet, _error: Exception) -> None:
        if sheet.record and sheet.key == self.key(sheet.record):
            self.failed.emit(sheet.record)


def only_here() -> str:
    """Return the warning that is told while something typed is not on disk."""
    return say("Belum ada di disk: isian ini hanya ada di layar. Jangan tutup program ini.")
