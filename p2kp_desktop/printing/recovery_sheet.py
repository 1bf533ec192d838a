"""The recovery sheet: the twelve words that open a workspace when its password is forgotten, with a code to scan.

It is set on its own, for no workspace is open yet when it is made; nothing of it is kept, and no list notes it.
"""

from collections.abc import Sequence
from pathlib import Path

from p2kp_desktop import environment
from p2kp_desktop.language import say
from p2kp_desktop.schema import written

from . import making
from .documents import passages, wording
from .making import Made
from .pages.document import Asked, Document
from .pages.qr import qr_svg

_COLUMNS = 3


def recovery_sheet(file: Path, person: str, words: Sequence[str]) -> Made:
    """Set the sheet of a workspace; the code says its words as they are typed."""
    numbered = [f"{place}. {word}" for place, word in enumerate(words, 1)]
    places = range(0, len(numbered), _COLUMNS)
    rows = [[passages.cell(word, strong=True) for word in numbered[place : place + _COLUMNS]] for place in places]
    blocks = [
        passages.title(say("LEMBAR PEMULIHAN"), file.name, say("{person} · {day}", person=person,
                                                               day=written.day(environment.now()))),
        passages.paragraph(say(
            "Dua belas kata ini membuka ruang kerja di atas dan semua cadangannya bila kata sandi terlupa, pemiliknya "
            "pergi, atau berkas kuncinya hilang. Siapa pun yang memegang lembar ini dapat membaca semua datanya."
        )),
        passages.table([say("Kata")] * _COLUMNS, [1, 1, 1], [("", rows)], row_height=12),
        passages.heading(say("Cara menyimpan")),
        passages.numbered([
            say("Simpan di lemari terkunci di kantor, jangan di tas laptop dan jangan difoto."),
            say("Untuk membuka: pilih «Lupa kata sandi» di layar pembuka, lalu ketik kata-kata ini berurutan. Empat "
                "huruf pertama tiap kata sudah cukup."),
            say("Lewat telepon: bacakan nomor dan katanya satu per satu, hanya kepada orang yang Anda kenal."),
            say("Bila lembar ini hilang atau terbaca orang lain: minta kata pemulihan baru (p2kp protection … renew)."),
        ]),
    ]
    document = Document(
        say("Lembar pemulihan {name}", name=file.stem), wording.TEMPLATE,
        {"size": 12, "blocks": blocks, "codes": [qr_svg(" ".join(words))], "short": say("Kata pemulihan")},
    )
    return making.set_out(None, "recovery_sheet", Asked(), document)
