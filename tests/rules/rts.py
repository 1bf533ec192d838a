"""An RT of which a test says only what is bad."""

from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.rules import Tally, assess, regulation, terms
from p2kp_desktop.schema import Record

NEW, OLD = regulation("2018"), regulation("2016")
GOOD = {
    "luas_ha": "2", "bangunan": 50, "penduduk": 200, "kk": 60, "jalan_ideal_m": "400", "drainase_ideal_m": "500",
    **{each.volume: "0" for each in OLD.criteria},
}


def an_rt(label="014/005", /, **volumes):
    """Return an RT in which only these volumes are bad."""
    recap = Record(RtRecap, "r", {**GOOD, **{key: type(GOOD[key])(volume) for key, volume in volumes.items()}})
    return assess("16.71.01.1001", label, terms=terms(None), tally=Tally(), survey=None, recap=recap)
