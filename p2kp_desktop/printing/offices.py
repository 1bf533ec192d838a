"""The office that prints: its letterhead, who signs, how its letters are numbered; kept with the workspace.

It belongs to the one who prints and not to the data, so it never travels in a bundle.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from p2kp_desktop.store import Workspace
from p2kp_desktop.store import facts as notes

from .paper import A4, SHEETS, Sheet

NOTE = "office"


@dataclass(frozen=True)
class Signatory:
    """Who signs for the office: as what, name, NIP ("" for none)."""

    role: str
    name: str
    nip: str = ""


@dataclass(frozen=True)
class Office:
    """What its paper says of an office: lines of the letterhead from the top, the logo (PNG or JPEG), the rest.

    `numbering` is how its letters are numbered, with {no}, {bulan} (in Roman numerals) and {tahun} in it.
    """

    lines: tuple[str, ...] = ()
    logo: bytes = b""
    town: str = ""
    signatories: tuple[Signatory, ...] = ()
    numbering: str = ""
    sheet: Sheet = A4


def office(workspace: Workspace) -> Office:
    """Read what is set of the office; an empty one where nothing is."""
    with workspace.asking() as connection:
        noted = notes.everything(connection).get(NOTE)
    return _read(json.loads(noted)) if noted else Office()


def keep(workspace: Workspace, office: Office) -> None:
    """Set what is printed of the office."""
    told = {**asdict(office), "logo": base64.b64encode(office.logo).decode("ascii"), "sheet": office.sheet.name}
    with workspace.changing() as connection:
        notes.note(connection, NOTE, json.dumps(told, ensure_ascii=False))


def _read(told: Mapping[str, object]) -> Office:
    known: dict[str, object] = {key: told[key] for key in ("town", "numbering") if key in told}
    lines, signatories = told.get("lines", ()), told.get("signatories", ())
    return Office(
        lines=tuple(map(str, lines)) if isinstance(lines, list) else (),
        logo=base64.b64decode(str(told.get("logo", ""))),
        town=str(known.get("town", "")), numbering=str(known.get("numbering", "")),
        signatories=tuple(Signatory(**each) for each in signatories) if isinstance(signatories, list) else (),
        sheet=SHEETS.get(str(told.get("sheet")), A4),
    )
