"""Format A: the questionnaire for one household (rumah tangga) and the house it lives in."""

from p2kp_desktop.schema import (
    HARD,
    SOFT,
    AtLeast,
    AtMost,
    Choice,
    Date,
    Derived,
    Fixed,
    Form,
    Identity,
    InPeriod,
    Measure,
    Person,
    Section,
    Text,
    Whole,
)

from . import lists
from .heads import FitsTheFamily, FitsTheHead
from .places import COLLECTING, READINESS, SCORES


class Household(
    Form, key="household", title="A. Rumah Tangga", new="Rumah baru", place="rt",
    nameless="Rumah tanpa nama", numbered="building", known_by=("head_name", "building"),
    takes_files=True, listed_in=COLLECTING, touches=(SCORES, READINESS, "resident"),
):
    """Format A, Daftar Pertanyaan Rumah Tangga untuk Pendataan 100-0-100, update 16 parameter kumuh.

    Questions 1–11 describe the building and are asked once per building, 12–28 the household. What is not on the
    official paper and says of which sheet and house this is stands last: Ctrl+Enter behind 28 passes over it.
    """

    general = Section("A. Informasi Umum")
    survey_date = Date("Tanggal Pendataan", ahead=1)
    head_name = Person("Nama Kepala Rumah Tangga", help="Nama lengkap seperti di Kartu Keluarga.")
    nik = Identity("NIK", help="16 angka. Angka yang tidak lazim hanya diberi peringatan, tidak ditolak.")
    kk_number = Identity("Nomor KK", help="16 angka dari Kartu Keluarga; boleh kosong. Hanya diberi peringatan.")
    building = Text(
        "Nomor Bangunan",
        required=False,
        help="Nomor urut bangunan di RT. Rumah tangga serumah memakai nomor yang sama; kosong = bangunan tersendiri.",
    )
    kk_count = Whole(
        "Jumlah Kepala Keluarga (KK)",
        unit="KK",
        low=1,
        high=50,
        usual=(1, 5),
        help="Satu rumah dapat dihuni beberapa KK.",
    )
    mbr = Choice("Status Rumah Tangga", lists.MBR, help="MBR: masyarakat berpenghasilan rendah.")
    members_male = Whole("Jumlah Anggota Rumah Tangga: Laki-laki", unit="jiwa", high=100, usual=(0, 12))
    members_female = Whole("Jumlah Anggota Rumah Tangga: Perempuan", unit="jiwa", high=100, usual=(0, 12))
    members_total = Derived("Jumlah Anggota Rumah Tangga: L+P", members_male + members_female, unit="jiwa")
    members_disabled = Whole(
        "Jumlah Anggota Rumah Tangga: Difabel",
        unit="jiwa",
        high=200,
        help="Sudah termasuk dalam Laki-laki dan Perempuan.",
    )
    head_sex = Choice(
        "Jenis Kelamin Kepala Rumah Tangga", lists.SEX, required=False,
        help="Boleh kosong; tidak ada di lembar resmi. Dipakai untuk tabel menurut jenis kelamin kepala rumah tangga.",
    )
    interviewer = Person("Nama Petugas Pendata", required=False)
    carried = (survey_date, interviewer)
    surveyed_in_period = InPeriod(survey_date)
    somebody_lives_here = AtLeast(
        members_male,
        Fixed(1) - members_female,
        "Belum ada anggota rumah tangga: laki-laki dan perempuan keduanya 0.",
        SOFT,
    )
    disabled_among_members = AtMost(members_disabled, members_total, "Difabel paling banyak sejumlah L+P.", HARD)
    nik_fits_the_head = FitsTheHead(nik, kk_number, survey_date, members_male, members_female, head_sex)
    card_fits_the_family = FitsTheFamily(kk_number, nik, survey_date)

    order = Section("A.1 Keteraturan Bangunan Hunian", note="Pertanyaan 1–11 diisi sekali per bangunan.")
    road_access = Choice(
        "Bangunan hunian memiliki akses langsung ke jalan dan tidak terhalang oleh bangunan lain",
        lists.YES_NO,
        number="1",
        help="Ya bila penghuni dapat sampai ke jalan tanpa melewati bangunan atau pekarangan orang lain.",
    )
    faces_road = Choice("Posisi muka bangunan hunian menghadap ke jalan", lists.YES_NO, number="2")
    faces_water = Choice(
        "Posisi muka bangunan hunian menghadap langsung sungai/laut/rawa/danau "
        "dan/atau TIDAK berada di atas sungai/laut/rawa/danau",
        lists.FACES_WATER,
        number="3",
        help="Pilih a bila tidak ada perairan di dekatnya. Rumah di atas air = c.",
    )
    on_setback = Choice(
        "Bangunan hunian berada di atas sempadan sungai/laut/rawa/danau",
        lists.ON_SETBACK,
        number="4",
        help="Perhatikan urutan tercetak: b = Tidak, c = Ya.",
    )
    in_hazard_zone = Choice(
        "Bangunan hunian berada di daerah buangan limbah pabrik/di bawah jalur listrik tegangan tinggi (SUTET)",
        lists.NO_YES,
        number="5",
        help="Perhatikan urutan tercetak: a = Tidak, b = Ya.",
    )

    house = Section("A.2 Kelayakan Bangunan Hunian")
    floor_length = Measure(
        "Luas bangunan hunian: panjang",
        unit="m",
        low="0.1",
        high=500,
        usual=(2, 40),
        number="6a",
        help="Ukur lantai di dalam bangunan, tanpa teras dan halaman.",
    )
    floor_width = Measure(
        "Luas bangunan hunian: lebar",
        unit="m",
        low="0.1",
        high=500,
        usual=(2, 30),
        number="6b",
    )
    floors = Whole("Luas bangunan hunian: jumlah lantai", unit="lantai", low=1, high=20, usual=(1, 3), number="6c")
    floor_area = Derived(
        "Luas bangunan hunian (panjang × lebar × jumlah lantai)",
        floor_length * floor_width * floors,
        unit="m²",
        number="6",
    )
    occupants = Whole(
        "Jumlah penghuni bangunan hunian",
        unit="jiwa",
        high=200,
        usual=(0, 20),
        number="7",
        help="Biasanya sama dengan L+P di atas; lebih banyak bila beberapa rumah tangga serumah.",
    )
    area_per_person = Derived(
        "Luas lantai per jiwa",
        floor_area / members_total,
        unit="m²/jiwa",
        number="8",
    )
    occupants_more_than_members = AtMost(
        occupants,
        members_total,
        "Jumlah penghuni (7) lebih banyak dari L+P: beberapa rumah tangga serumah?",
        SOFT,
    )
    occupants_fewer_than_members = AtLeast(
        occupants, members_total, "Jumlah penghuni (7) lebih sedikit dari anggota rumah tangga (L+P).", HARD
    )
    roof = Choice("Kondisi atap terluas", lists.ROOF, number="9", help="Lihat bagian atap yang paling luas.")
    wall = Choice("Kondisi dinding terluas", lists.WALL, number="10", help="Lihat jenis dinding yang paling luas.")
    floor = Choice("Jenis lantai terluas", lists.FLOOR, number="11", help="Lihat jenis lantai yang paling luas.")

    water = Section("A.3 Akses Air Minum", note="Pertanyaan 12–28 diisi untuk tiap rumah tangga.")
    water_source = Choice(
        "Sumber utama air minum, mandi, cuci",
        lists.WATER_SOURCE,
        number="12",
        help="Pilih satu, yang paling banyak dipakai. Jawaban c, d, e lanjut ke 13; selain itu lanjut ke 14.",
    )
    pit_distance = Choice(
        "Jarak sumber air (c/d/e) ke penampungan tinja/septictank terdekat, termasuk milik tetangga",
        lists.PIT_DISTANCE,
        number="13",
        when=water_source.is_("c", "d", "e"),
    )
    water_sufficiency = Choice(
        "Kecukupan air minum, mandi, cuci sepanjang tahun",
        lists.WATER_SUFFICIENCY,
        number="14",
        help="Kebutuhan minimal 60 liter/orang/hari.",
    )

    sanitation = Section("A.4 Pengelolaan Air Limbah/Sanitasi")
    defecation = Choice(
        "Tempat buang air besar anggota rumah tangga",
        lists.DEFECATION,
        number="15",
        help="Jamban bersama dipakai paling banyak 5 KK; lebih dari itu atau membayar = jamban umum. "
        "Jawaban c lanjut ke 18.",
    )
    closet = Choice("Jenis kloset yang digunakan", lists.CLOSET, number="16", when=defecation.is_not("c"))
    faeces = Choice("Pembuangan limbah tinja", lists.FAECES, number="17", when=defecation.is_not("c"))

    waste = Section("A.5 Pengelolaan Sampah Rumah Tangga")
    waste_disposal = Choice(
        "Pembuangan sampah rumah tangga",
        lists.WASTE_DISPOSAL,
        number="18",
        help="Jawaban a, b lanjut ke 19; jawaban c, d, e lanjut ke 20.",
    )
    waste_collection = Choice(
        "Pengangkutan sampah dari rumah ke TPS/TPA",
        lists.WASTE_COLLECTION,
        number="19",
        when=waste_disposal.is_not("c", "d", "e"),
        help="Lembar cetak menulis b sebagai «< 1x seminggu», lembar isian resmi «≤ 1x seminggu».",
    )

    income = Section("A.6.1 Pendapatan Rumah Tangga")
    livelihood = Choice("Mata pencaharian utama rumah tangga", lists.LIVELIHOOD, number="20")
    electricity = Choice("Daya listrik yang digunakan (Watt)", lists.ELECTRICITY, number="21")

    services = Section("A.6.2 Pelayanan Fasilitas Sosial")
    health_facility = Choice(
        "Jenis fasilitas kesehatan paling sering digunakan rumah tangga", lists.HEALTH_FACILITY, number="22"
    )
    health_place = Choice(
        "Lokasi fasilitas kesehatan paling sering digunakan rumah tangga", lists.FACILITY_PLACE, number="23"
    )
    school_place = Choice(
        "Jika ada anggota rumah tangga usia wajib belajar (9 tahun): lokasi SD/SMP sederajat yang digunakan",
        lists.SCHOOL_PLACE,
        number="24",
    )

    tenure = Section("A.6.3 Penguasaan Bangunan dan Lahan")
    building_tenure = Choice("Status penguasaan bangunan hunian", lists.TENURE, number="25")
    building_permit = Choice("Status legalitas bangunan hunian", lists.BUILDING_PERMIT, number="26")
    land_tenure = Choice("Status penguasaan lahan bangunan hunian", lists.TENURE, number="27")
    land_letter = Choice("Status legalitas lahan bangunan hunian", lists.LAND_LETTER, number="28")

    sheet_and_place = Section("Lembar dan Letak Rumah", note="Boleh kosong seluruhnya.")
    form_number = Whole(
        "Nomor formulir (di kanan atas kertas)", low=1, high=99_999, required=False,
        help="Nomor yang tercetak di formulir kosong. Dengan nomor ini foto formulirnya menemukan catatan ini.",
    )
    latitude = Measure(
        "Lintang rumah", low=-11, high=6, usual=("-5.5", "-1.5"), required=False, private=True,
        help="Derajat desimal, selatan negatif; misalnya -2,9908. Dapat diambil dari foto rumah.",
    )
    longitude = Measure(
        "Bujur rumah", low=95, high=141, usual=(102, 107), required=False, private=True,
        help="Derajat desimal, misalnya 104,7565. Dapat diambil dari foto rumah.",
    )
    runs_on = (form_number,)
