"""How many people came to meetings: men, women, and of these MBR, together or by stakeholder element."""

from collections.abc import Sequence
from dataclasses import dataclass

from p2kp_desktop.forms.elements import ELEMENTS
from p2kp_desktop.forms.meeting import Attendance
from p2kp_desktop.schema import Record
from p2kp_desktop.store import Connection, views

ORDER = {option.code: place for place, option in enumerate(ELEMENTS.all)}  # of the elements


@dataclass(frozen=True)
class Turnout:
    """How many people came: men, women, and of these MBR."""

    men: int = 0
    women: int = 0
    mbr: int = 0

    @property
    def people(self) -> int:
        """Return men and women together."""
        return self.men + self.women

    def __add__(self, other: "Turnout") -> "Turnout":
        return Turnout(self.men + other.men, self.women + other.women, self.mbr + other.mbr)


def head_of(attendance: Record) -> Turnout:
    """Return how many of one element came."""
    return Turnout(*(attendance[each] or 0 for each in (Attendance.men, Attendance.women, Attendance.mbr)))


def by_element(connection: Connection, meetings: Sequence[str]) -> tuple[tuple[str, Turnout], ...]:
    """Return how many of each element came to these meetings together, in the order of the list."""
    found: dict[str, Turnout] = {}
    for meeting in meetings:
        for each in views.counted(connection, Attendance, views.Where(parent=meeting)):
            element = str(each.understood(Attendance.element) or "")
            found[element] = found.get(element, Turnout()) + head_of(each)
    return tuple(sorted(found.items(), key=lambda item: ORDER.get(item[0], len(ORDER))))
