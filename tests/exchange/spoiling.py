"""Ways in which a bundle goes bad on its way, or is made badly: each does one thing, decided by dice."""

import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from p2kp_desktop.exchange.machine_sheets import MachineSheets
from p2kp_desktop.schema import history

Dice = random.Random
Parts = list[tuple[str, bytes]]

JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**80, -(2**63) - 1, 1.5, 1e308, "", " ", "x", "0", "-1", "a" * 40_000,
    "\x00", "\ud800", "é😀", "=1+1", "../../etc/passwd", [], [[]], {}, {"a": {}}, [None], ["n", 1], {"n": 0},
    {"n": 2**70}, {"": 1}, "9" * 400, "2026-13-45", "16.71.01.1001", "alive", "null",
)
TOKENS = (
    b"<!DOCTYPE x>", b"&#0;", b"&nosuch;", b"<a>" * 200, b"]]>", b"\x00", b"<!--", b"<?xml version='1.0'?>",
    b"\xff\xfe",
    b"</row>", b"<c/>", b"<row/>", b"<f>1+1</f>", b"<is><t>x</t></is>", b"<v>1e999</v>", b"<v>NaN</v>", b"&lt;",
)
CELLS: tuple[Any, ...] = (
    None, 0, -1, 2**40, 1.5, 1e300, True, "x", "Ya", "=1+1", "#N/A", "a" * 32_000, "\n", "_x0000_", "1671010101010001",
)


def spoiled(content: bytes, dice: Dice) -> tuple[str, bytes]:
    """Return the bundle after one to three mishaps of one kind, and the kind's name."""
    kind = dice.choice(KINDS)
    for _ in range(dice.randint(1, 3)):
        content = kind(content, dice)
    return kind.__name__, content


def bytes_changed(content: bytes, dice: Dice) -> bytes:
    spoilt = bytearray(content)
    for _ in range(dice.choice((1, 1, 3, 40))):
        if spoilt:
            spoilt[dice.randrange(len(spoilt))] = dice.randrange(256)
    return bytes(spoilt)


def cut_off(content: bytes, dice: Dice) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


def blocks_moved(content: bytes, dice: Dice) -> bytes:
    """As a bad stick does: a block of zeros, a block twice, a block too many at the end."""
    at, size = dice.randrange(len(content) + 1), dice.choice((1, 512, 4096))
    block = content[at : at + size]
    return dice.choice((
        content[:at] + bytes(len(block)) + content[at + size :],
        content[:at] + block + content[at:],
        content[:at] + content[at + size :],
        content + block,
        block + content,
    ))


def package_changed(content: bytes, dice: Dice) -> bytes:
    """Parts left out, doubled, swapped, renamed, added; entries in another order, stored or compressed."""
    parts = _parts(content)
    if not parts:
        return content
    number = dice.randrange(len(parts))
    name, part = parts[number]
    other, theirs = parts[dice.randrange(len(parts))]
    swapped = [(n, theirs if n == name else part if n == other else p) for n, p in parts]
    return _packed(dice.choice((
        parts[:number] + parts[number + 1 :],
        [*parts, (name, part)],
        [*parts, (name.upper(), part)],
        [*parts, (f"../{name}", part)],
        [*parts, ("xl/vbaProject.bin", b"x")],
        [*parts, ("xl/media/image1.xml", bytes(8 << 20))],
        swapped,
        [(f"{n}x" if n == name else n, p) for n, p in parts],
        dice.sample(parts, k=len(parts)),
    )), dice)


def headers_changed(content: bytes, dice: Dice) -> bytes:
    """Sizes, checksums, flags, methods and offsets that lie, in the local headers or in the directory."""
    sign, fields = dice.choice((
        (b"PK\x03\x04", (4, 6, 8, 14, 18, 22, 26)), (b"PK\x01\x02", (8, 10, 16, 20, 24, 28, 42)),
        (b"PK\x05\x06", (8, 10, 12, 16, 20)),
    ))
    found = [at for at in range(len(content) - 46) if content[at : at + 4] == sign]
    if not found:
        return content
    at = dice.choice(found) + dice.choice(fields)
    lie = dice.choice((0, 1, 9, 99, 0xFFFF, 0xFFFFFFFF, dice.randrange(1 << 32)))
    size = dice.choice((2, 4))
    return content[:at] + struct.pack("<I", lie)[:size] + content[at + size :]


def xml_changed(content: bytes, dice: Dice) -> bytes:
    """One part's text: a stretch lost, doubled or overwritten, a token that has no place there."""
    return _with_part(content, dice, lambda _, part: _garbled(part, dice))


