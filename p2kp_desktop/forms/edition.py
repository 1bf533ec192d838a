"""The official result of an area in a period as it stood on a day: frozen, never altered, replaced by a newer edition.

The program writes it. Every answer of it determines which record it is (`natural`), so that a changed one would be
another record: what was frozen cannot be edited, and two offices that hold it hold the same.
"""

from p2kp_desktop.schema import Choice, Form, Measure, RegionOf, Section, Text, Whole

from .period import METHODS, RULES
from .places import COLLECTING


class Edition(
    Form, key="edition", title="Edisi Resmi", place="city", by_hand=False, reviewed=False,
    natural=("region", "period", "area", "moment", "person", "basis", "rules", "method", "rts", "without_data", "total",
             "level", "slum_rts", "slum_ha", "households", "lacking", "digest"),
    named=("area", "moment"), told_by=("person",), known_by=("area", "moment"), listed_in=COLLECTING,
):
    """Hasil resmi satu wilayah dalam satu periode: when, by whom, by which rules, from how much, its fingerprint."""

    general = Section("Edisi Resmi")
    area = RegionOf("Wilayah")
    moment = Text("Dibekukan pada", help="Waktu di komputer yang membekukannya.")
    person = Text("Dibekukan oleh")
    basis = Text("Dasar", help="Misalnya nomor berita acara atau SK.")
    counting = Section("Cara Menghitung")
    rules = Choice("Aturan penilaian", RULES)
    method = Choice("Cara menghitung", METHODS)
    result = Section("Hasil")
    rts = Whole("RT yang dinilai", high=100000)
    without_data = Whole("RT yang belum ada data", high=100000)
    total = Whole("Nilai", high=200)
    level = Text("Tingkat")
    slum_rts = Whole("RT kumuh", high=100000)
    slum_ha = Measure("Luas kumuh", unit="Ha", high=1000000)
    households = Whole("Rumah terdata", high=10000000)
    lacking = Whole("Bangunan yang belum didata", high=10000000)
    digest = Text("Sidik isi", help="Angka yang lain memberi sidik yang lain.")


class EditionRt(
    Form, key="edition_rt", title="Hasil RT dalam Edisi", place="city", parent=Edition, by_hand=False, reviewed=False,
    natural=("region", "period", "edition", "village", "label", "source", "total", "level", "content"),
    named=("label",), told_by=("village", "level"), known_by=("edition", "village", "label"),
):
    """What one RT had in an edition: its volumes, and fingerprints of the records behind them."""

    general = Section("Hasil RT")
    edition = Text("Sidik edisinya")
    village = RegionOf("Kelurahan/desa")
    label = Text("RT")
    source = Text("Sumber")
    total = Whole("Nilai", high=200)
    level = Text("Tingkat")
    content = Text("Volume dan sidik catatan", longest=30_000, help="Dibaca program, bukan untuk diketik.")
