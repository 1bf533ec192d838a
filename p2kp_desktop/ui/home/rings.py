"""The way to 100-0-100 in words and rings."""

from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from p2kp_desktop.actions.overview import Path
from p2kp_desktop.language import say
from p2kp_desktop.rules.targets import Hundreds
from p2kp_desktop.schema.values import show_number
from p2kp_desktop.ui.collecting.area_lines import hectares
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.equation import grouped
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.ring import Ring, RingFacts, RingLegend
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8, SPACE_12, SPACE_16
from p2kp_desktop.ui.look.tokens import Token

ALL = Decimal(100)


def shown(share: Decimal) -> str:
    """Return per cents with one decimal, cut so that only all of them are 100: 81,4 %."""
    return f"{_tenths(share)} %"


def _cut(share: Decimal) -> Decimal:
    return Decimal(int(share * 10)) / 10


def _tenths(share: Decimal) -> str:
    return show_number(_cut(share).normalize() + 0)


def waiting_facts() -> tuple[RingFacts, ...]:
    """Return the rings while their figures are on the way."""
    return tuple(RingFacts(title, say("sedang dihitung"), "–", None, target=target) for title, target in _titles())


def _titles() -> tuple[tuple[str, float], ...]:
    return (say("Akses air minum aman"), 1.0), (say("Luas kumuh"), 0.0), (say("Akses sanitasi layak"), 1.0)


def facts(now: Path, before: Path | None) -> tuple[RingFacts, ...]:
    """Return the three rings of a period, with last year's marks where last year has data."""
    then = before.hundreds if before else None
    water, _, latrine = _titles()
    reached = now.hundreds
    year = before.period if before else ""
    return (
        _share(water[0], reached, reached.water, then.water if then else None, year),
        _slum(now, before),
        _share(latrine[0], reached, reached.latrine, then.latrine if then else None, year),
    )


def _share(title: str, reached: Hundreds, share: Decimal | None, then: Decimal | None, year: str) -> RingFacts:
    if share is None:
        return RingFacts(title, say("belum ada rumah terdata"), "–", None, target=1.0)
    lacking = ALL - _cut(share)  # so that it adds up with the figure shown
    distance = say("kurang {number} dari 100", number=_tenths(lacking)) if lacking else say("sasaran tercapai")
    change = "" if then is None else _change(_cut(share) - _cut(then), _tenths(abs(_cut(share) - _cut(then))), year)
    base = _doubted(say("dari {number} rumah", number=grouped(reached.households)), reached)
    return RingFacts(
        title, base, shown(share), float(share) / 100,
        None if then is None else float(then) / 100, 1.0, change, distance, reached=not lacking,
    )


def _doubted(base: str, reached: Hundreds) -> str:
    """Return the words below a figure, which say that it is provisional while answers behind it are in conflict."""
    return say("{base}, sementara", base=base) if reached.disputed else base


def _change(difference: Decimal | Fraction, number: str, year: str) -> str:
    if not difference:
        return say("sama dengan {year}", year=year)
    if difference > 0:
        return say("naik {number} dari {year}", number=number, year=year)
    return say("turun {number} dari {year}", number=number, year=year)


def _slum(now: Path, before: Path | None) -> RingFacts:
    title, slum = _titles()[1][0], now.slum
    if not slum.whole:
        return RingFacts(title, say("belum ada luas yang dinilai"), "–", None, target=0.0)
    area = hectares(slum.whole)
    base = say("dari {area} (SK)", area=area) if slum.by_decree else say("dari {area} yang dinilai", area=area)
    distance = say("lebih {area} dari 0", area=hectares(slum.ha)) if slum.ha else say("sasaran tercapai")
    then = before.slum if before and before.slum.whole else None
    change = ""
    if then is not None and before is not None:
        change = _change(slum.ha - then.ha, hectares(abs(slum.ha - then.ha)), before.period)
    return RingFacts(
        title, _doubted(base, now.hundreds), hectares(slum.ha), float(slum.ha / slum.whole),
        None if then is None else float(then.ha / then.whole), 0.0, change, distance,
        reached=not slum.ha, fill=Token.SLUM_MEDIUM,
    )


class RingsCard(Card):
    """Three rings; the line and the diamond are explained above them."""

    def __init__(self) -> None:
        super().__init__("100 · 0 · 100")
        self.body.setContentsMargins(SPACE_16, SPACE_12, SPACE_16, SPACE_8)
        self.body.setSpacing(SPACE_4)
        self._legend: RingLegend | None = None
        self.rings = [Ring(each) for each in waiting_facts()]
        row = QHBoxLayout()
        row.setSpacing(0)
        for ring in self.rings:
            row.addWidget(ring, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def show_path(self, now: Path, before: Path | None, rt: str | None = None) -> None:
        """Show the way to 100-0-100 in this period and the one before, of one RT or of all in sight."""
        if isinstance(self.title, Label):
            number = rt.partition("/")[0] if rt else ""
            self.title.say(f"100 · 0 · 100 · {say('RT {number}', number=number)}" if rt else "100 · 0 · 100")
        for ring, each in zip(self.rings, facts(now, before), strict=True):
            ring.show_facts(each)
        if self._legend is not None:
            self.head.removeWidget(self._legend)
            self._legend.deleteLater()
        last_year = say("tahun {year}", year=before.period) if before else say("tahun lalu: tidak ada data")
        self._legend = RingLegend(last_year, say("sasaran 100-0-100"))
        self.head.addWidget(self._legend)
