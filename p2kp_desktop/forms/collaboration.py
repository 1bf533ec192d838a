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
    known_by=("who", "what", "year"), listed_in=COLLABORATION,
):
    """Who gives what in which year, from which source of funds."""

    general = Section("Komitmen")
    stakeholder = Reference("Pemangku kepentingan", to="stakeholder", required=False)
    who = Text("Pihak")
    what = Text("Untuk apa", longest=4000)
    criteria = Several("Kriteria yang dijawab", CRITERIA, required=False)
    need = Reference("Kebutuhan yang dijawab", to="need", required=False)
    year = Year("Tahun", low=2000, high=2100)
    source = Choice("Sumber dana", SOURCES)
    amount = Money("Jumlah dana")
    letter = Text("Nomor surat", required=False)
    letter_date = Date("Tanggal surat", required=False)
    reached = Choice("Keadaan", OFFERS)
