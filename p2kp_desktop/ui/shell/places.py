"""The places of the window: key, icon, name, what F1 says there, and how each is made when first gone to."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from p2kp_desktop.language import say, say_many
from p2kp_desktop.ui.kit import rail

if TYPE_CHECKING:
    from p2kp_desktop.ui.desk import Desk
    from p2kp_desktop.ui.place import Place

HOME, COLLECTING, TRANSFER, SETTINGS, FORM = "home", "collecting", "transfer", "settings", "form"
BACKUPS, UPKEEP, QUALITY = "backups", "upkeep", "quality"
IMPORTING, TABLES, EXPLAINING, EDITIONS = "importing", "tables", "explaining", "editions"
BOWL = "bowl"
AGREEMENTS = "agreements"
COLLABORATION = "collaboration"
MEETINGS = "meetings"
REPORTING = "reporting"
PRINTING = "printing"
WAYS = "ways"
PHOTOS = "photos"


@dataclass(frozen=True)
class Spot:
    """A place as the window lists it: `within` is the place of the rail it belongs to, `keys` lead there, if any do.

    A place keeps its keys for good, wherever in the rail it stands: fingers know them.
    """

    key: str
    module: str
    kind: str
    icon: str
    name: Callable[[], str]
    help: Callable[[], str]
    keys: str = ""
    within: str = ""
    at_foot: bool = False

    def make(self, desk: "Desk") -> "Place":
        """Make the place; its module is imported now, unless there was a quiet moment for it before."""
        kind: Callable[[Desk], Place] = getattr(self.load(), self.kind)
        return kind(desk)

    def load(self) -> ModuleType:
        """Import the module of the place."""
        return import_module(f"p2kp_desktop.ui.{self.module}")


SPOTS = (
    Spot(
        HOME, "home.place", "HomePlace", "house", lambda: say("Beranda"),
        lambda: say(
            "Beranda menunjukkan keadaan wilayah yang dipilih di atas: pekerjaan yang menunggu, capaian 100-0-100, "
            "dan kelengkapan setiap RT. Setiap kartu dan setiap RT adalah tombol."
        ),
        keys="Ctrl+1",
    ),
    Spot(
        COLLECTING, "collecting.place", "CollectingPlace", "clipboard-list", lambda: say("Pendataan"),
        lambda: say(
            "Di sini ada daftar RT dan rumahnya. Pilih RT, lalu rumah; atau mulai rumah baru dari tumpukan kertas. "
            "Survei kawasan dan rekap RT juga diisi di sini."
        ),
        keys="Ctrl+2",
    ),
    Spot(
        BOWL, "bowl.place", "BowlPlace", "bowl", lambda: say("Mangkuk Masyarakat"),
        lambda: say(
            "Kesiapan kelurahan: sepuluh bagian, masing-masing dengan buktinya. Enter membuka catatannya, N menambah, "
            "Del membuang dengan alasan, S semua catatan, A aturan kesiapan. Di kabupaten/kota: peringkat kelurahan."
        ),
        keys="Ctrl+3",
    ),
    Spot(
        AGREEMENTS, "agreements.place", "AgreementsPlace", "scroll-text", lambda: say("Aturan Bersama"),
        lambda: say(
            "Aturan bersama dari draf sampai berlaku. Enter membuka, N menambah pasal, C memilih contoh pasal, "
            "S status, V versi baru, B membandingkan versi. T tanda tangan, R rembug, P pemantauan, L pelanggaran, "
            "I insentif, A lampiran. Ctrl+PgDn ke kartu di samping; di kabupaten/kota ke indikator per kelurahan."
        ),
        keys="Ctrl+4",
    ),
    Spot(
        COLLABORATION, "collaboration.place", "CollaborationPlace", "handshake", lambda: say("Kolaborasi"),
        lambda: say(
            "Kebutuhan, dana, kegiatan, komitmen, pihak, sasaran, buku SK, dan kebijakan. N menambah isi tab ini, "
            "Enter membuka, L ke daftar di bawahnya. A kebutuhan dari nilai, atau contoh sasaran; K komitmen, atau "
            "SK berikutnya; G kegiatan, P kemajuan, R realisasi, T tonggak. Ctrl+PgDn ke tab lain."
        ),
        keys="Ctrl+5",
    ),
    Spot(
        MEETINGS, "meetings.place", "MeetingsPlace", "users", lambda: say("Pertemuan"),
        lambda: say(
            "Pertemuan dengan paparan, keputusan, dan kehadiran menurut unsur. N pertemuan baru, Enter membuka; di "
            "dalam pertemuan P paparan, K keputusan, H kehadiran, D daftar hadir, T tautkan, S tandai keputusan "
            "selesai. Del membuang dengan alasan, atau melepas tautan."
        ),
        keys="Ctrl+6",
    ),
    Spot(
        TRANSFER, "transfer.place", "TransferPlace", "arrow-left-right", lambda: say("Kirim & Terima"),
        lambda: say(
            "Kirim membuat satu berkas Excel untuk kantor berikutnya. Terima membaca berkas dari orang lain dan "
            "menggabungkannya; yang tidak cocok ditunjukkan sebagai konflik untuk Anda pilih."
        ),
        keys="Ctrl+7",
    ),
    Spot(
        PRINTING, "printing.place", "PrintingPlace", "printer", lambda: say("Cetak"),
        lambda: say(
            "Ctrl+P dari mana pun membawa yang sedang Anda lihat ke sini. Ketik untuk mencari cetakan lain, panah "
            "untuk memilih; Enter mencetak, Ctrl+E menyimpan PDF, PgDn lembar berikutnya, Alt+Z memperbesar, Esc "
            "kembali."
        ),
        keys="Ctrl+P",
    ),
    Spot(
        QUALITY, "quality.place", "QualityPlace", "copy-check", lambda: say("Mutu Data"),
        lambda: say(
            "Masalah per aturan, rumah yang mungkin didata dua kali, yang tidak lazim, kinerja petugas, dan ketik "
            "ulang. Ctrl+PgDn ke tab berikutnya. Tidak ada yang berubah sendiri: Anda yang memutuskan."
        ),
        keys="Ctrl+8",
    ),
    Spot(
        REPORTING, "reporting.place", "ReportingPlace", "chart-column", lambda: say_many("Laporan"),
        lambda: say(
            "Dasbor kantor ini, dan semua laporan untuk wilayah, RT, dan periode di atas. Angka 1 sampai 0 menjawab "
            "pertanyaan yang tertulis di sampingnya; ketik untuk mencari laporan, Enter membuka, F menandai, Ctrl+C "
            "menyalin, Ctrl+E menyimpan, Esc kembali. Di Peta panah berpindah tempat, Enter masuk, I memilih "
            "indikator, U satuannya, B batas wilayah."
        ),
        keys="Ctrl+9",
    ),
    Spot(
        WAYS, "ways.place", "WaysPlace", "calculator", lambda: say("Jalan termurah"),
        lambda: say(
            "Pekerjaan termurah agar RT keluar dari kumuh, dengan buktinya; dengan anggaran: hektare terbanyak. U "
            "mengubah yang ditanyakan, Enter menghitung, A menjadikannya kebutuhan. Ctrl+PgDn ke harga satuan."
        ),
        keys="Ctrl+M", within=COLLABORATION,
    ),
    Spot(
        PHOTOS, "photos.place", "PhotosPlace", "inbox", lambda: say_many("Foto"),
        lambda: say(
            "Foto formulir, tanda tangan, daftar hadir, dan rumah menemukan catatannya dari kode di lembar. Ctrl+O "
            "memilih foto, Ctrl+Shift+O satu folder atau kartu telepon; boleh juga diseret ke sini. Enter menunjuk "
            "catatan, Spasi meninggalkan satu foto, Ctrl+Enter melampirkan semuanya. Foto aslinya tidak diubah."
        ),
        keys="Ctrl+Shift+F", within=TRANSFER,
    ),
    Spot(
        FORM, "guide.place", "GuidedFormPlace", "clipboard-list", lambda: say("Formulir"),
        lambda: say("Huruf di kertas memilih jawaban dan maju. F1 di sebuah pertanyaan menunjukkan petunjuknya."),
        within=COLLECTING,
    ),
    Spot(
        IMPORTING, "importing.place", "ImportPlace", "file-spreadsheet", lambda: say("Dari Excel"),
        lambda: say(
            "Pilih berkas Excel atau tempel blok sel. Lihat dulu baris mana yang baru, diperbarui, sama, atau ditolak; "
            "cocokkan kolom dengan pertanyaannya; baru setelah itu masukkan. Impor dapat dibatalkan sekaligus."
        ),
        keys="Ctrl+I", within=COLLECTING,
    ),
    Spot(
        TABLES, "tables.place", "TablesPlace", "table-2", lambda: say("Semua data"),
        lambda: say(
            "Setiap formulir sebagai tabel. Ketik untuk mencari; N membuat baru, S menyaring menurut jawaban apa pun, "
            "U mengurutkan, K memilih kolom, Spasi memilih baris, Ctrl+C menyalin ke Excel, G mengubah banyak catatan "
            "sekaligus."
        ),
        keys="Ctrl+Shift+D", within=COLLECTING,
    ),
    Spot(
        EXPLAINING, "explaining.place", "ExplainingPlace", "calculator", lambda: say("Penjelasan nilai"),
        lambda: say(
            "Mengapa sebuah nilai begitu: dari total ke aspek dan kriteria, ke RT atau jawaban yang membuatnya, sampai "
            "catatannya. J atau Ctrl+J pada nilai mana pun membukanya; Enter masuk lebih dalam, Esc kembali, Backspace "
            "ke wilayah di atasnya."
        ),
        within=COLLECTING,
    ),
    Spot(
        EDITIONS, "editions.place", "EditionsPlace", "lock", lambda: say("Edisi resmi"),
        lambda: say(
            "Hasil resmi satu wilayah dan periode, dibekukan dengan tanggal, nama, aturan, dan dasarnya. B membekukan "
            "hasil sekarang; Enter dari edisi ke bedanya, ke catatan sebabnya, lalu ke isinya. Yang dibekukan tidak "
            "diubah lagi: bila hasilnya berubah, bekukan edisi baru."
        ),
        within=COLLECTING,
    ),
    Spot(
        SETTINGS, "shell.settings_place", "SettingsPlace", "settings", lambda: say("Pengaturan"),
        lambda: say("Bahasa, warna layar, petunjuk tombol, dan ruang kerja mana yang terbuka."),
        keys="Ctrl+,", at_foot=True,
    ),
    Spot(
        BACKUPS, "safety.place", "BackupsPlace", "shield-check", lambda: say("Cadangan dan pemulihan"),
        lambda: say(
            "Cadangan dibuat sendiri. Pilih satu dengan panah, tekan Enter, lalu pilih Ya, pulihkan untuk kembali ke "
            "keadaan itu; keadaan sekarang disimpan dulu."
        ),
        keys="Ctrl+Shift+B", within=SETTINGS,
    ),
    Spot(
        UPKEEP, "upkeep.place", "UpkeepPlace", "users", lambda: say("Perawatan data"),
        lambda: say(
            "RT yang berganti nomor, bergabung, atau dipecah; data pribadi yang dihapus atas permintaan; laptop yang "
            "diserahkan; ruang kerja yang diistirahatkan. Semuanya meminta alasan dan bertanya sekali lagi. Di bawah: "
            "program diperbarui dari berkas .p2kpupdate di flashdisk, atau kembali ke versi sebelumnya."
        ),
        keys="Ctrl+Shift+P", within=SETTINGS,
    ),
)
BY_KEY = {spot.key: spot for spot in SPOTS}
IN_RAIL = tuple(spot for spot in SPOTS if not spot.within)
AMONG_ACTS = (TABLES, IMPORTING, BACKUPS, UPKEEP)  # the menu names them with what is done there
BELOW_RAIL = tuple(spot for spot in SPOTS if spot.within and spot.keys and spot.key not in AMONG_ACTS)
KEEPING = (COLLECTING, BOWL, AGREEMENTS, COLLABORATION, MEETINGS, TRANSFER, QUALITY, WAYS)  # whence a form is opened


def in_rail(key: str) -> str:
    """Return the place of the rail that a place belongs to, itself where it stands there."""
    return BY_KEY[key].within or key


def rail_places() -> tuple[rail.Place, ...]:
    """Return the places as the rail shows them."""
    return tuple(rail.Place(spot.key, spot.icon, spot.name(), at_foot=spot.at_foot) for spot in IN_RAIL)
