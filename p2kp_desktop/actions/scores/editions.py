"""Frozen editions: making one of an area as it stands, listing them, and what differs from them now and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from p2kp_desktop import environment
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.forms.edition import Edition, EditionRt
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules import editions as rules_of_editions
from p2kp_desktop.rules.assessment import AreaAssessment, Terms, assess_area
from p2kp_desktop.rules.coverage import DECIDING
from p2kp_desktop.rules.editions import Difference, Marks, Place, RtResult
from p2kp_desktop.rules.scoring import half_up
from p2kp_desktop.schema import ALIVE, Answer, Form, Record
from p2kp_desktop.schema.places import city_of, lies_in, region
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.schema.values import plain_decimal
from p2kp_desktop.store import Connection, Workspace, history, summaries, views

from . import explanations, slum_scores

ORIGIN = "edisi resmi"
_BEHIND: tuple[type[Form], ...] = (Household, RtSurvey, RtRecap)  # the records behind a score


@dataclass(frozen=True)
class EditionLine:
    """A frozen edition, and beside it what the area has now; `whole` says that its content is what was frozen.

    `number` counts the editions of the area in the period, `differing` the RTs that differ now, None where the area
    has no data any more.
    """

    id: str
    area: str
    period: str
    number: int
    moment: str
    person: str
    basis: str
    rules: str
    method: str
    digest: str
    rts: int
    households: int
    lacking: int
    total: int
    level: str
    slum_ha: Decimal | None
    whole: bool
    live_total: int | None
    live_level: str
    live_slum_ha: Fraction | None
    differing: int


@dataclass(frozen=True)
class DifferenceLine:
    """One difference between an edition and now, with its cause in words."""

    edition: EditionLine
    told: Difference
    cause: str


@dataclass(frozen=True)
class ChangedRecord:
    """A record behind an RT that is new, gone or another one since the edition; the last answer that changed."""

    edition: EditionLine
    place: Place
    form: str
    id: str
    named: str
    kind: str  # new, gone, changed
    question: str = ""
    asked: str = ""
    person: str = ""
    time: str = ""


@dataclass(frozen=True)
class Compared:
    """An edition beside what stands now: every difference, and every record behind them that is another one."""

    edition: EditionLine
    differences: tuple[DifferenceLine, ...]
    records: tuple[ChangedRecord, ...]


def freeze(workspace: Workspace, scope: Scope, *, basis: str) -> str:
    """Freeze the result of an area in a period as it stands; return the id of the edition.

    Raises Trouble where there are no data, or no basis is given.
    """
    if not basis.strip():
        raise Trouble(say("Dasar edisi belum diisi."), remedy=say("Tulis nomor berita acara atau SK-nya."), code="Q41")
    with workspace.changing() as connection:
        summaries.refresh(connection)
    region(scope.area)
    with editing(workspace, Deed.RULE) as edits:
        now = _standing(edits.connection, scope, _marks(edits.connection, scope))
        if now.whole is None:
            raise Trouble(say("Belum ada data yang dapat dinilai di sini."),
                          remedy=say("Periksa wilayah, RT, dan periodenya."), code="Q05")
        head = {**_head(scope, now, now.whole), "person": edits.facts.person, "basis": basis.strip()}
        told = rules_of_editions.digest(head, now.results)
        city = city_of(scope.area)
        made = recording.keep_within(edits, Edition, {**head, "region": city, "digest": told}, origin=ORIGIN)
        for each in now.results:
            recording.keep_within(edits, EditionRt, {
                "region": city, "period": scope.period, "parent": made.id, "edition": told, "village": each.region,
                "label": each.rt, "source": each.source, "total": each.total, "level": each.level,
                "content": rules_of_editions.content(each),
            }, origin=ORIGIN)
        return made.id


def _head(scope: Scope, now: "_Standing", whole: AreaAssessment) -> dict[str, Answer]:
    """Return the answers of an edition about all its RTs, with the time of now."""
    return {
        "area": scope.area, "period": scope.period, "moment": environment.now(), "rules": now.terms.regulation.code,
        "method": now.terms.method, "rts": len(now.results), "without_data": now.without_data,
        "total": whole.score.total, "level": whole.score.level, "slum_rts": whole.slum_rts,
        "slum_ha": plain_decimal(half_up(whole.slum_ha, 4)), "households": whole.tally.households,
        "lacking": now.lacking,
    }


@dataclass(frozen=True)
class _Standing:
    """How an area stands: its RTs, the terms they are scored by, how many lack data, and figures of them all."""

    results: tuple[RtResult, ...]
    terms: Terms
    whole: AreaAssessment | None
    without_data: int
    lacking: int


def _standing(connection: Connection, scope: Scope, marks: Mapping[Place, Marks]) -> _Standing:
    terms = slum_scores.terms_of(connection, scope.period)
    scored = slum_scores.assessed(connection, area=scope.area, period=scope.period)
    known = explanations.known_places(connection, scope.area, scope.period)
    return _Standing(
        tuple(rules_of_editions.result(each, marks.get((each.region, each.rt), {})) for each in scored), terms,
        assess_area(scored, terms.regulation, terms.method) if scored else None,
        len(known - {(each.region, each.rt) for each in scored}),
        sum(each.coverage.lacking or 0 for each in scored),
    )


def _marks(connection: Connection, scope: Scope) -> dict[Place, dict[str, str]]:
    """Return the fingerprints of the records behind every RT of an area, by the ends of their ids."""
    found: dict[Place, dict[str, str]] = {}
    for form in _BEHIND:
        keys = sorted(DECIDING[form.key] - {ALIVE})
        for each in views.picked(connection, form, keys, views.Where(area=scope.area, period=scope.period)):
            place = str(each["region"] or ""), str(each["rt"] or "")
            mark = rules_of_editions.fingerprint({key: each[key] for key in keys})
            found.setdefault(place, {})[rules_of_editions.ending(str(each["id"]))] = mark
    return found


# Reading


def editions(workspace: Workspace, area: str, period: str = "") -> list[EditionLine]:
    """Return the editions of an area and of what lies in it, the newest first; of every period where none is named."""
    with workspace.changing() as connection:
        summaries.refresh(connection)
    with workspace.asking() as connection:
        return _lines(connection, _recorded(connection, area, period))


def _recorded(connection: Connection, area: str, period: str = "") -> list[Record]:
    found = [each for each in views.found(connection, Edition, views.Where(period=period or None))
             if not area or lies_in(str(each.answers.get("area")), area)]
    return sorted(found, key=_age, reverse=True)


def _age(edition: Record) -> tuple[str, str, str]:
    """Return the key that orders editions: when each was frozen; of one second the later period, never by chance."""
    return str(edition.answers.get("moment")), str(edition.answers.get("period")), edition.id


def _lines(connection: Connection, recorded: list[Record]) -> list[EditionLine]:
    """Return editions beside what stands now, each area and period asked for once."""
    live: dict[Scope, _Standing] = {}
    counted: dict[Scope, int] = {}
    lines = []
    for each in reversed(recorded):
        scope = _scope(each)
        counted[scope] = counted.get(scope, 0) + 1
        if scope not in live:
            live[scope] = _standing(connection, scope, {})
        lines.append(_line(connection, each, counted[scope], live[scope]))
    return lines[::-1]


def _scope(edition: Record) -> Scope:
    return Scope(str(edition.answers.get("area")), None, str(edition.answers.get("period")))


def _line(connection: Connection, edition: Record, number: int, now: _Standing) -> EditionLine:
    said, scope = edition.answers, _scope(edition)
    frozen, intact = _frozen(connection, edition)
    differing = {each.place for each in rules_of_editions.differences(frozen, now.results, now.terms.regulation)}

    def text(key: str) -> str:
        return str(said.get(key) or "")

    def count(key: str) -> int:
        return int(text(key) or 0)

    whole = now.whole
    return EditionLine(
        edition.id, scope.area, scope.period, number, text("moment"), text("person"), text("basis"), text("rules"),
        text("method"), text("digest"), count("rts"), count("households"), count("lacking"), count("total"),
        text("level"), edition[Edition.slum_ha], intact, whole.score.total if whole else None,
        whole.score.level if whole else "", whole.slum_ha if whole else None, len(differing),
    )


def _frozen(connection: Connection, edition: Record) -> tuple[list[RtResult], bool]:
    """Return the RTs of an edition, and whether they and what is said of it are what was frozen."""
    said, found, readable = edition.answers, [], True
    for each in views.found(connection, EditionRt, views.Where(parent=edition.id)):
        kept = each.answers
        try:
            found.append(rules_of_editions.read(
                str(kept.get("village")), str(kept.get("label")), str(kept.get("source")),
                int(str(kept.get("total") or 0)), str(kept.get("level")), str(kept.get("content"))))
        except ValueError:
            readable = False
    head = {key: said.get(key) for key in Edition.natural if key not in ("region", "digest")}
    return found, readable and rules_of_editions.digest(head, found) == said.get("digest")


def compare(workspace: Workspace, edition: str) -> Compared:
    """Return an edition beside what stands now: every difference with its cause, and the records that are others."""
    with workspace.changing() as connection:
        summaries.refresh(connection)
    with workspace.asking() as connection:
        recorded = next((each for each in views.found(connection, Edition, views.Where(id=edition))), None)
        if recorded is None:
            raise Trouble(say("Edisi ini tidak ada di sini."), remedy=say("Pilih edisi lain dari daftarnya."),
                          code="Q42")
        scope = _scope(recorded)
        (line,) = [each for each in _lines(connection, _recorded(connection, scope.area, scope.period))
                   if each.id == edition]
        now = _standing(connection, scope, _marks(connection, scope))
        frozen, _intact = _frozen(connection, recorded)
        found = list(rules_of_editions.differences(frozen, now.results, now.terms.regulation))
        by_place = {each.place: each for each in found}
        changed = {place: tuple(_changed(connection, line, each)) for place, each in by_place.items()}
    same_terms = (line.rules, line.method) == (now.terms.regulation.code, now.terms.method)
    lines = tuple(DifferenceLine(line, each, cause(changed[each.place], each, same_terms=same_terms)) for each in found)
    return Compared(line, lines, tuple(one for some in changed.values() for one in some))


def newest(workspace: Workspace, area: str, period: str) -> Compared | None:
    """Return the newest edition of just this area and period beside what stands now, None where there is none."""
    with workspace.asking() as connection:
        mine = [each for each in _recorded(connection, area, period) if each.answers.get("area") == area]
    return compare(workspace, mine[0].id) if mine else None


def cause(records: tuple[ChangedRecord, ...], told: Difference, *, same_terms: bool) -> str:
    """Return in words why an RT is another one than in an edition."""
    if told.live is None:
        return say("RT ini tidak ada lagi.")
    counts = {kind: sum(each.kind == kind for each in records) for kind in ("new", "gone", "changed")}
    parts = [words for number, words in (
        (counts["new"], say("{number} catatan baru", number=counts["new"])),
        (counts["changed"], say("{number} catatan berubah", number=counts["changed"])),
        (counts["gone"], say("{number} catatan hilang", number=counts["gone"])),
    ) if number]
    parts += [] if same_terms else [say("aturan atau cara menghitung periode berubah")]
    first = say("RT baru: ") if told.official is None else ""
    return first + ("; ".join(parts) or say("batas kepadatan atau program berubah"))


def _changed(connection: Connection, edition: EditionLine, told: Difference) -> Iterator[ChangedRecord]:
    """Yield the records behind an RT that are new, gone or other ones since it was frozen."""
    found = rules_of_editions.altered(told.official, told.live)
    kinds = {**dict.fromkeys(found.new, "new"), **dict.fromkeys(found.gone, "gone"),
             **dict.fromkeys(found.changed, "changed")}
    region_, rt = told.place
    for form in _BEHIND if kinds else ():
        here = views.Where(area=region_, rt=rt, period=edition.period)
        for deleted in (False, True):
            for each in views.found(connection, form, replace(here, deleted=deleted)):
                kind = kinds.pop(rules_of_editions.ending(each.id), "")
                if kind:
                    yield _told(connection, edition, told.place, each, kind)
    for left in kinds:  # it went to another RT or period
        yield ChangedRecord(edition, told.place, "", left, say("catatan yang pindah"), kinds[left])


def _told(connection: Connection, edition: EditionLine, place: Place, record: Record, kind: str) -> ChangedRecord:
    """Return a record with the last of its answers that decides a score, who gave it and when."""
    form = record.form
    named = form.called(record.answers, say)
    rows = [row for row in history.of_record(connection, record.id) if set(row.changes) & DECIDING[form.key]]
    last = max(rows, key=lambda row: row.save.time, default=None)
    if last is None:
        return ChangedRecord(edition, place, form.key, record.id, named, kind)
    keys = [key for key in last.changes if key in DECIDING[form.key]]
    question = next((form.question(key) for key in keys if form.question(key)), None)
    asked = f"{question.number or ''} {say(question.label)}".strip() if question else ""
    return ChangedRecord(edition, place, form.key, record.id, named, kind, question.key if question else "", asked,
                         last.save.person, last.save.time)
