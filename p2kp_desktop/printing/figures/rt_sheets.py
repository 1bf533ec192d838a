"""The score sheet of an RT: its total and level, the 16 criteria, what made them, and what could still change them."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from p2kp_desktop.actions.scores import explanations
from p2kp_desktop.language import say
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.reports import areas, saving, scores
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.explanation import Explained, Explanation
from p2kp_desktop.schema import written
from p2kp_desktop.schema.chart import Chart, Point, Series, Shape
from p2kp_desktop.schema.places import parents, rt_words
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import Workspace

from . import blocks, charts, tables
from .blocks import Block
from .columns import MARGIN

_MOST = 4  # kinds of answers that are told of a criterion
OF_SHEET = ("code", "name", "volume", "of", "unit", "percent", "score", "higher", "lower")


@printable("rt_sheet", lambda: say("Lembar nilai RT"), Needs.RT)
def rt_sheet(workspace: Workspace, asked: Asked) -> Document:
    """Return the score sheets of the RTs that are asked, each a document of its own with how sure its figures are."""
    scope = saving.understood(workspace, asked.scope)
    if asked.preview and scope.rt is None:  # the answers behind one RT are enough to look at
        scored = explanations.explanations(workspace, area=scope.area, period=scope.period, down_to_answers=False)
        first = next(told.rt for told in scored if told.rt is not None)
        scope = Scope(first.region, first.rt, scope.period)
    found = explanations.explanations(workspace, area=scope.area, rt=scope.rt, period=scope.period)
    made = [partial(_document, workspace, asked, scope, told, told.rt) for told in found if told.rt is not None]
    if len(made) == 1:
        return made[0]()
    return Document(say("Lembar nilai RT"), "", {}, parts=made)


def _document(workspace: Workspace, asked: Asked, scope: Scope, told: Explanation, rt: RtAssessment) -> Document:
    here = Scope(rt.region, rt.rt, scope.period)
    pages = [*_sheet(told, rt, asked.sheet.width - 2 * MARGIN)]
    return Document(say("Lembar nilai {rt}", rt=rt_words(rt.rt)), "pages", {"blocks": pages},
                    source=saving.source_of(workspace, here), letterhead=True, kept=True)


def _sheet(told: Explanation, rt: RtAssessment, room: float) -> Iterator[Block]:
    yield blocks.title(told.title)
    yield blocks.facts(_facts(told, rt))
    yield charts.drawn(aspects(told))
    yield blocks.heading(say("Enam belas kriteria"))
    yield from tables.in_text(scores.explanation(scores.of_parts(told)), room, keys=OF_SHEET)
    yield blocks.note(say(
        "Naik mulai: jumlah terkecil dengan skor berikutnya yang lebih tinggi. Turun sampai: jumlah terbesar dengan "
        "skor yang lebih rendah."))
    if told.reasons:
        yield blocks.heading(say("Yang dapat mengubah nilai ini"))
        yield blocks.listed(told.reasons)
    yield blocks.heading(say("Sebab setiap skor"))
    yield blocks.listed([_reason(each) for each in told.criteria if each.score or each.score is None] or
                        [say("Tidak ada kriteria yang berskor.")])
    yield blocks.space(4)
    yield blocks.signatures([(say("Ketua {rt}", rt=rt_words(rt.rt)), "", ""), (say("Fasilitator"), "", ""),
                             (say("Lurah/kepala desa"), "", "")])


def _facts(told: Explanation, rt: RtAssessment) -> list[tuple[str, str]]:
    above = [place.name for place in parents(rt.region)][::-1]
    figures = {name: rt.figures.get(key) for name, key in (
        (say("bangunan"), "bangunan"), (say("KK"), "kk"), (say("penduduk"), "penduduk"))}
    sizes = [f"{written.decimal(number, 2)} {name}" for name, number in figures.items() if number is not None]
    source = say("rekap RT") if rt.source == "recap" else say(
        "sensus {number} rumah tangga", number=written.number(rt.tally.households))
    lines = [
        (say("Wilayah"), ", ".join(above)),
        (say("Nilai"), areas.level(told.score.total, told.standing, provisional=told.score.provisional)),
        (say("Dapat menjadi"), told.between if told.score.provisional else ""),
        (say("Luas verifikasi"), written.hectares(rt.area_ha) if rt.area_ha else say("belum diketahui")),
        (say("Isinya"), ", ".join(sizes)),
        (say("Dihitung dari"), source),
        (say("Aturan"), say(told.regulation.title)),
    ]
    return [(name, value) for name, value in lines if value]


def aspects(told: Explanation) -> Chart:
    """Return the seven indicators of a score as bars: the mean of each that counts, and its points."""
    points = []
    for line in scores.of_parts(told):
        if line.aspect is None or line.told is not None:
            continue
        percent = line.percent
        points.append(Point(
            f"{line.code}. {line.name}", None if percent is None else Fraction(percent),
            say("belum") if percent is None else f"{written.number(percent)} %",
            say("skor {score} dari {most}", score=line.score, most=line.most)))
    return Chart("aspects", say("Tujuh indikator"), Shape.BARS, (Series(tuple(points)),),
                 say("rata-rata bagian yang tidak baik, menurut buku kerja resmi") if told.method == "workbook" else
                 say("rata-rata bagian yang tidak baik"), whole=Fraction(100))


def _reason(each: Explained) -> str:
    """Return a criterion in sentences: its figure, the distances, and which answers made it."""
    name = f"**{each.criterion.code} {say(each.criterion.name)}**"
    sentences = [f"{name}: {each.words}.", *each.asides]
    if each.causes:
        counted = Counter((cause.asked, cause.shown or say("belum dijawab")) for cause in each.causes)
        told = [f"«{question}»: {answer}" +
                (f" ({say('{number} kali', number=written.number(number))})" if number > 1 else "")
                for (question, answer), number in counted.most_common(_MOST)]
        more = len(counted) - _MOST
        if more > 0:
            told.append(say("dan {number} jawaban lain", number=written.number(more)))
        sentences.append(say("Sebabnya: {answers}.", answers="; ".join(told)))
    return " ".join(sentences)
