"""Photographs of Jalan termurah: eight RTs of which six are slum, with and without unit prices."""

import random
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import RtRecap
from p2kp_desktop.forms.criteria import criteria
from p2kp_desktop.forms.price import Price
from p2kp_desktop.ui.ways.place import WaysPlace

if TYPE_CHECKING:
    from shots import Scene, Stage

PRICED, UNPRICED = "jalan termurah", "tanpa harga"
WHOLE = {
    "luas_ha": "1.85", "bangunan": 64, "penduduk": 260, "kk": 71, "jalan_ideal_m": "410", "drainase_ideal_m": "520",
}
PRICES = (
    ("c1c", "unit", 17_500_000, "Perbaikan atap, dinding, lantai", "SHS Kota Palembang"),
    ("c2a", "meter", 850_000, "Jalan beton 2 m", "SHS Kota Palembang"),
    ("c2b", "meter", 450_000, "Paving 8 cm", "SHS Kota Palembang"),
    ("c3a", "kk", 1_500_000, "Sambungan rumah", "PDAM Tirta Musi"),
    ("c3b", "kk", 1_200_000, "", "PDAM Tirta Musi"),
    ("c4b", "meter", 600_000, "U-ditch", "SHS Kota Palembang"),
    ("c5a", "kk", 6_500_000, "Jamban dan tangki septik", "SHS Kota Palembang"),
    ("c6b", "kk", 90_000, "Gerobak dan jadwal", "DLHK"),
    ("c7b", "unit", 350_000, "APAR 3 kg", "Dinas Damkar"),
)


def sample(folder: Path) -> None:
    """Make a workspace with recaps and prices, and one with recaps alone."""
    for name in (PRICED, UNPRICED):
        workspace = workspaces.init(
            folder / f"{name}.p2kp", role="facilitator", name="Rina Marlina", regions=[demo_journey.KELURAHAN])
        with workspace:
            dice = random.Random(7)
            for number in range(8):
                recording.record(workspace, RtRecap, {
                    "region": demo_journey.KELURAHAN, "rt": f"{number + 1:03d}/005", **WHOLE,
                    "luas_ha": str(round(dice.uniform(0.6, 3.4), 2)), **_volumes(dice, number)})
            for option, unit, amount, work, source in PRICES if name == PRICED else ():
                recording.record(workspace, Price, {"criterion": option, "unit": unit, "price": amount, "year": 2026,
                                                    "work": work, "source": source})


def _volumes(dice: random.Random, number: int) -> dict[str, object]:
    scored = [each for each in criteria() if "2018" in each.numbers and each.denominator != "luas_ha"]
    share = (0.2, 0.95, 0.8, 1, 0.3, 0.9, 1, 0.85)[number]
    return {"dense_ha": "0", "flooded_ha": "0", **{
        each.volume: round(dice.uniform(0, share) * float(str(WHOLE[each.denominator]))) for each in scored}}


def scene(*keys: Qt.Key | str, workspace: str = PRICED, tab: str = "ways", budget: str = "", rt: str = "") -> "Scene":
    """Return the way to a tab with what is asked for, where some keys are pressed then."""
    def shown(stage: "Stage") -> None:
        stage.go("ways", workspace=workspace, tab=tab, rt=rt or None)
        place = stage.window.place
        assert isinstance(place, WaysPlace)
        place.ways.asked.budget.setText(budget)
        place.ways.asked.ask()
        stage.settle()
        stage.press(*keys)

    return shown
