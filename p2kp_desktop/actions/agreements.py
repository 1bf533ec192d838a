"""Aturan Bersama: the agreements of an area, and one of them with all that hangs on it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from p2kp_desktop.forms.agreement import Agreement, Attachment, Clause, Signature, Violation, Visit
from p2kp_desktop.forms.elements import ASPECTS
from p2kp_desktop.forms.meeting import Decision, Meeting
from p2kp_desktop.schema import ADDRESS, Form, Record
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

from . import clauses
from .clauses import Comparison

DRAFT, TESTED, AGREED, LEGALISED, IN_FORCE, UNDER_REVIEW, REVOKED = STAGES = (
    "draf", "uji_publik", "disepakati", "disahkan", "berlaku", "ditinjau", "dicabut",
)
DATES = dict(zip(STAGES, (
    Agreement.drafted, Agreement.public_test, Agreement.agreed, Agreement.legalised, Agreement.in_force,
    Agreement.review_date, Agreement.revoked,
), strict=True))
HANDLED = "selesai"  # a violation that needs nothing more
_ASPECT_ORDER = {option.code: place for place, option in enumerate(ASPECTS.all)}


def text(record: Record, key: str) -> str:
    """Return a plain answer as text, "" where there is none."""
    value = record.answers.get(key)
    return "" if value is None else str(value)


def whole_number(record: Record, key: str) -> int:
    """Return a plain answer as a number, 0 where there is none."""
    value = record.answers.get(key)
    return value if isinstance(value, int) else 0


@dataclass(frozen=True)
class Line:
    """An agreement in the list; dates are ISO, "" where none is said. `signed` counts signatures of this version."""

    id: str
    number: str
    name: str
    region: str
    stage: str
    version: int
    review_due: str
    clauses: int
    signed: int
    signatories: int
    violations: int  # not yet settled


def lines(workspace: Workspace, area: str) -> list[Line]:
    """Return the agreements of an area, by kelurahan and number."""
    with workspace.asking() as connection:
        found = [(record, Parts.of(connection, record.id)) for record in in_area(connection, area)]
    made = [_line(record, parts) for record, parts in found]
    return sorted(made, key=lambda line: (line.region, line.number, line.id))


def in_area(connection: Connection, area: str) -> list[Record]:
    """Return the agreements of an area."""
    return list(views.found(connection, Agreement, Where(area=area or None)))


def _line(record: Record, parts: "Parts") -> Line:
    signed = sum(is_signed(each, record) for each in parts.signatures)
    return Line(
        record.id, text(record, "number"), text(record, "name"), text(record, "region"), stage_of(record),
        whole_number(record, "version"), text(record, "review_due"), len(parts.clauses), signed,
        len(parts.signatures), sum(is_open(each) for each in parts.violations),
    )


def stage_of(agreement: Record) -> str:
    """Return the stage of an agreement; one that nobody named is a draft."""
    stage = text(agreement, "stage")
    return stage if stage in STAGES else DRAFT


def is_signed(signature: Record, agreement: Record) -> bool:
    """Say whether this is signed for the version in work: not before it was drafted."""
    signed = text(signature, "signed")
    return bool(signed) and signed >= text(agreement, "drafted")


def is_open(violation: Record) -> bool:
    """Say whether a violation is not settled."""
    return text(violation, "handled") != HANDLED


@dataclass(frozen=True)
class Parts:
    """What hangs on an agreement, each kind in its order."""

    clauses: tuple[Record, ...] = ()
    signatures: tuple[Record, ...] = ()
    visits: tuple[Record, ...] = ()
    violations: tuple[Record, ...] = ()
    attachments: tuple[Record, ...] = ()

    @classmethod
    def of(cls, connection: Connection, agreement: str) -> "Parts":
        """Return what hangs on an agreement."""
        def below(form: type[Form]) -> list[Record]:
            return list(views.found(connection, form, Where(parent=agreement)))

        return cls(
            tuple(sorted(below(Clause), key=_clause_order)),
            tuple(below(Signature)),
            tuple(sorted(below(Visit), key=lambda each: text(each, "date"), reverse=True)),
            tuple(sorted(below(Violation), key=lambda each: text(each, "date"), reverse=True)),
            tuple(below(Attachment)),
        )


def _clause_order(clause: Record) -> tuple[int, int, str]:
    aspect = _ASPECT_ORDER.get(text(clause, "aspect"), len(_ASPECT_ORDER))
    return aspect, whole_number(clause, "clause_number"), clause.id


@dataclass(frozen=True)
class Whole:
    """One agreement with all that belongs to it; `comparison` is with the version before, None where none is kept."""

    record: Record
    parts: Parts
    meetings: tuple[Record, ...] = ()
    decisions: tuple[Record, ...] = ()  # of those meetings, still open
    versions: tuple[int, ...] = ()  # whose text is kept, the earlier ones
    comparison: Comparison | None = None

    @property
    def stage(self) -> str:
        """Return its stage."""
        return stage_of(self.record)

    @property
    def signed(self) -> tuple[Record, ...]:
        """Return the signatures given for this version."""
        return tuple(each for each in self.parts.signatures if is_signed(each, self.record))

    @property
    def address(self) -> dict[str, str]:
        """Return region and period of the agreement."""
        return {key: text(self.record, key) for key in ADDRESS if text(self.record, key)}


def whole(workspace: Workspace, agreement: str) -> Whole | None:
    """Return an agreement with all that belongs to it; None where it is not there (any more)."""
    with workspace.asking() as connection:
        return whole_in(connection, agreement)


def whole_in(connection: Connection, agreement: str) -> Whole | None:
    """Return an agreement within a question; see `whole`."""
    record = next(views.found(connection, Agreement, Where(id=agreement)), None)
    if record is None:
        return None
    kept = tuple(clauses.editions(record))
    compared = clauses.compare_in(connection, record, kept[-1]) if kept else None
    meetings = linked_meetings(connection, record)
    decisions = _open_decisions(connection, meetings)
    return Whole(record, Parts.of(connection, agreement), meetings, decisions, kept, compared)


def linked_meetings(connection: Connection, agreement: Record) -> tuple[Record, ...]:
    """Return the meetings that hang on an agreement or name its number in «Terkait dengan», the newest first."""
    number, region = text(agreement, "number"), text(agreement, "region")
    named = re.compile(rf"(?<!\w){re.escape(number)}(?!\w)", re.IGNORECASE) if number else None

    def belongs(meeting: Record) -> bool:
        if text(meeting, "parent") == agreement.id:
            return True
        about_it = named is not None and bool(named.search(text(meeting, "about")))
        return about_it and text(meeting, "region") in ("", region)

    found = (each for each in views.found(connection, Meeting) if belongs(each))
    return tuple(sorted(found, key=lambda each: text(each, "date"), reverse=True))


def _open_decisions(connection: Connection, meetings: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(
        decision for meeting in meetings for decision in views.found(connection, Decision, Where(parent=meeting.id))
        if text(decision, "done") not in ("selesai", "batal")
    )


def by_aspect(found: Sequence[Record]) -> list[tuple[str, list[Record]]]:
    """Return clauses in the order of the aspects, grouped: the code of the aspect and its clauses."""
    groups: dict[str, list[Record]] = {}
    for clause in sorted(found, key=_clause_order):
        groups.setdefault(text(clause, "aspect"), []).append(clause)
    return list(groups.items())


@dataclass(frozen=True)
class Indicator:
    """The indicator «aturan bersama» of a kelurahan in a period."""

    region: str
    exists: bool
    agreed: bool
    legalised: bool
    monitored: bool  # somebody visited within the period


def indicator(workspace: Workspace, area: str, period: str) -> list[Indicator]:
    """Return the indicator for every kelurahan of an area that has an agreement, by code.

    An agreement counts from the day it was drafted until it is revoked; a step without a date counts by the stage.
    """
    year = period[:4]
    kept: dict[str, list[Indicator]] = {}
    with workspace.asking() as connection:
        for record in in_area(connection, area):
            region = text(record, "region")
            visits = views.found(connection, Visit, Where(parent=record.id))
            kept.setdefault(region, []).append(_indicated(record, visits, year))
    return [
        Indicator(region, *(any(getattr(each, name) for each in found) for name in _FACTS))
        for region, found in sorted(kept.items())
    ]


_FACTS = ("exists", "agreed", "legalised", "monitored")


def _indicated(record: Record, visits: Iterable[Record], year: str) -> Indicator:
    def by_then(stage: str) -> bool:
        date = text(record, DATES[stage].key)
        if date:
            return date[:4] <= year
        return STAGES.index(stage) <= STAGES.index(stage_of(record)) and stage_of(record) != REVOKED

    region, revoked = text(record, "region"), text(record, "revoked")
    gone = revoked[:4] < year if revoked else stage_of(record) == REVOKED
    if gone or (text(record, "drafted")[:4] or year) > year:
        return Indicator(region, exists=False, agreed=False, legalised=False, monitored=False)
    monitored = any(text(visit, "date").startswith(year) for visit in visits)
    return Indicator(region, True, by_then(AGREED), by_then(LEGALISED), monitored)
