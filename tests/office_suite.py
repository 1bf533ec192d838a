"""What an office suite makes of a workbook, and texts that it could spoil."""

from pathlib import Path

from p2kp_desktop.exchange.cells import LONGEST

from .office import started


def saved_again(path: Path) -> Path:
    """Open a workbook in LibreOffice and save it under the same name in another folder."""
    folder = path.parent / "disimpan"
    started("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder), str(path))
    return folder / path.name


NASTY = [
    "_x0041_", "_x0041_x0042_", "=1+1", "+62", "@a", "'x", "''", "007", "1e5", "1.10", "TRUE", "#N/A", "-", "a\nb",
    "a \n b", "a\tb", "\U0001f600 \U00020000", "<&>\"'", "]]>", "é", "\u2028", "\x85", "\ufeff", "\x00", "a; b",
    "x" * (LONGEST + 5), "b. Sumur bor", "0671010101010001", "04/10/2022", "2022-10-04", "2022-02-30", "1899-01-01",
    "12,5", "{", "%s", "\\", "~", '"', "a. ",
]