def numbers_changed(content: bytes, dice: Dice) -> bytes:
    """Numbers in the XML: rows, columns, styles, counts, indexes of texts, dimensions."""
    def change(_: str, part: bytes) -> bytes:
        places = [at for at in range(len(part)) if part[at : at + 1].isdigit() and not part[at - 1 : at].isdigit()]
        for at in dice.sample(places, k=min(len(places), dice.choice((1, 3, 20)))):
            lie = dice.choice((b"0", b"-1", b"1048576", b"1048577", b"4294967296", b"99999999999", b"1e9", b"x"))
            part = part[:at] + lie + part[at + 1 :]
        return part

    return _with_part(content, dice, change)


def sheets_changed(content: bytes, dice: Dice) -> bytes:
    """Names, order and hiding of the sheets in the workbook's own list."""
    def change(_: str, part: bytes) -> bytes:
        head, _, rest = part.partition(b"<sheets>")
        inside, _, tail = rest.partition(b"</sheets>")
        sheets = [b"<sheet " + one for one in inside.split(b"<sheet ")[1:]]
        if len(sheets) < 2:
            return part
        one, two = dice.sample(range(len(sheets)), k=2)
        names = [sheet.split(b'"')[1] for sheet in sheets]
        act = dice.randrange(5)
        if act == 0:
            sheets[one], sheets[two] = sheets[two], sheets[one]
        elif act == 1:
            sheets[one] = sheets[one].replace(names[one], names[two], 1)
            sheets[two] = sheets[two].replace(names[two], names[one], 1)
        elif act == 2:
            del sheets[one]
        elif act == 3:
            sheets[one] = sheets[one].replace(names[one], names[two], 1)
        else:
            sheets[one] = sheets[one].replace(names[one], dice.choice((b"", b"x" * 300, b"p2kp 9", b"&#0;")), 1)
        return head + b"<sheets>" + b"".join(sheets) + b"</sheets>" + tail

    return _with_part(content, dice, change, wanted="xl/workbook.xml")


def sheet_blown_up(content: bytes, dice: Dice) -> bytes:
    """Cells and dimensions far out, as office suites and mischief make them."""
    far = dice.choice((
        '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>',
        '<row r="900000"><c r="A900000" s="1"/></row>', '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="5000"><c r="ZZZZ5000"><v>1</v></c></row>', "<row/>" * 20_000,
        '<row r="70000">' + "".join(f'<c r="A{n}"><v>{n}</v></c>' for n in range(70_000, 70_400)) + "</row>",
    )).encode()

    def change(_: str, part: bytes) -> bytes:
        if dice.random() < 0.3:
            part = part.replace(b'<dimension ref="A1', b'<dimension ref="A1:XFD1048576" x="', 1)
        return part.replace(b"</sheetData>", far + b"</sheetData>", 1)

    return _with_part(content, dice, change, wanted="xl/worksheets/")


def cells_changed(content: bytes, dice: Dice) -> bytes:
    """Cells edited, rows and columns added and taken away, as people do it in an office suite."""
    try:
        book = load_workbook(BytesIO(content))
    except Exception:
        return content  # spoilt before: an office suite would not open it either
    sheet = book[dice.choice(book.sheetnames)]
    for _ in range(dice.choice((1, 2, 10))):
        row, column = dice.randint(1, sheet.max_row + 1), dice.randint(1, sheet.max_column + 1)
        act = dice.randrange(8)
        if act == 0:
            sheet.delete_rows(row, dice.choice((1, 1, 3)))
        elif act == 1:
            sheet.insert_rows(row)
        elif act == 2:
            sheet.delete_cols(column)
        elif act == 3:
            sheet.insert_cols(column)
        elif not isinstance(sheet.cell(row, column), MergedCell):
            sheet.cell(row, column).value = dice.choice(CELLS)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


KINDS: tuple[Callable[[bytes, Dice], bytes], ...] = (
    bytes_changed, bytes_changed, cut_off, blocks_moved, package_changed, package_changed, headers_changed,
    xml_changed, xml_changed, numbers_changed, numbers_changed, sheets_changed, sheet_blown_up,
    cells_changed, cells_changed,
)


def _parts(content: bytes) -> Parts:
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            return [(name, package.read(name)) for name in package.namelist()]
    except Exception:
        return []  # spoilt before


def _packed(parts: Parts, dice: Dice) -> bytes:
    packed = BytesIO()
    method = dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))
    with zipfile.ZipFile(packed, "w", method) as package:
        for name, part in parts:
            package.writestr(zipfile.ZipInfo(name), part, method)
    return packed.getvalue()


