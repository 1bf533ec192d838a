"""Printed answer lists. Codes are stored for ever; wordings may be improved; letters follow from the order.

Where a question does not say otherwise the lists are those of Formats A and B of the official baseline
100-0-100 workbook for 16 parameters. The order is the official one: with «di atas sempadan» and «di
daerah buangan limbah / SUTET» a printed «Tidak» comes before «Ya».
"""

from p2kp_desktop.schema import Options

YES_NO = Options(ya="Ya", tidak="Tidak")
NO_YES = Options(tidak="Tidak", ya="Ya")
PRESENT = Options(ada="Ada", tidak="Tidak")

# Header
MBR = Options(mbr="MBR", non_mbr="Non MBR")
SEX = Options(laki_laki="Laki-laki", perempuan="Perempuan")

# A.1 and A.2
FACES_WATER = Options(tidak_ada_air="Tidak ada sungai/laut/rawa/danau", ya="Ya", tidak="Tidak")
ON_SETBACK = Options(tidak_ada_air="Tidak ada sungai/laut/rawa/danau", tidak="Tidak", ya="Ya")
ROOF = Options(tidak_bocor="Tidak bocor", bocor="Bocor")
WALL = Options(baik="Baik", rusak="Rusak")
FLOOR = Options(bukan_tanah="Bukan tanah", tanah="Tanah")

# A.3
WATER_SOURCE = Options(
    ledeng_meteran="Ledeng meteran/SR",
    ledeng_tanpa_meteran="Ledeng tanpa meteran",
    sumur_bor="Sumur bor/pompa",
    sumur_terlindung="Sumur terlindung",
    mata_air_terlindung="Mata air terlindung",
    air_hujan="Air hujan",
    air_kemasan="Air kemasan/isi ulang",
    sumur_tak_terlindung="Sumur tak terlindung",
    mata_air_tak_terlindung="Mata air tak terlindung",
    air_permukaan="Sungai/danau/kolam",
    tangki_air="Tangki/mobil/gerobak air",
)
PIT_DISTANCE = Options(minimal_10_m="≥ 10 m", kurang_10_m="< 10 m")
WATER_SUFFICIENCY = Options(
    sepanjang_tahun="Tercukupi sepanjang tahun",
    bulan_tertentu="Tercukupi hanya pada bulan tertentu",
    tidak_pernah="Tidak pernah tercukupi",
)

# A.4
DEFECATION = Options(
    jamban_sendiri="Jamban sendiri/jamban bersama (paling banyak 5 KK per jamban)",
    jamban_umum="Jamban umum (lebih dari 5 KK dan/atau membayar)",
    tidak_di_jamban="Tidak di jamban",
)
CLOSET = Options(leher_angsa="Leher angsa", bukan_leher_angsa="Bukan leher angsa (plengsengan/cemplung/cubluk)")
FAECES = Options(septictank="Septictank pribadi/komunal/IPAL", bukan_septictank="Bukan septictank pribadi/komunal/IPAL")

# A.5
WASTE_DISPOSAL = Options(
    tempat_pribadi="Tempat sampah pribadi",
    tempat_komunal="Tempat sampah komunal/TPS/TPS-3R",
    lubang_dibakar="Dalam lubang/dibakar",
    ruang_terbuka="Ruang terbuka/lahan kosong/jalan",
    badan_air="Sungai/saluran irigasi/danau/waduk/saluran drainase/selokan",
)
WASTE_COLLECTION = Options(minimal_2_kali="≥ 2x seminggu", kurang_2_kali="≤ 1x seminggu")

