"""Volumes and denominators from a CSV file, for scoring without a workspace (`p2kp score IN.csv`)."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from p2kp_desktop.rules import Regulation, Share, regulation, score, score_to_json
from p2kp_desktop.schema.values import as_shown, tidy

DENOMINATORS = ("luas_ha", "bangunan", "penduduk", "kk", "jalan_ideal_m", "drainase_ideal_m")
LABEL = "rt"
LARGEST_EXPONENT = 30  # beyond it no area, length or count makes sense, and exact arithmetic grows slow

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,4})?", re.ASCII)
_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


@dataclass(frozen=True)
class Row:
    """One readable line: its number in the file, its RT as written, and the share of every criterion."""

    line: int
    rt: str
    shares: Mapping[str, Share | None]


@dataclass(frozen=True)
class Fault:
    """Something that could not be read, with line and column, said to the person who made the file."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = f"Baris {self.line}, kolom {self.column}" if self.column else f"Baris {self.line}"
        return f"{where}: {self.message}"


@dataclass(frozen=True)
class ScoreFile:
    """The readable lines of a file in order, and the faults of the others."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def columns(rules: Regulation) -> tuple[str, ...]:
    """Return the header of the file: rt, denominators, and the codes of the rules' criteria."""
    return (LABEL, *DENOMINATORS, *(criterion.code for criterion in rules.criteria))


def score_file(path: Path, rules: str) -> tuple[dict[str, object], list[str]]:
    """Return the scores of a file as `p2kp score` prints them, and what could not be read, line by line.

    The file may be in UTF-8, UTF-16 or the encoding of Western Windows. Raises OSError; Unreadable for unknown rules.
    """
    chosen = regulation(rules)
    read = parse_score_csv(decoded(path.read_bytes()), chosen)
    rows: list[dict[str, object]] = []
    warnings: list[str] = []
    for row in read.rows:
        result = score(chosen, row.shares)
        rows.append({"rt": row.rt, **score_to_json(result)})
        warnings.extend(f"Baris {row.line} ({row.rt}), {warning}" for warning in result.warnings)
    return {"rules": chosen.code, "rows": rows, "warnings": warnings}, [str(fault) for fault in read.faults]


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or the encoding of Western Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def parse_score_csv(text: str, rules: Regulation) -> ScoreFile:
    """Read lines separated by commas or semicolons; with semicolons a decimal comma is understood too."""
    separator = separator_of(text)
    lines = lines_of(text.lstrip("\ufeff"), separator)
    number, header = next(lines, (1, []))
    names = [tidy(name).casefold() for name in header or ()]
    if faults := tuple(header_faults(number, names, columns(rules))):
        return ScoreFile((), faults)
    rows: list[Row] = []
    wrong: list[Fault] = []
    for line, cells in lines:
        if cells is None:
            wrong.append(Fault(line, "", "tidak terbaca: ada isian yang terlalu panjang."))
            continue
        read = _row(line, names, cells, rules, separator)
        if isinstance(read, Row):
            rows.append(read)
        else:
            wrong.extend(read)
    return ScoreFile(tuple(rows), tuple(wrong))


def separator_of(text: str) -> str:
    """Return the sign between the cells of the first line: a comma or a semicolon."""
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    return ";" if first.count(";") > first.count(",") else ","


def lines_of(text: str, separator: str) -> Iterator[tuple[int, list[str] | None]]:
    """Yield where a line starts and its cells, None if they cannot be told apart; empty lines are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    end = 0
    while True:
        start = end + 1
        cells: list[str] | None
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell longer than the reader allows
            cells = None
        end = reader.line_num
        if cells is None or any(cell.strip() for cell in cells):
            yield start, cells


def header_faults(line: int, names: Sequence[str], wanted: Sequence[str]) -> Iterator[Fault]:
    """Yield the wanted columns that are not in the first line, or more than once."""
    for name in wanted:
        if name not in names:
            yield Fault(line, name, "kolom ini tidak ada di baris judul.")
        elif names.count(name) > 1:
            yield Fault(line, name, "kolom ini ada lebih dari satu kali di baris judul.")


def _row(line: int, names: Sequence[str], cells: Sequence[str], rules: Regulation, separator: str) -> Row | list[Fault]:
    if any(cell.strip() for cell in cells[len(names) :]):
        message = f"ada {len(cells)} kolom, seharusnya {len(names)}. Apit teks bertanda «{separator}» dengan kutip."
        return [Fault(line, str(len(names) + 1), message)]
    by_name = dict(zip(names, [*cells, *[""] * len(names)], strict=False))
    numbers: dict[str, Fraction] = {}
    faults: list[Fault] = []
    for name in columns(rules)[1:]:
        number = _number(by_name[name], separator)
        if isinstance(number, Fraction):
            numbers[name] = number
        else:
            faults.append(Fault(line, name, number))
    if faults:
        return faults
    shares = {each.code: Share(numbers[each.code], numbers[each.denominator]) for each in rules.criteria}
    return Row(line, tidy(by_name[LABEL]), shares)


def _number(cell: str, separator: str) -> Fraction | str:
    """Return the exact number, or what is wrong with the cell."""
    text = tidy(cell)
    if not text:
        return "kosong. Isi 0 bila memang tidak ada."
    if separator == ";" and _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        return f"«{text[:40]}» bukan angka. Tulis misalnya 1218.5."
    number = Decimal(text)
    if (number and not -LARGEST_EXPONENT <= number.adjusted() <= LARGEST_EXPONENT) or len(text) > 2 * LARGEST_EXPONENT:
        return f"«{text[:40]}» terlalu besar atau terlalu kecil."
    return Fraction(as_shown(number))
