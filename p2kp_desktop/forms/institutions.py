"""The institutions of the community bowl (Mangkuk Masyarakat): who is organised, since when, how far.

Fields as the national information system (SIM KOTAKU) records them.
"""

from p2kp_desktop.schema import (
    HARD,
    SOFT,
    AtMost,
    Choice,
    Date,
    Derived,
    Form,
    Measure,
    Money,
    NotBefore,
    Options,
    Person,
    Reference,
    Section,
    Text,
    Whole,
    Year,
)

from . import lists
from .elements import ACTIVE, DOCUMENTS
from .places import BOWL, READINESS

STAGES = Options(awal="Awal", berdaya="Berdaya", mandiri="Mandiri", madani="Menuju Madani")
STEPS = Options(
    persiapan="Persiapan", utusan="Pemilihan utusan tingkat basis (RT)", pemilu="Pemilihan tingkat kelurahan"
)
UNITS = Options(upk="UPK (keuangan)", upl="UPL (lingkungan)", ups="UPS (sosial)", sekretariat="Sekretariat")
GROUPS = Options(
    ksm="KSM", ksm_ekonomi="KSM ekonomi/PPMK", ksm_syariah="KSM syariah", bdc="BDC", op="O&P", lainnya="Lainnya",
    ksm_bertabungan="KSM bertabungan",
)
TOPICS = Options(sosialisasi="Sosialisasi", pelatihan="Pelatihan")
PURPOSES = Options(pencegahan="Pencegahan", peningkatan="Peningkatan", ppmk="PPMK", lainnya="Lainnya")
PLANS = Options(
    profil="Profil permukiman", rplp="RPLP", rtplp="RTPLP", rkm="Rencana kerja masyarakat (RKM)", lainnya="Lainnya"
)
TYPOLOGY = Options(jasa="Jasa dan perdagangan", perkebunan="Perkebunan/pertanian", nelayan="Nelayan", lainnya="Lainnya")
CITY_SIZES = Options(kecil="Kecil", sedang="Sedang", besar="Besar", metro="Metropolitan")
TERMS_OF_OFFICE = Options(lama="Lama", baru="Baru")
AUDIT = Options(uo="Unqualified (wajar tanpa pengecualian)", qo="Qualified", ao="Adverse", do="Disclaimer")


class VillageProfile(
    Form, key="village_profile", title="Profil Kelurahan", place="region", natural=("region", "period"),
    told_by=("population", "kk", "rt_count"), listed_in=BOWL,
):
    """Informasi umum kelurahan, yearly."""

    general = Section("Informasi Umum")
    rw_count = Whole("Jumlah RW", high=500, required=False)
    rt_count = Whole("Jumlah RT", high=1000)
    area_ha = Measure("Luas wilayah administrasi", unit="Ha", high=100000)
    settlement_ha = Measure("Luas permukiman", unit="Ha", high=100000, required=False)
    population = Whole("Jumlah penduduk", unit="jiwa", high=1000000)
    women = Whole("Di antaranya perempuan", unit="jiwa", high=1000000, required=False)
    kk = Whole("Jumlah kepala keluarga", unit="KK", high=300000)
    kk_mbr = Whole("Di antaranya KK MBR", unit="KK", high=300000, required=False)
    kk_poor = Whole("Di antaranya KK miskin", unit="KK", high=300000, required=False)
    growth = Measure("Pertumbuhan penduduk", unit="%", low=-50, high=50, required=False)
    typology = Choice("Tipologi", TYPOLOGY, required=False)
    city_size = Choice("Kategori kota", CITY_SIZES, required=False)
    density = Derived("Kepadatan penduduk", population / area_ha, unit="jiwa/Ha")
    slum_rts = Whole("Jumlah RT kumuh", high=1000, required=False)
    sound_rts = Whole("Jumlah RT tidak kumuh", high=1000, required=False)
    settlement_inside = AtMost(settlement_ha, area_ha)
    women_among = AtMost(women, population)
    mbr_among = AtMost(kk_mbr, kk)
    poor_among = AtMost(kk_poor, kk)
    slum_among = AtMost(slum_rts, rt_count, severity=SOFT)
    sound_among = AtMost(sound_rts, rt_count - slum_rts, severity=SOFT)


