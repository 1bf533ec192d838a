"""Activities of the collaboration (records of the SIM for what is built) and the reports of their progress."""

from collections.abc import Mapping
from functools import cache

from p2kp_desktop.schema import (
    SOFT,
    Answer,
    AtLeast,
    AtMost,
    Choice,
    Date,
    Form,
    Measure,
    Money,
    Options,
    Reference,
    Section,
    Several,
    Text,
    Together,
    Whole,
)
from p2kp_desktop.schema.conditions import Answers

from . import lists
from .criteria import by_kind
from .criteria import criteria as every_criterion
from .elements import CRITERIA, SOURCES, UNITS
from .places import COLLABORATION, READINESS

COMPONENTS = Options(lingkungan="L Lingkungan", sosial="S Sosial", ekonomi="E Ekonomi")
CATEGORIES = Options(baru="Baru", rehab="Rehabilitasi")
QUALITIES = Options(kb="KB (kualitas baik)", kc="KC (kualitas cukup)", kk="KK (kualitas kurang)")
# The kinds of work by which resources/criteria.toml says what usually answers a criterion
SUBCOMPONENTS = Options(
    jalan="Jalan lingkungan", jembatan="Jembatan atau titian", drainase="Saluran drainase dan gorong-gorong",
    talud="Talud, normalisasi, dan kolam retensi", perpipaan="Air minum perpipaan dan sambungan rumah",
    sumber_air="Sumur, hidran umum, dan penampungan air", jamban="Jamban keluarga atau MCK",
    air_limbah="Tangki septik dan IPAL", sampah_prasarana="TPS, TPS 3R, dan bak sampah",
    sampah_sarana="Gerobak, motor, dan bank sampah", rumah="Perbaikan rumah tidak layak huni",
    penataan="Penataan bangunan dan konsolidasi lahan", kebakaran="APAR, hidran, dan pos pemadam",
    lainnya="Lainnya",
)
SCALES = Options(kota="Skala kota", kelurahan="Skala kelurahan")
TERMS = Options(p60="Termin 60 %", p30="Termin 30 %", p10="Termin 10 %", lainnya="Lainnya")


def _gains(chosen: Several) -> dict[str, Measure]:
    """Return by their names the questions how much of each criterion is put right, asked where it is chosen."""
    return {
        f"gain_{each.option}": Measure(
            f"Volume tertangani {each.number}", unit=each.unit, required=False, when=chosen.is_(each.option)
        )
        for each in every_criterion()
    }


