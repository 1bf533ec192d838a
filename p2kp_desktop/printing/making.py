"""Makes a document: adds what every page carries, sets it, and notes what left the workspace on paper."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from p2kp_desktop import environment
from p2kp_desktop.actions.common import events, practice_mark
from p2kp_desktop.exchange.pdf_pages import joined
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.schema.table_words import source_lines
from p2kp_desktop.store import Workspace, prints
from p2kp_desktop.store.facts import facts

from . import catalogue
from .documents import passages
from .pages import characters, offices, veils
from .pages.document import Asked, Document
from .pages.offices import Office
from .pages.paper import Sheet
from .pages.registry import Needs
from .pages.typesetting import typeset, with_marks
from .pages.veils import NamesHere

_SHORT = 8  # figures of the digest on a page


@dataclass(frozen=True)
class Made:
    """A document that is set: what was asked by its name, the document, its PDF and digest (8 figures).

    `data` and `files` are what its template read; `unprinted` are letters that no font has, a sign in their place.
    """

    name: str
    asked: Asked
    document: Document
    pdf: bytes
    digest: str
    data: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    unprinted: str = ""


def make(workspace: Workspace | None, name: str, asked: Asked) -> Made:
    """Make what a name says is to be printed; raise Trouble for what cannot be. A blank needs no workspace."""
    found, form = catalogue.named(name)
    if asked.names and workspace is not None and not asked.reason.strip():
        raise no_reason()
    wanted = Asked(**{**vars(asked), "form": form or asked.form})
    place = None if found.needs is Needs.NOTHING else workspace
    return set_out(place, name, wanted, found.make(place, wanted))


def no_reason() -> Trouble:
    """Tell that names are printed with a reason only."""
    return Trouble(
        say("Nama dan NIK lengkap hanya dicetak dengan alasan. Belum ada yang dicetak."),
        remedy=say("Tuliskan alasannya; alasan itu dicatat bersama nama pencetak."), code="N20",
    )


def set_out(workspace: Workspace | None, name: str, asked: Asked, document: Document) -> Made:
    """Set a document with what every page carries: whose it is, when, how sure, a digest, x of y."""
    if workspace is not None and asked.names:
        workspace.must(Deed.PRINT_NAMES)
    hidden = veils.names_here(workspace, asked) if workspace is not None and not asked.names else None
    return _set_out(workspace, name, asked, document, hidden)


def _set_out(
    workspace: Workspace | None, name: str, asked: Asked, document: Document, hidden: NamesHere | None
) -> Made:
    moment = document.source.time if document.source else environment.now()
    office = offices.office(workspace) if workspace is not None else Office()
    if document.parts:
        return _of_parts(workspace, name, asked, document, hidden)
    digest = _digest(document)
    files = dict(document.files)
    if document.letterhead and office.logo:
        files[_LOGO] = office.logo
    data: dict[str, Any] = {**document.data, **_furniture(document, office, asked.sheet, digest, moment)}
    if document.source is None and workspace is not None:
        data |= _of_letter(workspace, document, moment)
    if hidden is not None:
        data = hidden.hidden_in(data, [*document.told, *(each.name for each in office.signatories)])
    data, unprinted = characters.printable(data)
    if unprinted:
        data["foot"] = [*data["foot"], characters.told(unprinted)]
    if document.stamp is not None:
        body, places = with_marks(document.template, data, PLACES, files, moment=moment)
        return _set_out(workspace, name, asked, document.stamp(body, places), hidden)
    pdf = typeset(document.template, data, files, kept=document.kept, moment=moment)
    return Made(name, asked, document, pdf, digest, data, files, unprinted)


def sample(office: Office) -> bytes:
    """Set the head of a letter of an office and who signs it, so that it is seen before anything is printed."""
    moment = environment.now()
    first = office.signatories[0] if office.signatories else None
    signing = [passages.place(first.role, first.name, f"NIP {first.nip}" if first.nip else "")] if first else []
    blocks = [
        passages.aside(f"{office.town}, {written.day(moment)}") if office.town else passages.paragraph(""),
        passages.signatures([("", signing)], columns=1, to_the_right=True),
    ]
    document = Document(say("Contoh kop surat"), "letter", {"size": 10, "blocks": blocks, "codes": {}, "short": ""},
                        files={_LOGO: office.logo} if office.logo else {}, letterhead=True)
    data, _lacking = characters.printable({**document.data, **_furniture(document, office, office.sheet, "", moment)})
    return typeset(document.template, data, document.files, moment=moment)


def note(workspace: Workspace, made: Made, pages: int) -> str:
    """Note that a document leaves the workspace on paper or as a file: who, when, what, which versions, with names?

    It is noted before it leaves, so that no crash forgets it; return the key of the note, to `amend` it.
    """
    records = [prints.OfRecord(form, record, version) for (form, record), version in made.document.versions.items()]
    with workspace.changing() as connection:
        key = prints.note(connection, prints.Print(
            what=made.name, title=made.document.title, digest=made.digest, names=made.asked.names,
            reason=made.asked.reason, pages=pages,
        ), records)
        scope = made.asked.scope
        events.note(connection, events.PRINTED, list=made.name, title=_called(made.name), region=scope.area,
                    rt=scope.rt or "", records=len(records), pages=pages, names=made.asked.names,
                    reason=made.asked.reason, key=key)
    return key


def _called(name: str) -> str:
    """Return the title of what is printed under a name, of a list nothing: never whose it is."""
    word = name.partition(":")[0]
    found = catalogue.printables().get(word)
    return found.title() if found is not None else ""


def amend(workspace: Workspace, noted: str, pages: int) -> None:
    """Note how many pages left after all; of none, that nothing did."""
    with workspace.changing() as connection:
        prints.amend(connection, noted, pages)
        if not pages:
            events.take_back(connection, events.PRINTED, noted)


@contextmanager
def noted(workspace: Workspace, made: Made, pages: int) -> Iterator[None]:
    """Note a document that leaves as a file; one that could not be written did not leave."""
    key = note(workspace, made, pages)
    try:
        yield
    except BaseException:
        amend(workspace, key, 0)
        raise


PLACES = "slot"  # the marks of a template that say where it may be stamped
_LOGO = "logo"


def _of_parts(
    workspace: Workspace | None, name: str, asked: Asked, document: Document, hidden: NamesHere | None
) -> Made:
    """Set the parts of a document one after the other; `asked.report` hears how many are done, and may stop it."""
    versions: dict[tuple[str, str], str] = {}
    digests: list[str] = []
    unprinted: dict[str, None] = {}

    def pdfs() -> Iterator[bytes]:
        for number, part in enumerate(document.parts):
            if asked.report is not None:
                asked.report(number, len(document.parts))
            made = _set_out(workspace, name, asked, part(), hidden)
            versions.update(made.document.versions)
            digests.append(made.digest)
            unprinted.update(dict.fromkeys(made.unprinted))
            yield made.pdf

    pdf = joined(pdfs(), leaves=document.leaves)
    digest = _digest(Document(document.title, "", {"parts": digests}))
    return Made(name, asked, replace(document, versions=versions), pdf, digest, unprinted="".join(unprinted))


def _digest(document: Document) -> str:
    """Return a short digest of what a document says; when it was made does not count."""
    told = json.dumps([document.title, document.data], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:_SHORT]


def _furniture(document: Document, office: Office, sheet: Sheet, digest: str, moment: str) -> dict[str, Any]:
    source = document.source
    foot = list(source_lines(source)) if source is not None else list(document.foot)
    return {
        "title": document.title,
        "paper": {"width": sheet.width, "height": sheet.height, "landscape": document.landscape},
        "foot": foot, "digest": say("sidik {digest}", digest=digest),
        "page_words": [say("Halaman"), say("dari")],
        "stamp": say("LATIHAN") if source is not None and source.practice else "",
        "head": {"lines": list(office.lines), "logo": bool(office.logo)} if document.letterhead else None,
        "printed": written.moment(moment),
    }


def _of_letter(workspace: Workspace, document: Document, moment: str) -> Mapping[str, object]:
    """Return the foot and the stamp of what is no report: no figure stands in it, but it has a maker too."""
    with workspace.asking() as connection:
        known, practice = facts(connection), practice_mark.is_practice(connection)
    made = say("Dicetak {moment} oleh {person}", moment=written.moment(moment), person=known.person)
    return {"foot": [" · ".join(document.foot), made] if document.foot else [made],
            "stamp": say("LATIHAN") if practice else ""}


def scope_of(workspace: Workspace, asked: Asked) -> Scope:
    """Return the scope that is asked, filled in from the workspace. Raises Unreadable."""
    return saving.understood(workspace, asked.scope)
