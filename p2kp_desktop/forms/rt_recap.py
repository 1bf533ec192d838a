"""The recapitulation of one RT: denominators and volumes typed directly, as published or counted by hand."""

from p2kp_desktop.schema import SOFT, AtMost, Choice, Date, Form, Measure, Section, Text, UnderRules, Whole

from . import lists
from .criteria import asked_of_a_recap
from .places import COLLECTING, READINESS, SCORES

UNDER_2016 = UnderRules("2016")


class RtRecap(
    Form, key="rt_recap", title="C. Rekap RT", new="Rekap RT baru", place="rt",
    natural=("region", "rt", "period"), listed_in=COLLECTING, touches=(SCORES, READINESS),
):
    """Rekap data RT, criteria numbered as in Permen PUPR 14/PRT/M/2018; partial volumes are valid anywhere.

    The keys of the volumes are the names by which resources/criteria.toml refers to them. A criterion that is stated
    there alone is asked at the end, with its limit.
    """

    origin = Section("Asal Data")
    date = Date("Tanggal Rekap", required=False, ahead=1)
    source = Text("Sumber rekap", required=False, help="Misalnya nama dokumen, laman, atau orang yang menghitung.")
    official = Choice(
        "Rekap resmi?",
        lists.YES_NO,
        required=False,
        help="Ya: rekap ini yang dihitung, walaupun ada sensus rumah tangga di RT ini.",
    )

    denominators = Section("Jumlah dan Panjang Seluruhnya")
    luas_ha = Measure("Luas verifikasi", unit="Ha", high=5000, usual=("0.05", 20))
    bangunan = Whole("Jumlah bangunan", unit="unit", high=10000, usual=(1, 700))
    penduduk = Whole("Jumlah penduduk", unit="jiwa", high=50000, usual=(1, 3000))
    kk = Whole("Jumlah kepala keluarga", unit="KK", high=10000, usual=(1, 700))
    jalan_ideal_m = Measure("Panjang jalan ideal", unit="m", high=100000)
    drainase_ideal_m = Measure("Panjang drainase ideal", unit="m", high=100000)

    building = Section("1. Kondisi Bangunan Gedung")
    irregular_buildings = Measure("Ketidakteraturan bangunan", unit="unit", number="1a")
    dense_ha = Measure("Kepadatan bangunan", unit="Ha", number="1b")
    substandard_buildings = Measure("Ketidaksesuaian dengan persyaratan teknis bangunan", unit="unit", number="1c")
    irregular_limit = AtMost(irregular_buildings, bangunan)
    dense_limit = AtMost(dense_ha, luas_ha)
    substandard_limit = AtMost(substandard_buildings, bangunan)

    road = Section("2. Kondisi Jalan Lingkungan")
    missing_road_m = Measure("Cakupan pelayanan jalan lingkungan (kurang)", unit="m", number="2a")
    damaged_road_m = Measure("Kualitas permukaan jalan lingkungan (rusak)", unit="m", number="2b")
    missing_road_limit = AtMost(missing_road_m, jalan_ideal_m)
    damaged_road_limit = AtMost(damaged_road_m, jalan_ideal_m)
    roads_together = AtMost(
        damaged_road_m,
        jalan_ideal_m - missing_road_m,
        "2a + 2b biasanya paling banyak panjang jalan ideal.",
        SOFT,
    )

    water = Section("3. Kondisi Penyediaan Air Minum")
    unsafe_water_kk = Measure("Ketidaktersediaan akses aman air minum", unit="KK", number="3a")
    short_water_kk = Measure("Tidak terpenuhinya kebutuhan air minum", unit="KK", number="3b")
    unsafe_water_limit = AtMost(unsafe_water_kk, kk)
    short_water_limit = AtMost(short_water_kk, kk)

    drainage = Section("4. Kondisi Drainase Lingkungan")
    flooded_ha = Measure("Ketidakmampuan mengalirkan limpasan air", unit="Ha", number="4a")
    missing_drain_m = Measure("Ketidaktersediaan drainase", unit="m", number="4b")
    damaged_drain_m = Measure(
        "Kualitas konstruksi drainase (rusak)",
        unit="m",
        number="4c",
        help="Menurut aturan 2016 ini kriteria 4e.",
    )
    unconnected_drain_m = Measure(
        "Drainase tidak terhubung dengan sistem drainase kota", unit="m", number="2016-4c", when=UNDER_2016
    )
    dirty_drain_m = Measure("Drainase tidak terpelihara", unit="m", number="2016-4d", when=UNDER_2016)
    flooded_limit = AtMost(flooded_ha, luas_ha)
    missing_drain_limit = AtMost(missing_drain_m, drainase_ideal_m)
    damaged_drain_limit = AtMost(damaged_drain_m, drainase_ideal_m)
    drains_together = AtMost(
        damaged_drain_m,
        drainase_ideal_m - missing_drain_m,
        "4b + 4c biasanya paling banyak panjang drainase ideal.",
        SOFT,
    )
    unconnected_limit = AtMost(unconnected_drain_m, drainase_ideal_m)
    dirty_limit = AtMost(dirty_drain_m, drainase_ideal_m)

    sewage = Section("5. Kondisi Pengelolaan Air Limbah")
    no_latrine_kk = Measure("Sistem pengelolaan air limbah tidak sesuai standar teknis", unit="KK", number="5a")
    unfit_latrine_kk = Measure(
        "Prasarana dan sarana pengelolaan air limbah tidak sesuai dengan persyaratan teknis",
        unit="KK",
        number="5b",
    )
    no_latrine_limit = AtMost(no_latrine_kk, kk)
    unfit_latrine_limit = AtMost(unfit_latrine_kk, kk)

    waste = Section("6. Kondisi Pengelolaan Persampahan")
    waste_facility_kk = Measure(
        "Prasarana dan sarana persampahan tidak sesuai dengan persyaratan teknis", unit="KK", number="6a"
    )
    uncollected_kk = Measure("Sistem pengelolaan persampahan yang tidak sesuai standar teknis", unit="KK", number="6b")
    worn_waste_facility_kk = Measure(
        "Prasarana dan sarana persampahan tidak terpelihara", unit="KK", number="2016-6c", when=UNDER_2016
    )
    waste_facility_limit = AtMost(waste_facility_kk, kk)
    uncollected_limit = AtMost(uncollected_kk, kk)
    worn_waste_facility_limit = AtMost(worn_waste_facility_kk, kk)

    fire = Section("7. Kondisi Proteksi Kebakaran")
    fire_works_buildings = Measure("Ketidaktersediaan prasarana proteksi kebakaran", unit="unit", number="7a")
    fire_equipment_buildings = Measure("Ketidaktersediaan sarana proteksi kebakaran", unit="unit", number="7b")
    fire_works_limit = AtMost(fire_works_buildings, bangunan)
    fire_equipment_limit = AtMost(fire_equipment_buildings, bangunan)

    others = Section("Kriteria Lain")
    locals().update(asked_of_a_recap(locals()))
