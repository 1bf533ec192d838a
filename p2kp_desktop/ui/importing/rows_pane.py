"""The rows as they would come in: filters with counts, the table, and in words what the current cell says."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget
from typing_extensions import override

from p2kp_desktop.actions.importing import import_preview
from p2kp_desktop.actions.importing.import_preview import Preview, PreviewLine, RowChange
from p2kp_desktop.actions.importing.read_table import DELETED, LOCKED, REJECTED, SKIPPED, UPDATED
from p2kp_desktop.language import say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.coverage import FilterBar
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import across, down
from p2kp_desktop.ui.kit.link import IconLine
from p2kp_desktop.ui.kit.table import TableCard
from p2kp_desktop.ui.kit.words import Style
from p2kp_desktop.ui.look.lettering import Type, metrics
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

from .grid import Grid, GridModel
from .outcomes import LOOKS, shares
from .session import Session

_SHOWN = 4  # changes of a row that are named
_LOW = 330  # pixels of height below which the sentence is given one line, not two, as long as that is enough


class RowsPane(QWidget):
    """F8 goes to the next cell that cannot be read, Delete skips a row or takes it again."""

    gives = Signal(int)  # the place of a column among the heads

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__()
        self._desk, self._session = desk, session
        self._preview: Preview | None = None
        self._filter = ""
        self.model = GridModel()
        self.grid = Grid(self.model)
        self.filters = FilterBar(say("Semua"), (), hides_none=True)
        self.keys = IconLine("", say("F8 salah berikutnya · Del lewati baris · Enter ganti pertanyaan kolom"),
                             Style(Type.CAPTION, tone=Token.TEXT3))
        self.icon = IconLine("", "", Style(Type.CAPTION))
        self.sentence = Label("", Style(Type.CAPTION), wraps=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self.filters.chosen.connect(self._narrow)
        self.grid.moved.connect(self.tell)
        self.grid.gives.connect(self.gives)
        self.grid.skips.connect(self.skip)

    def _lay_out(self) -> None:
        top = across((self.filters, 1), (self.keys, 0, Qt.AlignmentFlag.AlignVCenter), gap=SPACE_12)
        below = QFrame()
        below.setProperty("frame", "card")
        down(self.icon, self.sentence, into=below, margins=(SPACE_12, SPACE_4))
        down(top, (TableCard(self.grid), 1), below, into=self, gap=SPACE_8)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        lines = 1 if self.height() < _LOW else 2
        self.sentence.setMinimumHeight(round(lines * metrics(Type.CAPTION).height()))

    def show_preview(self, preview: Preview | None, *, anew: bool) -> None:
        """Show a preview; one of the same table keeps its place, unless it is shown anew."""
        fits = preview is not None and preview.heads == self.model.heads
        self._preview = preview
        if anew or (preview is not None and self._filter and not preview.count(self._filter)):
            self._filter = ""
        if preview is not None:
            self.filters.show_shares(shares(preview), self._filter)
        self._fill(fit=anew or not fits, anew=anew)

    def _narrow(self, outcome: str) -> None:
        self._filter = outcome
        self._fill(fit=False, anew=True)

    def _fill(self, *, fit: bool, anew: bool) -> None:
        here = self.grid.currentIndex()
        row, column = (0, 0) if anew else (max(here.row(), 0), max(here.column(), 0))
        self.model.show_preview(self._preview, (self._filter,) if self._filter else ())
        if fit:
            self.grid.fit()
        self.grid.go_to(min(row, self.model.rowCount() - 1), min(column, self.model.columnCount() - 1))
        self.tell()

    def current(self) -> PreviewLine | None:
        """Return the line under the keys."""
        row = self.grid.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    # Sentences

    def tell(self) -> None:
        """Say what the current cell and its row do."""
        line = self.current()
        if line is None or self._preview is None:
            self.icon.say(say("Tidak ada baris."))
            self.icon.show_icon("", Token.TEXT2)
            self.sentence.say("")
            return
        look, at = LOOKS[line.outcome], self.grid.currentIndex()
        head = self.model.heads[at.column()]
        about = " · ".join(text for text in (head.heading.strip(), head.label or say("kolom ini tidak dibaca")) if text)
        self.icon.say(f"**{say('Baris {row}', row=line.row.place.row)}, {look.word()}.** {about[:110]}")
        self.icon.show_icon(look.icon, look.tone)
        self.sentence.colour(Token.ERR if line.outcome == REJECTED else Token.TEXT2)
        self.sentence.say(self._words(line, at.column()))
        if line.outcome == UPDATED:
            form, row = self._preview.form, line.row
            self._desk.ask(self, lambda workspace: import_preview.changes(workspace, form, row),
                           lambda found: self._tell_changes(line, found))

    def _words(self, line: PreviewLine, column: int) -> str:
        cell = self.model.cell(self.grid.currentIndex().row(), column)
        if cell is not None and cell.error is not None:
            error = cell.error
            return f"{error.place.name}: «{error.value}» {error.question}. {error.rule} {error.remedy} ({error.code})"
        if line.outcome == REJECTED:
            named = " ".join(f"{each.place.name}: {each.rule} ({each.code})" for each in line.errors.values())
            return say("Baris ini tidak masuk. {errors}", errors=named)
        if line.outcome == LOCKED:
            return say("Sudah diverifikasi dan terkunci, jadi tidak berubah. Ubah lewat formulirnya, dengan alasan.")
        if line.outcome == DELETED:
            return say("Catatannya pernah dihapus, jadi tidak dibawa kembali. Lihat «Peringatan».")
        if line.outcome == SKIPPED:
            return say("Dilewati atas pilihan Anda. Del mengambilnya lagi.")
        alike = self._preview.alike.get(line.row.place.row, ()) if self._preview else ()
        if alike:
            names = ", ".join(
                f"{import_preview.other_house(each)} ({', '.join(map(say, each.reasons))})" for each in alike
            )
            return say("Mungkin sudah ada: {names}. Lihat «Mungkin sama».", names=names)
        return cell.text if cell is not None else ""

    def _tell_changes(self, line: PreviewLine, found: list[RowChange]) -> None:
        if self.current() is not line:
            return
        named = [f"{each.label}: {each.before} → {each.after}" for each in found[:_SHOWN]]
        if len(found) > _SHOWN:
            named.append(say("dan {count} lainnya", count=len(found) - _SHOWN))
        self.sentence.say(" · ".join(named))

    # Keys

    def next_error(self, step: int) -> bool:
        """Go to the next cell that cannot be read, or the one before; say whether there is one."""
        preview = self._preview
        if preview is None or not preview.plan.errors:
            return False
        if self._filter not in ("", REJECTED):
            self._filter = ""
            self.filters.show_shares(shares(preview), "")
            self._fill(fit=False, anew=False)
        heads = {head.key: at for at, head in enumerate(self.model.heads) if head.key}
        cells = sorted(
            (row, heads.get(key, 0)) for row, line in enumerate(self.model.lines) for key in line.errors
        )
        at = self.grid.currentIndex()
        here = at.row(), at.column()
        ahead = [cell for cell in cells if (cell > here if step > 0 else cell < here)]
        found = (ahead or cells)[0 if step > 0 else -1]
        self.grid.go_to(*found)
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def skip(self) -> None:
        """Leave the current row out, or take it again."""
        line = self.current()
        if line is not None and self._preview is not None and line.outcome not in (REJECTED, LOCKED, DELETED):
            skipped = line.outcome != SKIPPED
            self._session.skip(self._preview.part, line.row.place.row, skipped=skipped)
