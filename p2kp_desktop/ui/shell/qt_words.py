"""Qt's own words in Indonesian: Qt ships no Indonesian catalogue. In English Qt speaks for itself."""

from PySide6.QtCore import QTranslator
from typing_extensions import override

_WORDS = {
    "OK": "OK", "Cancel": "Batal", "Close": "Tutup", "Apply": "Terapkan", "Reset": "Kembalikan", "Help": "Petunjuk",
    "Save": "Simpan", "Save All": "Simpan Semua", "Open": "Buka", "Discard": "Buang", "Don't Save": "Jangan Simpan",
    "Yes": "Ya", "Yes to All": "Ya untuk Semua", "No": "Tidak", "No to All": "Tidak untuk Semua",
    "Abort": "Hentikan", "Retry": "Coba Lagi", "Ignore": "Abaikan", "Restore Defaults": "Kembalikan ke Awal",
    "Close without Saving": "Tutup tanpa Menyimpan", "Show Details...": "Tampilkan Rincian…",
    "Hide Details...": "Sembunyikan Rincian…",
    "Undo": "Urungkan", "Redo": "Ulangi", "Cut": "Potong", "Copy": "Salin", "Paste": "Tempel", "Delete": "Hapus",
    "Select All": "Pilih Semua", "Clear": "Kosongkan", "Copy Link Location": "Salin Alamat Tautan",
    "Look in:": "Cari di:", "Directory:": "Folder:", "Directories": "Folder",
    "File name:": "Nama berkas:", "Files of type:": "Jenis berkas:",
    "File Name": "Nama berkas", "Choose": "Pilih", "New Folder": "Folder Baru", "Create New Folder": "Buat Folder Baru",
    "Rename": "Ganti Nama", "Show hidden files": "Tampilkan berkas tersembunyi", "Back": "Kembali", "Forward": "Maju",
    "Parent Directory": "Folder di Atas", "List View": "Tampilan Daftar", "Detail View": "Tampilan Rinci",
    "Go back": "Kembali", "Go forward": "Maju", "Go to the parent directory": "Ke folder di atas",
    "Create a New Folder": "Buat folder baru", "Change to list view mode": "Tampilkan sebagai daftar",
    "Change to detail view mode": "Tampilkan rincian", "Sidebar": "Panel samping",
    "List of places and bookmarks": "Daftar tempat dan penanda", "Files": "Berkas", "Find Directory": "Cari Folder",
    "Recent Places": "Tempat Terakhir", "Remove": "Hapus dari daftar", "Name": "Nama", "Size": "Ukuran",
    "Kind": "Jenis", "Type": "Jenis", "Date Modified": "Tanggal Diubah", "Computer": "Komputer",
    "My Computer": "Komputer", "Folder": "Folder", "File Folder": "Folder", "All Files (*)": "Semua Berkas (*)",
    "Save As": "Simpan Sebagai", "Drive": "Disk",
    "%1 already exists.\nDo you want to replace it?": "%1 sudah ada.\nGanti berkas itu?",
    "%1\nFile not found.\nPlease verify the correct file name was given.":
        "%1\nBerkas tidak ditemukan.\nPeriksa lagi nama berkasnya.",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.":
        "%1\nFolder tidak ditemukan.\nPeriksa lagi nama foldernya.",
    "Are you sure you want to delete '%1'?": "Hapus '%1'?",
}


class QtWords(QTranslator):
    """Answers Qt in Indonesian where a word is known, whatever the accelerator mark in it.

    None leaves Qt's own word in place; an empty text would blank it.
    """

    def translate(  # type: ignore[override]  # None is what Qt takes for «no translation»
        self, context: str, source_text: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return Qt's word in Indonesian, or None."""
        del context, disambiguation, n
        return _WORDS.get(source_text.replace("&", ""))

    @override
    def isEmpty(self) -> bool:
        return False
