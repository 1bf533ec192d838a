"""The annex of a decree on slum areas: the seven columns of the law, the RTs, sums by kecamatan, signature, map."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from p2kp_desktop.actions.scores import sk_annex, slum_scores
from p2kp_desktop.actions.scores.sk_annex import AnnexLine
from p2kp_desktop.language import say
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.offices import Signatory
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.reports import saving
from p2kp_desktop.reports import sk_annex as columns_of_annex
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import CITY, parents, region_name, rt_words
from p2kp_desktop.schema.table import Column, Kind, Table
from p2kp_desktop.store import Workspace

from . import blocks, maps, tables
from .blocks import Block
from .columns import MARGIN

_DOTS = "…" * 12
_OF_LAW = ("name", "hectares", "scope", "coordinates", "total", "level", "land", "class", "priority", "authority")


@dataclass(frozen=True)
class _RtOf:
    """An RT of a location: where, and how it was assessed."""

    line: AnnexLine
    region: str
    rt: str
    assessed: RtAssessment | None


@dataclass(frozen=True)
class _Sum:
    """What the locations of a kecamatan come to; RTs and hectares of RTs are those that lie in it."""

    name: str
    locations: int
    rts: int
    hectares: Fraction


@printable("sk_annex", lambda: say("Lampiran SK kumuh"), Needs.AREA)
def annex(workspace: Workspace, asked: Asked) -> Document:
    """Return the annex of a decree, landscape: locations, their RTs, sums by kecamatan, the mayor's signature, map."""
    scope = saving.understood(workspace, asked.scope)
    lines = sk_annex.annex(workspace, scope.area, scope.period)
    scored = {(each.region, each.rt): each for each in slum_scores.assessments(workspace, period=scope.period)}
    rts = [_RtOf(line, region, rt, scored.get((region, rt))) for line in lines for region, rt in line.places]
    head = _head_of(scope.area)
    room = asked.sheet.height - 2 * MARGIN
    signs = next((each for each in offices.office(workspace).signatories if each.role.casefold() in (
        head.casefold(), say("wali kota"), say("bupati"))), Signatory(head, ""))
    pages = [*_heading(head, lines), *_tables(lines, rts, room),
             blocks.whole([*_in_sum(lines, rts, room), blocks.space(4), _signature(head, signs)])]
    drawn = [*maps.of_area(workspace, scope, room, asked.sheet.width - 75)]
    if drawn:
        heading = blocks.heading(say("Peta sebaran: {place}", place=region_name(scope.area)))
        pages += [blocks.new_page(), heading, *drawn]
    return Document(say("Lampiran SK kumuh {place}", place=region_name(scope.area)), "pages", {"blocks": pages},
                    source=saving.source_of(workspace, scope), landscape=True, kept=True)


def _city(area: str) -> str:
    return next((place.name for place in parents(area) if place.level == CITY), "")


def _head_of(area: str) -> str:
    """Return who signs for an area: wali kota of a city, bupati of a kabupaten, the governor of the province."""
    city = _city(area)
    if not city:
        return say("Gubernur Sumatera Selatan")
    kind, _, name = city.partition(" ")
    if kind == "Kota":
        return say("Wali Kota {name}", name=name)
    return say("Bupati {name}", name=name if kind == "Kabupaten" else city)


def _heading(head: str, lines: Sequence[AnnexLine]) -> Iterator[Block]:
    """Yield the heading at the right, with the number and day where all locations have the same."""
    numbers, days = {line.number for line in lines}, {line.date for line in lines}
    number = next(iter(numbers)) if len(numbers) == 1 else ""
    day = next(iter(days)) if len(days) == 1 else ""
    yield blocks.beside([[], [
        blocks.paragraph(say("**Lampiran Keputusan {head}**", head=head)),
        blocks.facts([(say("Nomor"), number or _DOTS), (say("Tanggal"), written.day(day) if day else _DOTS),
                      (say("Tentang"), say("Penetapan lokasi perumahan kumuh dan permukiman kumuh"))]),
    ]], (3, 2))
    yield blocks.title(say("Daftar lokasi perumahan kumuh dan permukiman kumuh"))


