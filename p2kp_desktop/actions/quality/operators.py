"""Figures of those who key, for themselves and their coordinator: they stay on this laptop and are in no bundle."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.forms import BY_KEY
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import ALIVE, written
from p2kp_desktop.store import Workspace, keyed, referred
from p2kp_desktop.store.keyed import EVERYWHERE, Stint
from p2kp_desktop.store.views import Where

from .rule_breaks import Breaker

LONGEST_PAUSE = 30 * 60  # seconds: of a longer sitting over one record no more is counted as work
_LEAST = 1  # second: the clock tells no less


@dataclass(frozen=True)
class Figures:
    """What one person keyed on one day («» for all days): `seconds` of work, each record counted once.

    `typical` is the median of seconds per record, `lag` of days between interview and keying, None where unknown.
    """

    person: str
    day: str
    records: int
    seconds: int
    keystrokes: int
    corrections: int
    typical: int
    lag: int | None

    @property
    def per_hour(self) -> float:
        """Return records per hour of work."""
        return self.records * 3600 / self.seconds

    @property
    def strokes_per_hour(self) -> float:
        """Return keystrokes per hour of work."""
        return self.keystrokes * 3600 / self.seconds

    @property
    def corrected(self) -> float:
        """Return corrections per hundred keystrokes."""
        return self.corrections * 100 / self.keystrokes if self.keystrokes else 0.0


def figures(workspace: Workspace, where: Where = EVERYWHERE, *, since: str = "") -> list[Figures]:
    """Return the figures of each person and day since a day (ISO 8601), the latest day first, of records there."""
    with workspace.asking() as connection:
        stints = keyed.stints(connection, since=since, where=where)
        surveyed = keyed.answers_to(connection, Household.key, Household.survey_date.key, since)
    by_day: dict[tuple[str, str], list[Stint]] = defaultdict(list)
    for each in stints:
        by_day[each.ended[:10], each.person].append(each)
    found = [_figures(some, person, day, surveyed) for (day, person), some in by_day.items()]
    return sorted(found, key=lambda each: (-int(each.day.replace("-", "")), each.person))


def totals(workspace: Workspace, where: Where = EVERYWHERE, *, since: str = "") -> list[Figures]:
    """Return the figures of each person over all days since a day, by name, of records there."""
    with workspace.asking() as connection:
        stints = keyed.stints(connection, since=since, where=where)
        surveyed = keyed.answers_to(connection, Household.key, Household.survey_date.key, since)
    by_person: dict[str, list[Stint]] = defaultdict(list)
    for each in stints:
        by_person[each.person].append(each)
    return [_figures(some, person, "", surveyed) for person, some in sorted(by_person.items())]


def records_of(workspace: Workspace, line: Figures, where: Where = EVERYWHERE) -> list[Breaker]:
    """Return the records that a line of figures counts, each with its time and keys; one in the trash has no id."""
    by_record: dict[tuple[str, str], list[Stint]] = defaultdict(list)
    with workspace.asking() as connection:
        for each in keyed.stints(connection, where=where):
            if each.person == line.person and line.day in ("", each.ended[:10]):
                by_record[each.form, each.record].append(each)
        forms = dict.fromkeys(form for form, _ in by_record)
        known: dict[str, tuple[Subject | None, object]] = {
            row["id"]: (record_names.subject(form, row["id"], row), row[ALIVE])
            for form in forms
            if form in BY_KEY
            for row in referred.names(
                connection, record_names.form_of(form), {id_ for its, id_ in by_record if its == form}
            )
        }
    return [_counted(form, known.get(record, (None, 0)), stints) for (form, record), stints in by_record.items()]


def _counted(form: str, known: tuple[Subject | None, object], stints: Sequence[Stint]) -> Breaker:
    subject, alive = known
    said = say(
        "{time} · {keys} ketukan · {corrections} koreksi", time=duration(sum(map(_seconds, stints))),
        keys=written.number(sum(each.keystrokes for each in stints)),
        corrections=sum(each.corrections for each in stints),
    )
    if subject is None:
        return Breaker(form, "", "", say("(tidak ada lagi)"), "", "", said)
    name = subject.title if alive else say("{record} (di tempat sampah)", record=subject.title)
    return Breaker(form, subject.id if alive else "", "", name, subject.region, subject.rt, said)


def _figures(stints: Sequence[Stint], person: str, day: str, surveyed: Mapping[str, object]) -> Figures:
    spent: dict[str, int] = defaultdict(int)
    for each in stints:
        spent[each.record] += _seconds(each)
    lags = [lag for each in stints if (lag := _days(surveyed.get(each.record), each.ended)) is not None]
    return Figures(
        person, day, len(spent), sum(spent.values()), sum(each.keystrokes for each in stints),
        sum(each.corrections for each in stints), round(median(spent.values())),
        round(median(lags)) if lags else None,
    )


def _seconds(stint: Stint) -> int:
    started, ended = (datetime.datetime.fromisoformat(time) for time in (stint.started, stint.ended))
    return max(_LEAST, min(LONGEST_PAUSE, round((ended - started).total_seconds())))


def _days(surveyed: object, ended: str) -> int | None:
    """Return the days from interview to keying; None where the day is unknown or lies after the keying."""
    try:
        days = (datetime.date.fromisoformat(ended[:10]) - datetime.date.fromisoformat(str(surveyed))).days
    except ValueError:
        return None
    return days if days >= 0 else None


def duration(seconds: int) -> str:
    """Return for instance 4 mnt 10 dtk."""
    minutes, left = divmod(seconds, 60)
    if not minutes:
        return say("{seconds} dtk", seconds=left)
    return say("{minutes} mnt {seconds} dtk", minutes=minutes, seconds=left)


def one_place(number: float) -> str:
    """Return a number with one decimal, also where that is 0."""
    return written.number(Decimal(f"{number:.1f}"))
