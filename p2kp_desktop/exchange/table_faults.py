"""The sentences for files from which a table should come and does not; the codes are those of faults.py."""

from collections.abc import Mapping

from p2kp_desktop.language import Trouble, say

# By code: what happened, «» where that is told well already, and what to do.
_FAULT_TEXTS: Mapping[str, tuple[str, str]] = {
    "B02": ("", "Pilih berkas yang berisi tabelnya."),
    "B03": ("", "Salin berkasnya sekali lagi sampai selesai, lalu impor lagi."),
    "B04": ("Berkas «{name}» bukan tabel Excel.", "Pilih berkas .xlsx, .xls, .ods, atau .csv. Bila Excel "
            "dapat membukanya, simpan di sana sebagai .xlsx, lalu impor berkas itu."),
    "B05": ("Berkas «{name}» bukan tabel Excel atau LibreOffice Calc.",
            "Salin tabelnya ke Excel atau LibreOffice Calc, "
            "simpan sebagai .xlsx atau .ods, lalu impor berkas itu."),
    "B06": ("Berkas «{name}» berjenis Excel yang tidak dapat dibaca.", "Buka di Excel, simpan sebagai .xlsx, lalu "
            "impor lagi."),
    "B07": ("", "Buka di Excel atau LibreOffice, simpan sebagai .xlsx tanpa makro, lalu impor lagi."),
    "B08": ("", "Buka di Excel atau LibreOffice dengan kata sandinya, simpan tanpa kata sandi, lalu impor lagi."),
    "B11": ("", "Hapus baris dan kolom yang tidak dipakai, atau bagi berkasnya per kelurahan, lalu impor lagi."),
    "B12": ("", "Buka di Excel atau LibreOffice, simpan sebagai .xlsx yang baru, lalu impor lagi."),
    "B14": ("", "Salin berkasnya sekali lagi, atau buka dan simpan ulang di Excel, lalu impor lagi."),
}


def of_a_table(trouble: Trouble, name: str) -> Trouble:
    """Return the trouble with a file, told to somebody who brings a table and not a bundle."""
    what, remedy = _FAULT_TEXTS.get(trouble.code, ("", ""))
    if not remedy:
        return trouble
    return Trouble(say(what, name=name) if what else trouble.what, remedy=say(remedy), code=trouble.code)
