"""The RT head's list of residents: how each line ended, the houses not visited yet to take along, a pasted list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from p2kp_desktop.actions.importing.resident_lists import DOUBTFUL, ELSEWHERE, KNOWN, NEW, TOTAL, TWIN, Examined
from p2kp_desktop.actions.keying import period_before
from p2kp_desktop.actions.keying.period_before import BeforeLine
from p2kp_desktop.actions.residents import residents
from p2kp_desktop.actions.residents.residents import in_turn
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.resident import EMPTY, MOVED, REFUSED, SURVEYED, Resident
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.table import Column, Kind, Mark, Part, Scope, Table
from p2kp_desktop.store import Workspace

from .marks import ASKED, FIT
from .marks import OPEN as UNDECIDED
from .registry import Group, reports_of

report = reports_of(Group.RECORDS)

OPEN = "open"  # how a line ended that nobody visited yet


def ends() -> dict[str, str]:
    """Return every end of a line in words, in the order of their digits; the last is not visited yet."""
    return {
        SURVEYED: say("Didata"), EMPTY: say("Rumah kosong"), REFUSED: say("Menolak"), MOVED: say("Pindah"),
        OPEN: say("Belum"),
    }


def ended(line: Record) -> str:
    """Return how a line ended, OPEN when nobody visited it."""
    return str(line.answers.get(Resident.outcome.key) or OPEN)


def _end(line: Record) -> Mark:
    state = ended(line)
    return Mark(FIT if state == SURVEYED else UNDECIDED, ends().get(state, state))


def _way(line: Record) -> str:
    if ended(line) == OPEN:
        return say("Data rumah ini")
    return say("Buka") if line.answers.get(Resident.household.key) else ""


def _number(line: Record) -> str:
    return line[Resident.house_number] or ""


@report(lambda workspace, asked: residents.lines(workspace, asked.area, asked.rt, asked.period))
def listed(lines: Sequence[Record] = ()) -> Table[Record]:
    """Return the list of residents and how each line ended."""
    return Table(
        "resident_list", say("Daftar warga"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: str(line.answers.get("region") or ""),
                   is_aside=True),
            Column("rt", say("RT"), Kind.RT, lambda line: str(line.answers.get("rt") or ""), is_aside=True),
            Column("line", say("No."), Kind.WHOLE, lambda line: line[Resident.line], sample="0000", by=in_turn),
            Column("number", say("Nomor rumah"), Kind.IDENTITY, _number, shown=lambda line: _number(line) or "–",
                   sample="000 A", by=lambda line: (len(_number(line)), _number(line))),
            Column("name", say("Nama"), Kind.NAME, lambda line: line[Resident.head_name] or "",
                   shown=lambda line: line[Resident.head_name] or say("(tanpa nama)"), sample="Muhammad Sukarman",
                   stretches=True, is_private=True),
            Column("outcome", say("Hasil"), Kind.VERDICT, _end, sample=say("Rumah kosong"), by=ended),
            Column("note", say("Keterangan"), Kind.TEXT, lambda line: line[Resident.note] or "",
                   sample=say("rumah dikunci"), gives_way=1, stretches=True, wraps=True, is_fixed=True,
                   is_private=True),
            Column("way", "", Kind.LINK, _way, sample=say("Data rumah ini"), is_fixed=True),
        ),
        lines, empty=say("Daftar warga RT ini belum ada."), known_by=lambda line: line.id,
    )


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
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda each: each.region, varies=True,
                   sample="Tiga-puluh-enam Ilir"),
            Column("rt", say("RT"), Kind.RT, lambda each: each.rt, varies=True, sample="RT 000 / RW 00"),
            Column("line", say("No"), Kind.WHOLE, lambda each: each.line[Resident.line], sample="000"),
            Column("number", say("No. rumah"), Kind.TEXT, lambda each: each.line[Resident.house_number] or "",
                   sample="00 A"),
            Column("name", say("Nama kepala keluarga"), Kind.NAME, lambda each: each.line[Resident.head_name] or "",
                   sample="Muhammad Sukarman Sulaiman", is_private=True),
            *(Column(key, title, Kind.BOX, lambda _each: None) for key, title in (
                ("surveyed", say("Didata")), ("empty", say("Kosong")), ("refused", say("Menolak")),
                ("moved", say("Pindah")),
            )),
            Column("note", say("Catatan"), Kind.TEXT, lambda each: each.line[Resident.note] or "",
                   sample="rumah dikunci, ke Jakarta", is_private=True),
        ),
        lines, empty=say("Tidak ada rumah yang tersisa di daftar warga."), known_by=lambda each: each.line.id,
        part=lambda each: each.part,
    )


@report(lambda workspace, asked: period_before.left(workspace, asked.area, asked.rt).lines)
def left_before(lines: Sequence[BeforeLine] = ()) -> Table[BeforeLine]:
    """Return the households of the period before that were not taken up again in the present one."""
    return Table(
        "left_before", say("Rumah periode lalu yang belum didata lagi"), (
            Column("region", say("Kelurahan/desa"), Kind.REGION, lambda each: each.region, varies=True, gives_way=2,
                   sample="n" * 16),
            Column("rt", say("RT"), Kind.RT, lambda each: each.rt, varies=True, sample="RT 000 / RW 00"),
            Column("building", say("Nomor bangunan"), Kind.IDENTITY, lambda each: each.building or None, sample="000"),
            Column("name", say("Nama kepala keluarga"), Kind.NAME, lambda each: each.name, stretches=True,
                   sample="Muhammad Sukarman Sulaiman", is_private=True),
            Column("period", say("Didata periode"), Kind.IDENTITY, lambda each: each.period, sample="2026-awal"),
            Column("begun", say("Keadaan"), Kind.TEXT, sample=say("draf, belum disimpan"),
                   of=lambda each: Mark("draft", say("draf, belum disimpan")) if each.begun else None),
        ),
        lines, empty=say("Semua rumah periode lalu di sini sudah didata lagi, atau tidak ada."),
        known_by=lambda each: each.id, record=lambda each: (Household.key, each.id),
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
            code="Q04",
        )
    return replace(unvisited(lines), scope=asked)


def _fates() -> dict[str, Mark]:
    """Return the marks of how a pasted line of residents would be taken in, by its standing."""
    return {
        NEW: Mark(FIT, say("Baru")), TWIN: Mark(ASKED, say("Kembar")), DOUBTFUL: Mark(ASKED, say("Periksa")),
        KNOWN: Mark(UNDECIDED, say("Sudah ada")), ELSEWHERE: Mark(UNDECIDED, say("RT lain")),
        TOTAL: Mark(UNDECIDED, say("Jumlah")),
    }


def fates() -> dict[str, str]:
    """Return the words for how a pasted line of residents would be taken in, by its standing."""
    return {standing: mark.word for standing, mark in _fates().items()}


def pasted(lines: Sequence[Examined] = ()) -> Table[Examined]:
    """Return the lines of a pasted list before they are kept: what was understood, and what each would do."""
    return Table(
        "pasted", say("Yang akan ditambahkan"), (
            Column("taken", "", Kind.CHECK, lambda _line: None),
            Column("place", say("Baris"), Kind.WHOLE, lambda line: line.place, sample="0000"),
            Column("number", say("Nomor rumah"), Kind.IDENTITY, lambda line: line.line.number,
                   shown=lambda line: line.line.number or "–", sample="Blok 00 No. 00"),
            Column("name", say("Nama"), Kind.NAME, lambda line: line.line.name,
                   shown=lambda line: line.line.name or say("(tanpa nama)"), sample="Muhammad Sukarman",
                   stretches=True),
            Column("standing", say("Keadaan"), Kind.VERDICT, lambda line: _fates()[line.standing],
                   sample=say("Sudah ada")),
            Column("why", say("Sebabnya"), Kind.TEXT, lambda line: line.why,
                   sample=say("nomor tanpa angka: kolomnya tertukar?"), gives_way=1),
        ),
        lines, known_by=lambda line: line.place,
    )
