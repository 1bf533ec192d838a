"""All that can be printed, by name."""

from collections.abc import Mapping
from functools import cache
from types import ModuleType

from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import Trouble, say

from .documents import agreements, installing, meetings, rt_board
from .figures import annexes, mayors, profiles, recaps, rt_sheets, tables
from .pages.registry import KEPT, Needs, Printable
from .sheets import blanks, correction, filled, handover, missing, verification

# The modules with what can be printed, in the order of the list.
ROOMS: tuple[ModuleType, ...] = (
    blanks, filled, correction, missing, verification, handover, agreements, meetings, rt_board, rt_sheets, recaps,
    annexes, mayors, profiles, installing,
)

REPORT = "report"  # before the name of a report


@cache
def printables() -> Mapping[str, Printable]:
    """Give everything that can be printed by its name; raise ValueError where two are called alike."""
    found: dict[str, Printable] = {}
    rooms = [room.__name__ for room in ROOMS]
    for each in sorted(KEPT, key=lambda one: rooms.index(one.make.__module__)):
        if each.name in found:
            raise ValueError(f"two printables are called {each.name}")
        found[each.name] = each
    return found


def named(name: str) -> tuple[Printable, str]:
    """Find what a name says is to be printed, and the form behind its colon; raise Trouble for none.

    A blank is of a form; all records of one may be asked for by `record:rt_survey`.
    """
    word, _, form = name.partition(":")
    if word == REPORT and form:
        return Printable(name, lambda: form, Needs.REPORT, tables.report), form
    found = printables().get(word)
    if found is None or (found.needs is Needs.FORM and not form) or (form and not found.takes_form):
        raise Trouble(say("«{name}» tidak dikenal sebagai cetakan.", name=name),
                      remedy=say("`p2kp print --list` menyebut semuanya."), code="N01")
    return found, form


def described() -> list[dict[str, object]]:
    """Describe what can be printed as scripts read it; a blank once for each form that people begin."""
    lines: list[dict[str, object]] = []
    for each in printables().values():
        if each.needs is Needs.FORM:
            lines += [{"name": f"{each.name}:{form.key}", "title": f"{each.title()}: {say(form.title)}",
                       "needs": each.needs.value} for form in FORMS if form.by_hand]
        else:
            lines.append({"name": each.name, "title": each.title(), "needs": each.needs.value,
                          "forms": list(each.forms)})
    return lines
