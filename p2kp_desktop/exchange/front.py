"""Reads the sheet «p2kp»: manifest, dictionary of columns, list of parts, and the seal over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from . import faults, machine
from .bundle import FORMAT, Manifest
from .cells import Codec, Column
from .digests import seal


@dataclass(frozen=True)
class FormEntry:
    """A form as the bundle's dictionary describes it; `sheets` are the names under which it was written."""

    key: str
    title: str
    sheets: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def codecs(self) -> tuple[Codec, ...]:
        """Return the codecs that read the columns, in order."""
        return tuple(Codec(column) for column in self.columns)


@dataclass(frozen=True)
class Part:
    """A hidden sheet with records or history, its number of rows and the digest over them."""

    title: str
    holds: str
    rows: int
    digest: str


@dataclass(frozen=True)
class Front:
    """What the sheet says. `signature` is (method, signature), None where nobody signed."""

    manifest: Manifest
    forms: Mapping[str, FormEntry]
    parts: tuple[Part, ...]
    seal: str
    signature: tuple[str, str] | None

    def parts_with(self, content: str) -> tuple[Part, ...]:
        """Return the parts that hold records, or those that hold history."""
        return tuple(part for part in self.parts if part.holds == content)


def read_front(name: str, physical: Iterable[Sequence[object]]) -> Front:
    """Read the sheet of the file with this name; raise Trouble when foreign, newer, or altered."""
    rows = [[*row, "", ""][:3] for row in machine.logical_rows(physical)]
    if not rows or rows[0][0] != machine.FORMAT_TAG:
        raise faults.foreign(name)
    fields = {key: text for tag, key, text in rows if tag == machine.MANIFEST_TAG}
    if rows[0][1].isdigit() and int(rows[0][1]) > FORMAT:
        raise faults.newer(name, fields.get("program", "").strip('"'))
    ends = {tag: (key, text) for tag, key, text in rows if tag in (machine.SEAL_TAG, machine.SIGNATURE_TAG)}
    sealed = seal(row for row in rows if row[0] not in ends)
    if ends.get(machine.SEAL_TAG) != ("sha256", sealed):
        raise faults.damaged_manifest(name)
    try:
        return Front(
            Manifest.from_json({key: machine.read_value(text) for key, text in fields.items()}),
            {entry.key: entry for tag, key, text in rows if tag == machine.FORM_TAG for entry in [_form(key, text)]},
            tuple(_part(key, text) for tag, key, text in rows if tag == machine.PART_TAG),
            sealed,
            ends.get(machine.SIGNATURE_TAG),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise faults.damaged_manifest(name) from error


def _form(written: str, text: str) -> FormEntry:
    content: Mapping[str, Any] = machine.read_object(text)
    columns = tuple(Column(key, kind, dict(wordings)) for key, kind, wordings, *_ in content["columns"])
    told = [content["title"], *content["sheets"]]
    told += [one for column in columns for one in (column.key, column.kind, *column.wordings.values())]
    if not all(isinstance(one, str) for one in told):
        raise ValueError("the dictionary of a form is damaged")
    return FormEntry(machine.read_name(written), content["title"], tuple(content["sheets"]), columns)


def _part(title: str, text: str) -> Part:
    content = machine.read_object(text)
    return Part(title, str(content["holds"]), int(content["rows"]), str(content["digest"]))
