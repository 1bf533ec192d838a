"""Lines of the lists of residents end by themselves where somebody who keeps them looks: the facilitator's part."""

from PySide6.QtCore import QObject

from p2kp_desktop.actions.residents import line_ends
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.place import Scope


class ListKeeper(QObject):
    """Looks whether households answer lines of the RT in sight, or of any RT of the area; tells when some do."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self.keeps = desk, False  # as soon as it is known that nobody reviews here

    def look(self, scope: Scope) -> None:
        """Match what is not visited yet; bundles that arrived and households that came back count as well."""
        if self.keeps and scope.area and self._desk.rights.may(Deed.CHANGE):
            self._desk.change(
                self, lambda workspace: line_ends.match(workspace, scope.area, scope.rt, scope.period),
                lambda number: self._desk.changed.emit(frozenset({Resident.key})) if number else None, touches=(),
            )
