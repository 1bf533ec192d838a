"""An RT as the one that was checked by hand: 2 m of road, 1 KK and 3 extinguishers bring it below 16; its prices."""

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import RtRecap
from p2kp_desktop.forms.price import Price
from tests.conftest import KELURAHAN
from tests.rules.rts import GOOD

CHECKED = {
    "bangunan": 10, "kk": 10, "penduduk": 40, "jalan_ideal_m": "100", "damaged_road_m": "52.99", "unsafe_water_kk": 6,
    "no_latrine_kk": 10, "unfit_latrine_kk": 10, "fire_equipment_buildings": 10,
}
PRICES = {"2b": ("meter", 450_000), "3a": ("kk", 150_000), "5a": ("kk", 2_500_000), "5b": ("kk", 4_000_000),
          "7b": ("unit", 500_000)}
CHEAPEST = 2_550_000


def recap(workspace, rt="014/005", **more):
    known = {key: value for key, value in GOOD.items() if not key.startswith(("unconnected", "dirty", "worn"))}
    recording.record(workspace, RtRecap, {"region": KELURAHAN, "rt": rt, **known, **CHECKED, **more})


def price(workspace, number, unit, amount, **more):
    return recording.record(workspace, Price, {
        "criterion": f"c{number}", "unit": unit, "price": amount, "year": 2026, "source": "SHS 2026", **more}).id
