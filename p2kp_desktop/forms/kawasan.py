"""One slum area (kawasan kumuh) as named by a decree."""

from p2kp_desktop.schema import Choice, Date, Form, Measure, Options, RtList, Section, Several, Text
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.schema.values import Unreadable

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

    background = Section("Latar Belakang")
    causes = Several("Faktor penyebab pembentuk kawasan kumuh", CAUSES, required=False, help="Boleh lebih dari satu.")
    causes_note = Text("Keterangan penyebab", required=False)
    land_available = Choice("Penyediaan lahan yang terjangkau", LAND, required=False)

    @classmethod
    def members(cls, answers: Answers) -> tuple[tuple[str, str], ...]:
        """Return the RTs inside, each by its kelurahan and its label; words that name none are left out."""
        found = []
        for label in str(answers.get(cls.rts.key) or "").split(","):
            region, _mark, rt = label.rpartition(":")
            try:
                found.append((region or str(answers.get("region") or ""), normal_rt(rt)))
            except Unreadable:
                continue
        return tuple(dict.fromkeys(found))
