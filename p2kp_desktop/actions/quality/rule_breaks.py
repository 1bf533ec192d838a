"""Mutu Data: every rule of the forms with how many records break it, and those records, ready to be opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.record_names import Subject, masked
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.schema import HARD, SOFT, Form
from p2kp_desktop.store import Workspace, breaches, views
from p2kp_desktop.store.breaches import (
    CHECKED,
    IMPOSSIBLE,
    MISSING,
    NOT_ASKED,
    PLACE,
    UNREADABLE,
    Rule,
    is_hard,
)

MOST = 2000  # records listed of one rule

JUDGED = tuple(form for form in FORMS if form.reviewed and form.per_period and form.place)


@dataclass(frozen=True)
class Broken:
    """A rule that some records break: its question by number and wording, what it says, how many.

    `severity` is hard (impossible), soft (unlikely, not explained) or missing (not filled in).
    """

    rule: Rule
    form: str
    number: str
    question: str
    says: str
    severity: str
    count: int


@dataclass(frozen=True, slots=True)
class Breaker:
    """A record that breaks a rule, and the answer that stands at its question; `rule` where several are listed."""

    form: str
    id: str
    question: str
    name: str
    region: str
    rt: str
    answer: str
    rule: Broken | None = None


def problems(workspace: Workspace, area: str, period: str, rt: str | None = None) -> list[Broken]:
    """Return the rules that records of the area and period break, the impossible first, then the most frequent.

    Of an RT only what lies in it is told.
    """
    found: list[Broken] = []
    with workspace.asking() as connection:
        rules, where = views.rule_sets(connection), views.Where(area=area, period=period, rt=rt)
        for form in JUDGED:
            counted = breaches.counts(connection, form, where, rules)
            found += [_broken(form, rule, count) for rule, count in counted.items()]
    order = {"hard": 0, "soft": 1, MISSING: 2}
    return sorted(found, key=lambda each: (order[each.severity], -each.count, each.form, each.number))


def breaking(
    workspace: Workspace, rule: Rule, area: str, period: str, rt: str | None = None, *, most: int = MOST
) -> list[Breaker]:
    """Return the records that break a rule, RT by RT, at most so many."""
    form = record_names.form_of(rule.form)
    with workspace.asking() as connection:
        rules, where = views.rule_sets(connection), views.Where(area=area, period=period, rt=rt)
        rows = breaches.broken(connection, rule, form, where, rules, most=most)
        return [_breaker(_subject(form, row), rule, row) for row in rows]


def every_breaker(workspace: Workspace, area: str, period: str, rt: str | None = None) -> list[Breaker]:
    """Return the records of every rule that is broken, rule by rule in the order of `problems`; one scan finds them."""
    told = {each.rule: each for each in problems(workspace, area, period, rt)}
    found: dict[Rule, list[Breaker]] = {rule: [] for rule in told}
    where = views.Where(area=area, period=period, rt=rt)
    with workspace.asking() as connection:
        rules = views.rule_sets(connection)
        for form in JUDGED:
            wanted = {rule for rule in told if rule.form == form.key}
            for row, breaks in breaches.every_broken(connection, wanted, form, where, rules):
                subject = _subject(form, row)
                for rule in breaks:
                    found[rule].append(_breaker(subject, rule, row, told[rule]))
    return [each for breakers in found.values() for each in breakers]


def total(found: list[Broken]) -> int:
    """Return how often rules are broken that must be put right or explained; missing answers apart."""
    return sum(each.count for each in found if each.severity != MISSING)


def _subject(form: type[Form], row: Mapping[str, Any]) -> Subject:
    return record_names.subject(form.key, str(row["id"]), row)


def _breaker(subject: Subject, rule: Rule, row: Mapping[str, Any], told: Broken | None = None) -> Breaker:
    answer = row.get(rule.question)
    is_identity = record_names.is_identity(rule.form, rule.question)
    shown = masked(answer) if is_identity else record_names.shown(rule.form, rule.question, answer)
    return Breaker(rule.form, subject.id, rule.question, subject.title, subject.region, subject.rt, shown, told)


def _broken(form: type[Form], rule: Rule, count: int) -> Broken:
    number, wording = record_names.asked(form.key, rule.question)
    severity = MISSING if rule.kind == MISSING else "hard" if is_hard(form, rule) else "soft"
    return Broken(rule, form.key, number, wording, _says(form, rule), severity, count)


def _says(form: type[Form], rule: Rule) -> str:
    question = form.question(rule.question)
    if rule.kind == CHECKED:
        return say(form.checks[rule.check].sentence())
    if rule.kind == MISSING or question is None:
        return say("RT belum diisi.") if rule.question == PLACE else say("Belum diisi.")
    if rule.kind == NOT_ASKED:
        return say("Tidak ditanyakan, tetapi terisi.")
    if rule.kind == UNREADABLE:
        return say("Tidak terbaca sebagai jawaban pertanyaan ini.")
    severity = HARD if rule.kind == IMPOSSIBLE else SOFT
    return " ".join(say(limit.in_general) for limit in question.limits() if limit.severity == severity)
