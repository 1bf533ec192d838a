"""One line of an explanation at full length: how the figure came about, where it stands, what would change it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from PySide6.QtWidgets import QSizePolicy

from p2kp_desktop.language import say
from p2kp_desktop.reports.scores import HouseLine, PartLine
from p2kp_desktop.rules.explanation import Explained, Explanation
from p2kp_desktop.rules.regulation import Regulation
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.labels import CARD_TITLE, NOTE, Label
from p2kp_desktop.ui.kit.scale import Scale, ScaleFacts, Step
from p2kp_desktop.ui.look.measures import SPACE_4, SPACE_8, SPACE_12, SPACE_16
from p2kp_desktop.ui.look.scales import Level, Slum
from p2kp_desktop.ui.look.tokens import Token

SLUM = {"berat": Slum.HEAVY, "sedang": Slum.MEDIUM, "ringan": Slum.LIGHT}
_BANDS = (Level(Token.SHARE_0, line=Token.LINE2), Level(Token.SHARE_1, line=Token.ACCENT_LINE), Level(Token.SHARE_50),
          Level(Token.SHARE_80, Token.ON_SHARE_80), Level(Token.SHARE_100, Token.ON_SHARE_100))


def slum_level(code: str) -> Slum:
    """Return how a level of a regulation looks."""
    return SLUM.get(code, Slum.NONE)


def bands(rules: Regulation, percent: Decimal | None, sentence: str) -> ScaleFacts:
    """Return the bands of a regulation with a percent on them."""
    rising = sorted(rules.bands, key=lambda band: band.at_least)
    looks = (_look(place, len(rising)) for place in range(1, len(rising) + 1))
    steps = (Step(0, "0", _BANDS[0]), *(
        Step(float(band.at_least), str(band.score), look) for band, look in zip(rising, looks, strict=True)
    ))
    return ScaleFacts(steps, 100, tuple(written.decimal(band.at_least) for band in rising),
                      None if percent is None else float(percent), None, sentence)


def _look(place: int, bands: int) -> Level:
    """Return how a band looks, from 1 the lowest: the darkest is the last, and of many some look alike."""
    return _BANDS[-1] if place == bands else _BANDS[1 + (place - 1) * 3 // (bands - 1)]


def levels(told: Explanation) -> ScaleFacts:
    """Return the levels of a regulation with a total on them, and the totals it could still become."""
    rising = sorted(told.regulation.levels, key=lambda level: level.at_least)
    steps = tuple(Step(level.at_least, say(level.name), slum_level(level.code).value) for level in rising)
    between = (float(told.lowest), float(told.highest)) if told.lowest != told.highest else None
    return ScaleFacts(steps, told.regulation.highest_total, tuple(str(level.at_least) for level in rising[1:]),
                      float(told.score.total), between, told.title)


class FigureCard(Card):
    """Shows the total, an aspect, a criterion, or what a house adds to it."""

    def __init__(self) -> None:
        super().__init__()
        self.body.setContentsMargins(SPACE_16, SPACE_12, SPACE_16, SPACE_8)
        self.body.setSpacing(SPACE_4)
        self.name = Label("", CARD_TITLE, wraps=True)
        self.formula = Label("", wraps=True)
        self.scale = Scale()
        self.told = Label("", NOTE, wraps=True)
        for part in (self.name, self.formula, self.scale, self.told):
            self.body.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_line(self, line: PartLine | None) -> None:
        """Show a line of an explanation."""
        self.setVisible(line is not None)
        if line is None:
            return
        self.name.say(f"{line.code} {line.name}".strip())
        if line.told is not None:
            self._show_criterion(line.whole, line.told)
        elif line.aspect is not None:
            self._say(_points(line), _mean(line.parts, line), None)
        else:
            self._say(_points(line), list(_of_total(line)), levels(line.whole))

    def _show_criterion(self, whole: Explanation, told: Explained) -> None:
        self._say(_formula(told), list(_of_criterion(told)), bands(whole.regulation, told.percent, told.words))

    def show_house(self, line: HouseLine | None) -> None:
        """Show what a house adds to a criterion, or to all."""
        self.setVisible(line is not None)
        if line is not None:
            self.name.say(line.part.named)
            self._say(line.part.words, [], None)

    def _say(self, formula: str, told: Sequence[str], scale: ScaleFacts | None) -> None:
        self.formula.say(formula)
        self.scale.setVisible(scale is not None)
        if scale is not None:
            self.scale.show_facts(scale)
        words = "\n".join(told)
        self.told.say(words)
        self.told.setVisible(bool(words))


def _formula(told: Explained) -> str:
    if told.share is None or told.percent is None:
        return say("Belum diketahui: jawabannya belum ada.")
    return f"**{told.figure}**"


def _of_criterion(told: Explained) -> Iterator[str]:
    """Yield how far the next scores are, what other ways to count give, and where it is not known."""
    for sign, words in zip(_signs(told), told.distances, strict=True):
        yield f"{sign} {words[:1].upper()}{words[1:]}."
    yield from told.asides
    if told.unknown:
        yield say("Di {number} RT belum diketahui, dan tidak dihitung.", number=written.number(told.unknown))


def _signs(told: Explained) -> list[str]:
    return [sign for sign, reach in (("↑", told.higher), ("↓", told.lower)) if reach is not None]


def _points(line: PartLine) -> str:
    return say("Skor **{score}** dari {most}", score=line.score, most=line.most)


def _mean(parts: Sequence[Explained], line: PartLine) -> list[str]:
    """Return how the means of an aspect came about: the official one, and the plain one."""
    if line.aspect is None or any(each.percent is None for each in parts):
        return [say("Rata-ratanya belum diketahui.")]
    official, plain = line.whole.score.official.aspects, line.whole.score.plain.aspects
    code, shown = line.aspect.code, [each.percent or Decimal() for each in parts]
    as_official = [Decimal() if each.score == 0 else each.percent or Decimal() for each in parts]
    told = [say("Rata-rata resmi: {sum} = {mean} %; persen yang skornya 0 dihitung 0.",
                sum=_sum(as_official), mean=_shown(official[code]))]
    if official[code] != plain[code]:
        told.append(say("Rata-rata biasa: {sum} = {mean} %.", sum=_sum(shown), mean=_shown(plain[code])))
    return told


def _sum(numbers: Sequence[Decimal]) -> str:
    return f"({' + '.join(written.number(each) for each in numbers)}) ÷ {len(numbers)}"


def _shown(percent: Decimal | None) -> str:
    return "" if percent is None else written.number(percent)


def _of_total(line: PartLine) -> Iterator[str]:
    """Yield what the total could still become, and both sectoral means."""
    told = line.whole
    if told.lowest != told.highest:
        yield say("Bila bangunan yang belum didata semuanya baik {lowest}, semuanya buruk {highest}.",
                  lowest=told.lowest, highest=told.highest)
    official, plain = told.score.official.sectoral, told.score.plain.sectoral
    if official is None or plain is None:
        yield say("Rata-rata kekumuhan sektoral belum diketahui.")
    else:
        yield say("Rata-rata kekumuhan sektoral: resmi {official} %, biasa {plain} %.",
                  official=_shown(official), plain=_shown(plain))