# A.6
LIVELIHOOD = Options(
    pertanian="Pertanian, perkebunan, kehutanan, peternakan",
    perikanan="Perikanan/nelayan",
    pertambangan="Pertambangan/galian",
    industri="Industri/pabrik",
    konstruksi="Konstruksi/bangunan",
    perdagangan_jasa="Perdagangan/jasa (guru, tenaga kesehatan, hotel, dll.)",
    pegawai_pemerintah="Pegawai pemerintah",
)
ELECTRICITY = Options(
    w450="≤ 450 Watt",
    w900="900 Watt",
    w1300="1300 Watt",
    w2200="≥ 2200 Watt",
    menumpang="Menumpang/tidak punya meteran sendiri",
)
HEALTH_FACILITY = Options(
    rumah_sakit="Rumah sakit",
    praktik_dokter="Praktik dokter/poliklinik",
    puskesmas="Puskesmas/Pustu",
    dukun="Dukun/pengobatan tradisional",
    bidan="Bidan/mantri",
    tidak_pernah="Tidak pernah",
)
FACILITY_PLACE = Options(
    dalam_kecamatan="Dalam kelurahan/kecamatan yang sama",
    luar_kecamatan="Luar kecamatan",
    kota_lain="Di kota lain",
)
SCHOOL_PLACE = Options(
    dalam_kecamatan="Dalam kelurahan/kecamatan yang sama",
    luar_kecamatan="Luar kecamatan",
    kota_lain="Di kota lain",
    tidak_sekolah="Tidak sekolah",
    tidak_ada_anggota="Tidak ada anggota rumah tangga usia wajib belajar",
)
TENURE = Options(milik_sendiri="Milik sendiri", sewa="Sewa/kontrak", menumpang="Numpang/milik pihak lain")
BUILDING_PERMIT = Options(imb="Memiliki IMB", tanpa_imb="Tidak/belum memiliki IMB")
LAND_LETTER = Options(
    surat_diakui="SHM/HGB/surat yang diakui pemerintah",
    surat_perjanjian="Milik pihak lain/surat perjanjian lainnya (termasuk surat adat)",
    tanpa_surat="Milik pihak lain tanpa surat perjanjian",
    tidak_tahu="Tidak ada/tidak tahu",
)

# Format B
FLOOD_HEIGHT = Options(
    tidak_pernah="Tidak pernah terjadi genangan",
    sampai_30_cm="Tinggi genangan ≤ 30 cm",
    lebih_30_cm="Tinggi genangan > 30 cm",
)
FLOOD_DURATION = Options(sampai_2_jam="≤ 2 jam", lebih_2_jam="> 2 jam")
FLOOD_FREQUENCY = Options(sampai_2_kali="≤ 2 kali per tahun", lebih_2_kali="> 2 kali per tahun")
FLOOD_SOURCE = Options(
    rob="Rob/pasang air laut", sungai="Sungai/danau/rawa", limpasan="Limpasan air hujan/buangan rumah tangga"
)
FIRES = Options(
    tidak_pernah="Tidak pernah terjadi kebakaran dalam 5 tahun",
    satu_kali="1 kali dalam 5 tahun",
    dua_kali="2 kali dalam 5 tahun",
    lebih_2_kali="Lebih dari 2 kali dalam 5 tahun",
)
FIRE_CAUSES = Options(
    tungku="Tungku/kompor masak",
    konsleting="Konsleting listrik",
    hutan="Kebakaran hutan/ilalang",
    bakar_sampah="Pembakaran sampah",
    lainnya="Lainnya",
)
FIRE_PROTECTION = Options(
    pos_pemadam="Pos/stasiun pemadam kebakaran",
    sumber_air="Hidran air/tangki air/sumber air lain yang terbuka",
    kendaraan_apar="Mobil/motor damkar/APAR",
    tidak_ada="Tidak ada",
)
HEALTH_FACILITIES = Options(
    rumah_sakit="Rumah sakit",
    praktik_dokter="Praktik dokter/poliklinik",
    puskesmas="Puskesmas/Pustu",
    dukun="Dukun/pengobatan tradisional",
    bidan="Bidan/mantri",
    tidak_ada="Tidak ada",
)
SCHOOLS = Options(
    tk="TK/PAUD",
    sd="SD/sederajat",
    smp="SMP/sederajat",
    sma="SMA/SMK/sederajat",
    perguruan_tinggi="Perguruan tinggi",
    tidak_ada="Tidak ada",
)
