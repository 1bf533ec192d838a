"""Blank questionnaires: of every form, one or a thousand, numbered or for the lines of the residents' list."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from p2kp_desktop.actions.residents import residents
from p2kp_desktop.exchange.pdf_drawing import forget
from p2kp_desktop.forms import Household, Resident
from p2kp_desktop.forms import form as form_of
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.qr import qr_svg
from p2kp_desktop.printing.pages.registry import Needs, unbound
from p2kp_desktop.reports import saving
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.places import normal_rt, region
from p2kp_desktop.schema.printed_code import PrintedCode
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import Workspace, listing

from . import form_sheets, stamping
from .form_sheets import Head
from .stamping import Place, Side

_SIDES = 100  # that are set at once: 7 MB
_MOST = 5000  # forms of one order: more is a slip of the finger


@dataclass(frozen=True)
class Copy:
    """One form to print: what stands at its head, and of which line of the residents' list it is."""

    head: Head
    number: int = 0
    resident: str = ""
    name: str = ""
    house: str = ""


@unbound("blank", lambda: say("Formulir kosong"), Needs.FORM)
def blank(workspace: Workspace | None, asked: Asked) -> Document:
    """Return blank forms: the body once, head and codes of each stamped on it."""
    form = form_of(asked.form)
    asked_for = _copies(workspace, form, asked)
    copies = asked_for[: 1 if asked.preview else None]

    def stamp(pdf: bytes, marks: object) -> Document:
        places = stamping.places_of(marks)
        sides = max(place.page for place in places)
        if sides % 2 and not asked.two_up:
            return replace(body, data={**body.data, "notes": say("Catatan")})  # each form begins on a sheet of its own
        at_once = max(1, _SIDES // sides // 4) * 4  # whole sheets, also with four sides on each
        some = [copies[start:start + at_once] for start in range(0, len(copies), at_once)]
        parts = [partial(_some, form, each, body, pdf, places, asked) for each in some]
        return parts[0]() if len(parts) == 1 else Document(body.title, "", {}, parts=parts)

    body = Document(say(form.title), "form", form_sheets.blank(form, asked.sheet), stamp=stamp,
                    whole=len(asked_for))
    return body


def _some(
    form: type[Form], copies: Sequence[Copy], body: Document, pdf: bytes, places: Sequence[Place], asked: Asked
) -> Document:
    """Return some forms on the sides of their body, when those before them are done with."""
    forget()
    sides = max(place.page for place in places)
    return stamping.stamped(body, pdf, places, [side for each in copies for side in _stamped(form, each, sides)], asked)


def _stamped(form: type[Form], copy: Copy, sides: int) -> Iterator[Side]:
    words = {f"head.{key}": text for key, text in copy.head.words().items()}
    if form is Household:
        words |= {f"answer.{Household.head_name.key}": copy.name, f"answer.{Household.building.key}": copy.house}
    head = copy.head
    for page in range(1, sides + 1):
        code = PrintedCode.of_blank(form.key, head.region, head.rt, head.period, copy.number, resident=copy.resident,
                                    page=page)
        yield Side(page, words, qr_svg(code.text), code.short)


def _copies(workspace: Workspace | None, form: type[Form], asked: Asked) -> list[Copy]:
    """Return the forms that are asked; raise Trouble for too many, or where there is no list of residents."""
    count = max(1, asked.count)
    if count > _MOST:
        raise Trouble(say("Terlalu banyak formulir sekali cetak: {count}. Belum ada yang dibuat.", count=count),
                      remedy=say("Cetak paling banyak {most} sekaligus.", most=_MOST), code="N21")
    head = _head(workspace, form, asked)
    if asked.residents:
        found = _of_residents(workspace, head, asked)
    elif count == 1 and asked.first == 1:
        found = [Copy(each) for each in _of_rts(workspace, form, head)]
    else:
        numbers = range(asked.first, asked.first + count)
        found = [Copy(_numbered(head, number), number) for number in numbers]
    return found


def _head(workspace: Workspace | None, form: type[Form], asked: Asked) -> Head:
    scope = _read(asked.scope) if workspace is None else saving.understood(workspace, asked.scope)
    return Head(
        region=scope.area, rt=scope.rt or "" if form.place == "rt" else "",
        period=scope.period if form.per_period else "",
    )


def _read(scope: Scope) -> Scope:
    """Return a scope that somebody typed where no workspace is at hand; raise Unreadable for what is none."""
    return Scope(region(scope.area).code if scope.area else "", normal_rt(scope.rt) if scope.rt else None, scope.period)


def _numbered(head: Head, number: int) -> Head:
    return replace(head, number=str(number))


def _of_rts(workspace: Workspace | None, form: type[Form], head: Head) -> list[Head]:
    """Return a head for each RT known in the area, of a form of which an RT has one; else the one head."""
    if workspace is None or head.rt or "rt" not in form.natural or not head.region:
        return [head]
    with workspace.asking() as connection:
        known = listing.known_rts(connection, [head.region], head.period)
    return [replace(head, region=village, rt=rt) for village, rt, _count in known] or [head]


def _of_residents(workspace: Workspace | None, head: Head, asked: Asked) -> list[Copy]:
    """Return a form for each line of the residents' list that nobody visited yet, numbered as the lines are."""
    if workspace is None:
        raise Trouble(say("Daftar warga ada di sebuah ruang kerja."), code="N24",
                      remedy=say("Sebutkan ruang kerjanya dengan --workspace."))
    lines = residents.lines(workspace, head.region, head.rt or None, head.period, missing=True)
    if not lines:
        raise Trouble(say("Tidak ada rumah yang tersisa di daftar warga. Belum ada yang dibuat."), code="N22",
                      remedy=say("Cetak formulir bernomor, atau tempel dulu daftar dari Ketua RT."))
    return [Copy(
        replace(_numbered(head, number), region=str(each.answers.get("region") or ""),
                rt=str(each.answers.get("rt") or "")),
        number, each.id, (each[Resident.head_name] or "") if asked.names else "", each[Resident.house_number] or "",
    ) for number, each in ((each[Resident.line] or place, each) for place, each in enumerate(lines, 1))]
