"""What the lines of a pasted list show before they are kept: what was understood, and what each would do."""

from collections import Counter
from collections.abc import Sequence

from p2kp_desktop.actions.importing.resident_lists import DOUBTFUL, ELSEWHERE, KNOWN, NEW, TOTAL, TWIN, Examined
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.tablecells import Content, Verdict
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.table import Column


def _standings() -> dict[str, tuple[str, Verdict]]:
    return {
        NEW: (say("Baru"), Verdict.FIT), TWIN: (say("Kembar"), Verdict.ASKED),
        DOUBTFUL: (say("Periksa"), Verdict.ASKED), KNOWN: (say("Sudah ada"), Verdict.OPEN),
        ELSEWHERE: (say("RT lain"), Verdict.OPEN), TOTAL: (say("Jumlah"), Verdict.OPEN),
    }


def columns() -> tuple[Column, ...]:
    """Return the columns of the lines."""
    return (
        Column("taken", "", Content.CHECK),
        Column("place", say("Baris"), Content.NUMBER, "0000"),
        Column("number", say("Nomor rumah"), Content.IDENTITY, "Blok 00 No. 00"),
        Column("name", say("Nama"), Content.NAME, "Muhammad Sukarman", stretches=True),
        Column("standing", say("Keadaan"), Content.VERDICT, say("Sudah ada")),
        Column("why", say("Sebabnya"), Content.TEXT, say("nomor tanpa angka: kolomnya tertukar?"), drop=1),
    )


def cell(line: Examined, key: str) -> Cell:
    """Return what a line says in a column."""
    if key == "standing":
        return Cell(*_standings()[line.standing])
    return Cell({
        "taken": "", "place": str(line.place), "number": line.line.number or "–",
        "name": line.line.name or say("(tanpa nama)"), "why": line.why,
    }[key])


def summary(lines: Sequence[Examined], chosen: Sequence[Examined]) -> str:
    """Return in words what would be added and what is left out."""
    counts = Counter(line.standing for line in lines)
    if lines and counts[KNOWN] == len(lines):
        return say("**Semua {number} baris sudah ada** di daftar: tidak ada yang ditambahkan.",
                   number=written.number(len(lines)))
    parts = [say("**{number} dari {all} baris** ditambahkan", number=written.number(len(chosen)),
                 all=written.number(len(lines)))]
    parts += [
        f"{word}: {written.number(counts[standing])}" for standing, (word, _) in _standings().items()
        if counts[standing] and standing != NEW
    ]
    return " · ".join(parts) + " · " + say("**Spasi** mengambil atau melewati")


def asks_about(twins: int) -> str:
    """Ask whether lines that stand there twice are two households."""
    return say(
        "**{number} baris kembar:** dua keluarga, atau satu tertulis dua kali? **Spasi** melewati baris ini; "
        "**Ctrl Enter** menambahkan semuanya yang bertanda.", number=written.number(twins),
    )
