"""The sheet for whoever installs: from the stick to the first house; on its back where data lie and how to leave."""

from collections.abc import Iterable, Iterator

from p2kp_desktop import __version__, environment
from p2kp_desktop.language import say
from p2kp_desktop.printing.pages.document import Asked, Document, runs
from p2kp_desktop.printing.pages.registry import Needs, unbound
from p2kp_desktop.store import Workspace

Part = dict[str, object]

SETUP = f"P2KP-Desktop-{__version__}-Windows.exe"
SHEET = "Lembar pemasangan.pdf"  # as it lies beside the setup
_FIRST_START, _QUESTION = "mulai.png", "pertanyaan.png"
_PICTURES = {"help": (_FIRST_START, _QUESTION), "icons": ("bowl.svg",)}  # by folder of resources


@unbound("install", lambda: say("Lembar pemasangan (untuk yang memasang)"), Needs.NOTHING)
def install(_workspace: Workspace | None, _asked: Asked) -> Document:
    """Return the sheet for whoever installs, of two sides."""
    place = environment.resources()
    return Document(
        say("Memasang P2KP Desktop"), "install",
        {
            "purpose": say("Dari flashdisk sampai rumah pertama. Tidak perlu internet, akun, atau kata sandi "
                           "administrator. Perlu Windows 10 (versi 1809 ke atas) atau 11, 64-bit, dan sisa disk 1 GB."),
            "steps": [*_setting_up(), *_beginning()], "parts": [_asked_by_windows(), *_afterwards()],
            "contact": [say("Bila macet, hubungi:"), say("Telepon/WA:")],
        },
        files={name: (place / folder / name).read_bytes() for folder, names in _PICTURES.items() for name in names},
        foot=(f"P2KP Desktop {__version__}",),
    )


def _setting_up() -> Iterator[Part]:
    """Yield the steps until the program opens."""
    yield _step(
        say("Buka pemasangnya"), _window(
            say("FLASHDISK (E:)"), [_line("file", SETUP, chosen=True), _line("file", SHEET)],
        ),
        say("Colokkan flashdisk, buka isinya, lalu **klik dua kali** berkas yang namanya seperti di gambar."),
        say("Datang lewat WhatsApp atau di dalam ZIP? Keluarkan dulu ke folder Unduhan."),
    )
    yield _step(
        say("Bila Windows menahannya"), _window(
            say("Windows melindungi PC Anda"), [
                _line("plain", say("Microsoft Defender SmartScreen mencegah aplikasi yang tidak dikenal dimulai.")),
                _line("link", say("Info lebih lanjut"), order=1),
            ], [_button(say("Tetap jalankan"), chosen=True, order=2), _button(say("Jangan jalankan"))],
        ),
        say("Klik **Info lebih lanjut**, lalu **Tetap jalankan** (Inggris: More info, Run anyway)."),
        say("Tidak muncul? Langsung ke langkah 3."),
    )
    yield _step(
        say("Pasang"), {"kind": "two", "windows": [
            _window(say("Instalasi P2KP Desktop"), [
                _line("strong", say("Selamat datang di program instalasi P2KP Desktop")),
            ], [_button(say("Instal"), chosen=True, order=1), _button(say("Batalkan"))]),
            _window(say("Instalasi P2KP Desktop"), [
                _line("plain", say("P2KP Desktop sudah diinstal di komputer Anda.")),
                _line("tick", say("Buka P2KP Desktop sekarang")),
            ], [_button(say("&Selesai").replace("&", ""), chosen=True, order=2)]),  # the setup's own word, with its key
        ]},
        say("Tekan **Instal** (Install), tunggu sampai penuh, tekan **Selesai** (Finish). Program terbuka sendiri."),
        say("Diminta kata sandi administrator? **Batalkan**: pemasang ini tidak pernah memintanya."),
    )


def _beginning() -> Iterator[Part]:
    """Yield the steps from the first start on."""
    yield _step(
        say("Jawab tiga pertanyaan"), _picture(_FIRST_START, say("Halaman pertama program")),
        say("Ketik nama Anda, **Enter**. Pilih tugas dengan 1, 2, atau 3, **Enter**. Ketik nama kelurahan, **Enter** "
            "untuk memilihnya, lalu **Enter** sekali lagi."),
        say("Lalu buat **sandi** ruang kerja (bukan sandi Windows) dan simpan **lembar pemulihan** di luar laptop. "
            "Boleh juga **Tanpa sandi**."),
        say("Ingin mencoba dulu? Pilih **Coba di desa latihan**."),
    )
    yield _step(
        say("Isi rumah pertama"), _picture(_QUESTION, say("Satu pertanyaan rumah tangga")),
        say("Ketik **huruf** jawabannya, persis seperti di formulir kertas; isian angka diketik lalu **Enter**. "
            "**Ctrl + Enter** menyimpan dan membuka rumah berikutnya."),
        say("Yang sedang diketik langsung tersimpan sebagai draf: laptop boleh ditutup atau mati kapan saja."),
    )
    yield _step(
        say("Besok: buka lagi"), _window(
            say("Menu Start"), [_line("icon", "P2KP Desktop", chosen=True),
                                _line("plain", say("Ketik P2KP; ikonnya mangkuk. Ada juga di layar depan (Desktop)."))],
        ),
        say("Buka **P2KP Desktop** dari menu Start, atau klik dua kali ruang kerja (**.p2kp**) atau paket "
            "(**.segel**)."),
        say("Sore hari: **Kirim & Terima** menaruh paket Excel di flashdisk untuk kantor."),
    )


