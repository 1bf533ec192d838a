"""The checksums of what is given out, as a file and on paper: what is on paper nobody changes on the way.

A laptop without a network gets its program from a stick. Whoever passes it on compares the page with what the system
computes; so each sum stands in groups of four, which one person reads aloud to another.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.printing import making
from p2kp_desktop.printing.documents import passages
from p2kp_desktop.printing.pages.document import Asked, Document

FILE, PAPER = "SHA256.txt", "SHA256.pdf"
_GROUP = 4


def write(folder: Path, sums: Mapping[str, str]) -> None:
    """Write the sums of files, by their names, as sha256sum reads them and as a page."""
    lines = "".join(f"{sum_}  {name}\n" for name, sum_ in sums.items())
    (folder / FILE).write_text(lines, encoding="utf-8", newline="\n")
    (folder / PAPER).write_bytes(page(sums))


def of(path: Path) -> str:
    """The sum of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def grouped(sum_: str) -> str:
    """A sum as it is read aloud."""
    return " ".join(sum_[at:at + _GROUP] for at in range(0, len(sum_), _GROUP))


def page(sums: Mapping[str, str]) -> bytes:
    """One page for whoever installs: which file must have which sum, and how the system tells it."""
    groups = [(name, [[passages.cell(grouped(sum_))]]) for name, sum_ in sums.items()]
    blocks = [
        passages.title(f"SIDIK BERKAS {environment.PROGRAM.upper()}", "SHA-256"),
        passages.paragraph(
            "Bandingkan sidik di bawah dengan yang dihitung laptop Anda dari berkas di flashdisk, sebelum memasang. "
            "Bila satu huruf saja berbeda, berkas itu bukan yang kami buat atau rusak di jalan: jangan dipasang, minta "
            "lagi. Huruf besar dan kecil sama saja, dan spasi hanya untuk memudahkan membaca."),
        passages.table(["Berkas dan sidiknya"], [1], groups),
        passages.heading("Cara menghitungnya"),
        passages.facts([
            ("Windows", "Command Prompt: certutil -hashfile NAMA-BERKAS SHA256"),
            ("Linux", "Terminal: sha256sum NAMA-BERKAS"),
        ]),
        passages.paragraph("Halaman ini sebaiknya sampai kepada Anda lewat jalan lain daripada berkasnya: dicetak dan "
                           "ditandatangani, atau dibacakan lewat telepon oleh kantor yang membagikan.", small=True),
    ]
    data: dict[str, object] = {"size": 10, "blocks": blocks, "codes": [], "short": ""}
    return making.set_out(None, "sums", Asked(), Document("Sidik berkas", "letter", data)).pdf
