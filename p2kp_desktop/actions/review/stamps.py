"""The three stamps of an RT's forms: diserahkan, diketahui, diverifikasi, each a date and a name.

A stamp is kept as it was given. That a record is returned or changed afterwards does not take it away: the
change may come from a laptop that never heard of the stamp, so whether a stamp still holds can only follow
from the records as they stand (rollup.py). Given again, it carries the new date.
"""

from collections.abc import Collection, Iterable

from p2kp_desktop import environment
from p2kp_desktop.actions.recording.recording import record_within
from p2kp_desktop.actions.recording.saves import Edits, editing
from p2kp_desktop.forms.approval import Approval
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace

ORIGIN = "pengesahan"

RtPeriod = tuple[str, str, str]  # region (kelurahan), RT label, period

SUBMITTED, ACKNOWLEDGED, VERIFIED = "submitted", "acknowledged", "verified"  # as the keys of Approval begin


def stamp_acknowledged(workspace: Workspace, region: str, rt: str, period: str, *, name: str, date: str) -> str:
    """Note who acknowledged the forms of an RT and when; return the id of its approval.

    Raises Trouble without a name, Refused (Unreadable) for a date, region, RT or period that cannot be read.
    """
    if not name.strip():
        raise Trouble(
            say("Nama yang mengetahui belum diisi."), remedy=say("Tuliskan namanya, misalnya ketua RT."), code="V08"
        )
    if not date.strip():
        raise Trouble(
            say("Tanggal diketahui belum diisi."), remedy=say("Tuliskan tanggalnya, misalnya 14/11/2026."), code="V08"
        )
    with editing(workspace) as edits:
        return _stamp(edits, (region, rt, period), ACKNOWLEDGED, date=date, name=name)


def stamp_whole(
    edits: Edits, kind: str, places: Iterable[RtPeriod], touched: Collection[RtPeriod], person: str
) -> None:
    """Stamp RTs as submitted or verified today: those where something was, and those never stamped."""
    name = person or edits.facts.person
    for place in places:
        if place in touched or not _is_stamped(edits, place, kind):
            _stamp(edits, place, kind, date=environment.now()[:10], name=name)


def _is_stamped(edits: Edits, place: RtPeriod, kind: str) -> bool:
    address = dict(zip(Approval.natural, place, strict=True))
    ident = str(Approval.natural_id(address))
    return bool(edits.version(Approval.key, ident).values().get(f"{kind}_date"))


def _stamp(edits: Edits, place: RtPeriod, kind: str, *, date: str, name: str) -> str:
    given = dict(zip(Approval.natural, place, strict=True)) | {f"{kind}_date": date, f"{kind}_name": name}
    return record_within(edits, Approval, given, origin=ORIGIN).id
