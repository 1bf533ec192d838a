"""How many people came to meetings: men, women, and of these MBR, together or by stakeholder element."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from p2kp_desktop.forms.elements import ELEMENTS
from p2kp_desktop.forms.meeting import Attendance, Meeting
from p2kp_desktop.schema import Record
from p2kp_desktop.store import Connection, views

ORDER = {option.code: place for place, option in enumerate(ELEMENTS.all)}  # of the elements


@dataclass(frozen=True)
class Turnout:
    """How many people came: men, women, and of all MBR; `others` are those of whom nobody said which."""

    men: int = 0
    women: int = 0
    mbr: int = 0
    others: int = 0
    invited: int = 0

    @property
    def people(self) -> int:
        """Return all who came."""
        return self.men + self.women + self.others

    def __add__(self, other: "Turnout") -> "Turnout":
        return Turnout(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    def of(self, people: int, invited: int) -> "Turnout":
        """Return the same with what was said of all together, where that is more than the parts tell."""
        others = self.others + max(0, people - self.people)
        return replace(self, others=others, invited=max(self.invited, invited))


def head_of(attendance: Record) -> Turnout:
    """Return how many of one element came."""
    asked = (Attendance.men, Attendance.women, Attendance.mbr)
    return Turnout(*(attendance[each] or 0 for each in asked)).of(
        attendance[Attendance.attended] or 0, attendance[Attendance.invited] or 0)


def of_meeting(meeting: Record, heads: Turnout) -> Turnout:
    """Return how many came to a meeting: by its elements, or as was said of all together."""
    return heads.of(meeting[Meeting.attended] or 0, meeting[Meeting.invited] or 0)


def by_element(connection: Connection, meetings: Sequence[str]) -> tuple[tuple[str, Turnout], ...]:
    """Return how many of each element came to these meetings together, in the order of the list."""
    found: dict[str, Turnout] = {}
    for meeting in meetings:
        for each in views.counted(connection, Attendance, views.Where(parent=meeting)):
            element = str(each.understood(Attendance.element) or "")
            found[element] = found.get(element, Turnout()) + head_of(each)
    return tuple(sorted(found.items(), key=lambda item: ORDER.get(item[0], len(ORDER))))
