"""One slum area (kawasan kumuh) as named by a decree."""

from p2kp_desktop.schema import Choice, Date, Form, Measure, Options, RtList, Section, Several, Text

from . import lists
from .places import COLLECTING, SCORES

CAUSES = Options(
    urbanisasi="Perpindahan penduduk ke kota (urbanisasi)",
    kependudukan="Pertumbuhan dan kepadatan penduduk",
    ekonomi="Penghasilan rendah/kemiskinan",
    lahan="Lahan terbatas atau tidak terjangkau",
    legalitas="Status lahan atau bangunan tidak jelas",
    prasarana="Prasarana dan sarana tidak memadai",
    tata_ruang="Tata ruang tidak dipatuhi",
    alam="Kondisi alam (rawa, pasang surut, lereng, rawan bencana)",
    perilaku="Kebiasaan dan kesadaran penghuni",
    kelembagaan="Kelembagaan dan pembiayaan lemah",
    lainnya="Lainnya",
)
LAND = Options(
    tersedia="Tersedia dan terjangkau",
    terbatas="Tersedia, tetapi terbatas atau mahal",
    tidak_tersedia="Tidak tersedia",
    belum_diketahui="Belum diketahui",
)
TYPOLOGY = Options(
    di_atas_air="Di atas air",
    tepi_air="Di tepi air",
    dataran_rendah="Di dataran rendah",
    perbukitan="Di perbukitan",
    rawan_bencana="Di daerah rawan bencana",
)
CHANGES = Options(pertama="Penetapan pertama", diubah="Diubah", dikurangi="Dikurangi", dicabut="Dicabut")
EXITS = Options(
    ditangani="Sudah ditangani, tidak kumuh lagi", batas="Koreksi batas atau luas", pindah="Masuk kawasan lain",
    salah="Salah catat", lainnya="Sebab lain",
)
ENTRIES = Options(
    penilaian="Hasil penilaian baru", batas="Koreksi batas atau luas", pindah="Dari kawasan lain",
    pemekaran="Pemekaran RT", lainnya="Sebab lain",
)


class Kawasan(
    Form, key="kawasan", title="Kawasan Kumuh", new="Kawasan baru", place="region", per_period=False,
    listed_in=COLLECTING, touches=(SCORES,),
):
    """Kawasan kumuh: decree (SK), area and member RTs; causes and land as in the Bappeda workshop on P2KP."""

    general = Section("Kawasan")
    name = Text("Nama kawasan")
    rts = RtList("RT di dalam kawasan", help="RT di kelurahan lain ditulis KODE:RT/RW, misalnya 16.71.01.1001:014/005.")
    typology = Choice("Tipologi kawasan", TYPOLOGY, required=False)

    decree = Section("Penetapan")
    sk_number = Text("Nomor SK", help="Keputusan kepala daerah tentang penetapan lokasi kumuh.")
    sk_date = Date("Tanggal SK")
    sk_ha = Measure("Luas menurut SK", unit="Ha", high=5000)
    verified_ha = Measure("Luas verifikasi", unit="Ha", high=5000, required=False)

    judged = Section("Legalitas dan Pertimbangan Lain", note="Menentukan kelas, prioritas, dan pola penanganan.")
    land_clear = Choice("Status penguasaan lahan jelas?", lists.YES_NO, required=False,
                        help="Milik sendiri, atau milik pihak lain dengan izin tertulis.")
    plan_fits = Choice("Sesuai rencana tata ruang?", lists.YES_NO, required=False)
    strategic = Choice("Berada pada fungsi strategis kab/kota?", lists.YES_NO, required=False,
                       help="Kosong = menurut nomor 38 survei lingkungan RT-nya.")
    potential = Choice("Berpotensi sosial, ekonomi, budaya?", lists.YES_NO, required=False,
                       help="Kosong = menurut nomor 39 survei lingkungan RT-nya.")

    background = Section("Latar Belakang")
    causes = Several("Faktor penyebab pembentuk kawasan kumuh", CAUSES, required=False, help="Boleh lebih dari satu.")
    causes_note = Text("Keterangan penyebab", required=False)
    land_available = Choice("Penyediaan lahan yang terjangkau", LAND, required=False)


class Decree(
    Form, key="decree", title="SK Kawasan", new="SK berikutnya", place="region", per_period=False, parent=Kawasan,
    named=("number", "date"), takes_files=True, touches=(SCORES,),
):
    """A later decree about a kawasan, its parent: what it changed, which RTs entered and left, and why.

    The first decree is told by the kawasan itself; which RTs changed follows from the lists of two decrees.
    """

    general = Section("SK")
    kind = Choice("Macam perubahan", CHANGES)
    number = Text("Nomor SK")
    date = Date("Tanggal SK")
    hectares = Measure("Luas menurut SK", unit="Ha", high=5000)
    rts = RtList("RT di dalam kawasan", required=False, help="Kosong = tetap.")
    entry = Choice("Mengapa ada RT yang masuk", ENTRIES, required=False)
    exit = Choice("Mengapa ada RT yang keluar", EXITS, required=False)
    change_note = Text("Keterangan perubahan", required=False, help="Misalnya RT mana karena apa.", longest=4000)
