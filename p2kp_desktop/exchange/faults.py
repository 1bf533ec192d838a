"""The sentences for files that are no bundle, or no longer one; each kind has its own code."""

import errno
from collections.abc import Sequence
from pathlib import Path

from p2kp_desktop import held_files
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written

_ASK_AGAIN = "Minta pengirim mengirim paketnya lagi."
OF_ITS_READER = ("B25", "B26")  # it ended, or took too long


def unreadable(name: str, error: Exception) -> Trouble:
    """The file is not there, its disk was pulled, or another program holds it."""
    if isinstance(error, PermissionError):
        return held_files.held(Path(name))
    return Trouble(
        say("Berkas «{name}» tidak ada atau tidak dapat dibaca.", name=name),
        remedy=say("Periksa apakah flashdisk masih terpasang, lalu pilih berkasnya lagi."), code="B01",
    )


def no_file(name: str) -> Trouble:
    """A pipe, a device or a socket stands there, not a file."""
    return Trouble(
        say("«{name}» bukan berkas biasa.", name=name), remedy=say("Pilih berkas paket, yang berakhiran .xlsx."),
        code="B23",
    )


def empty(name: str) -> Trouble:
    """The file has no content."""
    return Trouble(
        say("Berkas «{name}» kosong (0 byte); penyalinannya mungkin terputus.", name=name),
        remedy=say(_ASK_AGAIN), code="B02",
    )


def truncated(name: str) -> Trouble:
    """The file breaks off."""
    return Trouble(
        say("Berkas «{name}» terpotong: bagian akhirnya tidak ikut tersalin.", name=name),
        remedy=say("Salin berkasnya sekali lagi sampai selesai, atau minta pengirim mengirimnya lagi."), code="B03",
    )


def no_workbook(name: str) -> Trouble:
    """The file is something else altogether: a picture, a text, a PDF."""
    return Trouble(
        say("Berkas «{name}» bukan berkas Excel.", name=name),
        remedy=say("Pilih paket P2KP, yaitu berkas yang namanya berakhiran .xlsx."), code="B04",
    )


def markup(name: str) -> Trouble:
    """The file is a page of a browser, or XML, that is called a workbook."""
    return Trouble(
        say("Berkas «{name}» sebenarnya halaman web (HTML atau XML), bukan tabel Excel.", name=name),
        remedy=say("Buka di Excel atau LibreOffice, jawab Ya bila ditanya, simpan sebagai .xlsx, lalu impor berkas "
                   "itu."), code="B24",
    )


def other_package(name: str, kind: str) -> Trouble:
    """The file is a package of another kind: Word, OpenDocument, a plain ZIP."""
    return Trouble(
        say("Berkas «{name}» adalah {kind}, bukan paket P2KP.", name=name, kind=kind),
        remedy=say("Pilih berkas .xlsx yang dibuat P2KP Desktop. Bila paket ada di dalam ZIP, keluarkan dahulu."),
        code="B05",
    )


def other_excel(name: str, kind: str) -> Trouble:
    """The file is an Excel workbook of another kind: .xls, .xlsb."""
    return Trouble(
        say("Berkas «{name}» berjenis {kind}; paket P2KP selalu berjenis .xlsx.", name=name, kind=kind),
        remedy=say("Minta paket aslinya dari pengirim, tanpa disimpan ulang ke jenis lain."), code="B06",
    )


def macros(name: str) -> Trouble:
    """The workbook carries a program."""
    return Trouble(
        say("Berkas «{name}» berisi makro (program tersembunyi) dan tidak dibuka.", name=name),
        remedy=say("Paket P2KP tidak pernah berisi makro. Jangan buka berkas ini; minta paket aslinya dari pengirim."),
        code="B07",
    )


def locked(name: str) -> Trouble:
    """The workbook is encrypted."""
    return Trouble(
        say("Berkas «{name}» terkunci dengan kata sandi.", name=name),
        remedy=say("Terima lagi berkas ini dengan kata sandi dari pengirim."), code="B08",
    )


