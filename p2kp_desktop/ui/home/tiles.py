"""How far each RT is, or each kelurahan of a wider area, as a grid of tiles."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.actions.scores.progress import RtLine, VillageLine
from p2kp_desktop.language import say
from p2kp_desktop.reports.areas import recorded
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import rt_words
from p2kp_desktop.schema.table import Scope, Subject
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.chip import Status
from p2kp_desktop.ui.kit.labels import SECONDARY, Label
from p2kp_desktop.ui.kit.painting import box, painting
from p2kp_desktop.ui.kit.tile import RtGrid, TileFacts
from p2kp_desktop.ui.kit.words import CAPTION, Words
from p2kp_desktop.ui.look.measures import RADIUS_CHECK, SPACE_4, SPACE_12
from p2kp_desktop.ui.look.scales import completeness

UNKNOWN = 1.0  # how far an RT is whose whole nobody knows: begun
_SWATCH = 12


def of_rts(lines: tuple[RtLine, ...]) -> dict[str, tuple[TileFacts, RtLine]]:
    """Return a tile for each RT by what stands on it: its number, or its label where numbers repeat."""
    numbers = [line.rt.split("/")[0] for line in lines]
    names = numbers if len(set(numbers)) == len(numbers) else [line.rt for line in lines]
    return {name: (_rt_tile(name, line), line) for name, line in zip(names, lines, strict=True)}


def _rt_tile(name: str, line: RtLine) -> TileFacts:
    sentence = f"{rt_words(line.rt)}: {recorded(line)}"
    if line.conflicts:
        sentence += ", " + say("{number} konflik", number=written.number(line.conflicts))
    done = UNKNOWN if line.percent is None else float(line.percent)
    return TileFacts(name, done, sentence, Status.CONFLICT if line.conflicts else None)


def of_villages(lines: tuple[VillageLine, ...]) -> dict[str, tuple[TileFacts, VillageLine]]:
    """Return a tile for each kelurahan by what stands on it: its name, with its code where names repeat."""
    names = [line.name for line in lines]
    shown = [line.name if names.count(line.name) == 1 else f"{line.name} {line.region[-4:]}" for line in lines]
    return {name: (_village_tile(name, line), line) for name, line in zip(shown, lines, strict=True)}


def _village_tile(name: str, line: VillageLine) -> TileFacts:
    rts = say("{number} RT", number=written.number(line.rts))
    sentence = f"{name}: {written.percent(line.percent)}, {rts}"
    return TileFacts(name, float(line.percent), sentence, Status.CONFLICT if line.conflicts else None)


class TilesCard(Card):
    """The grid with the legend of its colours."""

    rt_opened = Signal(object)  # RtLine
    village_opened = Signal(str)  # its code

    def __init__(self) -> None:
        super().__init__(say("Kelengkapan"))
        self.body.setContentsMargins(13, SPACE_12, 13, 5)
        self.body.setSpacing(SPACE_4)
        self.head.addWidget(_Legend())
        self.grid = RtGrid(())
        self.grid.setAccessibleName(say("Kelengkapan"))
        self.nothing = Label(say("Sedang dihitung."), SECONDARY, wraps=True)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.grid)
        self.body.addStretch(1)
        self._rts: dict[str, RtLine] = {}
        self._villages: dict[str, VillageLine] = {}
        self.grid.opened.connect(self._open)

    def show_rts(self, lines: tuple[RtLine, ...], current: str | None) -> None:
        """Show the RTs of a kelurahan; the current one wears a ring."""
        tiles = of_rts(lines)
        self._rts, self._villages = {name: line for name, (_tile, line) in tiles.items()}, {}
        here = next((name for name, line in self._rts.items() if line.rt == current), "")
        self.nothing.say(say("Belum ada RT. Rumah pertama membuat RT-nya: tekan Ctrl N."))
        number = written.number(len(lines))
        self._say(say("{rt} di antara {number} RT", rt=rt_words(current), number=number)
                  if current and len(lines) > 1 else say("Kelengkapan {number} RT", number=number))
        self.grid.show_tiles(tuple(tile for tile, _line in tiles.values()), here)

    def show_villages(self, lines: tuple[VillageLine, ...]) -> None:
        """Show the kelurahan of a wider area."""
        tiles = of_villages(lines)
        self._rts, self._villages = {}, {name: line for name, (_tile, line) in tiles.items()}
        self.nothing.say(say("Belum ada data dari kelurahan mana pun di wilayah ini."))
        self._say(say("Kelengkapan {number} kelurahan", number=written.number(len(lines))))
        self.grid.show_tiles(tuple(tile for tile, _line in tiles.values()))

    def _say(self, words: str) -> None:
        if isinstance(self.title, Label):
            self.title.say(words)
        self.nothing.setVisible(not self._rts and not self._villages)

    @property
    def in_focus(self) -> Subject | None:
        """Return the RT or kelurahan of the tile in focus, None where none is."""
        name = self.grid.in_focus
        if name in self._rts:
            return Subject(Scope(self._rts[name].region, self._rts[name].rt))
        return Subject(Scope(self._villages[name].region)) if name in self._villages else None

    def _open(self, name: str) -> None:
        if name in self._rts:
            self.rt_opened.emit(self._rts[name])
        elif name in self._villages:
            self.village_opened.emit(self._villages[name].region)


class _Legend(QWidget):
    """Says which colour is how many per cent."""

    def __init__(self) -> None:
        super().__init__()
        self._steps = [(0.0, "0"), (1.0, "1–49"), (50.0, "50–79"), (80.0, "80–99"), (100.0, "100 %")]
        self.setAccessibleName(", ".join(word for _percent, word in self._steps))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        words = [Words(word, CAPTION) for _percent, word in self._steps]
        width = sum(_SWATCH + SPACE_4 + 2 + word.width for word in words) + SPACE_12 * (len(words) - 1)
        return QSize(round(width + 1), round(max(word.height for word in words) + 1))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        x = 0.0
        with painting(self) as painter:
            for share, text in self._steps:
                level, word = completeness(share), Words(text, CAPTION)
                spot = QRectF(x, (self.height() - _SWATCH) / 2, _SWATCH, _SWATCH)
                box(painter, spot, fill=level.fill, line=level.line, radius=RADIUS_CHECK - 1)
                word.draw_in(painter, self.rect().toRectF().adjusted(x + _SWATCH + SPACE_4 + 2, 0, 0, 0))
                x += _SWATCH + SPACE_4 + 2 + word.width + SPACE_12
