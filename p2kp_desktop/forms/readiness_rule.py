"""What a district asks of one part of the Mangkuk Masyarakat, where that differs from what the program suggests."""

from p2kp_desktop.schema import Choice, Form, Measure, Options, Section, Text

from . import lists
from .places import BOWL, READINESS

PARTS = Options(
    bkm="Masa bakti BKM berlaku",
    notary="Notaris dan rekening bank tercatat",
    upl="UPL aktif",
    tipp="SK TIPP terbit",
    volunteers="Relawan cukup",
    baseline="Data dasar lengkap dan terverifikasi",
    rplp="RPLP disahkan",
    rules="Aturan bersama disahkan",
    kpp="KPP untuk setiap prasarana terbangun",
    forum="Forum kolaborasi bertemu triwulan ini",
)


class ReadinessRule(
    Form, key="readiness_rule", title="Aturan Kesiapan", place="city", per_period=False, natural=("region", "part"),
    named=("part",), told_by=("counts", "least", "basis"), known_by=(), reviewed=False,
    listed_in=BOWL, touches=(READINESS,),
):
    """The rule of one part of the bowl: whether it counts, from which figure on it is ready, and on what basis.

    It holds in the kabupaten/kota where it stands; one of the province where the kabupaten/kota says nothing. Who may
    set it is decided where it is read, never where it is written: actions/community/readiness.py.
    """

    general = Section("Aturan Kesiapan")
    part = Choice("Bagian mangkuk", PARTS)
    counts = Choice("Dihitung?", lists.YES_NO)
    least = Measure(
        "Paling sedikit", high=10000, required=False,
        help="Satuannya menurut bagiannya: orang, persen, bulan, atau jumlah. Kosong = menurut bawaan program.",
    )
    basis = Text("Dasar atau alasan", required=False, help="Misalnya surat Dinas Perkim nomor 12/2026.")
