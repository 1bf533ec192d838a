"""Aturan Bersama: the agreements of an area, and one of them with all that hangs on it.

The indicator «aturan bersama» is told from them: what those of each kelurahan had come to in a period.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from p2kp_desktop import environment
from p2kp_desktop.forms.agreement import Agreement, Clause, Incentive, Signature, Violation, Visit
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.elements import ASPECTS
from p2kp_desktop.forms.meeting import ABOUT, Decision, Meeting
from p2kp_desktop.rules.agreements import Day, Edition, Standing, standing
from p2kp_desktop.schema import ADDRESS, Form, Record
from p2kp_desktop.schema.places import parents, region_name
from p2kp_desktop.store import Connection, Workspace, listing, views
from p2kp_desktop.store.views import Where

from . import agreement_versions, clauses, printed_agreements, turnout
from .agreement_versions import editions
from .clauses import Comparison
from .printed_agreements import PrintedOnce
from .turnout import Turnout

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
class AgreementLine:
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


def lines(workspace: Workspace, area: str) -> list[AgreementLine]:
    """Return the agreements of an area, by kelurahan and number."""
    with workspace.asking() as connection:
        found = [(record, Parts.of(connection, record.id)) for record in in_area(connection, area)]
    made = [_line(record, parts) for record, parts in found]
    return sorted(made, key=lambda line: (line.region, line.number, line.id))


def in_area(connection: Connection, area: str) -> list[Record]:
    """Return the agreements of an area."""
    return list(views.found(connection, Agreement, Where(area=area or None)))


def _line(record: Record, parts: "Parts") -> AgreementLine:
    signed = sum(is_signed(each, record) for each in parts.signatures)
    return AgreementLine(
        record.id, text(record, "number"), text(record, "name"), text(record, "region"), Edition(record).stage,
        whole_number(record, "version"), text(record, "review_due"), len(parts.clauses), signed,
        len(parts.signatures), sum(is_open(each) for each in parts.violations),
    )


def is_signed(signature: Record, agreement: Record) -> bool:
    """Say whether this is signed for the version in work; where it names none, not before that was drafted."""
    signed, version = text(signature, "signed"), whole_number(signature, "version")
    if version:
        return bool(signed) and version == Edition(agreement).number
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
    incentives: tuple[Record, ...] = ()
    attachments: tuple[Record, ...] = ()

    @classmethod
    def of(cls, connection: Connection, agreement: str) -> "Parts":
        """Return the records that hang on an agreement, such as its clauses, signatures and visits."""
        def below(form: type[Form]) -> list[Record]:
            return list(views.found(connection, form, Where(parent=agreement)))

        def newest(form: type[Form]) -> tuple[Record, ...]:
            return tuple(sorted(below(form), key=lambda each: text(each, "date"), reverse=True))

        return cls(
            tuple(sorted(below(Clause), key=_clause_order)), tuple(below(Signature)),
            newest(Visit), newest(Violation), newest(Incentive), tuple(below(Attachment)),
        )


def _clause_order(clause: Record) -> tuple[int, int, str]:
    aspect = _ASPECT_ORDER.get(text(clause, "aspect"), len(_ASPECT_ORDER))
    return aspect, whole_number(clause, "clause_number"), clause.id


@dataclass(frozen=True)
class WholeAgreement:
    """One agreement with all that belongs to it; `comparison` is with the version before, None where none is kept.

    `former` are the records of its former versions, `binding` is the version in force today. `came` says how many of
    each element came to its meetings, `printed` when it was printed for signing last.
    """

    record: Record
    parts: Parts
    meetings: tuple[Record, ...] = ()
    decisions: tuple[Record, ...] = ()  # of those meetings, still open
    versions: tuple[int, ...] = ()  # whose text is kept, the earlier ones
    comparison: Comparison | None = None
    former: tuple[Record, ...] = ()
    binding: Edition | None = None
    came: tuple[tuple[str, Turnout], ...] = ()
    printed: PrintedOnce | None = None

    @property
    def edition(self) -> Edition:
        """Return the version in work."""
        return Edition(self.record)

    @property
    def stage(self) -> str:
        """Return its stage."""
        return self.edition.stage

    @property
    def signed(self) -> tuple[Record, ...]:
        """Return the signatures given for this version."""
        return tuple(each for each in self.parts.signatures if is_signed(each, self.record))

    @property
    def address(self) -> dict[str, str]:
        """Return region and period of the agreement."""
        return {key: text(self.record, key) for key in ADDRESS if text(self.record, key)}


def whole(workspace: Workspace, agreement: str) -> WholeAgreement | None:
    """Return an agreement with all that belongs to it; None where it is not there (any more)."""
    with workspace.asking() as connection:
        return whole_in(connection, agreement)


def whole_in(connection: Connection, agreement: str) -> WholeAgreement | None:
    """Return an agreement within a question; see `whole`."""
    record = next(views.found(connection, Agreement, Where(id=agreement)), None)
    if record is None:
        return None
    kept = tuple(editions(record))
    compared = clauses.compare_in(connection, record, kept[-1]) if kept else None
    meetings = linked_meetings(connection, record)
    former = agreement_versions.of_one(connection, record)
    return WholeAgreement(
        record, Parts.of(connection, agreement), meetings, _open_decisions(connection, meetings), kept, compared,
        tuple(sorted(former, key=lambda each: whole_number(each, "version"), reverse=True)),
        standing(record, former, Day(environment.today())).binding,
        turnout.by_element(connection, [each.id for each in meetings]),
        printed_agreements.printed_last(connection, agreement),
    )


def linked_meetings(connection: Connection, agreement: Record) -> tuple[Record, ...]:
    """Return the meetings that hang on an agreement, are linked to it or name its number, the newest first."""
    number, region = text(agreement, "number"), text(agreement, "region")
    named = re.compile(rf"(?<!\w){re.escape(number)}(?!\w)", re.IGNORECASE) if number else None

    def belongs(meeting: Record) -> bool:
        if text(meeting, "parent") == agreement.id or text(meeting, f"{ABOUT}{agreement.id}"):
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


INDICATOR_FACTS = ("exists", "agreed", "legalised", "in_force", "monitored")


@dataclass(frozen=True)
class Indicator:
    """The indicator of a kelurahan in a period; `count` are its agreements that exist then."""

    region: str
    count: int
    exists: bool
    agreed: bool
    legalised: bool
    in_force: bool
    monitored: bool  # somebody visited within the period

    @property
    def name(self) -> str:
        """Return the name of the kelurahan."""
        return region_name(self.region)

    @property
    def above(self) -> str:
        """Return the name of its kecamatan, which tells it from others of its name."""
        return next((each.name for each in reversed(tuple(parents(self.region))) if not each.is_village), "")

    @property
    def reached(self) -> int:
        """Return how many of the facts are so."""
        return sum(getattr(self, fact) for fact in INDICATOR_FACTS)


def indicator(workspace: Workspace, area: str, period: str) -> list[Indicator]:
    """Return the indicator for every kelurahan of an area that has an agreement or a known RT, by code.

    Of a period that is over it says how things stood on its last day; a step without a date counts for the present.
    """
    day = Day.of(period, environment.today())
    with workspace.asking() as connection:
        surveyed = listing.known_rts(connection, [area], period) if area else []
        kept: dict[str, list[tuple[Standing, bool]]] = {each: [] for each, _rt, _count in surveyed}
        agreements = in_area(connection, area)
        former = agreement_versions.of_area(connection, area, agreements)
        visits = views.picked(connection, Visit, ("parent", "date"), Where(area=area or None))
        visited = {row["parent"] for row in visits if str(row["date"] or "").startswith(f"{period[:4]}-")}
    for each in agreements:
        stood = standing(each, former[each.id], day)
        kept.setdefault(text(each, "region"), []).append((stood, each.id in visited))
    return [_together(region, found) for region, found in sorted(kept.items())]


def _together(region: str, found: Sequence[tuple[Standing, bool]]) -> Indicator:
    there = [(each, visited) for each, visited in found if each.exists]
    agreed, legalised, in_force = (
        any(getattr(each, fact) for each, _visited in there) for fact in INDICATOR_FACTS[1:-1]
    )
    monitored = any(visited for _each, visited in there)
    return Indicator(region, len(there), bool(there), agreed, legalised, in_force, monitored)


def indicator_totals(found: Sequence[Indicator]) -> dict[str, int]:
    """Return in how many kelurahan each fact is so."""
    return {fact: sum(getattr(each, fact) for each in found) for fact in INDICATOR_FACTS}
