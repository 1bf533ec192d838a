"""What is told once of a file that is a copy or comes from another laptop, and of one with damaged pages."""

from pathlib import Path

from p2kp_desktop.language import say
from p2kp_desktop.store.node import COPIED, KEYLESS, MOVED, Origin

TOLD = (COPIED, MOVED, KEYLESS)  # a restored backup was told of when it was restored


def origin_words(origin: Origin) -> tuple[str, str]:
    """Return title and text for a file that gets a number of its own with its next save."""
    if origin.kind == MOVED:
        return (
            say("Ruang kerja ini berasal dari laptop lain."),
            say("Mulai sekarang pekerjaan di sini dihitung sendiri. Jika di laptop lama juga masih ada yang bekerja, "
                "gabungkan lewat Kirim & Terima; tidak ada yang tertimpa. Kunci tanda tangannya tetap di laptop lama: "
                "di sini dibuat kunci baru, jadi minta kantor mengenal laptop ini."),
        )
    if origin.kind == KEYLESS:
        return (
            say("Kunci tanda tangan ruang kerja ini tidak ada di laptop ini."),
            say("Datanya utuh. Kunci baru dipakai: kiriman disebut «belum dikenal» sampai kantor mengenalnya."),
        )
    original = Path(origin.file).name
    return (
        say("Ruang kerja ini salinan dari {file}.", file=original),
        say("Mulai sekarang pekerjaan di sini dihitung sendiri, terpisah dari aslinya. Jika keduanya dipakai, "
            "gabungkan lewat Kirim & Terima; tidak ada yang tertimpa."),
    )


def only_looks_words() -> tuple[str, str]:
    """Return title and text for a file that lies where nothing can be written."""
    return (
        say("Ruang kerja ini hanya dapat dilihat."),
        say("Tempatnya tidak dapat ditulis, misalnya flashdisk yang dikunci. Salin berkasnya ke laptop ini, lalu buka "
            "salinannya untuk bekerja."),
    )


def damage_words() -> tuple[str, str, str]:
    """Return title, text and button for a file in which some pages cannot be read any more."""
    return (
        say("Sebagian berkas ruang kerja ini rusak."),
        say("Cadangan yang ada tidak disentuh. Simpan pekerjaan ini, lalu pulihkan cadangan terakhir."),
        say("Lihat cadangan"),
    )
