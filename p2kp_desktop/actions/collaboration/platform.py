"""The collaboration platform: needs against sources of funds, offers that fit, and beginning what follows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.record_places import site_of
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.collaboration import Commitment, Need, Stakeholder
from p2kp_desktop.forms.criteria import criteria
from p2kp_desktop.forms.elements import SOURCES, criterion_number
from p2kp_desktop.forms.price import Price
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.commitments import CANCELLED, FIRM
from p2kp_desktop.schema import Answer, Form, Record, new_id
from p2kp_desktop.schema.places import concerns
from p2kp_desktop.store import Connection, Workspace, views
from p2kp_desktop.store.views import Where

from . import needs
from .needs import NeedLine

# The words by which a free text speaks of a criterion: what people offer, not how the regulation names it
WORDS: Mapping[str, tuple[str, ...]] = {
    "1": ("rumah", "rtlh", "bangunan", "bsps"),
    "2": ("jalan", "gang", "paving", "jembatan"),
    "3": ("air minum", "air bersih", "pdam", "pamsimas", "sumur"),
    "4": ("drainase", "parit", "saluran", "selokan", "genangan", "banjir"),
    "5": ("jamban", "sanitasi", "septik", "septictank", "ipal", "mck", "air limbah", "wc"),
    "6": ("sampah", "tps", "bank sampah", "gerobak", "motor sampah"),
    "7": ("kebakaran", "apar", "hidran", "pemadam"),
}


@dataclass(frozen=True)
class SupportOffer:
    """Something offered without a need: a commitment, or what a stakeholder says it can give; `amount` may be None."""

    form: str
    id: str
    who: str
    what: str
    criteria: frozenset[str]
    source: str = ""
    year: int = 0
    amount: int | None = None
    firm: bool = False
    region: str = ""  # the kabupaten/kota that it is for; "" where nobody said


@dataclass(frozen=True)
class Fit:
    """An offer that fits a need, and why in words."""

    offer: SupportOffer
    why: str


def offers(workspace: Workspace) -> tuple[SupportOffer, ...]:
    """Return every offer that waits for a need, commitments first."""
    with workspace.asking() as connection:
        return offers_within(connection)


def offers_within(connection: Connection) -> tuple[SupportOffer, ...]:
    """Return the same inside a transaction; a commitment to a need that was thrown away waits again.

    One that names a need which was never here answers that of another kelurahan.
    """
    gone = {None, *(each["id"] for each in views.picked(connection, Need, (), Where(deleted=True)))}
    promised = [
        _promised(each) for each in views.counted(connection, Commitment)
        if each.answers.get("need") in gone and each.understood(Commitment.reached) != CANCELLED
    ]
    return (*promised, *(_said(each) for each in views.counted(connection, Stakeholder)
                         if each.understood(Stakeholder.offers)))


def _said(giver: Record) -> SupportOffer:
    name, offered = giver.show(Stakeholder.name), giver.show(Stakeholder.offers)
    return SupportOffer(Stakeholder.key, giver.id, name, offered, frozenset(), region=_region(giver))


def _region(record: Record) -> str:
    return str(record.answers.get("region") or "")


def _promised(commitment: Record) -> SupportOffer:
    return SupportOffer(
        Commitment.key, commitment.id, commitment.show(Commitment.who), commitment.show(Commitment.what),
        commitment[Commitment.criteria] or frozenset(), str(commitment.understood(Commitment.source) or ""),
        commitment[Commitment.year] or 0, commitment[Commitment.amount],
        commitment.understood(Commitment.reached) in FIRM, _region(commitment),
    )


def fits(need: NeedLine, found: Iterable[SupportOffer]) -> tuple[Fit, ...]:
    """Return the offers of its city that answer the criterion of a need: those that name it before the others."""
    named, spoken = [], []
    for offer in (each for each in found if concerns(each.region, need.region)):
        word = _word(need.criterion, offer.what)
        if need.criterion in offer.criteria:
            named.append(Fit(offer, say("menjawab kriteria {criterion}", criterion=criterion_number(need.criterion))))
        elif not offer.criteria and word:
            spoken.append(Fit(offer, say("menyebut «{word}»", word=word)))
    return (*named, *spoken)


def _word(criterion: str, text: str) -> str:
    """Return the word by which a text speaks of a criterion, "" where it does not."""
    said = f" {''.join(letter if letter.isalnum() else ' ' for letter in text.casefold())} "
    return next((word for word in WORDS.get(criterion[1:2], ()) if f" {word} " in said), "")


@dataclass(frozen=True)
class MatrixRow:
    """One need against the nine kinds of funding: rupiah by source, firm and offered apart."""

    need: NeedLine
    firm: Mapping[str, int]
    offered: Mapping[str, int]
    fits: tuple[Fit, ...]


@dataclass(frozen=True)
class Matrix:
    """Needs × sources in a year (None: all years), with the sums of the columns and the years that have money."""

    year: int | None
    rows: tuple[MatrixRow, ...]
    firm: Mapping[str, int]
    years: tuple[int, ...]

    @property
    def total(self) -> int:
        """Return all that is sure, in rupiah."""
        return sum(self.firm.values())

    @property
    def cost(self) -> int:
        """Return the cost of all needs together, as far as it is known."""
        return sum(row.need.cost or 0 for row in self.rows)

    @property
    def lack(self) -> int:
        """Return the money that is still to be found for all needs over all years, as far as costs are known."""
        return sum(row.need.lack or 0 for row in self.rows)


def matrix(workspace: Workspace, area: str, year: int | None = None) -> Matrix:
    """Return the needs of an area against their sources."""
    with workspace.asking() as connection:
        found, waiting = needs.lines_within(connection, area), offers_within(connection)
    rows = tuple(_row(each, year, waiting) for each in found)
    firm = {source: sum(row.firm.get(source, 0) for row in rows) for source in SOURCES.codes}
    years = sorted({each.year for line in found for each in line.sums if each.year})
    return Matrix(year, rows, firm, tuple(years))


def _row(need: NeedLine, year: int | None, waiting: Sequence[SupportOffer]) -> MatrixRow:
    return MatrixRow(
        need, _summed(need, year, firm=True), _summed(need, year, firm=False),
        fits(need, waiting) if need.standing != needs.FUNDED else (),
    )


def _summed(need: NeedLine, year: int | None, *, firm: bool) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in need.sums:
        if each.firm is firm and year in (None, each.year):
            found[each.source] = found.get(each.source, 0) + each.amount
    return found


def waiting(workspace: Workspace, area: str) -> int:
    """Return how many needs of an area wait for money, or have too much of it, surely or perhaps."""
    return sum(each.standing == needs.UNFUNDED or each.doubled > 0 or each.may_be_doubled
               for each in needs.lines(workspace, area))


# What follows from a need

def use(workspace: Workspace, commitment: str, need: str) -> None:
    """Let a commitment that waits for a need answer this one; raise Trouble where one of them is gone."""
    with workspace.asking() as connection:
        wanted = _one(connection, Need, need)
        given = _one(connection, Commitment, commitment)
    criteria = (given[Commitment.criteria] or frozenset()) | {str(wanted.understood(Need.criterion) or "")}
    recording.record(workspace, Commitment, {
        "id": commitment, "need": need, "criteria": Commitment.criteria.join(criteria - {""}).split(","),
    })


def begin_commitment(
    workspace: Workspace, area: str, *, need: str = "", stakeholder: str = "", year: int | None = None
) -> str:
    """Return the draft of a new commitment that knows its need and who gives, as far as they are named.

    It is for the kabupaten/kota of the need, else of the area in sight.
    """
    answers: dict[str, Answer] = {"region": site_of(Commitment, area)}
    with workspace.asking() as connection:
        if stakeholder:
            giver = _one(connection, Stakeholder, stakeholder)
            answers |= {"stakeholder": stakeholder, "who": giver.answers.get("name")}
        if need:
            wanted = _one(connection, Need, need)
            answers |= {"what": wanted.answers.get("what"), "criteria": wanted.answers.get("criterion"), "need": need}
            answers["region"] = site_of(Commitment, _region(wanted))
    if year:
        answers["year"] = year
    return _draft(workspace, Commitment, answers, Commitment.what.key if stakeholder and not need else "who")


def begin_activity(workspace: Workspace, need: str, period: str) -> str:
    """Return the draft of a new activity for a need, with its place, volume and, where there is one, its money."""
    with workspace.asking() as connection:
        wanted = _one(connection, Need, need)
        area = _region(wanted)
        line = next(each for each in needs.lines_within(connection, area) if each.id == need)
    answers: dict[str, Answer] = {
        "region": area, "period": period, "name": wanted.answers.get("what"), "component": "lingkungan",
        "rt_label": wanted.answers.get("rt"), "need": need, "criteria": wanted.answers.get("criterion"),
        "volume": wanted.answers.get("volume"), "unit_name": wanted.answers.get("unit_name"),
    }
    promised = [each for each in line.sums if each.firm and each.form == Commitment.key]
    if len(promised) == 1:
        answers |= {"source": promised[0].source, "amount": promised[0].amount}
    return _draft(workspace, Activity, answers, Activity.name.key)


def begin_price(workspace: Workspace, area: str, criterion: str) -> str:
    """Return the draft of a unit price for a criterion, in its own unit, for the kabupaten/kota in sight."""
    unit = next(each.unit_name for each in criteria() if each.option == criterion)
    answers: dict[str, Answer] = {"region": site_of(Price, area), "criterion": criterion, "unit": unit}
    return _draft(workspace, Price, answers, Price.price.key)


def _draft(workspace: Workspace, form: type[Form], answers: Mapping[str, Answer], question: str) -> str:
    record = new_id()
    keyed_drafts.keep(workspace, form, record, {k: v for k, v in answers.items() if v is not None}, question)
    return record


def _one(connection: Connection, form: type[Form], record: str) -> Record:
    found = next(views.found(connection, form, Where(id=record)), None)
    if found is None:
        raise Trouble(
            say("Catatan ini tidak ada lagi."), remedy=say("Kembali ke daftar, lalu pilih yang lain."), code="F01"
        )
    return found
