"""What each megabyte of the package is for, what it may weigh at most, and how far it is from what it should."""

import lzma
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from windows.folder import LICENCES, files

# Megabytes of 1,000,000 bytes: what a stick, a slow disk and a prepaid data plan bear.
SETUP_GOAL = 45
FOLDER_GOAL = 170
# What was reached, after 0.10.0. A package that is larger by more than a fiftieth has grown, and the command fails:
# whoever adds something says here what it weighs, or takes something away.
SETUP_REACHED = 44.8
FOLDER_REACHED = 168.0
MAY_GROW = 1.02

WHAT_FOR = {
    "python": "CPython, Microsoft's C++ runtime",
    "PySide6": "Qt: the window, printing, pictures",
    "shiboken6": "Qt's bridge to Python",
    "p2kp_desktop": "the program itself with regions, fonts, help, English",
    "sqlalchemy": "the database",
    "sqlcipher3": "SQLite, in clear and behind a password",
    "cryptography": "signatures of bundles, passwords of workbooks and workspaces",
    "cffi": "what cryptography stands on",
    "rapidfuzz": "how alike two names are",
    "typst": "paper: sets every page",
    "pypdf": "paper: takes PDFs apart, puts them together",
    "PIL": "photos",
    "zxingcpp": "codes on paper, written and read",
    "highsbox": "HiGHS: the cheapest works",
    "openpyxl": "templates of tables",
    "et_xmlfile": "what openpyxl stands on",
    "xlsxwriter": "bundles and tables, written",
    "python_calamine": "bundles and tables, read",
    "msoffcrypto": "workbooks behind a password",
    "olefile": "what msoffcrypto stands on",
    "lokal": "identity numbers, regions",
    "platformdirs": "where user data belong",
    "shapefile": "boundaries",
    "utm": "boundaries",
    "typing_extensions": "words of newer Pythons",
    "share": "on Linux: what a desktop is told, pages of the manual",
    LICENCES: "everybody's licences",
    "": "launchers, icon, checksums, bill of materials",
}


# What could still go should a goal be missed again: megabytes of the folder and of the setup, measured on 0.10.0, each
# packed by itself, and the price, which nobody has agreed to pay. What cost nobody anything is gone already: PDFium
# (typst draws pages too), lxml and python-docx (a letter is written by functions of our own), OpenSSL and SQLite beside
# those of cryptography and SQLCipher, Qt's network and readers of photos, Pillow's FreeType, docstrings in bytecode,
# modules of Python, pypdf and RapidFuzz that nothing here asks for (trim.py, standard_library.py, bytecode.py).
COULD_GO = (
    (9.8, 2.7, "the program's own bytecode", "the first start compiles it, and writes into the program's folder"),
    (9.5, 2.2, "typst 0.13 for 0.14", "no PDF page as a picture, so filled forms are stamped anew; no PDF/A-2a"),
    (0.0, 1.3, "a filter for programs before LZMA", "NSIS has none: an unpacker of our own"),
    (3.4, -0.9, "python313.zip deflated, as it came", "a larger setup; each start inflates what it loads"),
)


@dataclass(frozen=True)
class Part:
    """One part of the folder: what it weighs there, and packed by itself."""

    name: str
    size: int
    files: int
    packed: int


def parts(program: Path) -> list[Part]:
    """The parts of the folder, heaviest first; each is heavier packed by itself than it is inside the setup."""
    grouped: dict[str, list[Path]] = defaultdict(list)
    for path in files(program):
        grouped[part_of(path.relative_to(program))].append(path)
    found = [_part(name, paths) for name, paths in grouped.items()]
    return sorted(found, key=lambda part: -part.size)


def part_of(path: Path) -> str:
    """Which part a file belongs to, by its path in the folder; what is no folder of lib belongs to its package."""
    if path.parts[0] != "lib":
        return path.parts[0] if len(path.parts) > 1 else ""
    top = path.parts[1].removesuffix(".libs")
    if top.endswith(".dist-info"):
        return LICENCES
    if top == "__pycache__":
        return path.name.split(".")[0]
    return {"_cffi_backend": "cffi", "pillow": "PIL"}.get(top.split(".")[0], top.split(".")[0])


def table(found: list[Part]) -> str:
    """What each part weighs and is for, and the sums."""
    size, packed = sum(part.size for part in found), sum(part.packed for part in found)
    rows = [
        f"{part.size / 1e6:7.1f} {part.packed / 1e6:7.1f} {part.files:6}  {part.name or '.':18} {WHAT_FOR[part.name]}"
        for part in found
    ]
    sums = f"{size / 1e6:7.1f} {packed / 1e6:7.1f} {sum(part.files for part in found):6}  all"
    return "\n".join([" folder  packed  files", *rows, sums])


def told(found: list[Part], setup: int | None) -> str:
    """The table in words, the goals, and what was measured how."""
    return "\n".join([
        f"{table(found)} (goal for the folder {FOLDER_GOAL} MB)",
        "Folder: bytes of the files. Packed: each part by itself with xz -1; the setup packs all as one and better.",
        f"Setup: {setup / 1e6:.1f} MB (goal {SETUP_GOAL} MB)" if setup else "Setup: not made.",
    ])


def over(found: list[Part], setup: int | None) -> list[str]:
    """One sentence for each package that has grown beyond what was reached."""
    return [
        f"{name} has {size:.1f} MB; it had {reached:.1f}, and may grow by a fiftieth"
        for name, size, reached, _goal in _measured(found, setup) if size > MAY_GROW * reached
    ]


def short_of_goal(found: list[Part], setup: int | None) -> str:
    """Which goals are not reached, and what could go at which price, for whoever must decide; "" where both are."""
    lacking = [f"{name} has {size:.1f} MB; the goal of {goal} is not reached"
               for name, size, _reached, goal in _measured(found, setup) if size > goal]
    rows = [f"{folder:7.1f} {packed:6.1f}  {what}: {price}" for folder, packed, what, price in COULD_GO]
    heading = " folder  setup  what could go, and what it would cost"
    return "\n".join([*lacking, heading, *rows]) if lacking else ""


def _measured(found: list[Part], setup: int | None) -> list[tuple[str, float, float, int]]:
    return [
        ("The folder", sum(part.size for part in found) / 1e6, FOLDER_REACHED, FOLDER_GOAL),
        ("The setup", (setup or 0) / 1e6, SETUP_REACHED, SETUP_GOAL),
    ]


def _part(name: str, paths: list[Path]) -> Part:
    packer = lzma.LZMACompressor(preset=1)
    packed = sum(len(packer.compress(path.read_bytes())) for path in paths) + len(packer.flush())
    return Part(name, sum(path.stat().st_size for path in paths), len(paths), packed)
