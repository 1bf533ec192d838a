"""What pages behind tabs share: their scope, asking the desk, and a line that tells how it ended."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.views import Where
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.commands import Command, offer
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.look.measures import PAGE_SIDE, PAGE_TOP, SPACE_8
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Scope

T = TypeVar("T")

EVERYTHING = frozenset(form.key for form in FORMS)


class Page(QWidget):
    """A page behind a tab; it asks anew whenever it comes into sight or something changed."""

    wants = Signal(object)  # Destination
    counted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.scope = Scope("", None, "")
        self.told = Label("", SECONDARY, wraps=True)
        self.told.hide()
        self._needing: list[tuple[QAction, Callable[[], bool]]] = []  # what does something only at times
        self.column = down(into=self, gap=SPACE_8, margins=(PAGE_SIDE, 0, PAGE_SIDE, PAGE_TOP))

    def refresh(self) -> None:
        """Ask for what this page shows in its scope."""

    @property
    def where(self) -> Where:
        """Return the area, RT and period that the breadcrumb names."""
        return Where(area=self.scope.area, period=self.scope.period, rt=self.scope.rt)

    def begin(self) -> None:
        """Put the focus where work begins."""

    def offer(
        self, words: str, keys: str, act: Callable[[], object], brief: str = "", *, rare: bool = False,
        needs: Callable[[], bool] | None = None, deed: Deed | None = None,
    ) -> QAction:
        """Let a key do something while the focus is on this page; the menu shows it, the line of keys while it can.

        `needs` says whether there is what it needs, `deed` what not everybody may do.
        """
        action = offer(self, [Command(words, (keys,), act, brief, rare, deed=deed)], self.desk.rights)[0]
        if needs is not None:
            self._needing.append((action, needs))
        return action

    def look_what_can_be_done(self) -> None:
        """Offer only what has what it needs: the lines of the page are others now."""
        for offered, needs in self._needing:
            offered.setEnabled(needs())

    def do(
        self, action: Callable[[Workspace], T], then: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Change something; a refusal is told on this page, or as `failed` has it."""
        self.desk.change(self, action, then, failed or self.refused, touches=EVERYTHING)

    def tell(self, words: str) -> None:
        """Say how it ended."""
        self.told.colour(Token.TEXT2)
        self.told.say(words)
        self.told.show()

    def refused(self, error: Exception) -> None:
        """Tell a known fault; anything else is a bug."""
        if isinstance(error, Trouble):
            lines = (say(error.what), say(error.safe), say(error.remedy))
            self.tell(f"{' '.join(lines)} ({error.code})")
            self.told.colour(Token.ERR)
        else:
            self.desk.failed.emit(error)
