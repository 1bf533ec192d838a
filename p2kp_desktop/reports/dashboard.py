"""The cards of a dashboard: each a function from the figures of an area (its Board) to a Chart.

What stands in which column, for a facilitator and for other offices, is said at the end: a card is shown once it is
named there.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.actions.home.board import Below, Board, ranked
from p2kp_desktop.actions.home.silence import QUIET
from p2kp_desktop.language import say
from p2kp_desktop.rules import sums
from p2kp_desktop.rules.sums import Sums
from p2kp_desktop.rules.target_path import Path
from p2kp_desktop.schema import written
from p2kp_desktop.schema.chart import Chart, Point, Series, Shape, Way
from p2kp_desktop.schema.places import parents, region_name, rt_words
from p2kp_desktop.schema.review import CHANGED, READY, RETURNED, VERIFIED
from p2kp_desktop.schema.table import Scope, Subject

from .funding import criterion_name

MOST = 5  # bars or rows of a card
ALL = Fraction(1)


def levels(board: Board) -> Chart:
    """Return how many RTs and hectares have which slum level, the worst first."""
    points = [_level(board.sums, level.code, say(level.name)) for level in board.rules.levels] if (
        board.sums.number(sums.RTS)) else []
    if board.unassessed:
        points.append(Point(say("Belum dinilai"), Fraction(board.unassessed), _rts(board.unassessed), "", "unassessed",
                            Way("rt", say("belum dinilai"))))
    return Chart(
        "levels", say("Tingkat kekumuhan"), Shape.PARTS, (Series(tuple(points)),),
        f"{_rts(board.sums.number(sums.RTS))} · {written.hectares(board.sums.get(sums.HECTARES))}",
        empty=say("Belum ada RT yang dinilai."), way=Way("slum"),
    )


def _level(found: Sums, code: str, name: str) -> Point:
    number, hectares = found.level(code)
    return Point(name, Fraction(number), _rts(number), written.hectares(hectares), code, Way("rt", name))


def _rts(number: int) -> str:
    return say("{number} RT", number=written.number(number))


def worst(board: Board) -> Chart:
    """Return the criteria of which the largest share is bad, over the sums of the area."""
    shares = board.sums.shares(board.rules)
    names = {each.code: (criterion_name(each.option), each.unit) for each in board.rules.criteria}
    found = sorted(shares.items(), key=lambda each: (-each[1].percent(), each[0]))
    points = tuple(
        Point(names[code][0], Fraction(share.percent()), written.percent(share.percent()),
              say("{volume} dari {of} {unit} · nilai {score}", volume=_amount(share.volume), of=_amount(share.of),
                  unit=names[code][1], score=board.rules.score(share.percent())),
              "", Way(explains=Subject(Scope(board.area, board.rt, board.period), criterion=code)))
        for code, share in found[:MOST] if share.volume
    )
    return Chart("worst", say("Kriteria terburuk"), Shape.BARS, (Series(points),), say("bagian yang tidak baik"),
                 empty=say("Tidak ada kriteria yang buruk, atau belum ada yang dinilai."), whole=Fraction(100),
                 way=Way("criteria"))


def _amount(exact: Fraction) -> str:
    return written.decimal(exact, 2)


def review(board: Board) -> Chart:
    """Return how far the households are recorded and verified."""
    counts = board.sums
    lacking = counts.number(sums.LACKING)
    whole = counts.number(sums.HOUSEHOLDS) + lacking
    done = counts.standing(VERIFIED)
    parts: tuple[tuple[str, int, str, Way], ...] = (
        (say("Diverifikasi"), done, "verified", Way("rt")),
        (say("Menunggu diperiksa"), counts.standing(READY), "ready", Way("waiting")),
        (say("Berubah sesudahnya"), counts.standing(CHANGED), "changed", Way("waiting")),
        (say("Dikembalikan"), counts.standing(RETURNED), "returned", Way("comments")),
        (say("Belum diserahkan"), counts.standing(""), "draft", Way("houses")),
        (say("Belum didata"), lacking, "missing", Way("unvisited")),
    )
    points = tuple(
        Point(word, Fraction(number), say("{number} rumah", number=written.number(number)), _part(number, whole), look,
              way)
        for word, number, look, way in parts if number or look in ("verified", "missing")
    ) if whole else ()
    unbounded = counts.number(sums.UNBOUNDED)
    note = say("Jumlah bangunan di {number} RT belum diketahui, jadi yang belum didata dapat lebih banyak.",
               number=written.number(unbounded))
    return Chart(
        "review", say("Kelengkapan dan verifikasi"), Shape.PARTS, (Series(points),),
        say("{done} dari {all} rumah diverifikasi", done=written.number(done), all=written.number(whole)),
        (note,) if unbounded else (), empty=say("Belum ada rumah terdata."), way=Way("rt"),
    )


def _part(number: int, whole: int) -> str:
    return written.percent(Fraction(100 * number, whole))


def path(board: Board) -> Chart:
    """Return the way to 100-0-100 over the periods: water, slum and sanitation, by the programme and by BPS."""
    kept = tuple((period, found) for period, found in board.path if found.number(sums.RTS))
    lines: tuple[tuple[str, str, Callable[[Sums], Fraction | None], Fraction], ...] = (
        (say("Air aman (3a)"), "water_safe", lambda found: found.share(sums.WATER), ALL),
        (say("Air layak (BPS)"), "water_bps", lambda found: found.share(sums.IMPROVED_WATER), ALL),
        (say("Luas kumuh"), "slum_share", lambda found: found.slum_share, Fraction()),
        (say("Jamban (5a)"), "toilet", lambda found: found.share(sums.LATRINE), ALL),
        (say("Sanitasi layak (BPS)"), "sanitation_bps", lambda found: found.share(sums.IMPROVED_SANITATION), ALL),
    )
    series, told = [], []
    for name, indicator, value, aim in lines:
        points = tuple(_on_path(period, found, value(found)) for period, found in kept)
        way = board.targets.get(indicator)
        wanted = tuple(_wanted(way, period) for period, _found in kept) if way is not None else ()
        series.append(Series(points, name, way.points[-1][1] / 100 if way is not None else aim, wanted))
        told += _standing(name, way, board.period, value(board.sums))
    slum = board.targets.get("slum_ha")
    told += _standing(say("Luas kumuh"), slum, board.period, board.sums.get(sums.SLUM_HECTARES), of=1)
    note = say("Berlian: sasaran. Tanda kosong: sementara. Setiap periode atas rumah yang didata waktu itu.")
    return Chart("path", say("Jalur ke 100-0-100"), Shape.LINES, tuple(series), "", (*told, note),
                 empty=say("Belum ada periode yang dinilai."), whole=ALL, way=Way("progress"))


def _year(period: str) -> int | None:
    return int(period[:4]) if period[:4].isdigit() else None


def _wanted(way: Path, period: str) -> Fraction | None:
    """Return the share that a period should have on the way to a target."""
    year = _year(period)
    value = way.expected(year) if year is not None else None
    return value / 100 if value is not None else None


def _standing(name: str, way: Path | None, period: str, actual: Fraction | None, *, of: int = 100) -> list[str]:
    """Return in a sentence how a figure stands on the way to its target; nothing where nobody can tell."""
    year = _year(period)
    if way is None or year is None or actual is None:
        return []
    words = way.words(year, actual * of)
    return [f"**{name}** {words}."] if words else []


def _on_path(period: str, found: Sums, share: Fraction | None) -> Point:
    homes = say("{number} rumah", number=written.number(found.number(sums.HOUSEHOLDS)))
    sure = not (found.number(sums.PROVISIONAL) or found.number(sums.LACKING) or found.number(sums.UNBOUNDED))
    return Point(period, share, written.percent(share * 100) if share is not None else "", homes, "",
                 Way("progress", period), sure)


def ranking(board: Board) -> Chart:
    """Return the areas with the most slum, or the RTs with the highest scores."""
    found = ranked(board.below)
    rts = board.names_rts
    points = tuple(_rank(each, board.period, rts=rts) for each in found[:MOST])
    whole = Fraction(board.rules.highest_total) if rts else None
    more = max(len(found) - MOST, 0)
    title = say("Peringkat RT") if rts else say("Peringkat wilayah")
    return Chart(
        "ranking", title, Shape.BARS, (Series(points),), say("menurut nilai") if rts else say("menurut luas kumuh"),
        (say("{number} lainnya di laporannya.", number=written.number(more)),) if more else (),
        empty=say("Belum ada data di wilayah ini."), whole=whole, way=Way("rt" if rts else "kelurahan"),
    )


def _rank(each: Below, period: str, *, rts: bool) -> Point:
    homes = say("{number} rumah", number=written.number(each.sums.number(sums.HOUSEHOLDS)))
    water, latrine = each.sums.share(sums.WATER), each.sums.share(sums.LATRINE)
    told = [homes]
    if water is not None and latrine is not None:
        told += [say("air 3a {share}", share=written.percent(water * 100)),
                 say("jamban 5a {share}", share=written.percent(latrine * 100))]
    if rts:
        return Point(rt_words(each.rt), Fraction(each.total), written.number(each.total), " · ".join(told), each.level,
                     Way(explains=Subject(Scope(each.region, each.rt, period))))
    within = [place.name for place in parents(each.region)][-2:-1] if each.region.count(".") > 1 else []
    hectares = each.sums.get(sums.SLUM_HECTARES)
    return Point(each.name, hectares, written.hectares(hectares), " · ".join((*within, *told)), each.level,
                 Way(area=each.region))


def silent(board: Board) -> Chart:
    """Return who has sent nothing for a while, with a reminder to copy; for a facilitator, who has not answered."""
    late = [each for each in board.silent if each.quiet]
    below = board.role != "facilitator"
    points = tuple(
        Point(each.name, None if each.days is None else Fraction(each.days), _ago(each.days),
              " · ".join(part for part in (
                  each.person,
                  say("{number} rumah menunggu", number=written.number(each.waiting)) if each.waiting else "",
              ) if part), "quiet" if each.quiet else "heard", Way(copies=each.message))
        for each in (late or board.silent)[:MOST - 1]
    )
    told = say("{number} dari {all} lebih dari {days} hari", number=written.number(len(late)),
               all=written.number(len(board.silent)), days=QUIET)
    return Chart(
        "silent", say("Siapa yang diam") if below else say("Kantor yang belum membalas"), Shape.ROWS,
        (Series(points),), told if board.silent else "",
        hint=say("Enter menyalin pengingat.") if points else "", way=Way("silent"),
        empty=say("Belum ada berkas yang ditunggu.") if below
        else say("Belum ada kantor yang membalas berkas dari sini."),
    )


def _ago(days: int | None) -> str:
    return say("belum pernah") if days is None else say("{days} hari", days=written.number(days))


def late(board: Board) -> Chart:
    """Return the promises past their day, what is late longest first."""
    points = tuple(
        Point(each.what, Fraction(each.days), say("{days} hari", days=written.number(each.days)),
              " · ".join(part for part in (each.who, _worth(each.amount), written.day(each.due)) if part), "late",
              Way("late", each.what))
        for each in board.late[:MOST - 1]
    )
    return Chart(
        "late", say("Lewat tenggat"), Shape.ROWS, (Series(points),),
        say("{number} janji", number=written.number(len(board.late))) if board.late else "",
        empty=say("Tidak ada komitmen atau keputusan yang lewat tenggat."), way=Way("late"),
    )


def _worth(amount: Decimal | int | None) -> str:
    return written.money(amount) if amount else ""


def told(board: Board) -> str:
    """Return the sentences that say on what the figures of a dashboard stand."""
    known = board.sums
    sentence = say(
        "**{place}, {period}**: {households} rumah di {rts} RT, menurut {rules}.", place=region_name(board.area),
        period=board.period, households=written.number(known.number(sums.HOUSEHOLDS)),
        rts=written.number(known.number(sums.RTS)), rules=say(board.rules.title),
    )
    doubts = [
        (known.number(sums.LACKING), say("{number} rumah belum didata",
                                         number=written.number(known.number(sums.LACKING)))),
        (board.unassessed, say("{number} RT belum ada data", number=written.number(board.unassessed))),
        (known.number(sums.PROVISIONAL), say("nilai {number} RT sementara",
                                             number=written.number(known.number(sums.PROVISIONAL)))),
    ]
    open_ = "; ".join(words for number, words in doubts if number)
    narrowed = [f"{board.taking.words[:1].upper()}{board.taking.words[1:]}."] if board.taking is not None else []
    return " ".join((sentence, *narrowed, *([say("Sementara: {why}.", why=open_)] if open_ else [])))


Card = Callable[[Board], Chart]
# The cards in the left column and in the right one, from above.
OF_FACILITATOR: tuple[Sequence[Card], Sequence[Card]] = ((review, ranking, path), (levels, worst, late, silent))
OF_OFFICE: tuple[Sequence[Card], Sequence[Card]] = ((levels, path, ranking), (worst, review, silent, late))


def cards(board: Board) -> tuple[tuple[Chart, ...], tuple[Chart, ...]]:
    """Return the charts an office sees of an area, in two columns: a facilitator the work first, others the slum."""
    left, right = OF_FACILITATOR if board.role == "facilitator" else OF_OFFICE
    return tuple(card(board) for card in left), tuple(card(board) for card in right)
