"""Telling scripts what forms, records, conflicts and receipts hold, in the shapes of the command line."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from p2kp_desktop.actions.bundles.quarantine import Quarantined
from p2kp_desktop.actions.bundles.receipt_outcome import FATES, HELD, OUTCOMES, Received, ReceivedChange, fate_words
from p2kp_desktop.actions.recording import printed_codes
from p2kp_desktop.actions.recording.conflicts import Conflict
from p2kp_desktop.actions.scores.rt_standings import RtMovement, RtStanding
from p2kp_desktop.forms import BY_KEY, FORMS
from p2kp_desktop.language import say
from p2kp_desktop.schema import ADDRESS, STATUS, Answer, Form, Question, Record, Reference
from p2kp_desktop.schema.choices import Choice, Several
from p2kp_desktop.schema.erasure import is_public
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.printed_code import read_short
from p2kp_desktop.store import Workspace, views


def describe_all() -> list[dict[str, Any]]:
    """Return the definitions of all forms."""
    return [describe(form) for form in FORMS]


def describe(form: type[Form]) -> dict[str, Any]:
    """Return the definition of a form: its questions in order, with letters, units, limits, conditions.

    `parent` is there where records belong to another one, `to` where one is pointed to: its form, None for any.
    """
    above = {"parent": form.parent.to or None} if form.parent else {}
    questions = [_question(question) for question in form.questions]
    return {"key": form.key, "title": form.title, **above, "questions": questions}


def _question(question: Question[Any]) -> dict[str, Any]:
    options = question.options if isinstance(question, Choice | Several) else ()
    return {
        "number": question.number,
        "key": question.key,
        "label": question.label,
        "kind": question.kind,
        "options": [vars(option) for option in options],
        "unit": question.unit,
        "min": _number(question.low),
        "max": _number(question.high),
        "condition": question.when.sentence() or None,
        "section": question.section.title,
        "help": question.help or None,
        **({"to": question.to or None} if isinstance(question, Reference) else {}),
    }


def form_lines(described: dict[str, Any]) -> Iterator[str]:
    """Yield a described form as lines for a terminal."""
    yield f"{described['key']}  {described['title']}"
    for question in described["questions"]:
        when = f"  [{question['condition']}]" if question["condition"] else ""
        head = f"  {question['number'] or '':>7}  {question['key']:<24} {question['kind']:<9} "
        yield f"{head}{question['label']}{when}"
        for option in question["options"]:
            yield f"{'':>11}{option['letter']} {option['code']} · {option['label']}"


def _number(limit: Any) -> int | float | None:
    if limit is None:
        return None
    return int(limit) if limit == int(limit) else float(limit)


def flat_records(
    workspace: Workspace, form: type[Form], *, record: str | None = None, rt: str | None = None
) -> Iterator[dict[str, object]]:
    """Yield the living records of a form as flat objects, answers by key, options by code.

    A record is named by its id, or by the code that is printed on its sheets.
    """
    short = read_short(record) if record else None
    with workspace.asking() as connection:
        coded = printed_codes.with_short_code(connection, short) if short else []
        named: list[str | None] = [each for key, each in coded if key == form.key]
        for one in named or [record]:
            for found in views.found(connection, form, views.Where(id=one, rt=rt)):
                yield flat(found)


def flat(record: Record) -> dict[str, object]:
    """Return a record as one flat object: id, address, then its answers in order of the form."""
    shown: dict[str, object] = {"id": record.id}
    for key in (*ADDRESS, STATUS):
        value = record.answers.get(key)
        if value is not None:
            shown[key] = int(value) if key == "period" and str(value).isdigit() else value
    for question in record.form.stored():
        answer = record.answers.get(question.key)
        if answer is not None:
            shown[question.key] = question.to_json(answer)
    known = {question.key for question in record.form.stored()}
    ours = {*ADDRESS, STATUS, "alive"}
    others = {k: v for k, v in record.answers.items() if k not in known and k not in ours and v is not None}
    shown |= {key: value for key, value in others.items() if not is_public(key)}
    return shown


def conflict(one: Conflict) -> dict[str, object]:
    """Return an open conflict with its values."""
    known = BY_KEY.get(one.form)
    question = known.question(one.question) if known else None
    values = [
        {
            "value": _value(question, side.value), "shown": side.shown, "person": side.person,
            "workspace": side.workspace, "time": side.time,
        }
        for side in one.sides
    ]
    return {"form": one.form, "id": one.id, "question": one.question, "values": values}


def outcome(received: Received) -> dict[str, object]:
    """Return the counts of a received bundle, `read` being the sum of the next six, and what else is to be known."""
    return {
        "file": received.file, "read": received.read,
        **{name: received.counts[name] for name in OUTCOMES},
        "edited_outside": received.edited_outside, "error": received.error,
        "notes": list(received.notes), "gaps": list(received.gaps), "quarantined": received.quarantined,
    }


def rehearsal(received: Received) -> dict[str, object]:
    """Return the outcome of a rehearsal: counts, answers old and new, conflicts, edited cells, gaps, duplicates."""
    return outcome(received) | {
        "changes": [_change(each) for each in received.changes],
        "conflicts": [_change(each) | {"in_force": each.in_force} for each in received.conflicts],
        "edited": [
            {"sheet": each.sheet, "cell": each.cell, "id": each.subject.id, "question": each.question,
             "before": each.before, "now": each.now}
            for each in received.edited
        ],
        "duplicates": [
            {"form": each.arriving.form, "id": each.arriving.id, "here": each.here.id, "why": each.why}
            for each in received.duplicates
        ],
        "sender": asdict(received.sender) if received.sender else None,
    }


def _change(each: ReceivedChange) -> dict[str, object]:
    return {"form": each.form, "id": each.id, "question": each.question, "before": each.before, "after": each.after}


def change_line(change: ReceivedChange) -> str:
    """Return a changed answer as one line: whose record, which question, old and new."""
    told = change.in_words()
    question = f"{told.number} {told.wording}".strip()
    return f"{change.subject.words} · {question}: {told.before} → {told.after}" + (f" ({told.by})" if told.by else "")


def movement(moved: RtMovement) -> dict[str, object]:
    """Return where an RT stands before and after."""
    return {
        "region": moved.region, "rt": moved.rt, "before": _standing(moved.before), "after": _standing(moved.after)
    }


def _standing(standing: RtStanding | None) -> dict[str, object] | None:
    if standing is None:
        return None
    return {"households": standing.households, "score": standing.score, "level": standing.level,
            "provisional": standing.provisional, "reasons": list(standing.reasons)}


def movement_line(moved: RtMovement) -> str:
    """Return where an RT stands before and after as one line."""
    one, two = (
        _standing_words(each) if each else "–" for each in (moved.before, moved.after)
    )
    return f"RT {moved.rt} · {region_name(moved.region)}: {one} → {two}"


def _standing_words(standing: RtStanding) -> str:
    words = say("{count} rumah, nilai {score} ({level})", count=standing.households, score=standing.score,
                level=say(standing.level))
    return say("{words}, sementara", words=words) if standing.provisional else words


def _value(question: Question[Any] | None, plain: Answer) -> object:
    return question.to_json(plain) if question and plain is not None and question.understands(plain) else plain


def waiting(each: Quarantined) -> dict[str, object]:
    """Return a record that waits for a person: whose it is, why, and what it would change."""
    sender = each.sender
    return {
        "id": each.subject.id, "form": each.subject.form, "why": each.why, "arrived": each.arrived,
        "sender": {"node": sender.node, "workspace": sender.workspace, "role": sender.role, "person": sender.person,
                   "fingerprint": sender.fingerprint},
        "changes": [_change(change) for change in each.changes],
    }


def equation(received: Received) -> str:
    """Return the result in words: 153 dibaca = 153 baru + 0 diperbarui and so on; what waits only where any does."""
    fates, words = received.fates, fate_words()
    terms = " + ".join(f"{fates[name]} {words[name]}" for name in FATES if name != HELD or fates[name])
    changed = sum(received.counts[name] for name in ("new", "updated", "conflict"))
    return f"{received.read} dibaca = {terms}; {changed} perubahan"
