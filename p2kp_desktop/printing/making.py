"""Makes a document: adds what every page carries, sets it, and notes what left the workspace on paper."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from p2kp_desktop import environment
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.schema.table_words import source_lines
from p2kp_desktop.store import Workspace, prints

from . import catalogue, offices
from .document import Asked, Document
from .offices import Office
from .paper import Sheet
from .typesetting import forget, typeset, with_marks
from .viewing import joined

_FORGET = 5  # parts after which typst forgets: 60 MB
_SHORT = 8  # figures of the digest on a page


@dataclass(frozen=True)
class Made:
    """A document that is set: what was asked by its name, the document, its PDF and digest (8 figures)."""

    name: str
    asked: Asked
    document: Document
    pdf: bytes
    digest: str


def make(workspace: Workspace | None, name: str, asked: Asked) -> Made:
    """Make what a name says is to be printed; raise Trouble for what cannot be. A blank needs no workspace."""
    found, form = catalogue.named(name)
    if asked.names and workspace is not None and not asked.reason.strip():
        raise Trouble(
            say("Nama dan NIK lengkap hanya dicetak dengan alasan. Belum ada yang dicetak."),
            remedy=say("Tuliskan alasannya; alasan itu dicatat bersama nama pencetak."), code="N20",
        )
    wanted = Asked(**{**vars(asked), "form": form or asked.form})
    return set_out(workspace, name, wanted, found.make(workspace, wanted))


def set_out(workspace: Workspace | None, name: str, asked: Asked, document: Document) -> Made:
    """Set a document with what every page carries: whose it is, when, how sure, a digest, x of y."""
    moment = document.source.time if document.source else environment.now()
    office = offices.office(workspace) if workspace is not None else Office()
    if document.parts:
        return _of_parts(workspace, name, asked, document)
    digest = _digest(document)
    files = dict(document.files)
    if document.letterhead and office.logo:
        files[_LOGO] = office.logo
    data = {**document.data, **_furniture(document, office, asked.sheet, digest, moment)}
    if document.stamp is not None:
        body, places = with_marks(document.template, data, PLACES, files, moment=moment)
        return set_out(workspace, name, asked, document.stamp(body, places))
    pdf = typeset(document.template, data, files, kept=document.kept, moment=moment)
    return Made(name, asked, document, pdf, digest)


def note(workspace: Workspace, made: Made, pages: int) -> None:
    """Note that a document left the workspace on paper or as a file: who, when, what, which versions, with names?"""
    records = [prints.OfRecord(form, record, version) for (form, record), version in made.document.versions.items()]
    with workspace.changing() as connection:
        prints.note(connection, prints.Print(
            what=made.name, title=made.document.title, digest=made.digest, names=made.asked.names,
            reason=made.asked.reason, pages=pages,
        ), records)


PLACES = "slot"  # the marks of a template that say where it may be stamped
_LOGO = "logo"


def _of_parts(workspace: Workspace | None, name: str, asked: Asked, document: Document) -> Made:
    """Set the parts of a document one after the other; `asked.report` hears how many are done, and may stop it."""
    versions: dict[tuple[str, str], str] = {}
    digests: list[str] = []

    def pdfs() -> Iterator[bytes]:
        for number, part in enumerate(document.parts):
            if asked.report is not None:
                asked.report(number, len(document.parts))
            if number % _FORGET == 0:
                forget()
            made = set_out(workspace, name, asked, part())
            versions.update(made.document.versions)
            digests.append(made.digest)
            yield made.pdf

    pdf = joined(pdfs(), leaves=document.leaves)
    digest = _digest(Document(document.title, "", {"parts": digests}))
    return Made(name, asked, replace(document, versions=versions), pdf, digest)


def _digest(document: Document) -> str:
    """Return a short digest of what a document says; when it was made does not count."""
    told = json.dumps([document.title, document.data], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:_SHORT]


def _furniture(document: Document, office: Office, sheet: Sheet, digest: str, moment: str) -> Mapping[str, object]:
    source = document.source
    foot = list(source_lines(source)) if source is not None else []
    return {
        "title": document.title,
        "paper": {"width": sheet.width, "height": sheet.height, "landscape": document.landscape},
        "foot": foot, "digest": say("sidik {digest}", digest=digest),
        "page_words": [say("Halaman"), say("dari")],
        "stamp": say("LATIHAN") if source is not None and source.practice else "",
        "head": {"lines": list(office.lines), "logo": bool(office.logo)} if document.letterhead else None,
        "printed": written.moment(moment),
    }


def scope_of(workspace: Workspace, asked: Asked) -> Scope:
    """Return the scope that is asked, filled in from the workspace. Raises Unreadable."""
    return saving.understood(workspace, asked.scope)
