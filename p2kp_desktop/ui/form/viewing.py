"""What the parts of the form around its questions say: title, progress, sections, problems. No widgets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from p2kp_desktop.actions.keying.keyed_drafts import Opened, Saved
from p2kp_desktop.actions.keying.record_keying import KeyedRow, Keying
from p2kp_desktop.actions.keying.rows import asked_below, by_section, first_of
from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Record, Section, Several, written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.form import asides
from p2kp_desktop.ui.form.asides import Trouble
from p2kp_desktop.ui.form.folded import Voice, is_missing, section_name, weight
from p2kp_desktop.ui.kit.cells import Cell
from p2kp_desktop.ui.kit.chip import ChipLook, Status
from p2kp_desktop.ui.kit.note import Weight
from p2kp_desktop.ui.kit.sections import Progress
from p2kp_desktop.ui.kit.sections import Section as RailSection

__all__ = [
    "Standing", "Trouble", "answer_words", "chips", "commands", "draft_words", "letters", "place_of", "saved_words",
    "sections", "standing", "title", "troubles",
]

_LIVING = {"error": Cell.HARD, "unusual": Cell.SOFT, "answered": Cell.DONE, "waiting": Cell.TO_DO,
           "skipped": Cell.SKIPPED}


@dataclass(frozen=True)
class Standing:
    """What the head says: title, sub line, a cell for each question, which one is here, the counts, and chips."""

    title: str
    sub: str
    cells: tuple[Cell, ...]
    here: int | None
    counts: str
    chips: tuple[ChipLook, ...] = ()


def standing(session: Session, *, small: bool) -> Standing:
    """Return the standing of a record that the head of the form shows: title, cells, counts and chips."""
    keying = session.keying
    rows = [row for row in keying.rows() if row.state != "computed" and not row.in_head]
    keys = [row.question.key for row in rows]
    cells = tuple(Cell.CONFLICT if row.conflict else _LIVING[row.state] for row in rows)
    return Standing(
        title(session.opened, small=small), " · ".join(_sub(session.opened, small=small)), cells,
        keys.index(session.focus) if session.focus in keys else None, _counts(rows),
        asides.chips(session.review) + chips(keying),
    )


def chips(keying: Keying) -> tuple[ChipLook, ...]:
    """Return the states of the record that a person must act on."""
    number = len(keying.choices.disputed)
    if not number:
        return ()
    words = say("{count} konflik", count=number) if number > 1 else Status.CONFLICT.look.word
    return (replace(Status.CONFLICT.look, word=words),)


def _counts(rows: Sequence[KeyedRow]) -> str:
    answered = sum(row.state in ("answered", "error", "unusual") for row in rows)
    skipped = sum(row.state == "skipped" for row in rows)
    left = sum(row.state == "waiting" and row.question.required for row in rows)
    parts = [say("{count} terjawab", count=answered)]
    parts += [say("{count} dilewati", count=skipped)] if skipped else []
    parts += [f"**{say('{count} lagi', count=left)}**"] if left else []
    return " · ".join([*parts, *([say("lengkap")] if answered and not left else [])])


def title(opened: Opened, *, small: bool) -> str:
    """Return «Rumah 023 · Sukarman», or the form and what names the record."""
    record = opened.keying.record
    if record.form is Household:
        place, _ = opened.numbered()
        full = say("Rumah {number}", number=f"{place:03d}") if place else say("Rumah baru")
        name = str(record.answers.get(Household.head_name.key) or "")
        return f"{f'{place:03d}' if small and place else full} · {name}" if name else full
    named = say(record.form.title)
    rt = record.answers.get("rt")
    own = str(record.answers.get("name") or "") or record.form.name_of(record.answers, say).split(" · ")[0]
    return " · ".join([named, *([f"RT {rt}"] if rt else []), *([own] if own and not rt else [])])


def _sub(opened: Opened, *, small: bool) -> Iterator[str]:
    record = opened.keying.record
    above = opened.keying.address.references.get("parent")
    if above is not None and record.answers.get("parent"):
        yield above.show(str(record.answers["parent"]))
    if record.form is Household:
        yield from _household(record, small=small)
    elif record.answers.get("region"):
        yield region_name(str(record.answers["region"]))
    if record.form is not Household and record.answers.get("period"):
        yield say("Periode {period}", period=record.answers["period"])


def _household(record: Record, *, small: bool) -> Iterator[str]:
    building = str(record.answers.get(Household.building.key) or "")
    yield say("Bangunan {number}", number=building) if building else say("Format A")
    asked = record.asked_answers()
    date, people = record.show(Household.survey_date), Household.members_total.shown(asked)
    families, income = record.show(Household.kk_count), record.show(Household.mbr)
    if date and not small:
        yield date
    if families:
        yield f"{families} {say('KK')}"
    if people:
        yield f"{people} {say('jiwa')}"
    if income and not small:
        yield say(income)


def place_of(record: Record) -> str:
    """Return the address of a record in words, for the head of the column."""
    answers = record.answers
    parts = [region_name(str(answers["region"]))] if answers.get("region") else []
    parts += [f"RT {answers['rt']}"] if answers.get("rt") else []
    parts += [say("Periode {period}", period=answers["period"])] if answers.get("period") else []
    return " · ".join(parts)


def sections(session: Session) -> tuple[tuple[RailSection, ...], int, list[str]]:
    """Return the sections for the rail, which one has the focus, and the first question of each."""
    shown, firsts, current = [], [], -1
    for place, (section, rows) in enumerate(by_section(session.keying.rows()).items()):
        here = any(row.question.key == session.focus for row in rows)
        current = place if here else current
        shown.append(_rail_section(section, rows, here=here, first=place == 0))
        firsts.append(first_of(rows))
    return tuple(shown), current, firsts


def _rail_section(section: Section, rows: list[KeyedRow], *, here: bool, first: bool) -> RailSection:
    code, name = section_name(section.title)
    asked = asked_below(rows)
    done = sum(row.state != "waiting" for row in asked)
    is_done = not any(row.state == "waiting" and row.question.required for row in asked)
    progress = Progress.DONE if is_done and done else Progress.TO_DO
    progress = Progress.HERE if here else progress
    progress = Progress.PROBLEM if any(row.state == "error" for row in rows) else progress
    sentence = say("{done} dari {count} terjawab", done=done, count=len(asked))
    if any(row.conflict for row in rows):
        progress, sentence = Progress.CONFLICT, f"{sentence}, {Status.CONFLICT.look.word}"
    return RailSection(code, name, progress, "F7" if first else f"{done}/{len(asked)}", sentence)


def troubles(session: Session, *, small: bool = False) -> list[Trouble]:
    """Return the troubles to be corrected, explained, decided or answered, in the order of the questions."""
    found: list[Trouble] = []
    beside = asides.troubles(session)
    for row in session.keying.rows():
        question = row.question
        found += beside.get(question.key, [])
        number = question.number or say(question.label)
        if row.conflict:
            people = ", ".join(dict.fromkeys(side.person for each in row.conflict for side in each.sides))
            text = say("jawaban berbeda") if small else say("jawaban berbeda: {people}", people=people)
            halfway = row.choice is not None and not row.reason.strip()
            remedy = say("Alasannya belum ditulis") if halfway else say("Belum diputuskan")
            found.append(Trouble(question.key, number, text, remedy, None, Voice.CONFLICT))
        for problem in row.problems:
            heavy = weight(problem)
            if heavy is not Weight.EXPLAINED:
                remedy = say("Harus diperbaiki") if heavy is Weight.HARD else say("Perbaiki atau beri catatan")
                text = say(problem.message)
                if is_missing(row):
                    text, remedy = say("belum diisi"), say("Isi dahulu")
                found.append(Trouble(question.key, number, text, remedy, heavy))
    return found


def answer_words(keying: Keying, key: str | None) -> str:
    """Return the name of an answer that is undone: «12 Sumber utama air minum»; "" for none."""
    row = next((row for row in keying.rows() if row.question.key == key), None) if key else None
    return f"{row.question.number or ''} {say(row.question.label)}".strip() if row else ""


def letters(keying: Keying, key: str) -> tuple[str, ...]:
    """Return the letters that choose an answer of this question, none where it is typed."""
    question = keying.form.question(key)
    options = question.options if isinstance(question, Choice | Several) else ()
    return tuple(option.letter for option in options)


def commands(session: Session) -> dict[str, tuple[str, bool]]:
    """Return of the commands that depend on the record, by their keys, what they are called and if there is any use.

    "" is the name they always have.
    """
    review, keying = session.review, session.keying
    undone, redone = (answer_words(keying, key) for key in (keying.moments.undoes, keying.moments.redoes))
    reviews, hands_in = review.applies and review.is_mine, review.applies and not review.is_mine
    return {
        "Ctrl+Z": (say("Urungkan: {answer}", answer=undone) if undone else say("Urungkan jawaban"), True),
        "Ctrl+Shift+Z": (say("Ulangi: {answer}", answer=redone) if redone else say("Ulangi jawaban"), True),
        "Ctrl+N": ("", not keying.form.natural), "Ctrl+G": ("", keying.is_new),
        "Ctrl+Shift+S": ("", hands_in), "Ctrl+Shift+V": ("", reviews), "Ctrl+Shift+C": ("", reviews),
        "Ctrl+T": ("", bool(review.threads)), "Ctrl+B": ("", review.is_locked and session.opened.may_type),
        "Ctrl+Return": ("", session.opened.may_type), "Ctrl+S": ("", session.opened.may_type),
        "Ctrl+L": ("", keying.form.takes_files and session.opened.may_type),
        "Ctrl+Shift+L": ("", keying.form.takes_files),
    }


def saved_words(saved: Saved, *, small: bool) -> str:
    """Return when and by whom a record was saved, in a small window only when."""
    if small:
        return say("Tersimpan {moment}", moment=written.moment(saved.time))
    return say("Tersimpan {moment} oleh {person}", moment=written.moment(saved.time), person=saved.person)


def draft_words(time: str, *, small: bool) -> str:
    """Return «Draf tersimpan 14.32.08», in a small window «Draf 14.32»."""
    if small:
        return say("Draf {clock}", clock=written.clock(time))
    return say("Draf tersimpan {clock}", clock=written.clock(time, seconds=True))
