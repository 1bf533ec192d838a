"""The houses that nobody has visited yet as a list to print and take along."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.actions.common import practice_mark
from p2kp_desktop.exchange import visit_list
from p2kp_desktop.exchange.visit_list import House, Visit
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Record, written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.facts import facts

from . import residents


def write_visit_list(workspace: Workspace, area: str, rt: str | None, period: str, path: Path) -> int:
    """Write the list of an RT, or of every RT of an area, as a workbook; return how many houses are on it.

    Raises Trouble where there is no list of residents, where nobody is left, or when the file cannot be written.
    """
    every = residents.lines(workspace, area, rt, period)
    visits = list(_visits(every, period))
    if not visits:
        raise Trouble(
            say("Tidak ada rumah yang tersisa di daftar warga.") if every else say("Daftar warga di sini belum ada."),
            remedy=say("Semua sudah dikunjungi.") if every
            else say("Tempel dulu daftar dari Ketua RT: Pendataan, pilih RT, lalu W."),
            code="V01",
        )
    with workspace.asking() as connection:
        about, practice = facts(connection), practice_mark.is_practice(connection)
    day = written.day(environment.now())
    visit_list.write(path, visits, footer=f"{about.name} · {about.person} · {day}", practice=practice)
    return sum(len(visit.houses) for visit in visits)


def _visits(lines: list[Record], period: str) -> Iterator[Visit]:
    for (region, rt), found in groupby(lines, key=lambda each: (each.answers.get("region"), each.answers.get("rt"))):
        every = list(found)
        left = [each for each in every if each.answers.get(Resident.outcome.key) is None]
        if left:
            place = say("RT {rt}, {village}, tahun {period}", rt=rt, village=region_name(str(region)), period=period)
            counts = say("{left} dari {listed} rumah di daftar Ketua RT belum dikunjungi.", left=len(left),
                         listed=len(every))
            yield Visit(str(rt), place, counts, [_house(each) for each in left])


def _house(line: Record) -> House:
    number, name, note = (line[each] or "" for each in (Resident.house_number, Resident.head_name, Resident.note))
    return House(str(line[Resident.line] or ""), number, name, note)
