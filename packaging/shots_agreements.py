"""The pictures of Aturan Bersama: a kelurahan with agreements in several stages, one with two versions."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.community import agreement_steps
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.forms.agreement import Agreement, Clause, Incentive, Signature, Violation, Visit
from p2kp_desktop.forms.meeting import Attendance, Decision, Meeting
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.places import regions
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.place import Destination, Scope

if TYPE_CHECKING:
    from shots import Scene, Stage

NAME = "aturan"
CITY = "aturan-kota"
_MAIN = "ab-03"
CLAUSES: tuple[dict[str, object], ...] = (
    {"id": "k4", "clause_number": 4, "aspect": "drainase",
     "factual": "Parit Gg. Lorok tersumbat sampah; genangan 40 cm setelah hujan.",
     "ideal": "Parit bersih dan mengalir sampai Sungai Musi.",
     "rule": "Warga tidak membuang sampah ke parit. Kerja bakti setiap Minggu pertama.",
     "sanction": "Ditegur lisan, lalu tertulis. Ketiga kali: denda Rp25.000 ke kas KPP.",
     "responsible": "Hasan Basri", "monitor": "Ketua RT", "upkeep": "KPP drainase", "liable": "Pelanggar",
     "funding": "Kas KPP", "incentive": "Piagam gang terbersih"},
    {"id": "k5", "clause_number": 5, "aspect": "air_limbah",
     "factual": "37 KK masih buang air besar langsung ke sungai.",
     "ideal": "Setiap rumah memakai jamban dengan septictank.",
     "rule": "Rumah baru wajib berjamban. Jamban bersama dirawat paling banyak 5 KK.",
     "sanction": "Tidak diberi surat pengantar renovasi sebelum jamban tersedia.",
     "in_return": "Ikut kerja bakti dua kali", "funding": "Swadaya dan KPP"},
    {"id": "k6", "clause_number": 6, "aspect": "tata_ruang", "factual": "14 rumah panggung berdiri di atas air.",
     "ideal": "Tidak ada bangunan baru di sempadan sungai.",
     "rule": "Renovasi diberitahukan kepada RT, tidak ke arah sungai.",
     "sanction": "Pekerjaan dihentikan dan dibicarakan di rembug RT."},
    {"id": "k7", "clause_number": 7, "aspect": "persampahan", "factual": "Sampah dibuang ke kolong rumah.",
     "ideal": "Sampah diangkut paling sedikit 2 kali seminggu.",
     "rule": "Iuran angkut Rp10.000 per KK per bulan, dibayar sebelum tanggal 10.",
     "sanction": "Tunggakan 3 bulan diumumkan di rembug RT."},
)
SIGNATURES = (
    ("tipp", "", "2026-09-04"), ("bkm", "", "2026-09-04"), *(("ketua_rt", f"01{n}", "2026-09-04") for n in range(2, 6)),
    ("ketua_rt", "016", None), *(("tokoh", "", "2026-09-04"),) * 3, ("lurah", "", None),
)


def sample(folder: Path) -> None:
    """Make a workspace with three agreements; the main one was changed once and waits to be legalised."""
    workspace = workspaces.init(
        folder / f"{NAME}.p2kp", role="facilitator", name="Rina Marlina", regions=[demo_journey.KELURAHAN]
    )
    with workspace:
        demo_journey.fill(workspace)
        for given in (
            {"id": _MAIN, "number": "AB-03", "name": "Aturan Bersama Tepian Musi", "rts": "012 sampai 016",
             "stage": "berlaku", "version": 2, "drafted": "2025-03-02", "agreed": "2025-04-01",
             "legalised": "2025-05-02", "legal_basis": "SK Lurah 12/2025", "in_force": "2025-06-01",
             "men": 35, "women": 29, "mbr": 41},
            {"id": "ab-01", "number": "AB-01", "name": "Kebersihan Parit Kemang", "rts": "001, 002",
             "stage": "berlaku", "version": 1, "drafted": "2025-02-01", "in_force": "2025-06-01",
             "review_due": "2026-11-01"},
            {"id": "ab-04", "number": "AB-04", "name": "Air Bersih Bersama", "rts": "005", "stage": "ditinjau",
             "version": 1, "drafted": "2024-02-01", "in_force": "2024-06-01", "review_due": "2026-11-10",
             "review_date": "2026-11-08"},
            {"id": "ab-02", "number": "AB-02", "name": "Gang Aman Kebakaran", "rts": "004", "stage": "draf",
             "version": 1, "drafted": "2026-10-12"},
        ):
            recording.record(workspace, Agreement, {"region": demo_journey.KELURAHAN, **given})
        _fill(workspace, folder)
    _city(folder)


def _city(folder: Path) -> None:
    """Make the workspace of a city with agreements of several kelurahan, each at another stage."""
    city = workspaces.init(folder / f"{CITY}.p2kp", role="district", name="Budi Santoso", regions=["16.71"])
    stages = ("draf", "uji_publik", "disepakati", "disahkan", "berlaku", "berlaku")
    with city:
        villages = [code for code, each in regions().items() if each.is_village and code.startswith("16.71.")]
        for place, (code, stage) in enumerate(zip(villages[::9], stages, strict=False)):
            made = recording.record(city, Agreement, {
                "region": code, "number": "AB-01", "name": "Gang Bersih", "rts": "001, 002", "stage": stage,
                "version": 1, "drafted": "2026-02-01"})
            if place % 2:
                recording.record(city, Visit, {"parent": made.id, "region": code, "date": "2026-10-20", "kept": "ya"})


def _put(workspace: Workspace, form: type[Form], **given: object) -> None:
    recording.record(workspace, form, {"parent": _MAIN, "region": demo_journey.KELURAHAN, **given})


def _fill(workspace: Workspace, folder: Path) -> None:
    for clause in CLAUSES:
        _put(workspace, Clause, **clause)
    agreement_steps.begin_version(workspace, _MAIN, "2026-07-12")
    recording.record(workspace, Agreement, {"id": _MAIN, "name": "Aturan Bersama Tepian Musi Bersih"})
    recording.record(workspace, Clause, {
        "id": "k4", "sanction": "Ditegur lisan, lalu tertulis. Ketiga kali: denda Rp50.000 ke kas KPP."})
    recording.record(workspace, Clause, {
        "id": "k6", "rule": "Renovasi diberitahukan kepada RT dan TIPP, tidak ke arah sungai."})
    for stage, date in (("uji_publik", "2026-08-15"), ("disepakati", "2026-09-04")):
        agreement_steps.advance(workspace, _MAIN, stage, date)
    for capacity, rt, signed in SIGNATURES:
        _put(workspace, Signature, capacity=capacity, rt_label=rt or None, signed=signed)
    _put(workspace, Meeting, id="rembug", kind="rembug", name="Rembug warga Tepian Musi", level="kelurahan",
         date="2026-09-04", minutes="ya")
    came = (("warga", 24, 22, 38), ("tokoh", 4, 1, 0), ("bkm", 5, 3, 2), ("perempuan", 0, 5, 1))
    for element, men, women, mbr in came:
        recording.record(workspace, Attendance, {
            "parent": "rembug", "element": element, "men": men, "women": women, "mbr": mbr})
    recording.record(workspace, Decision, {
        "parent": "rembug", "text": "Sosialisasi di RT 016", "responsible": "TIPP", "done": "terbuka",
        "due": "2026-12-09"})
    _put(workspace, Visit, date="2026-10-20", kept="ya")
    _put(workspace, Violation, clause_number=4, date="2026-11-02", what="Sampah di parit.", sanctions="lisan",
         handled="proses")
    _put(workspace, Incentive, clause_number=4, date="2026-11-10", given_to="Gang Lorok", what="Piagam gang terbersih",
         amount=150000, source="masyarakat")
    photo = QImage(320, 240, QImage.Format.Format_RGB32)
    photo.fill(Qt.GlobalColor.darkCyan)
    photo.save(str(folder / "Foto rembug.png"))
    attachments.attach(workspace, _MAIN, demo_journey.KELURAHAN, folder / "Foto rembug.png")


def shown(*keys: Qt.Key | str, agreement: str = _MAIN) -> "Scene":
    """Return the way to an agreement («» is the list), where some keys are pressed then."""
    def scene(stage: "Stage") -> None:
        stage.go("agreements", workspace=NAME, form="agreement", record=agreement)
        stage.press(*keys)

    return scene


def _turned(stage: "Stage") -> None:
    stage.go("agreements", workspace=NAME, form="agreement", record=_MAIN)
    stage.window.place.sheet.turn()  # type: ignore[union-attr]  # the page of Aturan Bersama
    stage.settle()


def _by_village(stage: "Stage") -> None:
    stage.open(CITY)
    stage.window.go(Destination("agreements", Scope("16.71", None, "2026")))
    stage.settle()
    stage.window.place.list.tabs.setCurrentIndex(1)  # type: ignore[union-attr]
    stage.settle()


SCENES = (
    ("aturan-daftar", shown(agreement=""), True),
    ("aturan-bersama", shown(), True),
    ("aturan-status", shown("s"), False),
    ("aturan-banding", shown("b"), True),
    ("aturan-contoh", shown("c"), False),
    ("aturan-kosong", shown(agreement="ab-02"), False),
    ("aturan-kartu", _turned, True),
    ("aturan-tinjau", shown("s", agreement="ab-04"), True),
    ("aturan-insentif", shown("i"), False),
    ("aturan-kelurahan", _by_village, True),
)
