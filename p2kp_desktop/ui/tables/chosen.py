"""The columns that somebody chose for each form, as they were left the last time."""

from PySide6.QtCore import QObject, Signal

from p2kp_desktop.actions.tables import columns_kept, form_table
from p2kp_desktop.actions.tables.columns_kept import Chosen
from p2kp_desktop.schema import Form
from p2kp_desktop.ui.desk import Desk


class ChosenColumns(QObject):
    """Known once `read`; until then the usual ones."""

    read = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kept: Chosen = {}
        desk.ask(self, columns_kept.kept_columns, self._take)

    def _take(self, kept: Chosen) -> None:
        self._kept = kept | self._kept
        self.read.emit()

    def of(self, form: type[Form]) -> tuple[str, ...]:
        """Return the keys of the columns to show of a form."""
        return columns_kept.still_there(form, self._kept.get(form.key, ())) or form_table.usual(form)

    def choose(self, form: type[Form], keys: tuple[str, ...]) -> None:
        """Keep these columns for the next time."""
        self._kept[form.key] = keys
        self._desk.change(self, lambda workspace: columns_kept.keep_columns(workspace, form, keys), touches=())
