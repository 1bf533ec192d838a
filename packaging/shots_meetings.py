"""The pictures of Pertemuan: meetings of a kelurahan with talks, attendance and decisions."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import form
from p2kp_desktop.store import Workspace

if TYPE_CHECKING:
    from shots import Scene, Stage

NAME = "pertemuan"
_MEETINGS: tuple[dict[str, object], ...] = (
    {"id": "r1", "kind": "sosialisasi", "name": "Sosialisasi P2KP di kelurahan", "date": "2026-02-11"},
    {"id": "r2", "kind": "rembug_kesiapan", "name": "Rembug kesiapan masyarakat", "date": "2026-03-04"},
    {"id": "r3", "kind": "pemetaan", "name": "Pemetaan swadaya RT 012–016", "date": "2026-04-19"},
    {"id": "r4", "kind": "uji_publik", "name": "Uji publik aturan bersama Tepian Musi", "date": "2026-09-04",
     "location": "Aula kelurahan", "opened_by": "Sukarman", "opener_post": "Lurah", "minutes": "ya",
     "purpose": "Menguji rancangan aturan bersama sebelum disepakati.", "about": "AB-03; RPLP 2025–2029",
     "agenda": "Pembukaan; paparan rancangan oleh TIPP; tanggapan warga per RT; keputusan.",
     "results": "Pasal 4 dan 6 diubah; denda masuk kas KPP."},
    {"id": "r5", "kind": "forum", "name": "Forum kolaborasi triwulan III", "date": "2026-10-02"},
)
_WIDE = {"id": "p1", "kind": "lokakarya", "name": "Lokakarya sosialisasi penanganan permukiman kumuh",
         "level": "provinsi", "area": "Provinsi Sumatera Selatan", "date": "2026-05-12"}
_CAME = (("kecamatan_kelurahan", "", 3, 2, 0), ("bkm", "BKM Sejahtera", 6, 4, 3), ("ksm", "KPP Drainase", 4, 3, 5),
         ("tokoh", "", 5, 1, 0), ("perempuan", "PKK kelurahan", 0, 11, 6), ("warga", "RT 012–014", 18, 13, 21),
         ("warga", "RT 015–016", 9, 7, 12), ("swasta", "", 2, 0, 0))
_DECIDED = (
    ("Iuran angkut sampah Rp10.000 per KK per bulan mulai November.", "KPP Persampahan", "ksm", "2026-11-01",
     "terbuka"),
    ("Surat pengantar renovasi hanya sesudah diberitahukan kepada RT dan TIPP.", "Ketua RT 012–016", "warga",
     "2026-12-15", "terbuka"),
    ("Mengantar berkas aturan bersama ke kelurahan untuk disahkan.", "Ketua TIPP", "bkm", "2026-10-07", "selesai"),
    ("Meminta dukungan bak sampah dari CSR.", "Koordinator BKM", "bkm", "", "terbuka"),
)
_TALKS = (("TIPP", "Rahmawati", "Rancangan aturan bersama: drainase, air limbah, persampahan, sempadan sungai."),
          ("Puskesmas", "dr. Yuliana", "Penyakit akibat air dan sanitasi di RT 012 sampai 016."))


def sample(folder: Path) -> None:
    """Make a workspace with a year of meetings."""
    workspace = workspaces.init(
        folder / f"{NAME}.p2kp", role="facilitator", name="Rina Marlina", regions=[demo_journey.KELURAHAN]
    )
    with workspace:
        def put(key: str, **said: object) -> None:
            recording.record(workspace, form(key), {name: value for name, value in said.items() if value != ""})

        put("agreement", number="AB-03", name="Aturan Bersama Tepian Musi")
        put("plan_document", kind="rplp", name="RPLP 2025–2029")
        put("bkm", name="BKM Sejahtera")
        for meeting in _MEETINGS:
            put("meeting", region=demo_journey.KELURAHAN, level="kelurahan", **meeting)
            _come(workspace, str(meeting["id"]))
        put("meeting", **_WIDE)
        put("decision", parent="p1", text="Setiap SKPD mengambil perannya dalam sinkronisasi program.",
            responsible="Kepala SKPD", element="opd", role="sinkronisasi", done="terbuka")
        for order, (institution, speaker, topics) in enumerate(_TALKS, start=1):
            put("talk", parent="r4", order=order, institution=institution, speaker=speaker, topics=topics)
        for place, (text, who, element, due, done) in enumerate(_DECIDED):
            put("decision", id=f"k{place}", parent="r4", text=text, responsible=who, element=element, due=due,
                done=done, done_date="2026-10-05" if done == "selesai" else "")
        for name, sex in (("Sukarman", "laki_laki"), ("Rahmawati", "perempuan"), ("Siti Aminah", "perempuan")):
            put("attendee", parent="r4", name=name, sex=sex, address="RT 014")


def _come(workspace: Workspace, meeting: str) -> None:
    for element, institution, men, women, mbr in _CAME if meeting == "r4" else _CAME[1::2]:
        said = {"parent": meeting, "element": element, "institution": institution or None, "men": men, "women": women}
        recording.record(workspace, form("attendance"), {**said, "mbr": mbr})


def tab(name: str) -> "Scene":
    """Return the way to the list or to the open decisions."""
    return _scene(tab=name)


def meeting(*keys: Qt.Key | str) -> "Scene":
    """Return the way to a meeting, where some keys are pressed then."""
    return _scene(*keys, form="meeting", record="r4")


def home(stage: "Stage") -> None:
    """Bring Beranda with its line of open decisions before the camera."""
    stage.go("home", workspace=NAME)


def _scene(*keys: Qt.Key | str, **more: str) -> "Scene":
    def scene(stage: "Stage") -> None:
        stage.go("meetings", workspace=NAME, **more)
        stage.press(*keys)

    return scene


SCENES = (
    ("pertemuan", tab("meetings"), True),
    ("pertemuan-keputusan", tab("open"), True),
    ("pertemuan-satu", meeting(), True),
    ("pertemuan-satu-keputusan", meeting(Qt.Key.Key_Down), False),
    ("pertemuan-tautkan", meeting("t"), False),
    ("pertemuan-buang", meeting(Qt.Key.Key_Delete), False),
    ("beranda-keputusan", home, False),
)