def foreign(name: str) -> Trouble:
    """A workbook that is no bundle."""
    return Trouble(
        say("Berkas «{name}» adalah berkas Excel biasa, bukan paket dari P2KP Desktop.", name=name),
        remedy=say("Untuk isian templat atau buku kerja RT, gunakan Dari Excel, bukan Terima."), code="B09",
    )


def newer(name: str, program: str) -> Trouble:
    """A bundle in a format that this release does not know."""
    return Trouble(
        say("Paket «{name}» dibuat oleh program yang lebih baru ({program}).", name=name, program=program),
        remedy=say("Pasang {program} di laptop ini (berkas pembaruan .p2kpupdate mungkin ada di flashdisk yang sama, "
                   "di samping paketnya), lalu terima lagi.", program=program or "P2KP Desktop"), code="B10",
    )


def too_large(name: str, why: str) -> Trouble:
    """The file goes beyond a limit; `why` says which."""
    return Trouble(
        say("Berkas «{name}» melampaui batas yang aman untuk dibuka: {why}.", name=name, why=why),
        remedy=say("Minta paket aslinya dari pengirim; untuk data yang sangat banyak, minta dibagi per kelurahan."),
        code="B11",
    )


def unreadable_here(name: str) -> Trouble:
    """The file made the process end that read it: a library crashed on it, or memory was not enough."""
    return Trouble(
        say("Berkas «{name}» tidak dapat dibaca: pembacanya berhenti mendadak. Isinya rusak, atau meminta memori "
            "terlalu banyak.", name=name),
        remedy=say("Salin berkasnya sekali lagi, atau buka dan simpan ulang di Excel atau LibreOffice."), code="B25",
    )


def no_reader(error: OSError) -> Trouble:
    """The process that reads files from elsewhere cannot be started."""
    return Trouble(
        say("Pembaca berkas tidak dapat dijalankan di laptop ini: {why}.", why=error.strerror or str(error)),
        safe=say("Isi ruang kerja tidak tersentuh."),
        remedy=say("Tutup program lain, izinkan P2KP Desktop di antivirus, lalu coba lagi."), code="B27",
    )


def too_slow(name: str) -> Trouble:
    """Reading the file takes longer than any sound file does."""
    return Trouble(
        say("Berkas «{name}» terlalu lama dibaca, lalu pembacaannya dihentikan.", name=name),
        remedy=say("Periksa apakah tempat berkas itu masih terpasang; bila ya, bagi berkasnya per kelurahan."),
        code="B26",
    )


def too_many_rows(name: str, most: int) -> Trouble:
    """A table with more rows than can be planned at once."""
    return Trouble(
        say("Berkas «{name}» berisi lebih dari {most} baris dalam satu lembar.", name=name,
            most=written.number(most)),
        remedy=say("Bagi berkasnya per kelurahan, lalu impor satu per satu."), code="B11",
    )


def stray_cell(name: str, sheet: str, cell: str) -> Trouble:
    """A filled cell so far out that the sheet cannot be held in memory."""
    return Trouble(
        say("Di berkas «{name}», lembar «{sheet}», ada isian sangat jauh di luar tabel: sampai sel {cell}.",
            name=name, sheet=sheet, cell=cell),
        remedy=say("Hapus isian itu, atau minta paket aslinya dari pengirim."), code="B11",
    )


def entities(name: str) -> Trouble:
    """A part declares a document type or entities, which no office suite writes."""
    return Trouble(
        say("Berkas «{name}» berisi bagian yang tidak lazim (DOCTYPE/ENTITY) dan tidak dibuka.", name=name),
        remedy=say("Jangan buka berkas ini; minta paket aslinya dari pengirim."), code="B12",
    )


def no_bench(error: OSError) -> Trouble:
    """The folder for passing copies is full, or cannot be read or written."""
    if error.errno == errno.ENOSPC:
        what = say("Ruang untuk berkas sementara di laptop ini penuh.")
    else:
        what = say("Berkas sementara di laptop ini tidak dapat ditulis atau dibaca: {why}.", why=error.strerror)
    return Trouble(what, remedy=say("Kosongkan sebagian ruang disk, lalu coba lagi."), code="B22")


