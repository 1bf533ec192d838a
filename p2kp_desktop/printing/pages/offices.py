"""The office that prints: its letterhead, who signs, how its letters are numbered; kept with the workspace.

It belongs to the one who prints and not to the data, so it never travels in a bundle.
"""

import base64
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace, rights
from p2kp_desktop.store import facts as notes

from .paper import A4, SHEETS, Sheet

NOTE = "office"
NUMBER, MONTH, YEAR = "{no}", "{bulan}", "{tahun}"  # what stands for itself in the numbering of letters
MOST_LINES, LONGEST = 6, 120  # of a letterhead: lines, letters of one
MOST_SIGNATORIES = 6
_MOST_LETTERS = 99_999  # of a year
LARGEST_LOGO = 2 << 20  # octets
_SIDE = 600  # pixels of a logo that is kept: 18 mm at 800 dots an inch
_MOST_PIXELS = 40_000_000


@dataclass(frozen=True)
class Signatory:
    """Who signs for the office: as what, name, NIP ("" for none)."""

    role: str
    name: str
    nip: str = ""


@dataclass(frozen=True)
class Office:
    """What its paper says of an office: lines of the letterhead from the top, the logo (PNG or JPEG), the rest.

    `numbering` is how its letters are numbered, with {no}, {bulan} (in Roman numerals) and {tahun} in it; the first
    letter of a year is `first`, or later where its register had come further before this program numbered any.
    """

    lines: tuple[str, ...] = ()
    logo: bytes = b""
    town: str = ""
    signatories: tuple[Signatory, ...] = ()
    numbering: str = ""
    first: int = 1
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
        rights.must(connection, Deed.RULE)
        notes.note(connection, NOTE, json.dumps(told, ensure_ascii=False))


def _read(told: Mapping[str, object]) -> Office:
    known: dict[str, object] = {key: told[key] for key in ("town", "numbering") if key in told}
    lines, signatories = told.get("lines", ()), told.get("signatories", ())
    return Office(
        lines=tuple(map(str, lines)) if isinstance(lines, list) else (),
        logo=base64.b64decode(str(told.get("logo", ""))),
        town=str(known.get("town", "")), numbering=str(known.get("numbering", "")),
        first=_number(told.get("first", 1)),
        signatories=tuple(Signatory(**each) for each in signatories) if isinstance(signatories, list) else (),
        sheet=SHEETS.get(str(told.get("sheet")), A4),
    )


def to_json(office: Office) -> dict[str, object]:
    """Return an office as scripts read it; of the logo whether there is one."""
    return {
        "lines": list(office.lines), "town": office.town, "numbering": office.numbering,
        "first": office.first, "paper": office.sheet.name,
        "signatories": [asdict(each) for each in office.signatories], "logo": bool(office.logo),
    }


def changed(office: Office, told: Mapping[str, object]) -> Office:
    """Return an office with what is told of it in the words of `to_json`, the rest as it was; raise Trouble."""
    unknown = sorted({*told} - {*to_json(office)})
    if unknown:
        raise _refused(say("«{key}» tidak dikenal sebagai isian kantor.", key=unknown[0]))
    made = office
    if "town" in told:
        made = replace(made, town=_line(told["town"]))
    if "numbering" in told:
        made = replace(made, numbering=_line(told["numbering"]))
    if "first" in told:
        made = replace(made, first=_number(told["first"]))
    if "lines" in told:
        lines = told["lines"] if isinstance(told["lines"], list) else str(told["lines"]).splitlines()
        made = replace(made, lines=tuple(line for line in map(_line, lines) if line))
    if "signatories" in told:
        made = replace(made, signatories=_signatories(told["signatories"]))
    if "paper" in told:
        if told["paper"] not in SHEETS:
            raise _refused(say("Kertas «{paper}» tidak dikenal; yang ada: {known}.", paper=told["paper"],
                               known=", ".join(SHEETS)))
        made = replace(made, sheet=SHEETS[str(told["paper"])])
    return checked(made)


def checked(office: Office) -> Office:
    """Return an office whose paper can be made; raise Trouble for what would not fit, or number all letters alike."""
    if len(office.lines) > MOST_LINES:
        raise _refused(say("Kop surat paling banyak {count} baris.", count=MOST_LINES))
    if len(office.signatories) > MOST_SIGNATORIES:
        raise _refused(say("Penanda tangan paling banyak {count} orang.", count=MOST_SIGNATORIES))
    if office.numbering and NUMBER not in office.numbering:
        raise _refused(say("Nomor surat harus memuat {no}, supaya tidak semua surat bernomor sama.", no=NUMBER))
    return office


def _signatories(told: object) -> tuple[Signatory, ...]:
    if not isinstance(told, list):
        raise _refused(say("Penanda tangan ditulis sebagai daftar."))
    found = []
    for each in told:
        if not isinstance(each, Mapping) or {*each} - {"role", "name", "nip"}:
            raise _refused(say("Penanda tangan ditulis dengan jabatan, nama, dan NIP."))
        signatory = Signatory(*(_line(each.get(key, "")) for key in ("role", "name", "nip")))
        found += [signatory] if signatory != Signatory("", "") else []
    return tuple(found)


def _number(told: object) -> int:
    text = str(told).strip()
    if not (text.isascii() and text.isdigit() and 0 < int(text) <= _MOST_LETTERS):
        raise _refused(say("«{number}» bukan nomor surat pertama: tulis angka bulat mulai dari 1.", number=text))
    return int(text)


def _line(told: object) -> str:
    text = " ".join(str(told or "").split())
    if len(text) > LONGEST:
        raise _refused(say("«{words} …» terlalu panjang untuk kop surat: paling banyak {count} huruf.",
                           words=text[:30], count=LONGEST))
    return text


def _refused(what: str) -> Trouble:
    return Trouble(what, safe=say("Isian kantor yang lama tetap ada."), remedy=say("Perbaiki, lalu simpan lagi."),
                   code="N09")


def logo_of(content: bytes) -> bytes:
    """Return a logo as it is kept: a PNG of at most 600 pixels a side, without what a camera wrote into it.

    Raises Trouble for what is no PNG or JPEG, is too large, or is damaged.
    """
    from PIL import Image, UnidentifiedImageError

    if len(content) > LARGEST_LOGO:
        raise _no_logo(say("Gambar logo terlalu besar: {size}, paling banyak {most}.", size=written.size(len(content)),
                           most=written.size(LARGEST_LOGO)))
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise _no_logo(say("Gambar logo terlalu besar: {width} × {height} titik.", width=picture.width,
                                   height=picture.height))
            small = picture.convert("RGBA")
    except (UnidentifiedImageError, Image.DecompressionBombError):
        raise _no_logo(say("Berkas ini bukan gambar PNG atau JPEG.")) from None
    except (OSError, SyntaxError, ValueError):  # what Pillow raises for a file that is cut off or damaged
        raise _no_logo(say("Gambar logo rusak dan tidak dapat dibaca.")) from None
    small.thumbnail((_SIDE, _SIDE))
    out = io.BytesIO()
    small.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _no_logo(what: str) -> Trouble:
    return Trouble(what, safe=say("Logo yang lama tetap ada."), remedy=say("Pilih gambar PNG atau JPEG yang lain."),
                   code="N10")