class Bkm(
    Form, key="bkm", title="BKM/LKM", place="region", per_period=False, told_by=("term_ends", "active"),
    spoken_of=("name",), takes_files=True, listed_in=BOWL, touches=(READINESS,),
):
    """Badan Keswadayaan Masyarakat: formation, notary, bank account, term."""

    general = Section("BKM/LKM")
    name = Text("Nama BKM/LKM")
    code = Text("Kode", required=False)
    formed = Date("Tanggal pembentukan")
    term_ends = Date("Masa bakti berakhir", help="Biasanya tiga tahun sesudah pemilihan.")
    term_after_forming = NotBefore(term_ends, formed, severity=HARD)
    coordinator = Person("Nama koordinator")
    address = Text("Alamat sekretariat", required=False, private=True)
    phone = Text("Nomor telepon", required=False, private=True)
    active = Choice("Status", ACTIVE)
    legal = Section("Pengesahan dan Rekening")
    notary_date = Date("Tanggal pengesahan notaris", required=False)
    notary = Person("Nama notaris", required=False)
    bank = Text("Nama bank", required=False)
    account = Text("Nomor rekening", required=False, private=True)


class BkmYear(
    Form, key="bkm_year", title="Keadaan BKM", place="region", natural=("region", "period"),
    told_by=("men", "women", "self_reliance"), listed_in=BOWL,
):
    """Members, stage of self-reliance and audit of a BKM, yearly."""

    members = Section("Anggota")
    men = Whole("Anggota laki-laki", unit="orang", high=100)
    women = Whole("Anggota perempuan", unit="orang", high=100)
    mbr = Whole("Anggota MBR/miskin", unit="orang", high=200, required=False)
    mbr_among = AtMost(mbr, men + women)
    stage = Section("Kemandirian dan Audit")
    self_reliance = Choice("Status kemandirian", STAGES, required=False)
    judged = Date("Tanggal penilaian", required=False)
    self_reliance_basis = Text(
        "Dasar penilaian", required=False, help="Siapa yang menilai, kapan, menurut apa.", private=True
    )
    audited = Choice("Audit independen selesai?", lists.YES_NO, required=False)
    opinion = Choice("Pendapat audit", AUDIT, required=False, when=audited.is_("a"))


class Election(
    Form, key="election", title="Pemilihan BKM", place="region", named=("step",),
    told_by=("men", "women", "location"), known_by=("step", "date"), takes_files=True, listed_in=BOWL,
):
    """One step of the election of a BKM, with participants and elected ones."""

    general = Section("Pemilihan")
    step = Choice("Tahap", STEPS)
    date = Date("Tanggal")
    location = Text("Tempat", required=False, private=True)
    rt_label = Text("RT (bila tingkat basis)", required=False)
    people = Section("Peserta dan Terpilih")
    men = Whole("Peserta laki-laki", unit="orang", high=5000)
    women = Whole("Peserta perempuan", unit="orang", high=5000)
    mbr = Whole("Peserta MBR", unit="orang", high=10000, required=False)
    elected_men = Whole("Terpilih laki-laki", unit="orang", high=1000, required=False)
    elected_women = Whole("Terpilih perempuan", unit="orang", high=1000, required=False)
    elected_mbr = Whole("Terpilih MBR", unit="orang", high=1000, required=False)
    mbr_among = AtMost(mbr, men + women)


class BkmUnit(
    Form, key="bkm_unit", title="Unit Pengelola", place="region", per_period=False, named=("kind",),
    told_by=("head_name", "active"), listed_in=BOWL, touches=(READINESS,),
):
    """UPK, UPL, UPS or secretariat of a BKM."""

    general = Section("Unit")
    kind = Choice("Unit", UNITS)
    head_name = Person("Nama ketua atau manajer", required=False)
    since = Date("Bertugas sejak", required=False)
    active = Choice("Status", ACTIVE)
    note = Text("Keterangan", required=False, private=True)


