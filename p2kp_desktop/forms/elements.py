"""Lists that several forms of the community share: who takes part, aspects, funding, states of documents."""

from p2kp_desktop.schema import Options

from . import criteria

# Stakeholder elements as the institutions of a kelurahan and the workshop from which this program starts name them
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

# Aspects of shared agreements as published ones have them
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

# What the criteria measure, as resources/criteria.toml states it. The codes are those of Permen PUPR 14/2018; what only
# Permen PUPR 02/2016 scores has codes and numbers of its own, for its 4c and 4e are not the 4c of 2018.
CRITERIA = criteria.options()

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
