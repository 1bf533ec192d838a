"""Format B: the survey of the surroundings of one RT (lingkungan RT)."""

from p2kp_desktop.schema import (
    SOFT,
    AtMost,
    Both,
    Choice,
    Date,
    Derived,
    Form,
    InPeriod,
    Measure,
    Person,
    Section,
    Several,
    UnderRules,
    Whole,
)

from . import lists
from .places import COLLECTING, READINESS, SCORES

UNDER_2016 = UnderRules("2016")


class RtSurvey(
    Form, key="rt_survey", title="B. Lingkungan RT", new="Survei lingkungan RT baru", place="rt",
    natural=("region", "rt", "period"), listed_in=COLLECTING, touches=(SCORES, READINESS),
):
    """Format B, Pendataan 100-0-100 Berbasis Wilayah, per RT and period; checks as in the official sheet."""

    general = Section("Informasi Umum")
    survey_date = Date("Tanggal Pendataan", ahead=1)
    interviewer = Person("Nama Petugas Pendata", required=False)
    surveyed_in_period = InPeriod(survey_date)
    verified_area_ha = Measure(
        "Luas verifikasi RT",
        unit="Ha",
        required=False,
        high=1000,
        help="Hanya bila luas verifikasi berbeda dari luas permukiman (2).",
    )

    density = Section("B.1 Kepadatan Bangunan Hunian")
    area_ha = Measure("Luas wilayah RT", unit="Ha", high=5000, usual=("0.05", 20), number="1")
    settlement_ha = Measure(
        "Luas permukiman",
        unit="Ha",
        high=5000,
        usual=("0.05", 10),
        number="2",
        help="Menjadi luas verifikasi RT.",
    )
    buildings = Whole(
        "Jumlah total bangunan",
        unit="unit",
        high=5000,
        usual=(1, 300),
        number="3",
        help="Paling sedikit sejumlah kepala rumah tangga yang didata.",
    )
    building_density = Derived("Kepadatan bangunan (3 ÷ 2)", buildings / settlement_ha, unit="unit/Ha")
    steep_percent = Measure(
        "Kawasan permukiman yang terletak di wilayah kemiringan > 15%", unit="%", high=100, number="4"
    )
    settlement_inside_area = AtMost(settlement_ha, area_ha)

    roads = Section("B.2 Aksesibilitas Lingkungan")
    road_m = Measure("Total jaringan jalan lingkungan yang telah ada/eksisting", unit="m", number="5")
    wide_m = Measure("Panjang jalan lingkungan dengan lebar ≥ 1,5 meter", unit="m", number="6")
    wide_paved_m = Measure(
        "Panjang jalan lingkungan dengan lebar ≥ 1,5 meter yang permukaannya diperkeras", unit="m", number="7"
    )
    new_road_m = Measure(
        "Panjang kebutuhan jalan baru di luar yang telah ada/eksisting untuk melayani permukiman",
        unit="m",
        number="8",
        help="Sesuai hasil perencanaan. Isi 0 bila tidak ada kebutuhan.",
    )
    ideal_road_m = Derived("Panjang jaringan jalan lingkungan ideal (5 + 8)", road_m + new_road_m, unit="m")
    wide_paved_good_m = Measure(
        "Panjang jalan lingkungan dengan lebar ≥ 1,5 meter yang permukaannya diperkeras dan tidak rusak",
        unit="m",
        number="9",
    )
    wide_earth_good_m = Measure(
        "Panjang jalan lingkungan dengan lebar ≥ 1,5 meter yang permukaannya tanah (tidak diperkeras) dan tidak rusak",
        unit="m",
        number="10",
    )
    narrow_paved_good_m = Measure(
        "Panjang jalan lingkungan dengan lebar < 1,5 meter yang permukaannya diperkeras dan tidak rusak",
        unit="m",
        number="11",
    )
    narrow_earth_good_m = Measure(
        "Panjang jalan lingkungan dengan lebar < 1,5 meter yang permukaannya tanah (tidak diperkeras) dan tidak rusak",
        unit="m",
        number="12",
    )
    wide_drained_m = Measure(
        "Panjang jalan lingkungan dengan lebar ≥ 1,5 meter yang dilengkapi saluran samping jalan",
        unit="m",
        number="13",
    )
    narrow_drained_m = Measure(
        "Panjang jalan lingkungan dengan lebar < 1,5 meter yang dilengkapi saluran samping jalan",
        unit="m",
        number="14",
    )
    good_road_m = Derived(
        "Total panjang jalan lingkungan yang permukaannya tidak rusak (9 + 10 + 11 + 12)",
        wide_paved_good_m + wide_earth_good_m + narrow_paved_good_m + narrow_earth_good_m,
        unit="m",
    )
    wide_among_roads = AtMost(wide_m, road_m)
    paved_among_wide = AtMost(wide_paved_m, wide_m)
    good_among_paved = AtMost(wide_paved_good_m, wide_paved_m)
    good_among_earth = AtMost(wide_earth_good_m, wide_m - wide_paved_m)
    good_among_narrow = AtMost(narrow_paved_good_m, road_m - wide_m)
    rest_of_narrow = AtMost(narrow_earth_good_m, road_m - wide_m - narrow_paved_good_m)
    drained_among_wide = AtMost(wide_drained_m, wide_m)
    drained_among_narrow = AtMost(narrow_drained_m, road_m - wide_m)

    drainage = Section(
        "B.3 Drainase Lingkungan",
        note="Genangan dihitung hanya bila > 30 cm, > 2 jam, dan > 2 kali per tahun.",
    )
    flood_height = Choice(
        "Kejadian genangan: tinggi genangan", lists.FLOOD_HEIGHT, number="15", help="Jawaban a lanjut ke 20."
    )
    flood_duration = Choice("Durasi/lama genangan", lists.FLOOD_DURATION, number="16", when=flood_height.is_not("a"))
    flood_frequency = Choice("Frekuensi genangan", lists.FLOOD_FREQUENCY, number="17", when=flood_height.is_not("a"))
    flood_ha = Measure(
        "Luas area genangan (dalam permukiman)",
        unit="Ha",
        high=5000,
        number="18",
        when=flood_height.is_not("a"),
    )
    flood_source = Choice("Sumber genangan", lists.FLOOD_SOURCE, number="19", when=flood_height.is_not("a"))
    drain_m = Measure("Panjang total drainase yang telah ada/eksisting", unit="m", number="20")
    new_drain_needed = Choice(
        "Apakah ada kebutuhan drainase baru untuk melayani permukiman?", lists.YES_NO, number="21"
    )
    new_drain_m = Measure(
        "Panjang kebutuhan drainase baru sehingga permukiman terlayani jaringan drainase seluruhnya",
        unit="m",
        number="22",
        when=new_drain_needed.is_not("b"),
        help="Sesuai hasil perencanaan.",
    )
    connection_needed = Choice(
        "Apakah ada kebutuhan drainase penghubung drainase eksisting dengan sistem drainase kota?",
        lists.YES_NO,
        number="23",
        when=UNDER_2016,
    )
    connection_m = Measure(
        "Panjang kebutuhan drainase baru penghubung drainase eksisting dengan sistem drainase kota",
        unit="m",
        number="24",
        when=Both(UNDER_2016, connection_needed.is_not("b")),
        help="Sesuai hasil perencanaan.",
    )
    drain_clean = Choice("Apakah saluran drainase bersih dan tidak bau?", lists.YES_NO, number="25", when=UNDER_2016)
    clean_drain_m = Measure(
        "Panjang saluran drainase yang bersih dan tidak bau", unit="m", number="26", when=UNDER_2016
    )
    sound_drain_m = Measure(
        "Panjang drainase dengan kondisi fisik baik/tidak rusak",
        unit="m",
        number="27",
        help="Bagian dari panjang di 20.",
    )
    flood_inside_settlement = AtMost(flood_ha, settlement_ha, severity=SOFT)
    clean_among_drains = AtMost(clean_drain_m, drain_m)
    sound_among_drains = AtMost(sound_drain_m, drain_m)

    sanitation = Section("B.4 Sanitasi Lingkungan")
    sewage_separate = Choice(
        "Apakah saluran pembuangan limbah cair rumah tangga terpisah dari saluran drainase lingkungan?",
        lists.YES_NO,
        number="28",
        help="Ya = terpisah. Lembar isian buku kerja resmi menanyakan kebalikannya (bercampur).",
    )

    waste = Section("B.5 Pengelolaan Persampahan")
    waste_site = Choice(
        "Apakah ada prasarana pengelolaan sampah yang melayani permukiman (TPS/TPS-3R/TPST)?",
        lists.YES_NO,
        number="29",
    )
    waste_vehicle = Choice(
        "Apakah ada sarana pengangkutan sampah yang melayani permukiman (gerobak/motor/mobil)?",
        lists.YES_NO,
        number="30",
    )
    waste_sound = Choice(
        "Apakah prasarana dan sarana persampahan kondisi konstruksinya baik/tidak rusak (terpelihara)?",
        lists.YES_NO,
        number="31",
        when=UNDER_2016,
    )

    fire = Section("B.6 Pengamanan Bahaya Kebakaran")
    fires = Choice("Kejadian kebakaran", lists.FIRES, number="32", help="Jawaban a lanjut ke 34.")
    fire_causes = Several("Penyebab kejadian bencana kebakaran", lists.FIRE_CAUSES, number="33", when=fires.is_not("a"))
    fire_protection = Several(
        "Prasarana/sarana pencegahan bahaya kebakaran",
        lists.FIRE_PROTECTION,
        alone="tidak_ada",
        number="34",
        help="Boleh lebih dari satu.",
    )
    fire_road = Choice(
        "Ketersediaan jalan dengan lebar minimal 3,5 m di lingkungan permukiman dengan jarak rumah terjauh < 100 m",
        lists.PRESENT,
        number="35",
    )

    facilities = Section("B.7 Data Non Fisik")
    health_facilities = Several(
        "Ketersediaan fasilitas kesehatan di dalam lingkungan RT",
        lists.HEALTH_FACILITIES,
        alone="tidak_ada",
        number="36",
        help="Boleh lebih dari satu.",
    )
    schools = Several(
        "Ketersediaan fasilitas pendidikan di dalam lingkungan RT",
        lists.SCHOOLS,
        alone="tidak_ada",
        number="37",
        help="Boleh lebih dari satu.",
    )

    considerations = Section("B.8 Data Pertimbangan Lain")
    strategic = Choice("Apakah lokasi berada pada fungsi strategis kab/kota?", lists.YES_NO, number="38")
    potential = Choice(
        "Apakah lokasi memiliki potensi sosial, ekonomi, budaya untuk dikembangkan?",
        lists.YES_NO,
        number="39",
    )
