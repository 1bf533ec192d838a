"""The houses not visited yet as a file that the office suite prints: asks where to, writes, opens it."""

from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from p2kp_desktop.actions.residents import visit_list
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.files.choosing import choose_target
from p2kp_desktop.ui.place import Scope

from .foot import Foot


class VisitList(QObject):
    """Writes the list of an RT, or of all RTs of the area in sight, and tells at the foot of the place."""

    def __init__(self, desk: Desk, foot: Foot) -> None:
        super().__init__(foot)
        self._desk, self._foot = desk, foot

    def begin(self, scope: Scope) -> None:
        """Ask where the list goes."""
        place = f"RT {scope.rt.replace('/', '-')} {region_name(scope.area)}" if scope.rt else region_name(scope.area)
        name = say("Belum didata {place}", place=place)
        choose_target(self._foot.window(), f"{name}.xlsx", lambda path: self.save(scope, path))

    def save(self, scope: Scope, path: Path) -> None:
        """Write the list of a scope to a file."""

        def written(count: int) -> None:
            self._foot.tell(say("**{count} rumah** di {path}. Cetak dari sana dengan Ctrl+P.", count=count, path=path))
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

        self._desk.ask(
            self, lambda workspace: visit_list.write_visit_list(workspace, scope.area, scope.rt, scope.period, path),
            written,
        )
