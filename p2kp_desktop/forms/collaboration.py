"""The collaboration platform: needs, stakeholders, commitments; what is built stands in activity.py."""

from p2kp_desktop.schema import (
    Choice,
    Date,
    Form,
    Measure,
    Money,
    Options,
    Person,
    Reference,
    Section,
    Several,
    Text,
    Year,
)

from .elements import CRITERIA, ELEMENTS, ROLES, SOURCES, UNITS
from .places import COLLABORATION

SHAPES = Options(
    uang="Uang", barang="Barang", jasa="Tenaga atau jasa", gabungan="Uang bersama barang atau jasa",
)
GOODS_UNITS = Options(
    unit="Unit atau buah", paket="Paket", sak="Sak", batang="Batang", lembar="Lembar", meter="Meter", m2="m²", m3="m³",
    kilogram="Kilogram", orang="Orang", hok="Hari orang kerja (HOK)", jam="Jam", hari="Hari",
)
OFFERS = Options(tawaran="Tawaran", disepakati="Disepakati", cair="Sudah cair", batal="Batal")


class Need(
    Form, key="need", title="Kebutuhan", place="rt", per_period=False, named=("what", "criterion"),
    listed_in=COLLABORATION,
):
    """What an RT lacks by a criterion that scores badly, with its volume and cost."""

    general = Section("Kebutuhan")
    criterion = Choice("Kriteria", CRITERIA)
    what = Text("Yang dibutuhkan", longest=4000)
    volume = Measure("Volume", high=10000000)
    unit_name = Choice("Satuan", UNITS)
    cost = Money("Perkiraan biaya", required=False)
    plan = Reference("Dokumen perencanaan", to="plan_document", required=False)
    from_plan = Text("Menurut dokumen", required=False, help="Misalnya RPLP 2020–2024.")
    year = Year("Direncanakan tahun", low=2000, high=2100, required=False)
    decision = Reference("Keputusan pertemuan", to="decision", required=False)


class Stakeholder(
    Form, key="stakeholder", title="Pemangku Kepentingan", place="city", per_period=False, listed_in=COLLABORATION
):
    """An office, company, bank, university or group, and the role it takes."""

    general = Section("Pemangku Kepentingan")
    name = Text("Nama lembaga")
    element = Choice("Unsur", ELEMENTS)
    roles = Several("Peran", ROLES, required=False)
    contact = Person("Narahubung", required=False)
    phone = Text("Nomor telepon", required=False, private=True)
    offers = Text("Yang dapat diberikan", required=False, longest=4000)


class Commitment(
    Form, key="commitment", title="Komitmen", place="city", per_period=False, named=("who", "what"),
    known_by=("who", "what", "year"), takes_files=True, listed_in=COLLABORATION,
):
    """Who gives what in which year, from which source of funds; how it stands says rules/commitments.py."""

    general = Section("Komitmen")
    stakeholder = Reference("Pemangku kepentingan", to="stakeholder", required=False)
    who = Text("Pihak")
    what = Text("Untuk apa", longest=4000)
    criteria = Several("Kriteria yang dijawab", CRITERIA, required=False)
    need = Reference("Kebutuhan yang dijawab", to="need", required=False)
    year = Year("Tahun", low=2000, high=2100)
    due = Date("Tenggat", required=False, help="Kosong = akhir tahunnya.")
    shape = Choice("Bentuk", SHAPES, required=False, help="Kosong = uang.")
    _in_kind = shape.is_("barang", "jasa", "gabungan")
    source = Choice("Sumber dana", SOURCES)
    amount = Money("Jumlah dana", when=shape.is_not("barang", "jasa"))
    goods = Text("Barang atau jasa", when=_in_kind, required=False, help="Misalnya semen, atau tenaga ahli.")
    goods_volume = Measure("Banyaknya", high=100000000, when=_in_kind, required=False)
    goods_unit = Choice("Satuan barang atau jasa", GOODS_UNITS, when=_in_kind, required=False)
    decision = Reference("Keputusan pertemuan", to="decision", required=False)
    letter = Text("Nomor surat", required=False)
    letter_date = Date("Tanggal surat", required=False)
    reached = Choice("Keadaan", OFFERS)


class Realisation(
    Form, key="realisation", title="Realisasi Komitmen", place="city", per_period=False, parent=Commitment,
    named=("date",), takes_files=True,
):
    """What was given of a commitment, its parent, on a day, and what proves it."""

    general = Section("Realisasi")
    date = Date("Tanggal")
    amount = Money("Dana yang diberikan", required=False)
    goods_volume = Measure("Banyaknya barang atau jasa", high=100000000, required=False)
    evidence = Text("Bukti", help="Misalnya nomor berita acara serah terima atau kuitansi.")
    note = Text("Keterangan", required=False, private=True)