def _tables(lines: Sequence[AnnexLine], rts: Sequence[_RtOf], room: float) -> Iterator[Block]:
    table = columns_of_annex.sk(lines)
    yield from tables.in_text(table, room, keys=("number", "date", *_OF_LAW) if _differ(lines) else _OF_LAW)
    lacking = [(line.name, line.lacking) for line in lines if line.lacking]
    if lacking:
        yield blocks.heading(say("Belum lengkap sebelum ditandatangani"))
        yield blocks.listed([f"**{name}**: {'; '.join(what)}" for name, what in lacking])
    yield blocks.heading(say("Daftar RT menurut lokasi"))
    yield from tables.in_text(_rts(rts), room)


def _in_sum(lines: Sequence[AnnexLine], rts: Sequence[_RtOf], room: float) -> Iterator[Block]:
    yield blocks.heading(say("Jumlah menurut kecamatan"))
    yield from tables.in_text(_sums(_by_district(lines, rts)), room)


def _differ(lines: Sequence[AnnexLine]) -> bool:
    return len({(line.number, line.date) for line in lines}) > 1


def _district(region: str) -> str:
    return next((place.name for place in parents(region) if place.level == "kecamatan"), "")


def _rts(lines: Sequence[_RtOf]) -> Table[_RtOf]:
    def of(take: Callable[[RtAssessment], Any]) -> Callable[[_RtOf], Any]:
        return lambda line: take(line.assessed) if line.assessed else None

    return Table("sk_rts", say("Daftar RT menurut lokasi"), (
        Column("name", say("Lokasi"), Kind.NAME, lambda line: line.line.name),
        Column("district", say("Kecamatan"), Kind.TEXT, lambda line: _district(line.region)),
        Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.region),
        Column("rt", say("RT"), Kind.RT, lambda line: line.rt, shown=lambda line: rt_words(line.rt)),
        Column("hectares", say("Luas verifikasi"), Kind.DECIMAL, of(lambda rt: rt.area_ha or None), unit="ha"),
        Column("total", say("Nilai"), Kind.WHOLE, of(lambda rt: rt.score.total)),
        Column("level", say("Tingkat"), Kind.TEXT, of(lambda rt: say(rt.regulation.level(rt.score.total).name)),
               shown=lambda line: say("belum dinilai") if line.assessed is None else say(
                   line.assessed.regulation.level(line.assessed.score.total).name)),
    ), lines, empty=say("Belum ada RT yang disebut dalam kawasan."),
        sums={"hectares": sum((line.assessed.area_ha for line in lines if line.assessed), Fraction())})


def _by_district(lines: Sequence[AnnexLine], rts: Sequence[_RtOf]) -> list[_Sum]:
    """Return the sums by kecamatan; a location counts, with the hectares of its decree, in the one of its own."""
    names = sorted({_district(line.region) for line in lines} | {_district(each.region) for each in rts})
    return [_Sum(
        name, sum(_district(line.region) == name for line in lines),
        sum(_district(each.region) == name for each in rts),
        sum((line.hectares or Fraction() for line in lines if _district(line.region) == name), Fraction()),
    ) for name in names]


def _sums(lines: Sequence[_Sum]) -> Table[_Sum]:
    return Table("sk_sums", say("Jumlah menurut kecamatan"), (
        Column("name", say("Kecamatan"), Kind.NAME, lambda line: line.name or say("belum disebut")),
        Column("locations", say("Lokasi"), Kind.WHOLE, lambda line: line.locations),
        Column("rts", say("RT"), Kind.WHOLE, lambda line: line.rts),
        Column("hectares", say("Luas menurut SK"), Kind.DECIMAL, lambda line: line.hectares, unit="ha"),
    ), lines, empty=say("Belum ada kawasan kumuh yang dicatat di sini."), sums={
        "locations": sum(line.locations for line in lines), "rts": sum(line.rts for line in lines),
        "hectares": sum((line.hectares for line in lines), Fraction())})


def _signature(head: str, signs: Signatory) -> Block:
    below = say("NIP {nip}", nip=signs.nip) if signs.nip else ""
    return blocks.beside([[], [blocks.signatures([(head.upper(), signs.name, below)])]], (3, 2))
