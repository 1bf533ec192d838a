"""Tables of an import that is being looked at: they are of a file that is open, so none is a report to ask for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from p2kp_desktop.actions.importing.import_preview import ColumnHead, Preview, other_house
from p2kp_desktop.actions.recording.record_names import is_identity
from p2kp_desktop.language import say
from p2kp_desktop.rules.likeness import Likeness
from p2kp_desktop.schema.table import Column, Kind, Mark, Table

from .marks import joined

_IDENTITY = re.compile(r"\d{16}")  # a NIK or the number of a family card, in a column that is not read too
APART, SKIPPED = "apart", "skipped"  # what was decided about a likely duplicate


@dataclass(frozen=True)
class Pair:
    """A new row and the household that it may be; `decision` is APART, SKIPPED or "" for none yet."""

    likeness: Likeness
    row: int
    decision: str


def columns(preview: Preview | None = None) -> Table[ColumnHead]:
    """Return which column of a table is which question; identity numbers in it stay in the window."""
    def examples(head: ColumnHead) -> str:
        return preview.examples(head) if preview else ""

    def hidden(head: ColumnHead) -> ColumnHead:
        private = preview and (is_identity(preview.form.key, head.key) or _IDENTITY.search(examples(head)))
        return replace(head, column=-1) if private else head

    return Table(
        "import_columns", say("Kolom dan pertanyaannya"), (
            Column("letter", say("Kolom"), Kind.IDENTITY, lambda head: head.letter, sample="AAA", is_fixed=True),
            Column("heading", say("Judul di berkas"), Kind.TEXT, lambda head: head.heading or "–",
                   sample="Jumlah anggota rumah tangga", is_fixed=True),
            Column("label", say("Menjawab pertanyaan"), Kind.NAME, lambda head: head.label or say("tidak dibaca"),
                   sample="12 Sumber air minum utama keluarga", stretches=True, is_fixed=True),
            Column("percent", say("Kemiripan"), Kind.WHOLE, lambda head: head.percent if head.key else None, unit="%",
                   shown=lambda head: f"{head.percent} %" if head.percent is not None and head.key else "",
                   sample="100 %", gives_way=2, is_fixed=True),
            Column("examples", say("Contoh isi"), Kind.SMALL, examples, sample="Siti Aminah · Budi Santoso · Herlina",
                   gives_way=1, is_fixed=True),
        ),
        preview.heads if preview else (), empty=say("Tabel ini kosong."), known_by=lambda head: head.letter,
        filed=hidden,
    )


def pairs(lines: Sequence[Pair] = ()) -> Table[Pair]:
    """Return the rows that may be here already."""
    decisions = {SKIPPED: Mark(SKIPPED, say("dilewati")), APART: Mark(APART, say("bukan duplikat")),
                 "": Mark("open", say("belum"))}
    return Table(
        "import_pairs", say("Baris yang mungkin sudah ada"), (
            Column("row", say("Baris"), Kind.IDENTITY, lambda each: str(each.row), sample="00000", is_fixed=True),
            Column("one", say("Di berkas"), Kind.NAME, _in_file, sample="Muhammad Sukarman bin", stretches=True,
                   is_fixed=True),
            Column("other", say("Sudah ada di sini"), Kind.NAME, lambda each: other_house(each.likeness),
                   sample="Muhammad Sukarman bin · 000", is_fixed=True),
            Column("reasons", say("Mengapa"), Kind.SMALL,
                   lambda each: ", ".join(map(say, each.likeness.reasons)),
                   sample="nama mirip 96 %, nomor bangunan sama, NIK sama", is_fixed=True),
            Column("decision", say("Keputusan"), Kind.TEXT, lambda each: decisions[each.decision],
                   sample=say("bukan duplikat"), is_fixed=True),
        ),
        lines, empty=say("Tidak ada baris yang mirip dengan rumah yang sudah ada."),
        known_by=lambda each: (each.row, each.likeness.other.id),
    )


def _in_file(pair: Pair) -> str:
    return joined((pair.likeness.one.name or say("(tanpa nama)"), pair.likeness.one.number))
