"""Where the user is in the window, for what stands around the place in use: menu, search, keys, figures, undo."""

from PySide6.QtCore import QObject

from p2kp_desktop.actions.home.window_edge import About
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.place import HOME, Destination, Place, Scope

from .board import Board


class Seat(QObject):
    """The board and the desk of an open workspace, and the place, scope and person of the moment.

    Whoever is given a seat looks at it and asks the desk. Where to go is told by a signal or a command, for only the
    window, whose seat it is, moves.
    """

    def __init__(self, board: Board, desk: Desk) -> None:
        super().__init__(board)
        self.board, self.desk = board, desk
        self.about: About | None = None
        self.scope = Scope("", None, "")
        self.here = Destination(HOME)
        self.places: dict[str, Place] = {}  # those that somebody was in

    @property
    def place(self) -> Place | None:
        """Return the place in use."""
        return self.places.get(self.here.place)
