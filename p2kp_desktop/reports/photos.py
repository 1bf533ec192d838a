"""The photos that are being filed, as a table; they lie outside the workspace, so it is no report to ask for."""

from collections.abc import Sequence

from p2kp_desktop.actions.photos.photo_matches import Certainty, PhotoMatch
from p2kp_desktop.language import say
from p2kp_desktop.schema.table import Column, Kind, Mark, Table

from .marks import joined

_ORDER = (Certainty.OPEN, Certainty.POINTED, Certainty.BEFORE, Certainty.CODE, Certainty.LEFT, Certainty.THERE,
          Certainty.NOT_READ)


def photos(found: Sequence[PhotoMatch] = ()) -> Table[PhotoMatch]:
    """Return photos with the record of each and why, those that wait for a person first."""
    marks = {
        Certainty.CODE: Mark("ok", say("kode")), Certainty.BEFORE: Mark("ok", say("mengikuti")),
        Certainty.POINTED: Mark("ok", say("ditunjuk")), Certainty.OPEN: Mark("open", say("tunjuk")),
        Certainty.LEFT: Mark("left", say("ditinggalkan")), Certainty.THERE: Mark("there", say("sudah ada")),
        Certainty.NOT_READ: Mark("not_read", say("bukan foto")),
    }
    return Table(
        "photos", say("Foto dan catatannya"), (
            Column("file", say("Foto"), Kind.IDENTITY, lambda each: each.read.file.name,
                   sample="IMG_20260901_083012.jpg", is_fixed=True),
            Column("certainty", say("Keadaan"), Kind.TEXT, lambda each: marks[each.certainty],
                   sample=say("ditinggalkan"), is_fixed=True),
            Column("record", say("Catatan"), Kind.NAME, lambda each: each.subject.title if each.subject else "",
                   remark=_place, sample="Muhammad Sukarman", stretches=True, is_fixed=True, is_private=True),
            Column("place", say("Tempat"), Kind.TEXT, _place, is_aside=True, is_fixed=True),
            Column("why", say("Sebab"), Kind.SMALL, lambda each: joined((each.why, each.remark)),
                   sample="setelah kode di IMG_20260901_0830", gives_way=1, is_fixed=True),
        ),
        sorted(found, key=lambda each: _ORDER.index(each.certainty)),
        empty=say("Tidak ada foto di sini."), known_by=lambda each: str(each.read.file),
    )


def _place(each: PhotoMatch) -> str:
    return each.subject.place if each.subject else ""
