"""The figures of the rail: what waits in each place, right from the start and whether somebody was there or not."""

from functools import partial

from PySide6.QtCore import QObject

from p2kp_desktop.actions.home import waiting_counts
from p2kp_desktop.actions.home.waiting_counts import Where
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.places import region

from .places import FORM, QUALITY
from .seat import Seat


class Counts(QObject):
    """Asks again in another scope and after changes; while a form is open, which shows no figures, nothing is asked."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(seat)
        self._seat = seat
        self._asked = Where("", "")
        self._touched: set[str] = set()

    def notice(self, touched: frozenset[str]) -> None:
        """Remember what was touched until it is time to ask again."""
        self._touched |= touched

    def renew(self) -> None:
        """Ask for what may be another figure now."""
        seat = self._seat
        where = Where(seat.scope.area, seat.scope.period, seat.scope.rt)
        if seat.here.place == FORM or not where.area or (where == self._asked and not self._touched):
            return
        for key in waiting_counts.PLACES:
            if key != QUALITY or where != self._asked or self._pairs_may_differ(where):
                seat.desk.ask(
                    self, partial(waiting_counts.count, place=key, where=where), partial(self._show, key, where)
                )
        self._asked, self._touched = where, set()

    def _pairs_may_differ(self, where: Where) -> bool:
        """Say whether to look for pairs again: in a wider area, where that takes long, only in the place itself."""
        return Household.key in self._touched and (
            region(where.area).is_village or self._seat.here.place == QUALITY
        )

    def _show(self, key: str, where: Where, number: int) -> None:
        if where == self._asked:
            self._seat.board.rail.show_waiting(key, number)
