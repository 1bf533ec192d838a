"""A map as a value: the places of an area with one figure each, the classes of that figure, and where places lie.

It is to a country what a chart is to numbers: stated once by `reports/area_map.py`, laid out by `schema/drawing.py`,
painted by the window, set on paper. Nothing is told by colour alone: a class has a number, its bounds in words and a
pattern of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from p2kp_desktop.language import say

from . import written
from .outline import Outline
from .table import Scope


class Spot(NamedTuple):
    """A region by its code, or an RT of a kelurahan."""

    region: str
    rt: str = ""


class Pattern(Enum):
    """What lies over the colour of a class, so that it is told from the others without colour."""

    PLAIN = "plain"
    DOTS = "dots"
    SLANTED = "slanted"
    CROSSED = "crossed"
    DENSE = "dense"
    HATCHED = "hatched"  # nobody knows the figure


@dataclass(frozen=True)
class Band:
    """A class of figures: what it is called with its bounds, how it looks, and what lies over its colour.

    `look` names the colour: a level of kumuh (berat, sedang, ringan, tidak_kumuh), a share from which it holds ("0",
    "1", "50", "80", "100"), or "unknown". `shade` is how dark it is without colour, 0 to 1.
    """

    title: str
    look: str
    shade: float
    pattern: Pattern = Pattern.PLAIN


@dataclass(frozen=True)
class MapPlace:
    """A place of a map: its figure in words, and which band that is of; one that is not `sure` may still change.

    `brief` is the figure as it stands on the map. `value` is None, and the band the last, where nobody knows it.
    """

    spot: Spot
    name: str
    value: Fraction | None
    shown: str
    band: int
    brief: str = ""
    sure: bool = True
    rts: int = 0  # that are assessed there; 0 of an RT itself
    homes: int = 0  # that are recorded there

    @property
    def told(self) -> str:
        """Return on what the figure stands, in words."""
        if self.value is None:
            return ""
        rts = say("{number} RT", number=written.number(self.rts)) if self.rts else ""
        homes = say("{number} rumah", number=written.number(self.homes))
        return " · ".join(filter(None, (rts, homes, "" if self.sure else say("sementara"))))

    @property
    def words(self) -> str:
        """Return all that is said of it where the mouse rests."""
        return ", ".join(part for part in (self.name, self.shown, self.told) if part)


@dataclass(frozen=True)
class Dot:
    """A record that says where on the earth it is, in degrees: which it is, and what it is called on the screen.

    `told` may name who somebody is: it is never written to a file. Where one that is `private` lies tells where
    somebody lives: it stays on the screen.
    """

    longitude: float
    latitude: float
    kind: str  # the key of its form
    record: str
    told: str = ""
    private: bool = False


@dataclass(frozen=True)
class AreaMap:
    """The places of an area by one indicator: its key, its title, its rule; the unit whose places they are.

    The last band is for what nobody knows. `outlines` has those places whose boundaries the office keeps.
    """

    scope: Scope
    indicator: str
    title: str
    rule: str
    unit: str
    bands: tuple[Band, ...]
    places: tuple[MapPlace, ...]
    outlines: Mapping[Spot, Outline] = field(default_factory=dict, repr=False)
    dots: tuple[Dot, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_of_tiles(self) -> bool:
        """Say whether no place has a boundary, so that equal tiles stand for them."""
        return not any(each.spot in self.outlines for each in self.places)

    @property
    def without_outline(self) -> Sequence[MapPlace]:
        """Return the places that have no boundary, where others have."""
        return [] if self.is_of_tiles else [each for each in self.places if each.spot not in self.outlines]

    def counted(self) -> list[int]:
        """Return how many places are in each band."""
        numbers = [0] * len(self.bands)
        for each in self.places:
            numbers[each.band] += 1
        return numbers