def damaged_manifest(name: str) -> Trouble:
    """The hidden sheet that the program needs was altered."""
    return Trouble(
        say("Bagian paket «{name}» yang dibaca program rusak atau pernah diubah.", name=name),
        remedy=say(_ASK_AGAIN), code="B13",
    )


def damaged(name: str) -> Trouble:
    """The file is whole in length but its content is not."""
    return Trouble(
        say("Isi berkas «{name}» rusak.", name=name),
        remedy=say("Salin berkasnya sekali lagi, atau minta pengirim mengirimnya lagi."), code="B14",
    )


def no_boundaries(name: str) -> Trouble:
    """The file is none of the kinds that hold boundaries."""
    return Trouble(
        say("Berkas «{name}» bukan berkas batas wilayah yang dikenal.", name=name),
        remedy=say("Pilih GeoJSON, Shapefile (.shp atau .zip), GeoPackage, KML, atau KMZ."), code="B31",
    )


def damaged_boundaries(name: str) -> Trouble:
    """A file of boundaries whose content is not whole."""
    return Trouble(
        say("Isi berkas batas «{name}» rusak atau terpotong.", name=name),
        remedy=say("Salin berkasnya sekali lagi, atau buka dan simpan ulang di QGIS."), code="B32",
    )


def no_polygons(name: str) -> Trouble:
    """A file of boundaries with points and lines only."""
    return Trouble(
        say("Berkas «{name}» tidak berisi satu pun bidang (poligon); titik dan garis bukan batas.", name=name),
        remedy=say("Pilih berkas dengan batas wilayah sebagai poligon."), code="B33",
    )


def part_lacks(name: str, part: str) -> Trouble:
    """A Shapefile without one of the files that it is made of."""
    return Trouble(
        say("Shapefile «{name}» tidak lengkap: berkas {part} tidak ada di sampingnya.", name=name, part=part),
        remedy=say("Salin semua berkas yang namanya sama (.shp, .dbf, .shx, .prj), lalu pilih yang .shp."), code="B34",
    )


def no_system(name: str) -> Trouble:
    """The numbers are no degrees, and the file does not say what they are."""
    return Trouble(
        say("Angka di berkas «{name}» bukan derajat, dan berkasnya tidak menyebut sistem koordinatnya.", name=name),
        remedy=say("Sebutkan zona UTM-nya: untuk Sumatera Selatan biasanya 48S, di bagian barat 47S."), code="B35",
    )


NO_SYSTEM = "B35"  # who asks may answer it


def elsewhere(name: str, system: str) -> Trouble:
    """Nothing of it lies near South Sumatra: another zone, or latitude and longitude changed about."""
    return Trouble(
        say("Tidak satu pun batas di berkas «{name}» terletak di sekitar Sumatera Selatan bila dibaca sebagai "
            "{system}.", name=name, system=system),
        remedy=say("Periksa sistem koordinat dan zonanya, atau simpan ulang di QGIS dalam derajat (EPSG:4326)."),
        code="B36",
    )


def unknown_system(name: str, system: str) -> Trouble:
    """A coordinate system that the program cannot make degrees of."""
    return Trouble(
        say("Berkas «{name}» memakai sistem koordinat «{system}», yang belum dikenal program ini.", name=name,
            system=system),
        remedy=say("Simpan ulang di QGIS dalam derajat (EPSG:4326) atau UTM WGS 84."), code="B37",
    )


def several(name: str, names: Sequence[str]) -> Trouble:
    """A ZIP with more than one file of boundaries."""
    return Trouble(
        say("«{name}» berisi lebih dari satu berkas batas: {names}.", name=name, names=", ".join(names[:5])),
        remedy=say("Keluarkan dari ZIP, lalu pilih satu per satu."), code="B38",
    )


def take_out(name: str) -> Trouble:
    """A GeoPackage inside a ZIP."""
    return Trouble(
        say("«{name}» berisi GeoPackage di dalam ZIP.", name=name),
        remedy=say("Keluarkan berkas .gpkg dari ZIP, lalu pilih berkas itu."), code="B39",
    )
