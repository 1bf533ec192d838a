"""The collaboration platform: needs, stakeholders, commitments, activities and their progress, policies."""

from p2kp_desktop.schema import (
    AtMost,
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
    Whole,
    Year,
)

from . import lists
from .elements import CRITERIA, ELEMENTS, ROLES, SOURCES

UNITS = Options(unit="Unit", meter="Meter", m2="m²", ha="Ha", kk="KK", paket="Paket")
COMPONENTS = Options(lingkungan="L Lingkungan", sosial="S Sosial", ekonomi="E Ekonomi")
CATEGORIES = Options(baru="Baru", rehab="Rehabilitasi")
SCALES = Options(kota="Skala kota", kelurahan="Skala kelurahan")
OFFERS = Options(tawaran="Tawaran", disepakati="Disepakati", cair="Sudah cair", batal="Batal")
POLICIES = Options(
    sk_kumuh="SK kumuh", rp2kpkp="RP2KPKP", perda="Perda", rtrw="RTRW/RDTR", lahan="Penyediaan lahan",
    sasaran="Sasaran dan target", lainnya="Lainnya",
)
TERMS = Options(p60="Termin 60 %", p30="Termin 30 %", p10="Termin 10 %", lainnya="Lainnya")


class Need(Form, key="need", title="Kebutuhan", place="rt", per_period=False, named=("criterion", "what")):
    """What an RT lacks by a criterion that scores badly, with its volume and cost."""

    general = Section("Kebutuhan")
    criterion = Choice("Kriteria", CRITERIA)
    what = Text("Yang dibutuhkan", longest=4000)
    volume = Measure("Volume", high=10000000)
    unit_name = Choice("Satuan", UNITS)
    cost = Money("Perkiraan biaya", required=False)
    from_plan = Text("Menurut dokumen", required=False, help="Misalnya RPLP 2020–2024.")
    year = Year("Direncanakan tahun", low=2000, high=2100, required=False)


class Stakeholder(Form, key="stakeholder", title="Pemangku Kepentingan", place="", per_period=False):
    """An office, company, bank, university or group, and the role it takes."""

    general = Section("Pemangku Kepentingan")
    name = Text("Nama lembaga")
    element = Choice("Unsur", ELEMENTS)
    roles = Several("Peran", ROLES, required=False)
    contact = Person("Narahubung", required=False)
    phone = Text("Nomor telepon", required=False, private=True)
    offers = Text("Yang dapat diberikan", required=False, longest=4000)


class Commitment(Form, key="commitment", title="Komitmen", place="", per_period=False, named=("who", "what")):
    """Who gives what in which year, from which source of funds."""

    general = Section("Komitmen")
    stakeholder = Reference("Pemangku kepentingan", to="stakeholder", required=False)
    who = Text("Pihak")
    what = Text("Untuk apa", longest=4000)
    criteria = Several("Kriteria yang dijawab", CRITERIA, required=False)
    need = Reference("Kebutuhan yang dijawab", to="need", required=False)
    year = Year("Tahun", low=2000, high=2100)
    source = Choice("Sumber dana", SOURCES)
    amount = Money("Nilai")
    letter = Text("Nomor surat", required=False)
    letter_date = Date("Tanggal surat", required=False)
    reached = Choice("Keadaan", OFFERS)


class Activity(Form, key="activity", title="Kegiatan", place="region"):
    """One activity: proposal, place, funding, beneficiaries, workers, and what stands afterwards."""

    general = Section("Kegiatan")
    name = Text("Nama kegiatan")
    scale = Choice("Skala", SCALES, required=False)
    component = Choice("Komponen", COMPONENTS)
    category = Choice("Kategori", CATEGORIES, required=False)
    proposal_number = Text("Nomor proposal", required=False)
    proposal_date = Date("Tanggal proposal", required=False)
    ksm = Text("KSM pelaksana", required=False)
    rt_label = Text("Lokasi (RT/RW atau dusun)")
    need = Reference("Kebutuhan yang dijawab", to="need", required=False)
    criteria = Several("Kriteria yang dijawab", CRITERIA, required=False)
    volume = Measure("Volume", high=10000000)
    unit_name = Choice("Satuan", UNITS)
    latitude = Measure("Lintang", low=-11, high=6, required=False, help="Derajat desimal, selatan negatif.")
    longitude = Measure("Bujur", low=95, high=141, required=False)
    funds = Section("Dana")
    source = Choice("Sumber dana utama", SOURCES)
    amount = Money("Nilai seluruhnya")
    self_help = Money("Di antaranya swadaya", required=False)
    people = Section("Pemanfaat dan Pekerja")
    people_count = Whole("Pemanfaat", unit="jiwa", high=1000000, required=False)
    women_count = Whole("Di antaranya perempuan", unit="jiwa", high=1000000, required=False)
    mbr_count = Whole("Di antaranya MBR", unit="jiwa", high=1000000, required=False)
    kk_count = Whole("KK pemanfaat", unit="KK", high=300000, required=False)
    workers_men = Whole("Pekerja laki-laki", unit="orang", high=10000, required=False)
    workers_women = Whole("Pekerja perempuan", unit="orang", high=10000, required=False)
    workdays = Whole("Hari orang kerja (HOK)", high=1000000, required=False)
    after = Section("Sesudah Selesai")
    kpp = Text("KPP yang memelihara", required=False)
    handover = Date("Serah terima aset", required=False)
    condition = Several(
        "Keadaan sesudahnya",
        Options(ada="Masih ada", baik="Baik", berfungsi="Berfungsi", dimanfaatkan="Dimanfaatkan",
                dikembangkan="Dikembangkan"),
        required=False,
    )
    women_among = AtMost(women_count, people_count)
    mbr_among = AtMost(mbr_count, people_count)
    self_help_among = AtMost(self_help, amount)


class Progress(
    Form, key="progress", title="Kemajuan Kegiatan", place="region", per_period=False, parent=Activity, named=("date",)
):
    """How far an activity, its parent, was on a day: physical, financial, instalments."""

    general = Section("Kemajuan")
    date = Date("Tanggal")
    physical = Measure("Kemajuan fisik", unit="%", high=100)
    financial = Measure("Kemajuan keuangan", unit="%", high=100)
    instalment = Choice("Termin", TERMS, required=False)
    paid = Money("Dibayarkan", required=False)
    photo = Choice("Foto ada?", lists.YES_NO, required=False)
    note = Text("Keterangan", required=False)


class Policy(Form, key="policy", title="Kebijakan", place="", per_period=False, named=("number", "name")):
    """One policy of the register: decree, regulation, plan, target."""

    general = Section("Kebijakan")
    kind = Choice("Jenis", POLICIES)
    name = Text("Judul")
    number = Text("Nomor", required=False)
    date = Date("Tanggal", required=False)
    area = Text("Wilayah")
    hectares = Measure("Luas", unit="Ha", high=1000000, required=False)
    target = Text("Sasaran", required=False)
    file = Text("Nama berkas", required=False)