def _with_part(
    content: bytes, dice: Dice, change: Callable[[str, bytes], bytes], wanted: str = ""
) -> bytes:
    """Return the package with one part changed, whose name begins as wanted."""
    parts = _parts(content)
    chosen = [number for number, (name, _) in enumerate(parts) if name.startswith(wanted)]
    if not chosen:
        return content
    number = dice.choice(chosen)
    name, part = parts[number]
    return _packed([*parts[:number], (name, change(name, part)), *parts[number + 1 :]], dice)


def _garbled(part: bytes, dice: Dice) -> bytes:
    at, size = dice.randrange(len(part) + 1), dice.choice((1, 5, 60, 2000))
    stretch = part[at : at + size]
    return dice.choice((
        part[:at] + part[at + size :],
        part[:at] + stretch + part[at:],
        part[:at] + dice.choice(TOKENS) + part[at:],
        part[:at] + bytes(dice.randrange(256) for _ in range(len(stretch))) + part[at + size :],
        part.replace(stretch[:4], stretch[4:8]) if len(stretch) >= 8 else part + stretch,
    ))


def misshapen(content: Any, dice: Dice) -> Any:
    """Return JSON content with one value somewhere in it replaced, left out or added."""
    if not isinstance(content, dict | list) or not content or dice.random() < 0.15:
        return dice.choice(JUNK)
    if isinstance(content, list):
        at = dice.randrange(len(content))
        act = dice.randrange(6)
        if act == 0:
            return content[:at] + content[at + 1 :]
        if act == 1:
            return [*content, dice.choice(JUNK)]
        return [*content[:at], misshapen(content[at], dice), *content[at + 1 :]]
    key = dice.choice(sorted(content))
    act = dice.randrange(8)
    if act == 0:
        return {name: value for name, value in content.items() if name != key}
    if act == 1:
        other = dice.choice(("", "alive", "x", key.upper(), "status", "why.x", "erased.nik", "seen.n", "moved.*"))
        return {**content, other: dice.choice(JUNK)}
    return {**content, key: misshapen(content[key], dice)}


@contextmanager
def forgery(dice: Dice, patch: Any) -> Iterator[None]:
    """Let whatever is written meanwhile be misshapen before it is digested, sealed and signed."""
    record, row, finish = MachineSheets.add_record, MachineSheets.add_history, MachineSheets.finish
    target = dice.choice(("state", "extras", "figures", "names", "history", "history", "manifest", "forms", "state"))

    def add_record(self: Any, form: str, ident: str, figures: str, state: str, extras: Any) -> None:
        if target == "state":
            state = json.dumps(misshapen(json.loads(state), dice))
        elif target == "extras":
            extras = misshapen({**extras, "head_name": "x"}, dice)
        elif target == "figures":
            figures = _garbled(figures.encode(), dice).decode("ascii", "replace")
        elif target == "names":
            junk = str(dice.choice(JUNK))
            form, ident = dice.choice(((form, junk), (junk, ident), ("comment", ident)))
        record(self, form, ident, figures, state, extras)

    def add_history(self: Any, its: Any) -> None:
        row(self, _Line(its, dice) if target == "history" else its)

    def finish_all(self: Any, manifest: Any, forms: Any, sign: Any) -> None:
        if target == "forms":
            key = dice.choice(sorted(forms))
            entry = misshapen(dict(forms[key]), dice)
            forms = {**forms, key: entry}
        finish(self, _Manifest(manifest, dice) if target == "manifest" else manifest, forms, sign)

    with patch() as patches:
        patches.setattr(MachineSheets, "add_record", add_record)
        patches.setattr(MachineSheets, "add_history", add_history)
        patches.setattr(MachineSheets, "finish", finish_all)
        patches.setattr("p2kp_desktop.exchange.machine_sheets.to_json", _to_json)
        yield


class _Line:
    """A row of history that is written misshapen, now and then with a hash that holds or a mark that does not."""

    def __init__(self, row: Any, dice: Dice) -> None:
        self.content = misshapen(json.loads(history.to_json(row)), dice)
        spoilt = _garbled(b"x" + row.mark.encode(), dice).decode("ascii", "replace")
        junk = str(dice.choice(JUNK)).encode("utf-8", "replace").decode()  # no workbook holds half a letter
        self.mark = dice.choice((row.mark, row.mark, "", junk, spoilt))


def _to_json(row: Any) -> str:
    return json.dumps(row.content) if isinstance(row, _Line) else history.to_json(row)


class _Manifest:
    """A manifest that is written misshapen."""

    def __init__(self, manifest: Any, dice: Dice) -> None:
        self.content = misshapen(manifest.to_json(), dice)

    def to_json(self) -> Any:
        return self.content if isinstance(self.content, dict) else {}
