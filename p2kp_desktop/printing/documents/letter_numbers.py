"""The numbers of an office's letters: given once, and kept with the record that the letter is about.

They stand in the workspace file beside what is set of the office, and never travel: a number belongs to the register
of the office that gave it. A letter has its number from the first time that it is made, before anybody knows whether it
is sent, so that two letters never carry the same one; looking at its first page only shows which it would get.
"""

import json
from dataclasses import asdict, dataclass

from p2kp_desktop import environment
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.offices import MONTH, NUMBER, YEAR, Office
from p2kp_desktop.store import Connection, Workspace
from p2kp_desktop.store import facts as notes

NOTE = "letters"
_ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class LetterNumber:
    """A number that was given: to which document about which record, in which year, which one, and written out."""

    what: str
    record: str
    year: int
    number: int
    text: str


def of(workspace: Workspace, what: str, record: str, *, gives: bool = True) -> str:
    """Return the number of a letter about a record, giving it one now; "" where the office does not number its own.

    Where it `gives` none, it is the number that the letter would get.
    """
    office = offices.office(workspace)
    with workspace.changing() as connection:
        known = given(connection)
        found = next((each for each in known if (each.what, each.record) == (what, record)), None)
        if found is None and office.numbering:
            found = _next(known, what, record, office)
            if not gives:
                return found.text
            notes.note(connection, NOTE, json.dumps([asdict(each) for each in (*known, found)], ensure_ascii=False))
    return found.text if found is not None else ""


def given(connection: Connection) -> list[LetterNumber]:
    """Return all numbers that were given, in their order."""
    noted = notes.everything(connection).get(NOTE)
    return [LetterNumber(**each) for each in json.loads(noted)] if noted else []


def _next(known: list[LetterNumber], what: str, record: str, office: Office) -> LetterNumber:
    today = environment.today()
    number = max(office.first, 1 + max((each.number for each in known if each.year == today.year), default=0))
    text = office.numbering
    for sign, said in ((NUMBER, f"{number:03d}"), (MONTH, _ROMAN_MONTHS[today.month - 1]), (YEAR, str(today.year))):
        text = text.replace(sign, said)
    return LetterNumber(what, record, today.year, number, text)
