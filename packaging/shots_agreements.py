"""The pictures of Aturan Bersama: a kelurahan with agreements in several stages, one with two versions."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from p2kp_desktop.actions import agreement_steps, attaching, demonstrating, recording, workspaces
from p2kp_desktop.forms.agreement import Agreement, Clause, Signature, Violation, Visit
from p2kp_desktop.forms.meeting import Decision, Meeting
from p2kp_desktop.schema import Form
from p2kp_desktop.store import Workspace

if TYPE_CHECKING:
    from shots import Scene, Stage

NAME = "aturan"
_MAIN = "ab-03"
CLAUSES: tuple[dict[str, object], ...] = (
    {"id": "k4", "clause_number": 4, "aspect": "drainase",
     "factual": "Parit Gg. Lorok tersumbat sampah; genangan 40 cm setelah hujan.",
     "ideal": "Parit bersih dan mengalir sampai Sungai Musi.",
     "rule": "Warga tidak membuang sampah ke parit. Kerja bakti setiap Minggu pertama.",
     "sanction": "Ditegur lisan, lalu tertulis. Ketiga kali: denda Rp25.000 ke kas KPP.",
     "monitor": "Ketua RT", "upkeep": "KPP drainase", "liable": "Pelanggar", "funding": "Kas KPP"},
    {"id": "k5", "clause_number": 5, "aspect": "air_limbah",
     "factual": "37 KK masih buang air besar langsung ke sungai.",
     "ideal": "Setiap rumah memakai jamban dengan septictank.",
     "rule": "Rumah baru wajib berjamban. Jamban bersama dirawat paling banyak 5 KK.",
     "sanction": "Tidak diberi surat pengantar renovasi sebelum jamban tersedia."},
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
        folder / f"{NAME}.p2kp", role="facilitator", name="Rina Marlina", regions=[demonstrating.KELURAHAN]
    )
    with workspace:
        demonstrating.fill(workspace)
        for given in (
            {"id": _MAIN, "number": "AB-03", "name": "Aturan Bersama Tepian Musi", "rts": "012 sampai 016",
             "stage": "draf", "version": 2, "drafted": "2026-03-02", "review_due": "2027-10-01",
             "men": 35, "women": 29, "mbr": 41},
            {"id": "ab-01", "number": "AB-01", "name": "Kebersihan Parit Kemang", "rts": "001, 002",
             "stage": "berlaku", "version": 1, "drafted": "2025-02-01", "in_force": "2025-06-01",
             "review_due": "2026-11-01"},
            {"id": "ab-02", "number": "AB-02", "name": "Gang Aman Kebakaran", "rts": "004", "stage": "draf",
             "version": 1, "drafted": "2026-10-12"},
        ):
            recording.record(workspace, Agreement, {"region": demonstrating.KELURAHAN, **given})
        _fill(workspace, folder)


def _put(workspace: Workspace, form: type[Form], **given: object) -> None:
    recording.record(workspace, form, {"parent": _MAIN, "region": demonstrating.KELURAHAN, **given})


def _fill(workspace: Workspace, folder: Path) -> None:
    for clause in CLAUSES:
        _put(workspace, Clause, **clause)
    agreement_steps.begin_version(workspace, _MAIN, "2026-07-12")
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
    recording.record(workspace, Decision, {
        "parent": "rembug", "text": "Sosialisasi di RT 016", "responsible": "TIPP", "done": "terbuka",
        "due": "2026-12-09"})
    _put(workspace, Visit, date="2026-10-20", kept="ya")
    _put(workspace, Violation, clause_number=4, date="2026-11-02", what="Sampah di parit.", sanctions="lisan",
         handled="proses")
    photo = QImage(320, 240, QImage.Format.Format_RGB32)
    photo.fill(Qt.GlobalColor.darkCyan)
    photo.save(str(folder / "Foto rembug.png"))
    attaching.attach(workspace, _MAIN, demonstrating.KELURAHAN, folder / "Foto rembug.png")


def shown(*keys: Qt.Key | str, agreement: str = _MAIN) -> "Scene":
    """Return the way to an agreement («» is the list), where some keys are pressed then."""
    def scene(stage: "Stage") -> None:
        stage.go("agreements", workspace=NAME, form="agreement", record=agreement)
        stage.press(*keys)

    return scene


SCENES = (
    ("aturan-daftar", shown(agreement=""), True),
    ("aturan-bersama", shown(), True),
    ("aturan-status", shown("s"), False),
    ("aturan-banding", shown("b"), True),
    ("aturan-contoh", shown("c"), False),
    ("aturan-kosong", shown(agreement="ab-02"), False),
)
