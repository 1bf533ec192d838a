"""What is still missing in an RT: houses of the residents' list not visited, buildings, forms with gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from p2kp_desktop.actions.residents import residents
from p2kp_desktop.forms import Household, Resident, RtSurvey
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.places import region_name, rt_words
from p2kp_desktop.schema.printed_code import short_code
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import Workspace, listing, views

from . import lists
from .asked_records import check_place, veiled
from .lists import BOX, Block

_ROOM = 3  # empty lines for houses that nobody listed


@printable("missing", lambda: say("Yang belum didata"), Needs.RT)
def missing(workspace: Workspace, asked: Asked) -> Document:
    """Return the sheet of what is missing in an RT, or in each RT of an area, each on a page of its own."""
    scope = saving.understood(workspace, asked.scope)
    places = rts(workspace, scope)
    parts = [partial(_sheet, workspace, Scope(region, rt, scope.period), asked)
             for region, rt in places[: 1 if asked.preview else None]]
    if len(parts) == 1:
        return replace(parts[0](), whole=len(places))
    return Document(say("Yang belum didata"), "", {}, parts=parts, leaves=False)


def rts(workspace: Workspace, scope: Scope) -> list[tuple[str, str]]:
    """Return kelurahan and label of the RTs in a scope that are known here; raise Trouble where there are none."""
    listed = residents.lines(workspace, scope.area, scope.rt, scope.period)
    with workspace.asking() as connection:
        known = {(region, rt) for region, rt, _count in listing.known_rts(connection, [scope.area], scope.period)}
    known |= {(str(each.answers.get("region")), str(each.answers.get("rt"))) for each in listed}
    found = sorted(place for place in known if scope.rt in (None, place[1]))
    if not found:
        raise Trouble(say("Belum ada RT yang dikenal di sini. Belum ada yang dicetak."), remedy=check_place(),
                      code="N23")
    return found


def _sheet(workspace: Workspace, scope: Scope, asked: Asked) -> Document:
    lines = residents.lines(workspace, scope.area, scope.rt, scope.period)
    with workspace.asking() as connection:
        where = views.Where(area=scope.area, rt=scope.rt, period=scope.period)
        houses = list(views.found(connection, Household, where))
        survey = next(views.found(connection, RtSurvey, where), None)
        begun = listing_order(houses)
        blocks = [_counts(lines, begun, survey), _unvisited(lines, asked), _buildings(begun, survey),
                  _incomplete(begun, survey, asked)]
    place = [rt_words(scope.rt or ""), region_name(scope.area), say("Periode {period}", period=scope.period)]
    return lists.sheet("missing", say("Yang belum didata"), [" · ".join(place)], blocks,
                       source=saving.source_of(workspace, scope), signed=[say("Petugas"), say("Ketua RT")])


def listing_order(houses: Sequence[Record]) -> list[Record]:
    """Return households by the number of their building, as people count: 2 before 10."""
    return sorted(houses, key=lambda each: (len(_building(each)), _building(each), each.id))


def _building(house: Record) -> str:
    return house[Household.building] or ""


def _counts(lines: Sequence[Record], houses: Sequence[Record], survey: Record | None) -> Block:
    left = sum(1 for each in lines if each.answers.get(Resident.outcome.key) is None)
    gaps = sum(1 for each in houses if any(each.problems()))
    pairs = [
        (say("Daftar warga Ketua RT"), say("{left} dari {count} belum dikunjungi", left=left, count=len(lines))
         if lines else say("belum ada")),
        (say("Rumah tangga tercatat"), say("{count}, di antaranya {gaps} belum lengkap atau perlu diperiksa",
                                           count=len(houses), gaps=gaps)),
        (say("Survei lingkungan RT"), say("belum ada") if survey is None else say("ada")),
    ]
    return lists.facts(pairs)


def _unvisited(lines: Sequence[Record], asked: Asked) -> Block:
    left = [each for each in lines if each.answers.get(Resident.outcome.key) is None]
    rows = [[str(each[Resident.line] or ""), each[Resident.house_number] or "", _name(each, asked), *(BOX,) * 4, ""]
            for each in left]
    extra = [["", "", "", *(BOX,) * 4, ""] for _row in range(_ROOM)]
    columns = [(say("No."), 2), (say("No. rumah"), 3), (say("Nama kepala keluarga"), 9), (say("Didata"), 0),
               (say("Kosong"), 0), (say("Menolak"), 0), (say("Pindah"), 0), (say("Catatan"), 8)]
    return lists.table(say("Rumah di daftar warga yang belum dikunjungi"), columns, [*rows, *extra], roomy=True,
                       note=say("Baris kosong untuk rumah yang belum ada di daftar."))


def _name(line: Record, asked: Asked) -> str:
    name = line[Resident.head_name]
    return "" if not name else name if asked.names else veiled(Resident.head_name, name)


def _buildings(houses: Sequence[Record], survey: Record | None) -> Block:
    """Return how many buildings have no household yet, and which of their numbers nobody used."""
    numbers = {_building(each) for each in houses if _building(each)}
    alone = sum(1 for each in houses if not _building(each))
    counted = survey[RtSurvey.buildings] if survey is not None else None
    used = {int(each) for each in numbers if each.isdecimal()}
    unused = [str(each) for each in range(1, max(used, default=0)) if each not in used]
    there = len(numbers) + alone
    rows = [
        [say("Bangunan menurut survei lingkungan (nomor 3)"), "–" if counted is None else str(counted)],
        [say("Bangunan yang ada rumah tangganya"), str(there)],
        [say("Bangunan tanpa data rumah tangga"), "–" if counted is None else str(max(0, counted - there))],
        [say("Nomor bangunan yang terlewat"), ", ".join(unused) or "–"],
    ]
    return lists.table(say("Bangunan"), [(say("Yang dihitung"), 2), (say("Jumlah atau nomor"), 3)], rows)


def _incomplete(houses: Sequence[Record], survey: Record | None, asked: Asked) -> Block:
    columns = [(say("No. bangunan"), 3), (say("Nama kepala rumah tangga"), 7), (say("Kode"), 4),
               (say("Belum diisi (nomor)"), 7), (say("Perlu diperiksa"), 10), ("", 0)]
    rows = [[_building(each), *_called(each, asked), short_code(each.id), *gaps, BOX]
            for each in [*houses, *([survey] if survey else [])] if any(gaps := list(_gaps(each)))]
    return lists.table(say("Formulir yang belum lengkap"), columns, rows, empty=say("Semua formulir lengkap."))


def _called(record: Record, asked: Asked) -> Iterator[str]:
    name = record.answers.get(Household.head_name.key) if record.form is Household else say(record.form.title)
    private = record.form is Household and not asked.names
    yield veiled(Household.head_name, name) if private and name else str(name or say("(tanpa nama)"))


def _gaps(record: Record) -> Iterator[str]:
    """Yield the numbers of the questions without an answer, then what checks say of the others."""
    empty, wrong = [], []
    for problem in record.problems():
        question = record.form.question(problem.question)
        called = (question.number or say(question.label)) if question else ""
        if question is not None and record.answers.get(problem.question) is None:
            empty.append(called)
        elif not problem.note:
            wrong.append(f"{called}: {say(problem.message)}")
    yield ", ".join(empty)
    yield " ".join(wrong)