class Ksm(
    Form, key="ksm", title="KSM", place="region", per_period=False, told_by=("kind", "rt_label", "active"),
    spoken_of=("name",), takes_files=True, listed_in=BOWL,
):
    """Kelompok swadaya masyarakat, or another group of its kind."""

    general = Section("Kelompok")
    name = Text("Nama kelompok")
    code = Text("Kode", required=False)
    address = Text("Alamat", required=False, private=True)
    kind = Choice("Jenis", GROUPS)
    formed = Date("Tanggal pembentukan", required=False)
    rt_label = Text("RT", required=False)
    men = Whole("Anggota laki-laki", unit="orang", high=1000, required=False)
    women = Whole("Anggota perempuan", unit="orang", high=1000, required=False)
    mbr = Whole("Anggota MBR", unit="orang", high=2000, required=False)
    active = Choice("Status", ACTIVE)
    mbr_among = AtMost(mbr, men + women)


class Kpp(
    Form, key="kpp", title="KPP", place="region", per_period=False, told_by=("asset", "active"),
    known_by=("name", "asset"), spoken_of=("name",), takes_files=True, listed_in=BOWL, touches=(READINESS,),
):
    """Kelompok pemanfaat dan pemelihara: who keeps up which asset, and from what."""

    general = Section("Kelompok Pemanfaat dan Pemelihara")
    name = Text("Nama KPP")
    code = Text("Kode", required=False)
    address = Text("Alamat", required=False, private=True)
    asset = Text("Prasarana yang dipelihara")
    rt_label = Text("RT", required=False, help="RT prasarananya, misalnya 014/005.")
    activity = Reference("Kegiatan yang membangunnya", to="activity", required=False)
    formed = Date("Tanggal pembentukan", required=False)
    head_name = Person("Nama ketua", required=False)
    men = Whole("Anggota laki-laki", unit="orang", high=1000, required=False)
    women = Whole("Anggota perempuan", unit="orang", high=1000, required=False)
    mbr = Whole("Anggota MBR", unit="orang", high=2000, required=False)
    fee = Text("Iuran atau sumber dana", required=False)
    plan = Choice("Ada rencana kerja pemeliharaan?", lists.YES_NO, required=False)
    active = Choice("Status", ACTIVE)
    mbr_among = AtMost(mbr, men + women, severity=SOFT)


class Tipp(
    Form, key="tipp", title="TIPP", place="region", per_period=False, named=(),
    told_by=("sk_number", "men", "women", "active"), known_by=("sk_number",), spoken_of=("sk_number",),
    takes_files=True, listed_in=BOWL, touches=(READINESS,),
):
    """Tim inti perencanaan partisipatif: decree, members, working groups."""

    general = Section("TIPP")
    sk_number = Text("Nomor SK", required=False)
    sk_date = Date("Tanggal SK", required=False)
    head_name = Person("Nama ketua", required=False)
    men = Whole("Anggota laki-laki", unit="orang", high=200)
    women = Whole("Anggota perempuan", unit="orang", high=200)
    mbr = Whole("Anggota MBR", unit="orang", high=400, required=False)
    groups = Text("Kelompok kerja menurut indikator kumuh", required=False)
    active = Choice("Status", ACTIVE)
    mbr_among = AtMost(mbr, men + women)


class Volunteers(
    Form, key="volunteers", title="Relawan", place="region", told_by=("men", "women", "agents"), known_by=("date",),
    listed_in=BOWL, touches=(READINESS,),
):
    """Relawan and agents of socialisation, counted on a day."""

    general = Section("Relawan")
    date = Date("Tanggal pendataan", ahead=1)
    men = Whole("Laki-laki", unit="orang", high=5000)
    women = Whole("Perempuan", unit="orang", high=5000)
    mbr = Whole("MBR", unit="orang", high=10000, required=False)
    agents = Whole("Di antaranya agen sosialisasi", unit="orang", high=10000, required=False)
    mbr_among = AtMost(mbr, men + women)


class Training(
    Form, key="training", title="Sosialisasi dan Pelatihan", place="region", named=("topic",),
    told_by=("kind", "men", "women"), known_by=("topic", "date"), takes_files=True, listed_in=BOWL,
):
    """One socialisation or training."""

    general = Section("Kegiatan")
    kind = Choice("Jenis", TOPICS)
    topic = Text("Pokok bahasan")
    purpose = Choice("Tujuan", PURPOSES, required=False)
    date = Date("Tanggal")
    location = Text("Tempat", required=False, private=True)
    men = Whole("Peserta laki-laki", unit="orang", high=5000)
    women = Whole("Peserta perempuan", unit="orang", high=5000)
    mbr = Whole("Peserta MBR", unit="orang", high=10000, required=False)
    cost_bdi = Money("Biaya dari BDI", required=False)
    cost_self_help = Money("Biaya dari swadaya", required=False)
    minutes = Choice("Berita acara dan daftar hadir ada?", lists.YES_NO, required=False)
    mbr_among = AtMost(mbr, men + women)


