"""Review: verifying records that are clean, and returning others with comments.

A verification stores which edits it saw. An edit that it did not see, arriving later or made later, takes
the verification's force away: the record shows «berubah sesudah diverifikasi» and counts as not verified.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import ALIVE, STATUS, Form, new_id
from p2kp_desktop.schema.causality import Version, covers
from p2kp_desktop.store import Connection, Workspace, records, views

from .editing import Edits, editing
from .recording import problems

VERIFIED, RETURNED = "terverifikasi", "dikembalikan"
CHANGED = "berubah sesudah diverifikasi"

SEEN = "seen"  # the answer that holds, as JSON, the edits a verification saw
REVIEWERS = ("district", "province")


@dataclass(frozen=True)
class Refusal:
    """A record that cannot be verified yet, and why, in words."""

    form: str
    id: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Reviewed:
    """What a review did: the records it verified, those verified before, and those it could not verify."""

    verified: tuple[str, ...]
    already: tuple[str, ...]
    refused: tuple[Refusal, ...]


def standing(version: Version) -> str:
    """Return the review status in force: "", dikembalikan, terverifikasi, or that it changed since."""
    values = version.values()
    status = str(values.get(STATUS) or "")
    if status != VERIFIED:
        return status
    try:
        seen = json.loads(str(values.get(SEEN) or "{}"))
    except ValueError:
        return CHANGED
    review = {STATUS, SEEN, ALIVE}
    dots = (s.save.dot for key, siblings in version.answers.items() if key not in review for s in siblings)
    return VERIFIED if all(covers(seen, dot) for dot in dots) else CHANGED


def verify(
    workspace: Workspace, *, ids: Sequence[str] = (), area: str | None = None, rt: str | None = None, person: str = ""
) -> Reviewed:
    """Verify the named records, or all of an RT or region that can be; raise Trouble in a facilitator's workspace.

    A record with a problem that nobody explained, or with an open conflict, is refused with its reasons.
    """
    verified, already, refused = [], [], []
    with editing(workspace) as edits:
        _must_review(edits)
        for form, record in _chosen(edits.connection, ids, area, rt):
            version = edits.version(form.key, record)
            if standing(version) == VERIFIED:
                already.append(record)
            elif reasons := tuple(_reasons(edits, form, version)):
                refused.append(Refusal(form.key, record, reasons))
            else:
                seen = json.dumps(dict(sorted(version.vector.items())))
                edits.save(form.key, record, {STATUS: VERIFIED, SEEN: seen}, origin="verifikasi", person=person)
                verified.append(record)
    return Reviewed(tuple(verified), tuple(already), tuple(refused))


def give_back(
    workspace: Workspace, record: str, *, comment: str, about: str = "", person: str = ""
) -> str:
    """Return a record to its facilitator with a comment, on one question or on all; return the comment's id.

    Raises Trouble without a comment, for a record that is not there, and in a facilitator's workspace.
    """
    if not comment.strip():
        raise Trouble("Catatan belum diisi.", remedy="Tuliskan apa yang harus diperbaiki.", code="V01")
    with editing(workspace) as edits:
        _must_review(edits)
        ((form, _),) = list(_named(edits.connection, [record]))
        if about and form.question(about) is None:
            raise Trouble(f"Formulir {form.key} tidak mempunyai pertanyaan «{about}».", remedy="Periksa.", code="V02")
        version = edits.version(form.key, record)
        edits.save(form.key, record, {STATUS: RETURNED}, origin="dikembalikan", reason=comment.strip(), person=person)
        said = {"parent": record, "region": version.values().get("region"), "about": about or None}
        ident = new_id()
        kept = {key: value for key, value in said.items() if value is not None}
        edits.save(Comment.key, ident, {**kept, "text": comment.strip()}, origin="catatan pemeriksa", person=person)
    return ident


def _must_review(edits: Edits) -> None:
    if edits.facts.role not in REVIEWERS:
        raise Trouble(
            "Ruang kerja fasilitator tidak memeriksa datanya sendiri.",
            remedy="Kirim ke kabupaten/kota untuk diperiksa.", code="V03",
        )


def _chosen(
    connection: Connection, ids: Sequence[str], area: str | None, rt: str | None
) -> Iterator[tuple[type[Form], str]]:
    if ids:
        yield from _named(connection, ids)
        return
    for form in FORMS:
        if form is not Comment and form.place:
            for record in views.found(connection, form, views.Where(area=area, rt=rt if form.place == "rt" else None)):
                yield form, record.id


def _named(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[type[Form], str]]:
    known = {form.key: form for form in FORMS}
    for record in ids:
        form = known.get(records.form_of(connection, record) or "")
        if form is None:
            raise Trouble(f"Catatan {record} tidak ada.", remedy="Periksa nomornya.", code="V04")
        yield form, record


def _reasons(edits: Edits, form: type[Form], version: Version) -> Iterator[str]:
    for question in version.conflicts():
        yield f"{question}: konflik belum diselesaikan."
    for problem in problems(edits, form, version):
        if not problem.note:
            yield f"{problem.question}: {problem.message}"
