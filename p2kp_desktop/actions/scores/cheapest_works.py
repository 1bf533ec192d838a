"""The cheapest ways out of slum for an RT, a kawasan, a kelurahan, a city: which works, at what cost, how sure that is.

It is asked what brings every RT below a total at the least cost, or, with a budget, which RTs to choose so that the
most hectares are slum no more. It starts from the scores as they were assessed, less what work put right that was
finished after the survey: nobody is to build that again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.activity import Activity, ActivitySite, Progress
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.kawasan import Kawasan
from p2kp_desktop.forms.price import Price
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules import cheapest, improvement, prices
from p2kp_desktop.rules.assessment import AreaAssessment, RtAssessment, assess_area
from p2kp_desktop.rules.cheapest import Budgeted, Goal, RtWay, Work
from p2kp_desktop.rules.finished import Finished, finished
from p2kp_desktop.rules.highs import Beat
from p2kp_desktop.rules.prices import PriceList
from p2kp_desktop.rules.scoring import half_up
from p2kp_desktop.rules.solving import PATIENCE
from p2kp_desktop.rules.volumes import ALL_OR_NOTHING
from p2kp_desktop.schema import written
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.facts import facts
from p2kp_desktop.store.views import Where

from . import kawasan_members, slum_scores


@dataclass(frozen=True)
class WorksWanted:
    """What is asked: a total to lie below (None is where slum begins), the margin, and a budget in rupiah or none."""

    below: int | None = None
    points: int = 0
    extra: Fraction = Fraction()
    budget: int | None = None
    kawasan: str = ""  # the id of one of which the RTs are meant, "" for all of the area


@dataclass(frozen=True)
class Built:
    """What was finished in an RT after its survey, by name."""

    rt: RtAssessment
    works: tuple[str, ...]


@dataclass(frozen=True)
class WorksFound:
    """The answer: all RTs that were looked at, the ways of those to be worked on, and those for which there is none.

    `together` is the area as it stands afterwards: of one RT that RT, of several their volumes added up and scored.
    """

    wanted: WorksWanted
    goal: Goal
    rts: tuple[RtAssessment, ...]
    slums: int
    ways: tuple[RtWay, ...]
    unreached: tuple[RtWay, ...]
    before: AreaAssessment
    together: AreaAssessment
    prices: PriceList
    proved: bool
    budgeted: Budgeted | None = None
    built: tuple[Built, ...] = ()

    @property
    def works(self) -> tuple[Work, ...]:
        """Return all works, in order of kelurahan, RT and criterion."""
        return tuple(work for way in self.ways for work in way.works)

    @property
    def unpriced(self) -> int:
        """Return of how many works nobody estimated the cost."""
        return sum(way.unpriced for way in self.ways)

    @property
    def known_cost(self) -> Fraction:
        """Return the cost of the works whose price is known."""
        return sum((way.cost for way in self.ways), Fraction())

    @property
    def cost(self) -> Fraction | None:
        """Return the cost of all works, None while a price lacks."""
        return None if self.unpriced else self.known_cost

    @property
    def hectares(self) -> Fraction:
        """Return of how many hectares the RTs are that the works bring below the total."""
        return sum((way.rt.area_ha for way in self.ways), Fraction())


def price_list(workspace: Workspace) -> PriceList:
    """Return the prices that are written down in a workspace."""
    with workspace.asking() as connection:
        return prices.price_list(views.counted(connection, Price))


def solve(
    workspace: Workspace, wanted: WorksWanted, *, area: str | None = None, rt: str | None = None,
    period: str | None = None, known: PriceList | None = None, report: Report | None = None,
    seconds: float = PATIENCE,
) -> WorksFound:
    """Return the cheapest works for the RTs of an area, or what a budget does most with.

    `known` are prices in place of those of the workspace. Raises Unreadable for an unknown region or rule set, Trouble
    where nothing can be assessed, or where a budget is to be shared out and no price is known; what `report` raises.
    """
    listed = price_list(workspace) if known is None else known
    if wanted.budget is not None and not listed.prices:
        raise Trouble(say("Anggaran belum dapat dibagi: belum ada harga satuan."),
                      remedy=say("Catat dulu harga satuannya, atau tanyakan tanpa anggaran."), code="Q06")
    members = _members(workspace, wanted.kawasan)
    rts = tuple(
        each for each in slum_scores.assessments(workspace, area=area, period=period)
        if rt in (None, each.rt) and (members is None or (each.region, each.rt) in members)
    )
    if not rts:
        raise Trouble(say("Belum ada data yang dapat dinilai di sini."),
                      remedy=say("Periksa wilayah, RT, dan periodenya."), code="Q05")
    goal = Goal(rts[0].regulation.levels[-2].at_least if wanted.below is None else wanted.below, wanted.points,
                wanted.extra)
    with workspace.asking() as connection:
        now = _as_built(connection, rts, period or facts(connection).period)
    built = tuple(each for each in now if each.works)
    found = _answered(wanted, goal, tuple(each.rt for each in now), listed, report, seconds)
    return replace(found, built=built)


def _as_built(connection: Connection, rts: Sequence[RtAssessment], period: str) -> list[Built]:
    """Return the RTs without what work put right that was finished after their survey."""
    works = finished(*(views.counted(connection, form) for form in (Activity, Need, ActivitySite, Progress)))
    return [_less(connection, rt, [each for each in works if each.share_at(rt.region, rt.rt)], period) for rt in rts]


def _less(connection: Connection, rt: RtAssessment, works: Sequence[Finished], period: str) -> Built:
    day = _surveyed(connection, rt, period) if works else ""
    volumes = {work.activity.show(Activity.name): work.volumes_at(rt.regulation, rt.region, rt.rt)
               for work in works if work.day > day}
    known = {name: each for name, each in volumes.items() if any(each.values())}
    return Built(improvement.relieved(rt, improvement.together(known.values())) if known else rt, tuple(known))


def _surveyed(connection: Connection, rt: RtAssessment, period: str) -> str:
    """Return the last day of the survey or the recap that an RT is assessed by; the end of its year where none is said.

    Work that was finished in the year of a survey without a day may have been seen: it is not taken off.
    """
    dates = ((RtRecap.key, RtRecap.date),) if rt.source == "recap" else (
        (Household.key, Household.survey_date), (RtSurvey.key, RtSurvey.survey_date))
    there = Where(area=rt.region, rt=rt.rt, period=period)
    days = [str(row[date.key] or "") for form, date in dates
            for row in views.picked(connection, form_named(form), (date.key,), there)]
    return max(days, default="") or f"{period[:4]}-12-31"


def _answered(
    wanted: WorksWanted, goal: Goal, rts: tuple[RtAssessment, ...], listed: PriceList, report: Report | None,
    seconds: float,
) -> WorksFound:
    every = [cheapest.cheapest(each, listed, goal, beat=_beat(report, place, len(rts)))
             for place, each in enumerate(rts)]
    needing = tuple(way for way in every if way.works)
    unreached = tuple(way for way in every if not way.reached)
    chosen = None
    if wanted.budget is not None:
        chosen = cheapest.most_hectares(needing, Fraction(wanted.budget), seconds=seconds,
                                        beat=_beat(report, len(rts), len(rts)))
    ways = needing if chosen is None else chosen.ways
    proved = chosen is None or chosen.proved
    rules, method = rts[0].regulation, rts[0].method
    return WorksFound(
        wanted, goal, rts, len(needing) + len(unreached), ways, unreached, assess_area(rts, rules, method),
        assess_area(cheapest.gathered(rts, ways), rules, method), listed, proved, chosen,
    )


def _beat(report: Report | None, done: int, rts: int) -> Beat | None:
    """Report how far it is, and return the function by which a search stays there and can be stopped."""
    if report is None:
        return None
    report(done, rts + 1)
    return partial(report, done, rts + 1)


def _members(workspace: Workspace, kawasan: str) -> frozenset[tuple[str, str]] | None:
    """Return the RTs of a kawasan, None where none is named."""
    if not kawasan:
        return None
    with workspace.asking() as connection:
        return kawasan_members.of(connection, kawasan).rts


def kawasan_of(workspace: Workspace, area: str) -> list[tuple[str, str]]:
    """Return the kawasan of an area by id and name, in order of name."""
    with workspace.asking() as connection:
        found = [(each.id, Kawasan.called(each.answers, say)) for each in
                 views.counted(connection, Kawasan, Where(area=area or None))]
    return sorted(found, key=lambda each: each[1].casefold())


def rupiah(amount: Fraction) -> str:
    """Return an exact amount in whole rupiah, half up."""
    return written.money(int(half_up(amount)))


def cost_words(cost: Fraction, unpriced: int) -> str:
    """Return a cost in words: Rp900.000, Rp900.000 + 2 belum ditaksir, belum ditaksir."""
    lacking = say("{count} belum ditaksir", count=unpriced) if unpriced else ""
    return " + ".join(part for part in (rupiah(cost) if cost or not lacking else "", lacking) if part)


def estimated(cost: Fraction | None) -> str:
    """Return a cost in words, also one that nobody knows."""
    return say("belum ditaksir") if cost is None else rupiah(cost)


def volume_words(work: Work) -> str:
    """Return how much work it is: 2 m."""
    return f"{written.decimal(work.volume, 4)} {work.criterion.unit}"


def work_words(work: Work) -> str:
    """Return a work in words: 2b Kualitas permukaan jalan: 2 m, skor 3 → 1, Rp900.000."""
    return say("{code} {name}: {volume}, skor {before} → {after}, {cost}", code=work.criterion.code,
               name=say(work.criterion.name), volume=volume_words(work), before=work.before, after=work.after,
               cost=estimated(work.cost))


def words(found: WorksFound) -> tuple[str, ...]:
    """Return the answer in sentences: what it comes to, what proves it, what it leaves out, how sure it is."""
    return (*_answer(found), *_proof(found), *_left_out(found), *_doubts(found))


def two_paragraphs(found: WorksFound) -> tuple[str, str]:
    """Return the answer, and in a second paragraph the proof and the doubts."""
    return " ".join(_answer(found)), " ".join((*_proof(found), *_left_out(found), *_doubts(found)))


def _answer(found: WorksFound) -> Iterator[str]:
    under = found.goal.under
    if not found.slums:
        yield say("Semua {count} RT sudah di bawah {under}; tidak ada yang perlu dikerjakan.",
                  count=written.number(len(found.rts)), under=under)
        return
    if found.budgeted is not None:
        budget = Fraction(found.wanted.budget or 0)
        yield say("**Dengan {budget} paling banyak {hectares} keluar dari kumuh**: {count} dari {all} RT di atas "
                  "sasaran, biaya {cost}, sisa {rest}.",
                  budget=rupiah(budget), hectares=written.hectares(found.hectares), count=len(found.ways),
                  all=found.slums, cost=rupiah(found.known_cost), rest=rupiah(budget - found.known_cost))
    elif found.ways and not found.prices.prices:
        yield say("**Paling sedikit agar di bawah {under}: {works} pekerjaan di {count} RT**; biayanya belum ditaksir, "
                  "karena belum ada harga satuan.", under=under, works=written.number(len(found.works)),
                  count=written.number(len(found.ways)))
    elif found.ways:
        yield say("**Paling murah agar di bawah {under}: {cost}** untuk {works} pekerjaan di {count} RT.", under=under,
                  cost=cost_words(found.known_cost, found.unpriced), works=written.number(len(found.works)),
                  count=written.number(len(found.ways)))
    if len(found.rts) == 1:
        yield say("Jumlah nilai {before} menjadi **{after}**.", before=_standing(found.before),
                  after=_standing(found.together))
    elif found.ways:
        yield say("RT kumuh {before} menjadi **{after}**.", before=_slums(found.before), after=_slums(found.together))
    if found.goal.points or found.goal.extra:
        yield say("Sudah dengan cadangan {points} poin dan volume lebih {extra} %.", points=found.goal.points,
                  extra=written.decimal(found.goal.extra, 2))


def _standing(area: AreaAssessment) -> str:
    return f"{area.score.total} ({say(area.regulation.level(area.score.total).name)})"


def _slums(area: AreaAssessment) -> str:
    return f"{written.number(area.slum_rts)} ({written.hectares(area.slum_ha)})"


def _proof(found: WorksFound) -> Iterator[str]:
    """Say in one sentence how sure it is that nothing is better."""
    if not found.slums:
        return
    chosen = found.budgeted
    if found.proved and chosen is not None:
        yield say("**Terbukti:** tidak ada pilihan lain yang dengan anggaran ini membebaskan lebih dari {bound}.",
                  bound=written.hectares(chosen.hectares.at_least))
    elif found.proved and not found.known_cost:
        yield say("**Terbukti:** tidak ada pilihan lain yang cukup dengan pekerjaan lebih sedikit (bangunan, KK, "
                  "meter, m²).")
    elif found.proved and found.unpriced:
        yield say("**Terbukti:** tidak ada pilihan lain yang cukup dengan lebih sedikit pekerjaan tanpa harga, dan "
                  "dari yang sama sedikitnya tidak ada yang lebih murah.")
    elif found.proved:
        yield say("**Terbukti:** tidak ada pilihan pekerjaan lain yang cukup dan lebih murah; selisih ke batas bawah "
                  "Rp0.")
    elif chosen is not None:
        yield say("**Belum terbukti**, waktunya habis: paling banyak {bound} mungkin.",
                  bound=written.hectares(chosen.hectares.at_least))


def _left_out(found: WorksFound) -> Iterator[str]:
    """Say what is not in the sum."""
    if found.unpriced and found.prices.prices:
        yield say("Yang belum ditaksir tidak dianggap gratis: harganya belum tercatat, jadi dipilih sesedikit mungkin.")
    if found.unreached:
        yield say("{count} RT tidak dapat dibawa ke bawah {under} dengan volume yang tercatat: {names}.",
                  count=len(found.unreached), under=found.goal.under, names=_names(found.unreached))
    chosen = found.budgeted
    if chosen is not None and chosen.unpriced:
        yield say("{count} RT tidak ikut dipilih: ada pekerjaannya yang belum ditaksir.", count=chosen.unpriced)
    if chosen is not None and chosen.without_area:
        yield say("{count} RT tidak ikut dipilih: luasnya belum diketahui.", count=chosen.without_area)


def _doubts(found: WorksFound) -> Iterator[str]:
    """Say what makes the figures themselves unsure."""
    if found.built:
        names = list(dict.fromkeys(name for each in found.built for name in each.works))
        yield say("**Sudah dikurangi yang selesai sesudah survei** di {count} RT: {works}. Nilainya terhitung, sampai "
                  "RT itu disurvei lagi.", count=written.number(len(found.built)), works=_first(names))
    open_ = sum(way.rt.score.provisional for way in found.ways)
    if open_:
        yield say("{count} dari RT ini bernilai sementara; hasilnya ikut berubah bila nilainya berubah.", count=open_)
    whole = sorted({work.criterion.code for way in found.ways if way.rt.source == "census" for work in way.works
                    if work.criterion.volume in ALL_OR_NOTHING})
    if whole:
        yield say("Sensus menghitung {codes} untuk semua bangunan atau KK, atau tidak satu pun; volume sebagian baru "
                  "terlihat di rekap RT.", codes=", ".join(whole))


def _names(ways: Sequence[RtWay], most: int = 5) -> str:
    return _first([way.rt.rt for way in ways], most)


def _first(names: Sequence[str], most: int = 5) -> str:
    shown = ", ".join(names[:most])
    return f"{shown}, …" if len(names) > most else shown


def to_json(found: WorksFound) -> dict[str, object]:
    """Return the answer as `p2kp solve` prints it; works name their kelurahan where they are of several."""
    several = len({work.region for work in found.works}) > 1
    return {
        "proved": found.proved, "cost": _number(found.cost), "total": found.together.score.total,
        "level": found.together.score.level,
        "works": [
            {**({"region": work.region} if several else {}), "rt": work.rt, "criterion": work.criterion.code,
             "volume": _number(work.volume), "unit": work.criterion.unit, "cost": _number(work.cost)}
            for work in found.works
        ],
    }


def _number(exact: Fraction | None) -> int | float | None:
    if exact is None:
        return None
    return int(exact) if exact.denominator == 1 else float(exact)
