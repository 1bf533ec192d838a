"""Meetings of the cycle: agenda, talks, results, decisions, attendance by element.

A meeting of a kelurahan carries its code, as do the records below it, and travels with it; one of the district or
the province carries none and travels to everybody.
"""

from p2kp_desktop.schema import (
    SOFT,
    AtMost,
    Choice,
    Clock,
    Date,
    Form,
    NotBefore,
    Options,
    Person,
    Reference,
    RegionOf,
    Section,
    Text,
    Whole,
)

from . import lists
from .elements import ELEMENTS, ROLES
from .places import MEETINGS, READINESS

KINDS = Options(
    sosialisasi="Sosialisasi", lokakarya="Lokakarya", rembug_kesiapan="Rembug kesiapan masyarakat",
    refleksi="Refleksi perkara kritis", pemetaan="Pemetaan swadaya", uji_publik="Uji publik", rembug="Rembug warga",
    pelatihan="Pelatihan", forum="Forum kolaborasi", pokja="Rapat pokja PKP", lainnya="Lainnya",
)
LEVELS = Options(rt="RT/RW", kelurahan="Kelurahan", kota="Kabupaten/kota", provinsi="Provinsi")
DONE = Options(terbuka="Belum selesai", selesai="Selesai", batal="Tidak jadi")

# Before the id of a record: a meeting is about it, and this is its form (community/meetings.py); it travels.
ABOUT = "about."


class Meeting(
    Form, key="meeting", title="Pertemuan", place="", begins_here=True, named=("name", "date"),
    told_by=("location", "area"), takes_files=True, listed_in=MEETINGS, touches=(READINESS,),
):
    """One meeting; its attendance, talks and decisions hang on it."""

    general = Section("Pertemuan")
    kind = Choice("Jenis pertemuan", KINDS)
    name = Text("Nama pertemuan")
    level = Choice("Tingkat", LEVELS)
    area = Text("Wilayah", required=False, help="Nama kelurahan, kabupaten/kota, atau provinsi.")
    date = Date("Tanggal")
    end_date = Date("Sampai tanggal", required=False, help="Hanya bila lebih dari sehari.")
    start = Clock("Mulai pukul", required=False)
    end = Clock("Selesai pukul", required=False)
    location = Text("Tempat", required=False, private=True)
    host = Text("Penyelenggara", required=False)
    chair = Person("Pemimpin pertemuan", required=False)
    minutes_taker = Person("Notulis", required=False)
    invited = Whole("Diundang seluruhnya", unit="orang", high=100000, required=False)
    attended = Whole("Hadir seluruhnya", unit="orang", high=100000, required=False,
                     help="Hanya bila tidak dirinci menurut unsur.")
    opened_by = Person("Dibuka oleh", required=False)
    opener_post = Text("Jabatan pembuka", required=False)
    on_behalf = Text("Mewakili", required=False)
    purpose = Text("Tujuan", required=False, longest=4000)
    agenda = Text("Agenda", required=False, longest=4000)
    results = Text("Hasil", required=False, longest=4000)
    minutes = Choice("Berita acara ada?", lists.YES_NO, required=False)
    about = Text("Terkait dengan", required=False, help="Misalnya aturan bersama, RPLP, atau lembaga.")
    ends_after_it_began = NotBefore(end_date, date)
    attended_of_invited = AtMost(attended, invited, severity=SOFT)


class Talk(
    Form, key="talk", title="Paparan", place="", per_period=False, parent=Meeting, named=("order", "institution")
):
    """One presentation at a meeting, its parent."""

    general = Section("Paparan")
    order = Whole("Urutan", low=1, high=99)
    speaker = Person("Pembicara", required=False)
    post = Text("Jabatan pembicara", required=False)
    institution = Text("Lembaga")
    element = Choice("Unsur", ELEMENTS, required=False)
    topics = Text("Pokok paparan", longest=4000)


class Attendance(
    Form, key="attendance", title="Kehadiran", place="", per_period=False, parent=Meeting, named=("element",),
    known_by=("element", "institution", "delegation"),
):
    """How many of one element attended a meeting, its parent, perhaps as the delegation of a region."""

    general = Section("Kehadiran")
    element = Choice("Unsur", ELEMENTS)
    institution = Text("Lembaga", required=False)
    delegation = RegionOf("Utusan wilayah", required=False, help="Nama kabupaten/kota, kecamatan, atau kelurahannya.")
    invited = Whole("Diundang", unit="orang", high=10000, required=False)
    men = Whole("Laki-laki", unit="orang", high=5000, required=False)
    women = Whole("Perempuan", unit="orang", high=5000, required=False)
    mbr = Whole("MBR", unit="orang", high=10000, required=False)
    attended = Whole("Hadir, bila tidak dibedakan L/P", unit="orang", high=10000, required=False)
    mbr_among = AtMost(mbr, men + women)


class Attendee(
    Form, key="attendee", title="Daftar Hadir", new="Peserta baru", place="", per_period=False, parent=Meeting,
    known_by=("name", "address"),
):
    """One person who attended a meeting, its parent; only where a list of names is wanted."""

    general = Section("Daftar Hadir")
    name = Person("Nama")
    element = Choice("Unsur", ELEMENTS, required=False)
    institution = Text("Instansi atau lembaga", required=False)
    post = Text("Jabatan", required=False)
    address = Text("Alamat atau RT", required=False, private=True)
    phone = Text("Nomor HP", required=False, private=True)
    sex = Choice("L/P", lists.SEX, required=False)
    mbr = Choice("Status rumah tangga", lists.MBR, required=False)


class Decision(
    Form, key="decision", title="Keputusan Pertemuan", place="", per_period=False, parent=Meeting, named=("text",)
):
    """One decision, commitment or mandate of a meeting, its parent: who does what until when."""

    general = Section("Keputusan")
    text = Text("Keputusan", longest=4000)
    responsible = Text("Penanggung jawab", private=True)
    element = Choice("Unsur", ELEMENTS, required=False)
    role = Choice("Peran", ROLES, required=False)
    due = Date("Tenggat", required=False)
    target = Reference("Sasaran yang dilayani", to="target", required=False)
    done = Choice("Keadaan", DONE)
    done_date = Date("Tanggal selesai", required=False)


class Task(
    Form, key="task", title="Tugas Lembaga", place="", per_period=False, parent=Meeting, named=("institution", "text"),
    takes_files=True,
):
    """What one institution takes on by a decision of a meeting, its parent."""

    general = Section("Tugas")
    institution = Text("Lembaga")
    element = Choice("Unsur", ELEMENTS, required=False)
    delegation = RegionOf("Wilayahnya", required=False)
    text = Text("Tugas", longest=4000)
    decision = Reference("Keputusan yang dijalankan", to="decision", required=False)
    responsible = Person("Penanggung jawab", required=False)
    due = Date("Tenggat", required=False)
    done = Choice("Keadaan", DONE)
    done_date = Date("Tanggal selesai", required=False)
    outcome = Text("Hasil", required=False, longest=4000)