def _asked_by_windows() -> Part:
    return _table(say("Yang mungkin ditanyakan Windows, dan jawabannya"), (4, 9), [
        (say("Windows melindungi PC Anda"), say("**Info lebih lanjut**, lalu **Tetap jalankan**. Muncul sekali, sebab "
            "pemasang ini belum bertanda tangan penerbit. Ragu akan asalnya? Tanyakan dulu kepada pendamping teknis.")),
        (say("Perubahan diblokir: akses folder terkontrol (Controlled folder access)"), say("Windows tidak mengizinkan "
            "program menulis ke Dokumen. Di halaman pertama klik **Ganti folder** dan pilih folder baru di luar "
            "Dokumen. Atau minta pengelola laptop mengizinkan pythonw.exe dari folder program.")),
        (say("Antivirus menahan berkas"), say("Pilih **Izinkan** atau pulihkan dari karantina. Antivirus tidak perlu "
            "dimatikan.")),
        (say("Windows 32-bit, atau terlalu lama"), say("Laptop ini tidak dapat dipakai; tidak ada yang diubah di "
            "dalamnya. Pakai laptop lain.")),
        (say("P2KP Desktop masih terbuka"), say("Tutup jendelanya, lalu tekan **Coba Lagi** (Retry). Itu saat memasang "
            "versi baru di atas yang lama; data tidak disentuh.")),
        (say("Dokumen ada di OneDrive"), say("Program sendiri menawarkan folder P2KP di luar OneDrive. Terima saja.")),
    ])


def _afterwards() -> Iterator[Part]:
    """Yield what is asked once the program is there: where data lie, another laptop, a new version, leaving."""
    yield _table(say("Di mana data berada"), (4, 9), [
        (say("Ruang kerja"), say("Berkas **.p2kp** di **Dokumen\\P2KP**, atau di folder yang Anda pilih. Semua isian "
            "ada di dalamnya.")),
        (say("Cadangan, foto, paket masuk"), say("Folder «Cadangan …», «Lampiran …», dan «Berkas masuk …» di samping "
            "ruang kerja.")),
        (say("Sandi"), say("Diminta setiap kali ruang kerja dibuka. Lupa? Kata di **lembar pemulihan** membukanya. "
            "Tanpa sandi dan tanpa lembar itu tidak ada yang dapat membukanya, juga bukan pembuat program.")),
        (say("Pengaturan"), "%LOCALAPPDATA%\\P2KP Desktop"),
        (say("Program"), say("%LOCALAPPDATA%\\Programs\\P2KP Desktop. Di sana tidak ada data Anda.")),
    ])
    yield _list(say("Pindah ke laptop baru"), [
        say("Di laptop lama: tutup P2KP Desktop, lalu salin **seluruh folder P2KP** itu ke flashdisk."),
        say("Di laptop baru: pasang program (langkah 1 sampai 3), lalu salin folder P2KP itu ke Dokumen."),
        say("Klik dua kali berkas .p2kp. Di Beranda, jumlah rumahnya harus **sama** dengan di laptop lama."),
        say("Sesudah itu isilah di laptop baru saja. Yang lama dihapus setelah satu paket diterima kantor."),
    ])
    yield _list(say("Memasang versi baru"), [
        say("Kirim paket dulu, lalu jalankan pemasang yang baru seperti langkah 1 sampai 3. Data tetap ada."),
        say("Sebelum mengubah ruang kerja lama, program membuat cadangan."),
    ], numbered=False)
    yield _list(say("Berhenti memakai"), [
        say("Kirim paket terakhir dan tunggu tanda terimanya. Lalu buka **Pengaturan** (Settings) Windows, "
            "**Aplikasi** (Apps), **P2KP Desktop**, **Hapus instalan** (Uninstall). Program hilang; **data tetap ada** "
            "di folder di atas."),
        say("Laptop akan diserahkan kepada orang lain? Hapus juga folder P2KP dan kosongkan Recycle Bin: di dalamnya "
            "ada nama dan NIK warga."),
    ], numbered=False)


def _step(head: str, picture: Part, *words: str) -> Part:
    return {"head": head, "words": [runs(each) for each in words], "picture": picture}


def _window(title: str, lines: list[Part], buttons: Iterable[Part] = ()) -> Part:
    return {"kind": "window", "title": title, "lines": lines, "buttons": list(buttons)}


def _picture(file: str, alt: str) -> Part:
    return {"kind": "image", "file": file, "alt": alt}


def _line(kind: str, text: str, *, chosen: bool = False, order: int = 0) -> Part:
    return {"kind": kind, "text": text, "chosen": chosen, "order": order}


def _button(text: str, *, chosen: bool = False, order: int = 0) -> Part:
    return {"text": text, "chosen": chosen, "order": order}


def _table(head: str, widths: tuple[int, ...], rows: Iterable[tuple[str, str]]) -> Part:
    return {"head": head, "kind": "table", "widths": list(widths),
            "rows": [[name, runs(text)] for name, text in rows]}


def _list(head: str, items: Iterable[str], *, numbered: bool = True) -> Part:
    return {"head": head, "kind": "steps" if numbered else "words", "items": [runs(each) for each in items]}
