"""What each megabyte of the package is for, and what it may weigh at most."""

import lzma
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from windows.folder import LICENCES, files

# Megabytes of 1,000,000 bytes: what a stick, a slow disk and a prepaid data plan bear.
SETUP_LIMIT = 45
FOLDER_LIMIT = 170

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
    "pypdfium2": "paper: shows and prints pages",
    "pypdfium2_cfg": "paper: shows and prints pages",
    "pypdfium2_raw": "paper: shows and prints pages",
    "docx": "agreements that an office may change",
    "lxml": "what docx stands on",
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


# What could still go while a limit is broken: megabytes of the folder and of the setup, measured on 0.9.0 (195.9 and
# 56.6 MB), each packed by itself, and the price, which nobody has agreed to pay. Only all together keep both limits.
COULD_GO = (
    (9.9, 2.7, "the program's own bytecode", "the first start compiles it, and writes into the program's folder"),
    (9.5, 2.2, "typst 0.13 for 0.14", "no PDF page as a picture, so filled forms are stamped anew; no PDF/A-2a"),
    (5.3, 1.9, "lxml, python-docx", "a writer of agreements for offices of our own"),
    (5.3, 1.5, "libcrypto, _hashlib", "digests of large files take 4.6 times as long; scrypt from elsewhere"),
    (2.7, 0.8, "QtNetwork", "another way to find the window that is open already"),
    (0.0, 1.3, "a filter for programs before LZMA", "NSIS has none: an unpacker of our own"),
    (-5.1, 1.3, "python313.zip stored, not deflated", "a file of CPython's own written anew"),
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
    """The table in words, the limits, and what was measured how."""
    return "\n".join([
        f"{table(found)} (limit of the folder {FOLDER_LIMIT} MB)",
        "Folder: bytes of the files. Packed: each part by itself with xz -1; the setup packs all as one and better.",
        f"Setup: {setup / 1e6:.1f} MB (limit {SETUP_LIMIT} MB)" if setup else "Setup: not made.",
    ])


def over(found: list[Part], setup: int | None) -> list[str]:
    """One sentence for each limit that is broken."""
    measured: Mapping[str, tuple[float, int]] = {
        "The folder": (sum(part.size for part in found) / 1e6, FOLDER_LIMIT),
        "The setup": ((setup or 0) / 1e6, SETUP_LIMIT),
    }
    return [
        f"{name} has {size:.1f} MB; {limit} are the limit" for name, (size, limit) in measured.items() if size > limit
    ]


def could_go() -> str:
    """What could go and its price, for whoever must decide about a broken limit."""
    rows = [f"{folder:7.1f} {setup:6.1f}  {what}: {price}" for folder, setup, what, price in COULD_GO]
    return "\n".join([" folder  setup  what could go, and what it would cost", *rows])


def _part(name: str, paths: list[Path]) -> Part:
    packer = lzma.LZMACompressor(preset=1)
    packed = sum(len(packer.compress(path.read_bytes())) for path in paths) + len(packer.flush())
    return Part(name, sum(path.stat().st_size for path in paths), len(paths), packed)