class PlanDocument(
    Form, key="plan_document", title="Dokumen Perencanaan", place="region", per_period=False, named=("kind", "name"),
    told_by=("progress", "legal_basis"), spoken_of=("name", "kind"), takes_files=True,
    listed_in=BOWL, touches=(READINESS,),
):
    """A planning document of the kelurahan: profile, RPLP, RTPLP, RKM."""

    general = Section("Dokumen")
    kind = Choice("Jenis dokumen", PLANS)
    name = Text("Judul", required=False)
    progress = Choice("Status dokumen", DOCUMENTS)
    date = Date("Tanggal status")
    legal_basis = Text("Dasar hukum (nomor SK/peraturan)", required=False)
    first_year = Year("Berlaku dari tahun", low=2000, high=2100, required=False)
    last_year = Year("Berlaku sampai tahun", low=2000, high=2100, required=False)
    file = Text("Nama berkas dokumen", required=False, private=True)
    making = Section("Penyusunan")
    activity = Text("Kegiatan penyusunan", required=False, help="Misalnya lokakarya atau rembug warga.")
    men = Whole("Peserta laki-laki", unit="orang", high=5000, required=False)
    women = Whole("Peserta perempuan", unit="orang", high=5000, required=False)
    mbr = Whole("Peserta MBR", unit="orang", high=10000, required=False)
    mbr_among = AtMost(mbr, men + women, severity=SOFT)


class Forum(
    Form, key="forum", title="Forum Kolaborasi", place="region", per_period=False, told_by=("work_plan", "active"),
    spoken_of=("name",), takes_files=True, listed_in=BOWL, touches=(READINESS,),
):
    """Forum kolaborasi of a kelurahan."""

    general = Section("Forum Kolaborasi")
    name = Text("Nama forum")
    formed = Date("Tanggal pembentukan")
    officials = Whole("Anggota dari aparat", unit="orang", high=500, required=False)
    institutions = Whole("Anggota dari lembaga kelurahan", unit="orang", high=500, required=False)
    others = Whole("Anggota dari non-pemerintah", unit="orang", high=500, required=False)
    women = Whole("Di antaranya perempuan", unit="orang", high=1500, required=False)
    work_plan = Choice("Ada rencana kerja?", lists.YES_NO, required=False)
    funds = Choice("Ada dana operasional?", lists.YES_NO, required=False)
    active = Choice("Status", ACTIVE)


class Pokja(
    Form, key="pokja", title="Pokja PKP", place="city", told_by=("basis", "active"), spoken_of=("name", "basis"),
    takes_files=True, listed_in=BOWL,
):
    """Kelompok kerja perumahan dan kawasan permukiman of a kabupaten/kota, yearly."""

    general = Section("Pokja PKP")
    name = Text("Kabupaten/kota")
    basis = Text("Dasar (nomor SK)")
    date = Date("Tanggal SK")
    standing = Choice("Lama atau baru", TERMS_OF_OFFICE, required=False)
    men = Whole("Anggota laki-laki", unit="orang", high=500, required=False)
    women = Whole("Anggota perempuan", unit="orang", high=500, required=False)
    secretariat = Choice("Ada sekretariat?", lists.YES_NO, required=False)
    funds = Choice("Ada dana operasional?", lists.YES_NO, required=False)
    active = Choice("Status", ACTIVE)
    elements = Section("Anggota menurut Unsur")
    from_opd = Whole("Dari OPD", unit="orang", high=500, required=False)
    from_dprd = Whole("Dari DPRD", unit="orang", high=500, required=False)
    from_bkm = Whole("Dari BKM/LKM", unit="orang", high=500, required=False)
    from_lsm = Whole("Dari LSM", unit="orang", high=500, required=False)
    from_swasta = Whole("Dari swasta", unit="orang", high=500, required=False)
    from_pt = Whole("Dari perguruan tinggi", unit="orang", high=500, required=False)
