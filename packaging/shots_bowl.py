"""Photographs of the place Mangkuk Masyarakat, and the institutions they show."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from p2kp_desktop import environment
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Period
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.schema.places import lies_in, regions
from p2kp_desktop.store import Workspace, open_workspace
from p2kp_desktop.ui.place import Destination, Scope

if TYPE_CHECKING:
    from shots import Stage

YEAR = environment.this_year()
Given = Mapping[str, object]

# What a kelurahan records in the order in which its bowl fills; years are counted from this one.
INSTITUTIONS: tuple[tuple[str, Given], ...] = (
    ("bkm", {
        "name": "BKM Tepian Musi", "formed": f"{YEAR - 2}-03-12", "term_ends": f"{YEAR + 1}-03-12", "active": "aktif",
        "coordinator": "Zainuddin", "notary_date": f"{YEAR - 2}-05-20", "notary": "Hj. Nurlaila, S.H.",
        "bank": "Bank Sumsel Babel", "account": "1400012345",
    }),
    ("bkm_unit", {"kind": "upl", "head_name": "Herman", "since": f"{YEAR - 2}-04-01", "active": "aktif"}),
    ("volunteers", {"date": f"{YEAR}-02-10", "men": 21, "women": 13, "mbr": 12, "agents": 6, "period": f"{YEAR}"}),
    ("tipp", {
        "sk_number": "07/TIPP/BKM", "sk_date": f"{YEAR - 1}-06-02", "head_name": "Rusdi", "men": 6, "women": 3,
        "active": "aktif",
    }),
    ("plan_document", {
        "kind": "rplp", "name": "RPLP Tiga Empat Ulu", "progress": "disahkan", "date": f"{YEAR}-06-14",
        "legal_basis": "SK Lurah 12", "first_year": YEAR, "last_year": YEAR + 4,
    }),
    ("kpp", {
        "name": "KPP Gang Lorok", "asset": "Saluran Gang Lorok", "formed": f"{YEAR}-07-01", "active": "aktif",
        "men": 5, "women": 4, "fee": "Rp5.000 per KK",
    }),
    ("forum", {"name": "Forum Ulu Bersih", "formed": f"{YEAR - 1}-09-01", "active": "aktif", "work_plan": "ya"}),
    ("agreement", {
        "number": "AB-03", "name": "Aturan Bersama Tepian Musi", "rts": "012, 013, 014", "stage": "disepakati",
        "agreed": f"{YEAR}-09-04", "version": 1,
    }),
)


def fill(workspace: Workspace, village: str, count: int) -> None:
    """Record the first institutions of a kelurahan."""
    for key, given in INSTITUTIONS[:count]:
        recording.record(workspace, form_named(key), {"region": village, **given})


def sample(folder: Path) -> None:
    """Give the facilitator's kelurahan its institutions, and the city several kelurahan to rank."""
    with open_workspace(folder / "fasilitator.p2kp") as workspace:
        fill(workspace, demo_journey.KELURAHAN, len(INSTITUTIONS))
        for year in (YEAR - 2, YEAR - 1, YEAR):
            recording.record(workspace, Period, {"year": year, "rules": "2018", "method": "workbook"})
    with open_workspace(folder / "kota.p2kp") as workspace:
        villages = [each.code for each in regions().values()
                    if each.is_village and lies_in(each.code, demo_journey.CITY)]
        for place, village in enumerate([demo_journey.KELURAHAN, *villages[1:12]]):
            fill(workspace, village, (7, 3, 5, 1, 6, 2, 4, 7, 3, 5, 2, 1)[place])


def page(*keys: Qt.Key | str, tab: str = "", city: bool = False) -> "Callable[[Stage], None]":
    """Return a scene: a page of the bowl of the kelurahan, or of the city, and keys pressed there."""
    def scene(stage: "Stage") -> None:
        stage.open("kota" if city else "fasilitator")
        area = demo_journey.CITY if city else demo_journey.KELURAHAN
        stage.window.go(Destination("bowl", Scope(area, None, stage.window.scope.period), tab=tab))
        stage.settle()
        stage.press(*keys)

    return scene


SCENES = (
    ("mangkuk", page(), True),
    ("mangkuk-bagian", page(tab="bkm"), False),
    ("mangkuk-bagian-kosong", page(tab="forum"), False),
    ("mangkuk-semua-catatan", page(tab="all"), False),
    ("mangkuk-buang", page(Qt.Key.Key_Delete, tab="bkm"), False),
    ("mangkuk-aturan", page(tab="rules"), True),
    ("mangkuk-kota", page(city=True), True),
)
