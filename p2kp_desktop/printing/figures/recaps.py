"""Recaps of an area of every level, from an RT to the province, and how far it came on the way to 100-0-100."""

from collections.abc import Iterator, Sequence

from p2kp_desktop.actions.home.board import Board, board
from p2kp_desktop.actions.scores import explanations
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.paper import Sheet
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.reports import catalogue, dashboard, saving, scores
from p2kp_desktop.rules.explanation import Explanation
from p2kp_desktop.schema.chart import Chart
from p2kp_desktop.schema.places import region, region_name
from p2kp_desktop.schema.table import Scope, Source, Subject
from p2kp_desktop.store import Workspace

from . import blocks, charts, maps, tables
from .blocks import Block
from .columns import MARGIN
from .rt_sheets import OF_SHEET, aspects

# The lists of what lies in an area of a level.
_BELOW = {
    "provinsi": ("kota",), "kabupaten_kota": ("kecamatan", "kelurahan", "kawasan"), "kecamatan": ("kelurahan",),
    "kelurahan": ("rt",), "desa": ("rt",),
}


@printable("recap", lambda: say("Rekap wilayah"), Needs.AREA)
def recap(workspace: Workspace, asked: Asked) -> Document:
    """Return the recap of an area: its levels, its criteria, what lies in it, how sure all of that is."""
    scope = saving.understood(workspace, asked.scope)
    title = say("Rekap {place}, {period}", place=region_name(scope.area), period=scope.period)
    pages = [blocks.title(title), *summary(board(workspace, scope.area, scope.period, scope.rt)),
             *_mapped(workspace, scope, asked.sheet)]
    told = explained(workspace, scope)
    if told is not None:
        pages += criteria(told, asked.sheet)
    for name in _BELOW[region(scope.area).level]:
        pages += tables.chapter(catalogue.make(workspace, name, scope), asked.sheet)
    return Document(title, "pages", {"blocks": pages}, source=saving.source_of(workspace, scope), letterhead=True,
                    kept=True)


@printable("progress", lambda: say("Kemajuan 100-0-100"), Needs.AREA)
def progress(workspace: Workspace, asked: Asked) -> Document:
    """Return how an area and those in it came on over the periods, which RTs entered or left the list, its targets."""
    scope = saving.understood(workspace, asked.scope)
    title = say("Kemajuan {place} ke 100-0-100", place=region_name(scope.area))
    every = Scope(scope.area, scope.rt, asked.scope.period)
    pages = [blocks.title(title), charts.drawn(dashboard.path(board(workspace, scope.area, scope.period, scope.rt)))]
    for name, where in (("progress", every), ("slum_changes", every), ("targets", scope), ("mbr_water", every)):
        pages += tables.chapter(catalogue.make(workspace, name, where), asked.sheet)
    return Document(title, "pages", {"blocks": pages}, source=saving.source_of(workspace, scope), letterhead=True,
                    kept=True)


@printable("dashboard", lambda: say("Dasbor"), Needs.AREA)
def cards(workspace: Workspace, asked: Asked) -> Document:
    """Return the cards of the dashboard of an area, or of one RT of it, on one page."""
    scope = saving.understood(workspace, asked.scope)
    found = board(workspace, scope.area, scope.period, scope.rt)
    return of_cards(saving.source_of(workspace, scope), dashboard.told(found), dashboard.cards(found))


def of_cards(source: Source, told: str, columns: Sequence[Sequence[Chart]]) -> Document:
    """Return charts on one page, in columns, below the sentences on which their figures stand."""
    title = say("Dasbor {place}, {period}", place=source.place, period=source.period)
    drawn = [[charts.drawn(each, columns=2) for each in column] for column in columns]
    page = blocks.fitted([blocks.title(title), blocks.paragraph(told), blocks.beside(drawn)])
    return Document(title, "pages", {"blocks": [page]}, source=source, landscape=True, kept=True)


def explained(workspace: Workspace, scope: Scope) -> Explanation | None:
    """Return why an area has its score, None while nothing can be scored there."""
    try:
        return explanations.explain(workspace, Subject(scope)).explanation
    except Trouble:
        return None


def summary(found: Board) -> Iterator[Block]:
    """Yield what is to be seen of an area at once: in a sentence, its levels, how far it is recorded, the worst."""
    yield blocks.paragraph(dashboard.told(found))
    yield charts.drawn(dashboard.levels(found), columns=5)
    yield charts.drawn(dashboard.review(found))
    yield charts.drawn(dashboard.worst(found))
    yield charts.drawn(dashboard.ranking(found))


def criteria(told: Explanation, sheet: Sheet) -> Iterator[Block]:
    """Yield the score of an area: its seven indicators, the criteria, what could still change it."""
    yield blocks.heading(told.title)
    yield charts.drawn(aspects(told))
    yield from tables.in_text(scores.explanation(scores.of_parts(told)), sheet.width - 2 * MARGIN, keys=OF_SHEET)
    if told.reasons:
        yield blocks.heading(say("Yang dapat mengubah nilai ini"), 3)
        yield blocks.listed(told.reasons)


def _mapped(workspace: Workspace, scope: Scope, sheet: Sheet) -> Iterator[Block]:
    wide = sheet.width - 2 * MARGIN
    drawn = [*maps.of_area(workspace, scope, wide, wide * 0.8)]
    if drawn:
        yield blocks.whole([blocks.heading(say("Peta")), *drawn])
