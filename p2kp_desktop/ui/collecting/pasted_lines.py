"""What the lines of a pasted list show before they are kept: what was understood, and what each would do."""

from collections import Counter
from collections.abc import Sequence

from p2kp_desktop.actions.importing.resident_lists import KNOWN, NEW, Examined
from p2kp_desktop.language import say
from p2kp_desktop.reports.residents import fates
from p2kp_desktop.schema import written


def summary(lines: Sequence[Examined], chosen: Sequence[Examined]) -> str:
    """Return in words what would be added and what is left out."""
    counts = Counter(line.standing for line in lines)
    if lines and counts[KNOWN] == len(lines):
        return say("**Semua {number} baris sudah ada** di daftar: tidak ada yang ditambahkan.",
                   number=written.number(len(lines)))
    parts = [say("**{number} dari {all} baris** ditambahkan", number=written.number(len(chosen)),
                 all=written.number(len(lines)))]
    parts += [
        f"{word}: {written.number(counts[standing])}" for standing, word in fates().items()
        if counts[standing] and standing != NEW
    ]
    return " · ".join(parts) + " · " + say("**Spasi** mengambil atau melewati")


def asks_about(twins: int) -> str:
    """Ask whether lines that stand there twice are two households."""
    return say(
        "**{number} baris kembar:** dua keluarga, atau satu tertulis dua kali? **Spasi** melewati baris ini; "
        "**Ctrl Enter** menambahkan semuanya yang bertanda.", number=written.number(twins),
    )
