"""Photographs of the place Kolaborasi, and the needs, money, activities, partners and policies they show."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from p2kp_desktop import environment
from p2kp_desktop.actions.collaboration import needs, works
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.collaboration import Commitment, Need, Stakeholder
from p2kp_desktop.forms.criteria import criteria
from p2kp_desktop.forms.policy import Policy
from p2kp_desktop.rules.finished import FINISHED
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.collaboration.place import CollaborationPlace
from p2kp_desktop.ui.place import Destination, Scope

if TYPE_CHECKING:
    from shots import Stage

NAME, CITY = "kolaborasi", "kolaborasi kota"  # the facilitator's workspace, the district's with two kelurahan
OTHER = "16.71.01.1001"
PARTNERS: tuple[dict[str, object], ...] = (
    {"id": "p-pu", "name": "Dinas PUPR Kota Palembang", "element": "opd", "roles": ["sinkronisasi", "pendanaan"]},
    {"id": "p-bappeda", "name": "Bappeda Provinsi Sumatera Selatan", "element": "bappeda",
     "roles": ["kebijakan", "sinergi", "pengendalian"], "contact": "Ekowati"},
    {"id": "p-semen", "name": "PT Semen Musi", "element": "swasta", "roles": ["pendanaan"],
     "offers": "Semen untuk jalan dan gang, paling banyak 400 zak setahun"},
    {"id": "p-unsri", "name": "Universitas Sriwijaya", "element": "perguruan_tinggi", "roles": ["pendampingan"],
     "offers": "Rancangan teknis drainase oleh mahasiswa KKN"},
)
POLICIES: tuple[dict[str, object], ...] = (
    {"kind": "sk_kumuh", "name": "Penetapan lokasi perumahan dan permukiman kumuh", "number": "488/KPTS/2014",
     "date": "2014-06-12", "area": "Kota Palembang", "hectares": 1042, "target": "0 Ha kumuh"},
    {"kind": "rp2kpkp", "name": "RP2KPKP Kota Palembang", "date": "2016-11-30", "area": "Kota Palembang"},
    {"kind": "rtrw", "name": "RTRW 2012–2032", "number": "Perda 15/2012", "date": "2012-12-18",
     "area": "Kota Palembang"},
)


def sample(folder: Path) -> None:
    """Make a workspace with needs from its scores, funded in every way, and work under way."""
    workspace = workspaces.init(
        folder / f"{NAME}.p2kp", role="facilitator", name="Rina Marlina", regions=[demo_journey.KELURAHAN]
    )
    with workspace:
        demo_journey.fill(workspace)
        year = environment.this_year()
        for partner in PARTNERS:
            recording.record(workspace, Stakeholder, partner)
        for policy in POLICIES:
            recording.record(workspace, Policy, policy)
        needs.take_proposals(workspace, demo_journey.KELURAHAN, str(year))
        fund(workspace, year)
        photograph(workspace, folder)
    city(folder)


def photograph(workspace: Workspace, folder: Path) -> None:
    """Attach photos of the beginning, the middle and the end to the first activity."""
    work = next(each for each in works.works(workspace, demo_journey.KELURAHAN) if each.is_finished)
    for stage, shade in (("p0", "#8a6d4b"), ("p50", "#9aa3a2"), ("p100", "#4c8a5a")):
        picture = QImage(640, 400, QImage.Format.Format_RGB32)
        picture.fill(QColor(shade))
        file = folder / f"Foto {stage.removeprefix('p')}.png"
        picture.save(str(file))
        photo = attachments.attach(workspace, work.id, "", file, stage=stage)
        recording.record(workspace, Attachment, {"id": photo, "latitude": "-2.985277", "longitude": "104.764916"})


def city(folder: Path) -> None:
    """Make the workspace of a district: needs of two kelurahan, money and work for some of them."""
    with workspaces.init(folder / f"{CITY}.p2kp", role="district", name="Dina", regions=["16.71"]) as workspace:
        year = environment.this_year()
        for village in (demo_journey.KELURAHAN, OTHER):
            for place, (criterion, what) in enumerate([(each.option, each.work) for each in criteria()[:6]]):
                need = recording.record(workspace, Need, {
                    "region": village, "rt": f"00{1 + place % 3}/005", "criterion": criterion, "what": what,
                    "volume": 40 + 35 * place, "unit_name": "meter", "cost": 60_000_000 + 12_500_000 * place,
                }).id
                if place % 2:
                    recording.record(workspace, Activity, {
                        "region": village, "period": str(year), "name": what, "component": "lingkungan", "need": need,
                        "rt_label": f"00{1 + place % 3}/005", "source": "dak", "amount": 60_000_000, "volume": 40,
                        "unit_name": "meter", "criteria": [criterion],
                    })


def fund(workspace: Workspace, year: int) -> None:
    """Give the first needs a cost, money and work."""
    found = needs.lines(workspace, demo_journey.KELURAHAN)
    for place, line in enumerate(found):
        recording.record(workspace, Need, {"id": line.id, "cost": 40_000_000 + 37_500_000 * (place % 5)})
    for place, (source, amount, reached, who, stakeholder) in enumerate((
        ("apbd_kota", 40_000_000, "disepakati", "Dinas PUPR Kota Palembang", "p-pu"),
        ("non_pemerintah", 25_000_000, "tawaran", "PT Semen Musi", "p-semen"),
        ("apbn_pupr", 60_000_000, "cair", "Satker PKP", ""),
        ("masyarakat", 5_000_000, "disepakati", "Swadaya RT", ""),
        ("dak", 190_000_000, "disepakati", "Dinas PUPR Kota Palembang", "p-pu"),
    )):
        recording.record(workspace, Commitment, {
            "need": found[place].id, "who": who, "stakeholder": stakeholder or None, "what": found[place].what,
            "criteria": [found[place].criterion], "year": year + place % 2, "source": source, "amount": amount,
            "reached": reached, "letter": f"0{place + 1}/KOL/{year}",
        })
    recording.record(workspace, Commitment, {
        "who": "PT Bukit Asam", "what": "CSR sanitasi dan jalan", "criteria": ["c2b", "c5a", "c5b"], "year": year,
        "source": "non_pemerintah", "amount": 75_000_000, "reached": "tawaran",
    })
    build(workspace, found[0], "apbd_kota", 40_000_000,
          (("09-01", 40, "p60", 24_000_000), ("10-20", 100, "p30", 12_000_000)))
    build(workspace, found[4], "non_pemerintah", 30_000_000, (("10-02", 35, "p60", 18_000_000),))


def build(
    workspace: Workspace, need: needs.NeedLine, source: str, amount: int, reports: tuple[tuple[str, int, str, int], ...]
) -> None:
    """Record an activity for a need with its reports of progress."""
    year = environment.this_year()
    work = recording.record(workspace, Activity, {
        "region": need.region, "period": str(year), "name": f"{need.what} RT {need.rt}", "component": "lingkungan",
        "rt_label": need.rt, "need": need.id, "criteria": [need.criterion], "volume": need.volume,
        "unit_name": need.unit, "source": source, "amount": amount, "self_help": amount // 10, "people_count": 120,
        "women_count": 64, "mbr_count": 88, "kk_count": 41, "workers_men": 9, "workdays": 180, "category": "baru",
        "handover": f"{year}-11-20" if reports[-1][1] == FINISHED else None,
        "condition": ["ada", "baik"] if reports[-1][1] == FINISHED else None,
    }).id
    so_far = 0
    for day, physical, instalment, paid in reports:
        so_far += paid
        recording.record(workspace, Progress, {
            "parent": work, "region": need.region, "date": f"{year}-{day}", "physical": physical,
            "financial": round(so_far / amount * 100), "instalment": instalment, "paid": paid, "photo": "ya",
            "note": "menunggu semen" if physical < 40 else None,
        })


def tab(name: str, *keys: Qt.Key | str, workspace: str = NAME) -> "Callable[[Stage], None]":
    """Return the way to a tab, where some keys are pressed then."""
    def scene(stage: "Stage") -> None:
        stage.go("collaboration", workspace=workspace, tab=name)
        stage.press(*keys)

    return scene


def scrolled(name: str, *keys: Qt.Key | str) -> "Callable[[Stage], None]":
    """Return the way to a tab whose column at the right is scrolled to its end."""
    def scene(stage: "Stage") -> None:
        tab(name, *keys)(stage)
        place = stage.window.place
        assert isinstance(place, CollaborationPlace)
        assert place.page.aside is not None
        bar = place.page.aside.verticalScrollBar()
        bar.setValue(bar.maximum())
        stage.settle()

    return scene


def at_the_city(name: str) -> "Callable[[Stage], None]":
    """Return the way to a tab in the whole city."""
    def scene(stage: "Stage") -> None:
        stage.open(CITY)
        stage.window.go(Destination("collaboration", Scope("16.71", None, stage.window.scope.period), tab=name))
        stage.settle()

    return scene


SCENES = (
    ("kolaborasi-kebutuhan", tab("needs"), True),
    ("kolaborasi-dari-nilai", tab("needs", "a"), False),
    ("kolaborasi-matriks", tab("matrix"), True),
    ("kolaborasi-kegiatan", tab("works", Qt.Key.Key_Down), True),
    ("kolaborasi-pihak", tab("people"), True),
    ("kolaborasi-komitmen-baru", tab("needs", "k"), False),
    ("kolaborasi-kebijakan", tab("policies"), True),
    ("kolaborasi-laporan", tab("works", Qt.Key.Key_Down, "l"), False),
    ("kolaborasi-kegiatan-formulir", tab("works", Qt.Key.Key_Down, Qt.Key.Key_Return), False),
    ("kolaborasi-kegiatan-gulir", scrolled("works", Qt.Key.Key_Down), True),
    ("kolaborasi-matriks-kota", at_the_city("matrix"), False),
    ("kolaborasi-kegiatan-kota", at_the_city("works"), False),
    ("kolaborasi-kebutuhan-kota", at_the_city("needs"), False),
    *((f"kolaborasi-kosong-{name}", tab(name, workspace="kosong"), False)
      for name in ("needs", "matrix", "works", "people", "policies")),
    ("kolaborasi-buang", tab("needs", Qt.Key.Key_Delete), False),
)
