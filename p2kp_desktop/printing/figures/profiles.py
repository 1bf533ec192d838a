"""Profil permukiman: all that is recorded of a kelurahan, as a document with a cover, contents and chapters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from p2kp_desktop.actions.collaboration import needs
from p2kp_desktop.actions.home.board import Board, board
from p2kp_desktop.actions.scores import explanations, over_time
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.paper import Sheet
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.reports import catalogue, dashboard, saving, scores
from p2kp_desktop.reports.over_time import indicator_table
from p2kp_desktop.reports.records import RECORD_STANDING
from p2kp_desktop.rules.explanation import Explanation
from p2kp_desktop.rules.profile import ALL
from p2kp_desktop.schema import written
from p2kp_desktop.schema.chart import Chart, Point, Series, Shape
from p2kp_desktop.schema.places import parents, region, region_name, rt_words
from p2kp_desktop.schema.table import Column, Kind, Scope, Source, Table
from p2kp_desktop.schema.table_words import source_lines
from p2kp_desktop.store import Workspace

from . import blocks, charts, maps, recaps, tables
from .blocks import Block
from .columns import MARGIN
from .problems import matrix, problems
from .rt_sheets import OF_SHEET, aspects

_CHAPTER = 0.4  # of a page that a chapter needs to begin there
_MOST_RTS = 20  # that have pages of their own: the worst
_FORMS = {form.key for form in FORMS}
_KNOWN = (RECORD_STANDING, "region", "period")  # of records: what the cover says of all of them, and their review
_PROGRESS = ("name", "period", "households", "water_safe", "water_bps", "toilet", "sanitation_bps", "slum_ha",
             "slum_rts", "rts")
_RTS = ("rt", "head", "percent", "households", "total", "level", "waiting", "review")
_POOR = ("name", "period", "mbr", "mbr_head_female", "mbr_head_male", "mbr_head_unsaid")
_FAMILIES = ("programme", "ladder", "statistic")


@dataclass(frozen=True)
class _About:
    """What a profile is made from."""

    workspace: Workspace
    scope: Scope
    sheet: Sheet
    board: Board
    source: Source
    whole: Explanation | None
    rts: Sequence[Explanation]

    @property
    def room(self) -> float:
        """Return how wide the words of an upright page are, in millimetres."""
        return self.sheet.width - 2 * MARGIN

    def table(self, name: str) -> Table[Any]:
        """Return a report of the kelurahan."""
        return catalogue.make(self.workspace, name, self.scope)

    def chapter(self, name: str, *keys: str) -> Iterator[Block]:
        """Yield a report under its title, where it has lines."""
        made = self.table(name)
        if made.name in _FORMS and not keys:
            made = replace(made, columns=tuple(each for each in made.columns if each.key not in _KNOWN))
        if made.lines:
            yield from tables.chapter(made, self.sheet, keys=keys)


@printable("profile", lambda: say("Profil permukiman kelurahan"), Needs.AREA)
def profile(workspace: Workspace, asked: Asked) -> Document:
    """Return the profile of a kelurahan; raise Trouble for a wider area."""
    scope = saving.understood(workspace, asked.scope)
    if not region(scope.area).is_village:
        raise Trouble(say("Profil permukiman dibuat untuk satu kelurahan atau desa."),
                      remedy=say("Sebutkan kodenya, misalnya `--region 16.71.01.1001`."), code="N31")
    about = _About(
        workspace, scope, asked.sheet, board(workspace, scope.area, scope.period), saving.source_of(workspace, scope),
        recaps.explained(workspace, scope), _rts(workspace, scope))
    title = say("Profil permukiman {place}", place=region_name(scope.area))
    pages: list[Block] = [_cover(about), blocks.new_page(), blocks.contents(say("Daftar isi"))]
    for place, (name, chapter) in enumerate(_CHAPTERS):
        body = [*chapter(about)]
        if body:
            begun = blocks.room(_CHAPTER) if place else blocks.new_page()
            pages += [begun, blocks.title(name()), *body]
    return Document(title, "pages", {"blocks": pages}, source=about.source, letterhead=True,
                    kept=True)


def _rts(workspace: Workspace, scope: Scope) -> list[Explanation]:
    try:
        return explanations.explanations(workspace, area=scope.area, period=scope.period)
    except Trouble:  # nothing is assessed yet: its chapters say so
        return []


def _cover(about: _About) -> Block:
    above = [place.name for place in parents(about.scope.area)][-2::-1]
    return {"kind": "cover", "title": say("Profil Permukiman"), "place": region_name(about.scope.area),
            "above": ", ".join(above), "period": say("Periode {period}", period=about.scope.period),
            "lines": [", ".join(dict.fromkeys((about.source.workspace, about.source.person))),
                      written.day(about.source.time)]}


def _summary(about: _About) -> Iterator[Block]:
    yield from recaps.summary(about.board)


def _map(about: _About) -> Iterator[Block]:
    for indicator in ("level", "water_safe", "toilet"):
        drawn = [*maps.of_area(about.workspace, about.scope, about.room, about.room * 0.72, indicator=indicator)]
        if drawn:
            yield blocks.whole(drawn)


def _general(about: _About) -> Iterator[Block]:
    yield from about.chapter("village_profile")
    lines = [line for line in over_time.indicator_lines(
        about.workspace, about.scope.area, period=about.scope.period, groups=(ALL,)) if line.stage.whole]
    titles = (say("Ukuran program"), say("Tangga air minum dan sanitasi BPS/SDG"), say("Statistik rumah tangga"))
    for family, title in zip(_FAMILIES, titles, strict=True):
        some = [line for line in lines if line.indicator.family.value == family]
        if some:
            yield blocks.heading(title)
            yield from tables.in_text(indicator_table(some), about.room,
                                      keys=("title", "good", "of", "open", "unit", "percent"))


def _indicators(about: _About) -> Iterator[Block]:
    if about.whole is None:
        yield blocks.paragraph(say("Belum ada data yang dapat dinilai di sini."))
        return
    yield from recaps.criteria(about.whole, about.sheet)


def _of_rts(about: _About) -> Iterator[Block]:
    yield from about.chapter("rt", *_RTS)
    if about.rts:
        yield blocks.heading(say("Skor enam belas kriteria menurut RT"))
        yield from tables.in_text(_matrix(about.rts), about.room)


def _matrix(found: Sequence[Explanation]) -> Table[Explanation]:
    """Return the scores of the criteria, a line for each RT, the worst first."""
    lines = sorted(found, key=lambda each: (-each.score.total, each.rt.rt if each.rt else ""))

    def of(place: int) -> Callable[[Explanation], int | None]:
        return lambda each: each.criteria[place].score

    return Table("rt_scores", say("Skor enam belas kriteria menurut RT"), (
        Column("rt", say("RT"), Kind.RT, lambda each: each.rt.rt if each.rt else "",
               shown=lambda each: rt_words(each.rt.rt) if each.rt else ""),
        *(Column(each.criterion.code, each.criterion.code, Kind.WHOLE, of(place))
          for place, each in enumerate(lines[0].criteria)),
        Column("total", say("Nilai"), Kind.WHOLE, lambda each: each.score.total),
        Column("level", say("Tingkat"), Kind.TEXT, lambda each: say(each.regulation.level(each.score.total).name)),
    ), lines)


def _hundreds(about: _About) -> Iterator[Block]:
    yield charts.drawn(dashboard.path(about.board))
    yield from about.chapter("progress", *_PROGRESS)
    yield from about.chapter("mbr_water", *_POOR)
    for name in ("slum_changes", "targets"):
        yield from about.chapter(name)


def _problems(about: _About) -> Iterator[Block]:
    if about.whole is None:
        return
    found = problems(about.whole, about.rts, needs.lines(about.workspace, about.scope.area))
    yield from tables.chapter(matrix(found), about.sheet)


def _institutions(about: _About) -> Iterator[Block]:
    parts = about.table("bowl_parts")
    ready = [line[1] for line in parts.lines if line[1].counts]
    done = sum(part.ready for part in ready)
    if ready:
        yield charts.drawn(Chart("bowl", say("Mangkuk masyarakat"), Shape.PARTS, (Series((
            Point(say("Siap"), Fraction(done), say("{number} bagian", number=done), "", "verified"),
            Point(say("Belum"), Fraction(len(ready) - done), say("{number} bagian", number=len(ready) - done),
                  "", "missing"),
        )),), say("{ready} dari {all}", ready=done, all=len(ready))))
    yield from about.chapter("bowl_parts")
    for name in ("bkm", "ksm", "kpp", "tipp", "volunteers", "training", "plan_document"):
        yield from about.chapter(name)


def _agreements(about: _About) -> Iterator[Block]:
    yield from about.chapter("agreements")
    for name in ("clause", "meetings", "open_decisions"):
        yield from about.chapter(name)


def _needs(about: _About) -> Iterator[Block]:
    for name in ("needs", "funding", "works", "ways"):
        yield from about.chapter(name)


def _activities(about: _About) -> Iterator[Block]:
    for name in ("activities", "activity_totals", "commitments", "sk_ledger", "kawasan_class"):
        yield from about.chapter(name)


def _each_rt(about: _About) -> Iterator[Block]:
    worst = sorted(about.rts, key=lambda each: (-each.score.total, each.rt.rt if each.rt else ""))
    if len(worst) > _MOST_RTS:
        yield blocks.note(say("{number} RT dengan nilai tertinggi; yang lain ada di tabel menurut RT.",
                              number=_MOST_RTS))
    for number, told in enumerate(worst[:_MOST_RTS]):
        if number:
            yield blocks.new_page()  # it is handed out by itself
        yield blocks.heading(told.title)
        yield charts.drawn(aspects(told))
        yield from tables.in_text(scores.explanation(scores.of_parts(told)), about.room, keys=OF_SHEET)
        if told.reasons:
            yield blocks.listed(told.reasons)


def _sources(about: _About) -> Iterator[Block]:
    yield blocks.heading(say("Dari mana angkanya"))
    yield blocks.listed(source_lines(about.source))
    yield blocks.paragraph(dashboard.told(about.board))
    if about.whole is not None:
        yield blocks.paragraph(say(
            "Nilai dihitung menurut {rules}: setiap kriteria mendapat skor dari bagian yang tidak baik, dan jumlah "
            "enam belas skor menentukan tingkatnya. Nilai wilayah dihitung dari jumlah RT-nya, bukan rata-rata "
            "nilainya.", rules=say(about.whole.regulation.title)))
        yield blocks.heading(say("Batas tingkat"))
        yield blocks.listed([say("{name}: mulai {score}", name=say(level.name), score=level.at_least)
                             for level in about.whole.regulation.levels])
    yield blocks.heading(say("Kriteria dan satuannya"))
    if about.whole is not None:
        yield blocks.listed([f"**{each.criterion.code}** {say(each.criterion.name)} ({each.criterion.unit})"
                             for each in about.whole.criteria])
    for name in ("editions", "broken_rules"):
        yield from about.chapter(name)


_CHAPTERS: tuple[tuple[Callable[[], str], Callable[[_About], Iterator[Block]]], ...] = (
    (lambda: say("Ringkasan"), _summary), (lambda: say("Peta"), _map), (lambda: say("Keadaan umum"), _general),
    (lambda: say("Tujuh indikator kekumuhan"), _indicators), (lambda: say("Keadaan menurut RT"), _of_rts),
    (lambda: say("Menuju 100-0-100"), _hundreds), (lambda: say("Masalah, analisis, dan usulan"), _problems),
    (lambda: say("Kelembagaan masyarakat"), _institutions), (lambda: say("Aturan Bersama dan pertemuan"), _agreements),
    (lambda: say("Kebutuhan dan dana"), _needs), (lambda: say("Kegiatan, komitmen, dan SK"), _activities),
    (lambda: say("Lembar setiap RT"), _each_rt), (lambda: say("Sumber dan cara hitung"), _sources),
)
