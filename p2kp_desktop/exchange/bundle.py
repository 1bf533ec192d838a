"""What a bundle says about itself, and what a reader finds in it.

A bundle is a workbook. People read the sheets they see; the program reads the sheets «p2kp», «p2kp 2» …,
which are hidden and hold only text. Format 1, frozen: module machine.py says what stands where, cells.py
how an answer stands in a visible cell, digests.py what each digest covers. A later release may add manifest
fields, tags, columns and sheets within format 1, since readers pass over what they do not know; anything an
older reader would get wrong needs a higher format number, which older readers refuse with a sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from p2kp_desktop.language import harmless
from p2kp_desktop.schema.causality import Vector, Version, meet
from p2kp_desktop.schema.values import Answer

FORMAT = 1
COVER, HISTORY, DICTIONARY, MACHINE = "Sampul", "Riwayat", "Kamus", "p2kp"

FIRST_ROW = 3  # rows above the data of a form sheet: column keys (hidden), official numbers, wordings
HEAD_ID = "id"  # the first cell of the row of wordings


def continued(title: str, number: int) -> str:
    """Return the name of the n-th sheet of a series: Riwayat, then Riwayat 2."""
    return title if number == 1 else f"{title} {number}"


def header_mark(form: str) -> str:
    """Return the text in the first cell of a form sheet, by which the sheet is known even when renamed."""
    return f"p2kp:{form}"


# In `more` of a manifest: places of which only what its sender saved goes along; what its sender has of places that
# are not in the bundle, {place: {node: count}}, for the receiver of a receipt.
ALONG, ELSEWHERE = "along", "elsewhere"
AUDIT = "audit"  # how far the events of its sender reach: actions/trust/checkpoints.py
SERIAL = "serial"  # which bundle of its sender it is

MOST_EDITS = 1 << 53  # of one node; whoever claims more makes it up


@dataclass(frozen=True)
class Paging:
    """How many data rows a visible sheet takes before it goes on in a second one, and a hidden one.

    A reader holds one sheet in memory at a time, and no more of it than package.LIMITS allow.
    """

    rows_per_sheet: int = 150_000
    rows_per_part: int = 50_000


PAGING = Paging()


@dataclass(frozen=True)
class Manifest:
    """Who sent the bundle, from where, to whom, and which edits it includes.

    `since` and `includes` are {place: {node: count}}. `withheld` names the answers kept back, per form;
    `records` is set by the writer. `practice` marks bundles of the practice village. `more` holds JSON
    values that this package only passes on, those of later releases among them.
    """

    bundle: str
    node: str
    workspace: str
    role: str
    person: str
    time: str
    program: str
    to: str
    regions: tuple[str, ...] = ()
    since: Mapping[str, Vector] = field(default_factory=dict)
    includes: Mapping[str, Vector] = field(default_factory=dict)
    withheld: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    records: int = 0
    practice: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)
    format: int = FORMAT

    def to_json(self) -> dict[str, Any]:
        """Return the fields as JSON values by name."""
        named = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "more"}
        return {**self.more, **named}

    def along(self) -> tuple[str, ...]:
        """Return the places of which the bundle holds what its sender saved, and nothing else for certain."""
        places = self.more.get(ALONG)
        return tuple(place for place in places if isinstance(place, str)) if isinstance(places, list) else ()

    def events(self) -> str:
        """Return how far the events of the sender reach, for the cover: number and first figures; "" where unsaid."""
        said = self.more.get(AUDIT)
        number, mark = (said.get("number"), said.get("hash")) if isinstance(said, dict) else (None, None)
        return f"nomor {number}, sidik {mark[:12]}" if isinstance(number, int) and isinstance(mark, str) else ""

    def serial(self) -> int:
        """Return which bundle of its sender it is, counted from 1; 0 where that is unsaid, or cannot be."""
        told = self.more.get(SERIAL)
        return told if type(told) is int and 0 < told < MOST_EDITS else 0

    def elsewhere(self) -> dict[str, Vector]:
        """Return the edits that the sender has of places not in the bundle, by place, as far as told in a sound way."""
        told = self.more.get(ELSEWHERE)
        return {place: edits for place, edits in told.items() if is_vector(edits)} if isinstance(told, dict) else {}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Manifest":
        """Read the manifest from JSON values; raise ValueError when a field is missing or of another type.

        What its sender is called is text of anybody: what a terminal or a window would obey in it is taken out here.
        """
        names = {one.name for one in fields(cls)} - {"more"}
        known = {name: content[name] for name in content if name in names}
        for name in ("workspace", "role", "person", "program", "to"):
            if isinstance(known.get(name), str):
                known[name] = harmless(known[name])
        known["regions"] = tuple(known.get("regions", ()))
        withheld = known.get("withheld", {})
        try:
            known["withheld"] = {form: tuple(keys) for form, keys in withheld.items()}
            made = cls(**known, more={name: content[name] for name in content if name not in names})
        except (TypeError, AttributeError) as error:
            raise ValueError("the manifest is incomplete") from error
        made._refuse_nonsense()
        return made

    def _refuse_nonsense(self) -> None:
        texts = (self.bundle, self.node, self.workspace, self.role, self.person, self.time, self.program, self.to)
        vectors = [*self.since.values(), *self.includes.values()]
        if not all(isinstance(text, str) for text in (*texts, *self.regions)):
            raise ValueError("a text of the manifest is none")
        if not all(is_vector(vector) for vector in vectors) or not isinstance(self.records, int):
            raise ValueError("a count of the manifest is none")


def is_vector(content: object) -> bool:
    """Say whether the content is {node: count}."""
    return isinstance(content, Mapping) and all(
        isinstance(node, str) and type(count) is int and 0 < count < MOST_EDITS for node, count in content.items()
    )


@dataclass(frozen=True)
class EditedCell:
    """A visible cell that was changed outside the program.

    `row` counts from 1 and `column` is a letter, as the office suite shows them. `shown` is the text that
    stands there now and `value` the plain value it stands for, as far as the bundle's dictionary tells;
    `digest` is that of the genuine value. `rounded` says that it was typed as a number of which office suites
    keep the first 15 digits only.
    """

    sheet: str
    row: int
    column: str
    key: str
    shown: str
    value: Answer
    digest: str
    rounded: bool = False


@dataclass(frozen=True)
class Arrived:
    """One record of a bundle.

    `version` is ready to be merged: answers that were edited outside (`edited`), or whose cell is gone
    (`missing`), are withheld in it. It is None where the machine's part is damaged, and `damage` says so.
    `sheet` and `row` say where the record is seen; they are None where no sheet shows it. `torn` says that rows
    of the sheet changed places without their ids, so that its cells are another record's: they are missing.
    `contexts` are the edits of each edited answer that whoever edited it had seen.
    """

    form: str
    id: str
    version: Version | None
    sheet: str | None = None
    row: int | None = None
    edited: tuple[EditedCell, ...] = ()
    missing: tuple[str, ...] = ()
    damage: str | None = None
    torn: bool = False
    contexts: Mapping[str, Vector] = field(default_factory=dict)

    @property
    def intact(self) -> bool:
        """Say whether the record is as it was written."""
        return self.damage is None and not self.edited and not self.missing

    def as_seen(self, here: Version, keys: Iterable[str]) -> Version:
        """Return the version as whoever edited these answers had it, as far as what stood there is known here.

        An edit upon it replaces nothing that is not known here: the genuine value, arriving later, stands beside it.
        Raises ValueError for a damaged record, which nobody had.
        """
        if self.version is None:
            raise ValueError("nobody saw a damaged record")
        seen = {key: meet(self.contexts[key], here.context(key)) for key in keys}
        return replace(self.version, overrides={**self.version.overrides, **seen})


@dataclass(frozen=True)
class Finding:
    """Something that people changed in the workbook beside single cells.

    `kind` is row_added, row_removed, column_removed, sheet_removed or machine_altered; `message` says it
    in words. `record` is the id of a removed row's record.
    """

    kind: str
    message: str
    sheet: str = ""
    row: int | None = None
    record: str = ""


@dataclass(frozen=True)
class DamagedRow:
    """A history row that cannot be read or whose hash does not hold; `number` counts from 1 in the bundle."""

    number: int
    text: str
    reason: str
