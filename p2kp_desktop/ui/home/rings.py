"""The way to 100-0-100 in words and rings."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from p2kp_desktop.actions.collaboration.targets import TargetLine
from p2kp_desktop.actions.home.overview import Before, Path
from p2kp_desktop.language import say
from p2kp_desktop.rules.comparison import Place
from p2kp_desktop.rules.indicators import BY_KEY
from p2kp_desktop.rules.targets import A_HANDFUL, Base, Hundreds, Served
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.ring import Ring, RingFacts, RingLegend
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8, SPACE_12, SPACE_16
from p2kp_desktop.ui.look.tokens import Token

MOST_NAMED = 4  # RTs that are named in the line below the rings
ALL = Decimal(100)
NO_TARGETS: Mapping[str, TargetLine] = {}


def waiting_facts() -> tuple[RingFacts, ...]:
    """Return the rings while their figures are on the way."""
    return tuple(RingFacts(title, say("sedang dihitung"), "–", None, target=target) for title, target in _titles())


def _titles() -> tuple[tuple[str, float], ...]:
    """Return the title of the figure that each ring shows, and its target."""
    return (say("Akses air minum aman"), 1.0), (say("Luas kumuh"), 0.0), (say("Akses jamban"), 1.0)


@dataclass(frozen=True)
class _Beside:
    """A share beside that in a ring: what it is called, in short too."""

    name: str
    short: str
    share: Callable[[Hundreds], Served]


@dataclass(frozen=True)
class _Kind:
    """The share in a ring, those beside it, and by which rules they are counted."""

    title: str
    share: Callable[[Hundreds], Served]
    beside: tuple[_Beside, ...]
    rule: str


def _kinds() -> tuple[_Kind, _Kind]:
    (water, _), _slum_title, (latrine, _) = _titles()
    return _Kind(
        water, lambda found: found.water,
        (_Beside(say("kecukupan"), say("kecukupan"), lambda found: found.enough_water),
         _Beside(say("layak BPS"), say("BPS"), lambda found: found.bps_water)),
        _rules("water_safe", "water_enough", "water_bps"),
    ), _Kind(
        latrine, lambda found: found.latrine,
        (_Beside(say("sanitasi teknis"), say("teknis"), lambda found: found.fit_latrine),
         _Beside(say("layak BPS"), say("BPS"), lambda found: found.bps_sanitation)),
        _rules("toilet", "sanitation_technical", "sanitation_bps"),
    )


def _rules(*keys: str) -> str:
    """Return the rules of some indicators, one a line."""
    lines = [f"{each.named}: {say(each.rule)}" for each in map(BY_KEY.__getitem__, keys)]
    return "\n".join([*lines, say("Yang belum terjawab dihitung belum terlayani, seperti di rekap resmi.")])


def facts(now: Path, before: Before | None) -> tuple[RingFacts, ...]:
    """Return the three rings of a period, with how what was surveyed both times moved since last year."""
    water, latrine = (_share(kind, now.hundreds, before) for kind in _kinds())
    return water, _slum(now, before), latrine


def _share(kind: _Kind, reached: Hundreds, before: Before | None) -> RingFacts:
    served = kind.share(reached)
    share = served.percent
    if share is None:
        return RingFacts(kind.title, say("belum ada rumah terdata"), "–", None, target=1.0, rule=kind.rule,
                         change="" if before else None)
    distance, whole = _distance(kind, reached)
    moved = before.change.grown(lambda found: kind.share(found).percent) if before else None
    change = "" if before else None
    if moved and before:
        then, here = (written.rounded_percent(each) for each in moved)
        change = _change(here - then, written.decimal(abs(here - then)), before.period)
    last_year = float(moved[0]) / 100 if moved and before and before.change.homes.same else None
    return RingFacts(
        kind.title, _base(served, reached.base), written.percent(share), float(share) / 100, last_year, 1.0, change,
        distance, reached=whole, known=_answered(served),
        beside=tuple(_beside(each, each.share(reached), served) for each in kind.beside), rule=kind.rule,
    )


def _beside(kind: _Beside, beside: Served, served: Served) -> str:
    told = f"{kind.name} {written.percent(beside.percent or Decimal())}"
    if beside.open and beside.open != served.open:
        return say("{share}, {number} belum", share=told, number=written.number(beside.open))
    return told


def _base(served: Served, base: Base) -> str:
    words = say("dari {number} rumah", number=written.number(served.of))
    return say("{base}, sementara", base=words) if base.of_homes else words


def _answered(served: Served) -> str:
    """Return how many have said whether they are served, "" where all have."""
    if not served.open:
        return ""
    return say("{done} terjawab, {open} belum", done=written.number(served.answered), open=written.number(served.open))


def _distance(kind: _Kind, reached: Hundreds) -> tuple[str, bool]:
    """Return how far the strictest share is from all, and whether the target is reached: never on a handful."""
    shares = [("", kind.share(reached)), *((each.short, each.share(reached)) for each in kind.beside)]
    short, strictest = min(shares, key=lambda each: each[1].good)
    lacking = ALL - written.rounded_percent(strictest.percent or Decimal())  # so that it adds up with the figure shown
    if lacking:
        words = say("kurang {number} dari 100", number=written.decimal(lacking))
        return f"{short} {words}".strip(), False
    base = reached.base
    few = say("baru {number} rumah", number=written.number(base.households)) if base.households < A_HANDFUL else ""
    return _reached(base.of_homes, few)


def _reached(doubts: Sequence[str], few: str) -> tuple[str, bool]:
    if doubts or few:
        return say("belum pasti, masih sementara") if doubts else few, False
    return say("sasaran tercapai"), True


def _change(difference: Decimal | Fraction, number: str, year: str) -> str:
    if not difference:
        return say("sama dengan {year}", year=year)
    if difference > 0:
        return say("naik {number} dari {year}", number=number, year=year)
    return say("turun {number} dari {year}", number=number, year=year)


def _slum(now: Path, before: Before | None) -> RingFacts:
    title, slum, reached = _titles()[1][0], now.slum, now.hundreds
    rule = say("Luas RT yang nilainya mencapai tingkat kumuh terendah.")
    if not slum.whole:
        return RingFacts(title, say("belum ada luas yang dinilai"), "–", None, target=0.0, rule=rule,
                         change="" if before else None)
    area = written.hectares(slum.whole)
    base = say("dari {area} (SK)", area=area) if slum.by_decree else say("dari {area} yang dinilai", area=area)
    distance, whole = say("lebih {area} dari 0", area=written.hectares(slum.ha)), False
    if not slum.ha:
        few = say("baru {number} KK", number=written.number(reached.base.kk)) if reached.base.kk < A_HANDFUL else ""
        distance, whole = _reached(reached.base.of_land, few)
    land = before.change.land if before and before.change.land.compared else None
    change = "" if before else None
    if land and before:
        change = _change(land.slum_ha, written.hectares(abs(land.slum_ha)), before.period)
    then = before.path.slum if before and land and land.same and before.path.slum.whole else None
    return RingFacts(
        title, base, written.hectares(slum.ha), float(slum.ha / slum.whole),
        float(then.ha / then.whole) if then else None, 0.0, change, distance, reached=whole, fill=Token.SLUM_MEDIUM,
        rule=rule, known=say("sementara") if reached.base.of_land else "",
        beside=(say("{number} dari {all} RT", number=written.number(reached.slum_rts),
                    all=written.number(reached.base.rts)), ""),
    )


def on_path(now: Path, targets: Mapping[str, TargetLine]) -> tuple[float | None, float | None, float | None]:
    """Return where the diamond of each ring stands by the path of its target, 0 to 1; None for a ring without one."""
    water, latrine = (_expected(targets, key, ALL) for key in ("water_safe", "toilet"))
    slum = [_expected(targets, "slum_ha", now.slum.whole), _expected(targets, "slum_share", ALL)]
    return water, next((each for each in slum if each is not None), None), latrine


def _expected(targets: Mapping[str, TargetLine], key: str, whole: Decimal | Fraction) -> float | None:
    found = targets.get(key)
    expected = found.expected if found else None
    return None if expected is None or not whole else min(1.0, float(expected / Fraction(whole)))


def path_words(targets: Mapping[str, TargetLine]) -> str:
    """Return how each figure that has a target stands on its path, "" where none can be told."""
    marks = [f"{each.name} **{each.words}**" for each in targets.values() if each.words]
    return say("**Sasaran:** {marks}.", marks="; ".join(marks)) if marks else ""


def told(now: Path, before: Before | None) -> str:
    """Return why the figures may still change, and what they were compared over."""
    sentences = []
    base = now.hundreds.base
    if base.reasons:
        sentences.append(say("**Sementara:** {why}.", why="; ".join(base.reasons)))
    beside = [*base.beside]
    if now.hundreds.refill:
        beside.append(say("{number} rumah memakai air kemasan atau isi ulang: menurut BPS belum pasti",
                          number=written.number(now.hundreds.refill)))
    if beside:
        sentences.append(say("**Perhatikan:** {what}.", what="; ".join(beside)))
    if before is not None:
        land, homes = before.change.land, before.change.homes
        sentences.append(say(
            "**Dibanding {year}** hanya di RT yang didata dua kali: luas {land} RT, rumah {homes} RT.",
            year=before.period, land=written.number(len(land.compared)), homes=written.number(len(homes.compared)),
        ))
        for words, ha, places in (
            (say("Baru"), land.new_ha, {*land.new, *homes.new}),
            (say("Tidak ada lagi"), land.gone_ha, {*land.gone, *homes.gone}),
        ):
            if places:
                slum = say(" ({area} kumuh)", area=written.hectares(ha)) if ha else ""
                sentences.append(f"{words}: {_named(places)}{slum}.")
    return " ".join(sentences)


def _named(places: Set[Place]) -> str:
    """Return the first RTs by name, with their kelurahan where there are several, and how many more there are."""
    several = len({region for region, _rt in places}) > 1
    names = [f"RT {rt.partition('/')[0]}" + (f" {region_name(region)}" if several else "")
             for region, rt in sorted(places)[:MOST_NAMED]]
    more = len(places) - len(names)
    return ", ".join(names) + (say(" dan {number} lainnya", number=written.number(more)) if more else "")


CRITERIA = ("3a", "", "5a")  # what explains each ring: a criterion, or the whole score


class RingsCard(Card):
    """Three rings, each a way to its explanation; the line and the diamond are explained above them."""

    asked_why = Signal(str)  # the criterion of a ring

    def __init__(self) -> None:
        super().__init__("100 · 0 · 100")
        self.body.setContentsMargins(SPACE_16, SPACE_12, SPACE_16, SPACE_8)
        self.body.setSpacing(SPACE_4)
        self._legend: RingLegend | None = None
        self.rings = [Ring(each) for each in waiting_facts()]
        row = QHBoxLayout()
        row.setSpacing(0)
        for ring, code in zip(self.rings, CRITERIA, strict=True):
            row.addWidget(ring, 1, Qt.AlignmentFlag.AlignTop)
            ring.clicked.connect(lambda _checked=False, code=code: self.asked_why.emit(code))
        self.body.addLayout(row)
        self.note = Label("", NOTE, wraps=True)
        self.note.hide()
        self.body.addWidget(self.note)

    @property
    def in_focus(self) -> str:
        """Return the criterion of the ring in focus, "" where none is."""
        return next((code for ring, code in zip(self.rings, CRITERIA, strict=True) if ring.hasFocus()), "")

    def show_path(
        self, now: Path, before: Before | None, rt: str | None = None, targets: Mapping[str, TargetLine] = NO_TARGETS
    ) -> None:
        """Show the way to 100-0-100 in this period and the one before, of one RT or of all in sight, with targets."""
        if isinstance(self.title, Label):
            number = rt.partition("/")[0] if rt else ""
            self.title.say(f"100 · 0 · 100 · {say('RT {number}', number=number)}" if rt else "100 · 0 · 100")
        places = on_path(now, targets)
        for ring, each, place in zip(self.rings, facts(now, before), places, strict=True):
            ring.show_facts(each if place is None else replace(each, target=place))
        words = " ".join(part for part in (path_words(targets), told(now, before)) if part)
        self.note.say(words)
        self.note.setVisible(bool(words))
        if self._legend is not None:
            self.head.removeWidget(self._legend)
            self._legend.deleteLater()
        last_year = say("tahun {year}", year=before.period) if before else say("tahun lalu: tidak ada data")
        marked = any(place is not None for place in places)
        self._legend = RingLegend(last_year, say("jalur sasaran") if marked else say("sasaran 100-0-100"))
        self.head.addWidget(self._legend)
