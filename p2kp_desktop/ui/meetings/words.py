"""Answers of a meeting in words."""

from p2kp_desktop.actions.community import meetings
from p2kp_desktop.actions.community.turnout import Turnout, head_of
from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record, written

DOT = " · "


def told(record: Record, key: str) -> str:
    """Return an answer in words, "" where there is none."""
    value = record.answers.get(key)
    return "" if value is None else record_names.shown(record.form.key, key, value)


def joined(*parts: str) -> str:
    """Return several parts as one text, with a dot between."""
    return DOT.join(part for part in parts if part)


def people(head: Turnout) -> tuple[str, ...]:
    """Return men, women, both and MBR as figures."""
    return tuple(written.number(each) for each in (head.men, head.women, head.people, head.mbr))


def counted(attendance: Record) -> tuple[str, ...]:
    """Return the figures of one element, a dash where nobody was counted."""
    men, women, mbr, all_ = (attendance.answers.get(key) for key in ("men", "women", "mbr", "attended"))
    known = (men is not None, women is not None, (men, women, all_) != (None, None, None), mbr is not None)
    return tuple(
        figure if each else "–" for figure, each in zip(people(head_of(attendance)), known, strict=True)
    )


def days(meeting: Record) -> str:
    """Return the day of a meeting, or its first and last, with its hours where they are known."""
    first, last = (str(meeting.answers.get(key) or "") for key in ("date", "end_date"))
    said = written.day(first)
    if last and last != first:
        said = say("{first} sampai {last}", first=said, last=written.day(last))
    hours = [each for each in (told(meeting, "start"), told(meeting, "end")) if each]
    return f"{said}, {say('pukul {hours}', hours='–'.join(hours))}" if hours else said


def due(decision: Record) -> str:
    """Return until when a decision or a task is to be carried out, or when it was."""
    date = written.day(str(decision.answers.get("due") or ""))
    if not meetings.is_open(decision):
        done = written.day(str(decision.answers.get("done_date") or ""))
        return joined(told(decision, "done"), done)
    if meetings.is_late(decision):
        return say("lewat sejak {date}", date=date)
    return say("sebelum {date}", date=date) if date else say("tanpa tenggat")
