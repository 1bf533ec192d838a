"""Lists that several forms of the community share: who takes part, aspects, funding, states of documents."""

from p2kp_desktop.schema import Options

# Stakeholder elements (dossier D and F, and the workshop from which this program starts)
ELEMENTS = Options(
    bappeda="Bappeda",
    dprd="DPRD",
    opd="OPD/dinas/SKPD lain",
    kecamatan_kelurahan="Kecamatan/kelurahan",
    bkm="BKM/LKM",
    ksm="KSM/KPP",
    tokoh="Tokoh masyarakat",
    perempuan="Kelompok perempuan",
    perguruan_tinggi="Perguruan tinggi",
    bank="Perbankan",
    swasta="Swasta/CSR",
    media="Media/pers",
    warga="Warga",
    p2kp="Tim P2KP/KOTAKU",
    pusat="Pemerintah pusat",
    lainnya="Lainnya",
)

# What the provincial government asked its offices to take on
ROLES = Options(
    kebijakan="Strategi kebijakan",
    sinergi="Sinergi pusat, provinsi, kabupaten/kota, masyarakat, swasta/CSR",
    sinkronisasi="Sinkronisasi program dan kegiatan antar-SKPD",
    pengendalian="Pengendalian dan monitoring",
    pendanaan="Pendanaan",
    pendampingan="Pendampingan dan keahlian",
    publikasi="Publikasi",
)

# Aspects of shared agreements (dossier E)
ASPECTS = Options(
    tata_ruang="Tata ruang dan sempadan",
    bangunan="Bangunan/rumah",
    jalan="Jalan dan gang",
    drainase="Drainase",
    air_minum="Air minum",
    air_limbah="Air limbah dan jamban",
    persampahan="Persampahan",
    kebakaran="Proteksi kebakaran",
    ruang_publik="RTH dan ruang publik",
    ternak="Ternak",
    sosial="Sosial dan ketertiban",
    ekonomi="Ekonomi",
    pelayanan="Pelayanan publik",
    pemeliharaan="Kelembagaan dan pemeliharaan",
)

# What the criteria measure. The codes are those of Permen PUPR 14/2018; what only Permen PUPR 02/2016 scores has codes
# and numbers of its own, for its 4c and 4e are not the 4c of 2018 (rules/criteria.py knows which is which).
CRITERIA = Options(
    c1a="1a Ketidakteraturan bangunan",
    c1b="1b Kepadatan bangunan",
    c1c="1c Persyaratan teknis bangunan",
    c2a="2a Cakupan jalan lingkungan",
    c2b="2b Kualitas permukaan jalan",
    c3a="3a Akses aman air minum",
    c3b="3b Kebutuhan air minum",
    c4a="4a Genangan",
    c4b="4b Ketersediaan drainase",
    c4c="4c Kualitas drainase",
    c5a="5a Sistem air limbah",
    c5b="5b Prasarana air limbah",
    c6a="6a Prasarana persampahan",
    c6b="6b Sistem persampahan",
    c7a="7a Prasarana kebakaran",
    c7b="7b Sarana kebakaran",
    c4_terhubung="2016-4c Drainase tidak terhubung",
    c4_terpelihara="2016-4d Drainase tidak terpelihara",
    c6_terpelihara="2016-6c Sarana persampahan tidak terpelihara",
)

UNITS = Options(unit="Unit", meter="Meter", m2="m²", ha="Ha", kk="KK", paket="Paket")

# The nine kinds of funding of the SIM
SOURCES = Options(
    apbn_pupr="APBN Kementerian PUPR",
    apbn_lain="APBN kementerian/lembaga lain",
    apbd_provinsi="APBD provinsi",
    apbd_kota="APBD kabupaten/kota atau BUMD",
    dak="DAK",
    hibah="Hibah",
    non_pemerintah="Non-pemerintah (CSR)",
    masyarakat="Masyarakat (swadaya)",
    lainnya="Lainnya",
)

DOCUMENTS = Options(proses="Proses awal", review="Ditinjau", final="Final", disahkan="Disahkan")
ACTIVE = Options(aktif="Aktif", tidak="Tidak aktif")


def criterion_number(code: str) -> str:
    """Return the number of a criterion by its option: 2b, or 2016-4c for what only that edition scores."""
    return CRITERIA.show(code).split()[0] if code in CRITERIA.codes else code.removeprefix("c")
