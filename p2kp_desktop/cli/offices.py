"""The command that sets what is printed of the office: letterhead, logo, signatories, numbers of letters, paper."""

import argparse
import json
from dataclasses import replace
from pathlib import Path

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.offices import Office

from . import standard_input
from .opening import open_workspace
from .printing import put_out

_WORDS = 3  # of a signatory: role, name, NIP


def office(arguments: argparse.Namespace) -> int:
    """Show or set what is printed of the office: letterhead, logo, who signs, how letters are numbered, paper."""
    with open_workspace(arguments.file, "offices") as workspace:
        now = offices.office(workspace)
        made = _changed(now, arguments)
        if made != now:
            offices.keep(workspace, made)
    if arguments.json:
        put_out(offices.to_json(made))
    else:
        print("\n".join(_lines(made)))
    return 0


def _changed(now: Office, arguments: argparse.Namespace) -> Office:
    told: dict[str, object] = _document(arguments.set) if arguments.set else {}
    if arguments.line is not None:
        told["lines"] = arguments.line
    if arguments.signatory is not None:
        told["signatories"] = [_signatory(each) for each in arguments.signatory]
    for key in ("town", "numbering", "first", "paper"):
        if getattr(arguments, key) is not None:
            told[key] = getattr(arguments, key)
    told.pop("logo", None)  # shown as there or not; set by its file
    made = offices.changed(now, told)
    if arguments.no_logo:
        made = replace(made, logo=b"")
    return made if arguments.logo is None else replace(made, logo=offices.logo_of(_content(arguments.logo)))


def _document(name: str) -> dict[str, object]:
    try:
        found = json.loads(standard_input.whole() if name == "-" else _content(name).decode("utf-8-sig"))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Trouble(say("«{name}» bukan satu dokumen JSON.", name=name),
                      remedy=say("`p2kp office BERKAS --json` menunjukkan bentuknya."), code="N11")
    return found


def _content(name: str) -> bytes:
    try:
        return Path(name).read_bytes()
    except OSError as fault:
        raise Trouble(say("«{name}» tidak dapat dibaca.", name=name), remedy=say("Periksa nama dan foldernya."),
                      code="N12") from fault


def _signatory(text: str) -> dict[str, str]:
    parts = [part.strip() for part in text.split("|")]
    return dict(zip(("role", "name", "nip"), [*parts, "", ""][:_WORDS], strict=True))


def _lines(office: Office) -> list[str]:
    nothing = say("belum diisi")
    signing = [", ".join(part for part in (each.role, each.name, each.nip) if part) for each in office.signatories]
    told = [
        *((say("Kop surat"), line) for line in (office.lines or (nothing,))),
        (say("Logo"), say("ada") if office.logo else say("tidak ada")), (say("Kota surat"), office.town or nothing),
        *((say("Penanda tangan"), each) for each in (signing or [nothing])),
        (say("Nomor surat"), office.numbering or nothing),
        (say("Nomor mulai dari"), str(office.first)), (say("Kertas"), office.sheet.title),
    ]
    return [f"{label}: {said}" for label, said in told]