class Activity(
    Form, key="activity", title="Kegiatan", place="region", told_by=("component", "kpp", "handover"),
    known_by=("name", "rt_label"), spoken_of=("name",), takes_files=True,
    listed_in=COLLABORATION, touches=(READINESS,),
):
    """One activity: proposal, place, funding, beneficiaries, workers, and what stands afterwards."""

    general = Section("Kegiatan")
    name = Text("Nama kegiatan")
    scale = Choice("Skala", SCALES, required=False)
    component = Choice("Komponen", COMPONENTS)
    subcomponent = Choice("Subkomponen", SUBCOMPONENTS, required=False)
    detail = Text("Rincian subkomponen", required=False, help="Misalnya paving blok, gorong-gorong, sambungan rumah.")
    category = Choice("Kategori", CATEGORIES, required=False)
    proposal_number = Text("Nomor proposal", required=False)
    proposal_date = Date("Tanggal proposal", required=False)
    eligible_date = Date("Tanggal verifikasi layak", required=False)
    ksm = Text("KSM pelaksana", required=False)
    kawasan = Reference("Kawasan", to="kawasan", required=False)
    rt_label = Text("Lokasi (RT/RW atau dusun)")
    need = Reference("Kebutuhan yang dijawab", to="need", required=False)
    target = Reference("Sasaran yang dilayani", to="target", required=False)
    criteria = Several("Kriteria yang dijawab", CRITERIA, required=False)
    volume = Measure("Volume", high=10000000)
    unit_name = Choice("Satuan", UNITS)
    latitude = Measure("Lintang", low=-11, high=6, required=False, help="Derajat desimal, selatan negatif.")
    longitude = Measure("Bujur", low=95, high=141, required=False)
    effect = Section("Volume per Kriteria", note="Hanya bila lain dari volume kegiatan, dalam satuan kriterianya.")
    locals().update(_gains(criteria))
    funds = Section("Dana")
    source = Choice("Sumber dana utama", SOURCES)
    amount = Money("Nilai seluruhnya")
    self_help = Money("Di antaranya swadaya", required=False)
    columns = Section("Dana menurut Sumber", note="Bila lebih dari satu sumber; bersama sama dengan nilai seluruhnya.")
    fund_apbn_pupr = Money("Dari APBN Kementerian PUPR", required=False)
    fund_apbn_lain = Money("Dari APBN kementerian/lembaga lain", required=False)
    fund_apbd_provinsi = Money("Dari APBD provinsi", required=False)
    fund_apbd_kota = Money("Dari APBD kabupaten/kota atau BUMD", required=False)
    fund_dak = Money("Dari DAK", required=False)
    fund_hibah = Money("Dari hibah", required=False)
    fund_non_pemerintah = Money("Dari non-pemerintah (CSR)", required=False)
    fund_masyarakat = Money("Dari masyarakat (swadaya)", required=False)
    fund_lainnya = Money("Dari sumber lainnya", required=False)
    people = Section("Pemanfaat dan Pekerja")
    people_count = Whole("Pemanfaat", unit="jiwa", high=1000000, required=False)
    women_count = Whole("Di antaranya perempuan", unit="jiwa", high=1000000, required=False)
    mbr_count = Whole("Di antaranya MBR", unit="jiwa", high=1000000, required=False)
    kk_count = Whole("KK pemanfaat", unit="KK", high=300000, required=False)
    kk_poor = Whole("Di antaranya KK miskin (40 % BPS)", unit="KK", high=300000, required=False)
    workers_men = Whole("Pekerja laki-laki", unit="orang", high=10000, required=False)
    workers_women = Whole("Pekerja perempuan", unit="orang", high=10000, required=False)
    workdays = Whole("Hari orang kerja (HOK)", high=1000000, required=False)
    workday_cost = Money("Nilai HOK", required=False)
    after = Section("Sesudah Selesai")
    kpp = Text("KPP yang memelihara", required=False)
    quality = Choice("Sertifikasi kualitas", QUALITIES, required=False)
    handover = Date("Serah terima aset", required=False)
    reduced_ha = Measure("Luas kumuh yang berkurang", unit="Ha", high=5000, required=False,
                         help="Dari luas SK kawasannya, sesudah kegiatan ini selesai.")
    condition = Several(
        "Keadaan sesudahnya",
        Options(ada="Masih ada", baik="Baik", berfungsi="Berfungsi", dimanfaatkan="Dimanfaatkan",
                dikembangkan="Dikembangkan"),
        required=False,
    )
    women_among = AtMost(women_count, people_count)
    mbr_among = AtMost(mbr_count, people_count)
    self_help_among = AtMost(self_help, amount)
    poor_among = AtMost(kk_poor, kk_count, severity=SOFT)
    _all_funds = Together(
        fund_apbn_pupr, fund_apbn_lain, fund_apbd_provinsi, fund_apbd_kota, fund_dak, fund_hibah,
        fund_non_pemerintah, fund_masyarakat, fund_lainnya,
    )
    funds_not_short = AtMost(amount, _all_funds, "Dana menurut sumber biasanya tidak kurang dari nilainya.", SOFT)
    funds_not_over = AtLeast(amount, _all_funds, "Dana menurut sumber biasanya tidak melebihi nilainya.", SOFT)


    @classmethod
    def suggested(cls, key: str, answers: Answers) -> Answer:
        """Return the criteria that work of the chosen kind usually answers."""
        if key != cls.criteria.key:
            return None
        return cls.criteria.join(set(proposed_criteria().get(str(answers.get(cls.subcomponent.key)), ()))) or None


class ActivitySite(
    Form, key="activity_site", title="Lokasi Kegiatan", new="Lokasi baru", place="rt", per_period=False,
    parent=Activity, named=("volume",),
):
    """How much of an activity, its parent, stands in one RT, where it spans several."""

    general = Section("Lokasi")
    volume = Measure("Volume di RT ini", high=10000000, help="Dalam satuan kegiatannya.")
    note = Text("Keterangan", required=False)


class Progress(
    Form, key="progress", title="Kemajuan Kegiatan", place="region", per_period=False, parent=Activity, named=("date",),
    takes_files=True, touches=(READINESS,),
):
    """How far an activity, its parent, was on a day: physical, financial, instalments."""

    general = Section("Kemajuan")
    date = Date("Tanggal")
    physical = Measure("Kemajuan fisik", unit="%", high=100)
    financial = Measure("Kemajuan keuangan", unit="%", high=100)
    instalment = Choice("Termin", TERMS, required=False)
    paid = Money("Dibayarkan", required=False)
    photo = Choice("Foto ada?", lists.YES_NO, required=False)
    note = Text("Keterangan", required=False, private=True)


def gain_of(code: str) -> Measure | None:
    """Return the question how much of a criterion an activity puts right; None for what is no criterion here."""
    question = Activity.question(f"gain_{code}")
    return question if isinstance(question, Measure) else None


def fund_of(source: str) -> Money:
    """Return the question how much of the money comes from a source."""
    question = Activity.question(f"fund_{source}")
    assert isinstance(question, Money)
    return question


@cache
def proposed_criteria() -> Mapping[str, tuple[str, ...]]:
    """Return by subcomponent the criteria it usually answers: a proposal."""
    return by_kind(SUBCOMPONENTS.codes)
