"""The RT head's list of residents: the houses that nobody has visited yet, as a list to take along and tick."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from p2kp_desktop.actions.residents import residents
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.table import Column, Kind, Part, Scope, Table
from p2kp_desktop.store import Workspace

from .registry import report


@dataclass(frozen=True)
class Unvisited:
    """A line of the list of residents that nobody visited, with how many are left of how many in its RT."""

    line: Record
    region: str
    rt: str
    period: str
    left: int
    listed: int

    @property
    def part(self) -> Part:
        """Return the sheet of its RT: where it is, and how much is left there."""
        place = say("RT {rt}, {village}, tahun {period}", rt=self.rt, village=region_name(self.region),
                    period=self.period)
        counts = say("{left} dari {listed} rumah di daftar Ketua RT belum dikunjungi.", left=self.left,
                     listed=self.listed)
        return Part(self.rt.replace("/", "-"), (place, counts))


def _found(workspace: Workspace, asked: Scope) -> list[Unvisited]:
    return list(_left(workspace, asked))


def _left(workspace: Workspace, asked: Scope) -> Iterator[Unvisited]:
    every = residents.lines(workspace, asked.area, asked.rt, asked.period)
    for (region, rt), found in groupby(every, key=lambda each: (each.answers.get("region"), each.answers.get("rt"))):
        of_rt = list(found)
        left = [each for each in of_rt if each.answers.get(Resident.outcome.key) is None]
        yield from (Unvisited(each, str(region), str(rt), asked.period, len(left), len(of_rt)) for each in left)


@report(_found)
def unvisited(lines: Sequence[Unvisited] = ()) -> Table[Unvisited]:
    """Return the houses that nobody visited yet; printed, each RT has a sheet with boxes to tick."""
    return Table(
        "unvisited", say("Rumah yang belum didata"), (
            Column("region", say("Kelurahan/desa"), Kind.TEXT, lambda each: each.region, varies=True,
                   shown=lambda each: region_name(each.region), sample="Tiga-puluh-enam Ilir"),
            Column("rt", say("RT"), Kind.RT, lambda each: each.rt, varies=True, sample="RT 000 / RW 00"),
            Column("line", say("No"), Kind.WHOLE, lambda each: each.line[Resident.line], sample="000"),
            Column("number", say("No. rumah"), Kind.TEXT, lambda each: each.line[Resident.house_number] or "",
                   sample="00 A"),
            Column("name", say("Nama kepala keluarga"), Kind.NAME, lambda each: each.line[Resident.head_name] or "",
                   sample="Muhammad Sukarman Sulaiman"),
            *(Column(key, title, Kind.BOX, lambda _each: None) for key, title in (
                ("surveyed", say("Didata")), ("empty", say("Kosong")), ("refused", say("Menolak")),
                ("moved", say("Pindah")),
            )),
            Column("note", say("Catatan"), Kind.TEXT, lambda each: each.line[Resident.note] or "",
                   sample="rumah dikunci, ke Jakarta"),
        ),
        lines, empty=say("Tidak ada rumah yang tersisa di daftar warga."), known_by=lambda each: each.line.id,
        part=lambda each: each.part,
    )


def to_visit(workspace: Workspace, asked: Scope) -> Table[Unvisited]:
    """Return that list; raise Trouble where there is no list of residents or nobody is left."""
    lines = _found(workspace, asked)
    if not lines:
        there = residents.lines(workspace, asked.area, asked.rt, asked.period)
        raise Trouble(
            say("Tidak ada rumah yang tersisa di daftar warga.") if there else say("Daftar warga di sini belum ada."),
            remedy=say("Semua sudah dikunjungi.") if there
            else say("Tempel dulu daftar dari Ketua RT: Pendataan, pilih RT, lalu W."),
            code="V01",
        )
    return replace(unvisited(lines), scope=asked)
