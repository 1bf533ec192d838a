"""One page for the mayor: three rings with their path, the worst kelurahan, decrees, money, three decisions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from p2kp_desktop.actions.collaboration import decrees, needs, platform
from p2kp_desktop.actions.collaboration.decrees import KawasanLine
from p2kp_desktop.actions.collaboration.needs import NeedLine
from p2kp_desktop.actions.home.board import Board, board
from p2kp_desktop.forms.elements import SOURCES
from p2kp_desktop.language import say
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.reports import dashboard, funding, saving
from p2kp_desktop.rules import sums
from p2kp_desktop.rules.target_path import Path
from p2kp_desktop.schema import written
from p2kp_desktop.schema.chart import Chart, Point, Series, Shape
from p2kp_desktop.schema.places import region_name, rt_words
from p2kp_desktop.schema.table import Source
from p2kp_desktop.store import Workspace

from . import blocks, charts
from .blocks import Block

_MOST = 5  # decrees, sources of money
_ASKED = 3  # decisions


@dataclass(frozen=True)
class _Matters:
    """What the page is about: the figures of the area and how sure they are, its kawasan, its needs."""

    source: Source
    board: Board
    kawasan: Sequence[KawasanLine]
    needs: Sequence[NeedLine]


@printable("mayor", lambda: say("Satu halaman untuk wali kota/bupati"), Needs.AREA)
def mayor(workspace: Workspace, asked: Asked) -> Document:
    """Return the page for whoever leads an area."""
    scope = saving.understood(workspace, asked.scope)
    found = _Matters(
        saving.source_of(workspace, scope), board(workspace, scope.area, scope.period),
        decrees.lines(workspace, scope.area, scope.period), needs.lines(workspace, scope.area))
    rows = platform.matrix(workspace, scope.area, funding.year_of(scope)).rows
    paid = {code: sum(row.firm.get(code, 0) for row in rows) for code in SOURCES.codes}
    offered = {code: sum(row.offered.get(code, 0) for row in rows) for code in SOURCES.codes}
    place = region_name(scope.area)
    pages = [
        blocks.title(say("{place} menuju 100-0-100, {period}", place=place, period=scope.period)),
        blocks.paragraph(dashboard.told(found.board)),
        {"kind": "rings", "rings": _rings(found.board)},
        blocks.beside([[charts.drawn(dashboard.ranking(found.board))], [charts.drawn(_decrees(found.kawasan))]]),
        blocks.beside([[charts.drawn(dashboard.levels(found.board), columns=2)],
                       [charts.drawn(_money(paid, offered, found.needs))]]),
        charts.drawn(dashboard.path(found.board)),
        blocks.heading(say("Keputusan yang diminta")),
        *_decisions(found),
    ]
    return Document(say("{place}: satu halaman", place=place), "pages", {"blocks": [blocks.fitted(pages)]},
                    source=found.source, kept=True)


def _rings(found: Board) -> list[dict[str, object]]:
    year = int(found.period[:4]) if found.period[:4].isdigit() else None
    slum, hectares = found.sums.slum_share, found.sums.get(sums.SLUM_HECTARES)
    in_hectares = _way(found.targets.get("slum_ha"), year, hectares) if slum is not None else ""
    return [
        _ring(say("Air minum aman (3a)"), found.sums.share(sums.WATER), "100 %", found.targets.get("water_safe"), year),
        _ring(say("Luas kumuh"), slum, "0 %", found.targets.get("slum_share"), year, written.hectares(hectares),
              in_hectares),
        _ring(say("Jamban (5a)"), found.sums.share(sums.LATRINE), "100 %", found.targets.get("toilet"), year),
    ]


def _ring(
    name: str, share: Fraction | None, aim: str, way: Path | None, year: int | None, beside: str = "", told: str = ""
) -> dict[str, object]:
    """Return a ring: how full it is, where its path would have it, and what is said below it."""
    wanted = way.expected(year) if way is not None and year is not None else None
    stands = told or _way(way, year, None if share is None else share * 100) or say("belum ada jalur")
    words = [beside, say("sasaran {aim}", aim=aim), stands]
    return {"title": name, "share": None if share is None else float(share),
            "shown": say("belum ada data") if share is None else written.percent(share * 100),
            "wanted": None if wanted is None else float(wanted / 100), "told": [each for each in words if each]}


def _way(way: Path | None, year: int | None, actual: Fraction | None) -> str:
    """Return how a figure stands on the path to its target, "" where nobody can tell."""
    return way.words(year, actual) if way is not None and year is not None and actual is not None else ""


def _decrees(lines: Sequence[KawasanLine]) -> Chart:
    """Return the hectares that are left of each kawasan, the largest first, with what its decree began with."""
    known = sorted((line for line in lines if line.ledger.left is not None),
                   key=lambda line: (-(line.ledger.left or 0), line.name))
    points = tuple(
        Point(line.name, line.ledger.left, written.hectares(line.ledger.left or Fraction()),
              say("{number}, awal {start}, berkurang {reduced}", number=line.ledger.newest.number or say("tanpa nomor"),
                  start=written.hectares(line.ledger.start or Fraction()),
                  reduced=written.hectares(line.ledger.reduced)))
        for line in known[:_MOST]
    )
    start = sum((line.ledger.start or Fraction() for line in known), Fraction())
    left = sum((line.ledger.left or Fraction() for line in known), Fraction())
    more = len(known) - _MOST
    return Chart(
        "decrees", say("Hektare menurut SK"), Shape.BARS, (Series(points),),
        say("{left} dari {start} tersisa", left=written.hectares(left), start=written.hectares(start)) if known else "",
        (say("{number} kawasan lain di buku SK.", number=written.number(more)),) if more > 0 else (),
        empty=say("Belum ada kawasan kumuh yang dicatat di sini."))


def _money(paid: dict[str, int], offered: dict[str, int], lines: Sequence[NeedLine]) -> Chart:
    """Return the rupiah that each source of money is sure to pay for the needs, the largest first."""
    some = sorted((code for code in SOURCES.codes if paid[code] or offered[code]),
                  key=lambda code: (-paid[code], -offered[code]))
    points = tuple(
        Point(funding.source_name(code), Fraction(paid[code]), written.money(paid[code]),
              say("ditawarkan {amount}", amount=written.money(offered[code])) if offered[code] else "")
        for code in some[:_MOST]
    )
    lack = sum(line.lack or 0 for line in lines)
    return Chart("money", say("Dana menurut sumber"), Shape.BARS, (Series(points),),
                 say("masih kurang {amount}", amount=written.money(lack)) if lines else "",
                 empty=say("Belum ada kebutuhan atau sumber dana yang dicatat."))


def _decisions(found: _Matters) -> Iterator[Block]:
    wanted = [*_asked(found)][:_ASKED]
    if not wanted:
        yield blocks.paragraph(say("Tidak ada yang menunggu keputusan."))
        return
    yield {"kind": "decisions", "boxes": [say("Setuju"), say("Tidak"), say("Ditunda")],
           "texts": [blocks.runs(each) for each in wanted]}


def _asked(found: _Matters) -> Iterator[str]:
    """Yield what is to be decided, the weightiest first: money, decrees, promises past their day, records."""
    unfunded = sorted((line for line in found.needs if line.lack), key=lambda line: -(line.lack or 0))
    if unfunded:
        first = unfunded[0]
        where = ", ".join(part for part in (rt_words(first.rt) if first.rt else "", region_name(first.region)) if part)
        yield say("**Tetapkan sumber dana.** {number} kebutuhan kekurangan {amount}; terbesar {what} di {place} "
                  "({lack}).", number=len(unfunded), amount=written.money(sum(line.lack or 0 for line in unfunded)),
                  what=first.what or funding.criterion_name(first.criterion), place=where,
                  lack=written.money(first.lack or 0))
    lacking = [line for line in found.kawasan if line.lacking]
    if lacking:
        yield say("**Lengkapi dan tetapkan SK.** {number} dari {all} kawasan belum lengkap isi lampirannya: {names}.",
                  number=len(lacking), all=len(found.kawasan), names=_names([line.name for line in lacking]))
    if found.board.late:
        first_late = found.board.late[0]
        yield say("**Tagih janji yang lewat tenggat.** {number} janji; terlama {what} ({who}, {days} hari).",
                  number=len(found.board.late), what=first_late.what, who=first_late.who,
                  days=written.number(first_late.days))
    left = found.board.sums.number(sums.LACKING)
    if left or found.board.unassessed:
        yield say("**Selesaikan pendataan.** {houses} rumah belum didata dan {rts} RT belum dinilai; angka di halaman "
                  "ini sementara sampai selesai.", houses=written.number(left),
                  rts=written.number(found.board.unassessed))
    if found.source.unverified or found.source.open_conflicts:
        yield say("**Tuntaskan pemeriksaan.** {records} catatan belum diverifikasi dan {conflicts} konflik belum "
                  "diputuskan.", records=written.number(found.source.unverified),
                  conflicts=written.number(found.source.open_conflicts))
    worst = dashboard.worst(found.board).points
    if worst:
        yield say("**Dahulukan kriteria terburuk.** {name}: {share} tidak baik ({told}).", name=worst[0].label,
                  share=worst[0].shown, told=worst[0].told)


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:3])
    return say("{names} dan {number} lainnya", names=shown, number=len(names) - 3) if len(names) > 3 else shown
