"""Writes a table as a workbook, as comma-separated values, for a map, or for scripts; says where it comes from."""

import csv
import datetime
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.table import Column, Kind, Mark, Point, Source, Table, Value
from p2kp_desktop.schema.table_words import head, origin, sum_row, value_words

from . import table_book
from .writing import appearing

MAP = ".geojson"  # of a table whose lines have a place
_PLACES = 6  # decimals of a fraction in a file for scripts
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(path: Path, table: Table[Any]) -> None:
    """Write a table in the format its name ends in; the file appears only when it is whole. Raises Trouble."""
    must_be_known(path)
    with appearing(path) as draft:
        _FORMATS[path.suffix.lower()](draft, table)


def must_be_known(path: Path) -> None:
    """Raise Trouble for a name whose ending says no format."""
    if path.suffix.lower() not in _FORMATS:
        raise Trouble(
            say("«{name}» berakhiran yang belum dikenal.", name=path.name),
            remedy=say("Sebutkan nama yang berakhiran {endings}.", endings=", ".join(_FORMATS)), code="Q01",
        )


def as_document(table: Table[Any]) -> dict[str, object]:
    """Return a table as scripts read it: its rows by key of their column, its sums, where it comes from.

    A key with a dot is one inside another: change.compared.
    """
    return {
        "report": table.name,
        "rows": [_row(table.written, line) for line in table.lines],
        "sums": {key: _plain_in(table.column(key), value) for key, value in table.sums.items()},
        "notes": list(table.notes),
        "filters": list(table.narrowed),
        "source": _source(table.source),
    }


def _row(columns: Sequence[Column[Any]], line: object) -> dict[str, object]:
    row: dict[str, Any] = {}
    for column in columns:
        outer, _, inner = column.key.partition(".")
        value = _plain_in(column, column.of(line))
        if inner:
            row.setdefault(outer, {})[inner] = value
        else:
            row[outer] = value
    return row


def _source(source: Source | None) -> dict[str, object] | None:
    if source is None:
        return None
    return {
        "workspace": source.workspace, "region": source.region, "period": source.period, "rules": source.rules,
        "method": source.method, "person": source.person, "time": source.time,
        "coverage": {"surveyed": source.surveyed, "of": source.buildings},
        "open_conflicts": source.open_conflicts, "unverified": source.unverified, "practice": source.practice,
    }


def _plain_in(column: Column[Any], value: Value) -> str | int | float | None:
    """Return a value of a column as JSON and CSV hold it: a share, which is 0 to 1 here, in per cent (20.0 is 20 %)."""
    if column.kind is Kind.SHARE and isinstance(value, Decimal | Fraction | int):
        return plain(Fraction(value) * 100)
    return plain(value)


def plain(value: Value) -> str | int | float | None:
    """Return a value as JSON holds it: a mark by its count or code, a fraction as a number, a day as ISO 8601."""
    if isinstance(value, Mark):
        return value.count if value.count is not None else value.code or value.words
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else round(float(value), _PLACES)
    return value.isoformat() if isinstance(value, datetime.date) else value


def _write_json(draft: Path, table: Table[Any]) -> None:
    draft.write_text(json.dumps(as_document(table), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_csv(draft: Path, table: Table[Any]) -> None:
    """Write values with decimal points and ISO days after a byte-order mark; below an empty row the source."""
    with draft.open("w", encoding="utf-8-sig", newline="") as text:
        rows = csv.writer(text)
        rows.writerow(_never_a_formula(_heading(column)) for column in table.written)
        for line in table.lines:
            rows.writerow(_bare(column, column.of(line)) for column in table.written)
        if table.sums:
            rows.writerow(_bare(column, value) for column, value in sum_row(table, table.written))
        rows.writerow([])
        for told in (*table.notes, *origin(table)):
            rows.writerow([_never_a_formula(told)])


def _heading(column: Column[Any]) -> str:
    return head(replace(column, unit=column.kind.unit or column.unit))


def _bare(column: Column[Any], value: Value) -> str:
    if isinstance(value, Mark) and value.count is None:
        return _never_a_formula(value.words)
    said = value_words(column.kind, value) if column.kind is Kind.REGION else _plain_in(column, value)
    return _never_a_formula(said) if isinstance(said, str) else "" if said is None else str(said)


def _never_a_formula(text: str) -> str:
    """Return a text as a spreadsheet takes it for one: names typed by people stand in marks and notes too."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _write_geojson(draft: Path, table: Table[Any]) -> None:
    """Write a feature per line: its boundary, or the point where it is; nothing that tells who somebody is."""
    if not table.is_for_maps:
        raise Trouble(
            say("Laporan «{title}» tidak mempunyai tempat di peta.", title=table.title),
            remedy=say("Simpan sebagai .xlsx, .csv, atau .json."), code="Q08",
        )
    shapes = [_geometry(table, line) for line in table.lines]
    if table.at is None and shapes and not any(shapes):
        raise Trouble(
            say("Batas wilayah laporan «{title}» belum diimpor.", title=table.title),
            remedy=say("Impor batasnya di Laporan, Peta; atau simpan sebagai .xlsx, .csv, atau .json."), code="Q19",
        )
    columns = [column for column in table.written if not column.is_private]
    told = as_document(replace(table, lines=()))
    del told["rows"]
    document = {**told, "type": "FeatureCollection", "name": table.title, "features": [
        {"type": "Feature", "geometry": shape, "properties": _row(columns, line)}
        for line, shape in zip(table.lines, shapes, strict=True)
    ]}
    draft.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _geometry(table: Table[Any], line: object) -> dict[str, object] | None:
    outline = table.outlines.get(table.spot(line)) if table.spot is not None else None
    if outline is not None and outline.rings:
        return outline.geometry
    return _point(table.at(line)) if table.at is not None else None


def _point(at: Point | None) -> dict[str, object] | None:
    return None if at is None else {"type": "Point", "coordinates": [float(at.longitude), float(at.latitude)]}


_FORMATS: Mapping[str, Callable[[Path, Table[Any]], None]] = {
    ".xlsx": table_book.write, ".csv": _write_csv, ".json": _write_json, MAP: _write_geojson,
}
ENDINGS = tuple(ending for ending in _FORMATS if ending != MAP)  # of every table
