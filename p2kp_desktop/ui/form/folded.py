"""What the rows of a form say: a question folded to one line, its notes, its echo. No widget is needed for it."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any

from p2kp_desktop.actions.keying.offers import ReferenceQuestion
from p2kp_desktop.actions.keying.record_keying import KeyedRow
from p2kp_desktop.forms.heads import holder
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import (
    SOFT,
    Choice,
    Date,
    Identity,
    Problem,
    Question,
    RtList,
    Several,
    Text,
    Unreadable,
    written,
)
from p2kp_desktop.schema.conditions import condition_words
from p2kp_desktop.schema.numerals import spelt
from p2kp_desktop.schema.quantities import Number
from p2kp_desktop.ui.kit.keycap import cap_side
from p2kp_desktop.ui.kit.note import Weight
from p2kp_desktop.ui.kit.question import FoldedQuestion, State
from p2kp_desktop.ui.look.measures import SPACE_8

_CODE = re.compile(r"^([A-Z]\.(?:\d+(?:\.\d+)*)?|\d+\.)\s+(.*)$")


class Voice(Enum):
    """Who speaks in a note: the rules of the form, people who disagree, a reviewer, another household's likeness."""

    RULES, CONFLICT, REMARK, SETTLED, ALIKE = range(5)


@dataclass(frozen=True)
class NoteText:
    """A note under a question; `weight` is None where no rule speaks, `lead` its first words if not the usual.

    `about` is the other household where one is alike.
    """

    weight: Weight | None
    text: str
    lead: str = ""
    voice: Voice = Voice.RULES
    about: str = ""


def section_name(title: str) -> tuple[str, str]:
    """Return the code on paper and the name: «A.1» and «Keteraturan Bangunan Hunian»."""
    found = _CODE.match(title)
    if found is None:
        return "", say(title)
    code = found[1].rstrip(".")
    return ("" if code.isalpha() else code), say(found[2])


def folded(row: KeyedRow, answer_width: int) -> FoldedQuestion:
    """Return the folded row that a question shows; the answer in force of a conflict is marked as provisional."""
    shown = _folded(row, answer_width)
    if not row.conflict or row.state == "skipped":
        return shown
    marked = " · ".join(part for part in (shown.answer, say("sementara")) if part)
    return replace(shown, answer=marked)


def _folded(row: KeyedRow, answer_width: int) -> FoldedQuestion:
    question = row.question
    number, text = question.number or "", say(question.label)
    state = State(row.state)
    if state is State.SKIPPED:
        return FoldedQuestion(number, text, state, answer=row.shown)
    if state is State.COMPUTED:
        return FoldedQuestion(number, text, state, answer=row.shown or "–")
    if isinstance(question, Choice | Several):
        letters = _waiting_letters(question, answer_width) if state is State.WAITING else row.letters
        return FoldedQuestion(number, text, state, letters, answer=_shown(row))
    if isinstance(question, Number):
        return FoldedQuestion(number, text, state, field=_figure(row), answer=say(question.unit or ""))
    if state in (State.ERROR, State.UNUSUAL, State.WAITING):
        return FoldedQuestion(number, text, state, field=row.text)
    return FoldedQuestion(number, text, state, answer=row.shown)


def _shown(row: KeyedRow) -> str:
    return "; ".join(say(part) for part in row.shown.split("; ")) if row.shown else ""


def _figure(row: KeyedRow) -> str:
    """Return the figure in the box: as it was understood, or as it was typed where it was not."""
    return row.shown or row.text


def _waiting_letters(question: Choice | Several, width: int) -> tuple[str, ...]:
    letters = tuple(option.letter for option in question.options)
    room = max(3, width // (cap_side(in_row=True) + SPACE_8))
    return letters if len(letters) <= room else (letters[0], "…", letters[-1])


def notes(row: KeyedRow, *, is_open: bool = False, short: bool = False) -> list[NoteText]:
    """Return the notes under a question: its conflict first (an open one is laid out instead), then its problems."""
    found = [NoteText(None, _conflict(row), voice=Voice.CONFLICT)] if row.conflict and not is_open else []
    lead = say("Belum dapat disimpan.") if is_missing(row) else ""
    return found + [NoteText(weight(problem), _words(problem, short=short), lead) for problem in row.problems]


def is_missing(row: KeyedRow) -> bool:
    """Say whether this is a part of the address without which nothing is saved."""
    return row.in_head and bool(row.problems) and not row.text


def weight(problem: Problem) -> Weight:
    """Return how a problem is shown: impossible, unusual, or explained."""
    if problem.severity != SOFT:
        return Weight.HARD
    return Weight.EXPLAINED if problem.note else Weight.SOFT


def _words(problem: Problem, *, short: bool) -> str:
    message = say(problem.message)
    if not problem.note:
        return message
    return problem.note if short else say("{problem} Alasan: {reason}", problem=message, reason=problem.note)


def _conflict(row: KeyedRow) -> str:
    """Return every answer with who gave it; one typed here and not decided stands last."""
    values = [
        f"**{say(each.shown)}** ({', '.join(side.person for side in each.sides) or say('jawaban baru')})"
        for each in row.conflict
    ]
    return " · ".join(values)


def echo(question: Question[Any], text: str) -> str:
    """Return how a typed text is understood, for instance «= 7,5 m»; empty while it cannot be read.

    What can be read in two ways is told in words too: «= 1.218 m (seribu dua ratus delapan belas)».
    """
    if isinstance(question, Identity):
        return _identity(question, "".join(letter for letter in text if letter.isdigit()))
    if not text.strip() or not isinstance(question, Number | Date | RtList):
        return ""
    try:
        plain = question.read(text)
    except Unreadable:
        return ""
    aloud = f"({spelt(Decimal(plain))})" if question.remark(text) else ""
    return " ".join(part for part in ("=", question.show(plain), say(question.unit or ""), aloud) if part)


def _identity(question: Identity, digits: str) -> str:
    """Return how many digits there are, and whose a whole NIK is: a wrong digit is seen at once."""
    count = say("{count} angka", count=len(digits)) if digits else ""
    held = holder(digits) if question.key == Household.nik.key and len(digits) == question.digits else None
    if held is None:
        return count
    woman, born = held
    told = say("{count}: perempuan, lahir {day}") if woman else say("{count}: laki-laki, lahir {day}")
    return told.format(count=count, day=written.day(born))


def guidance(question: Question[Any]) -> str:
    """Return the guidance that F1 shows: the guide's text, the section's note, when it is asked, its limits."""
    lines = [say(question.help), say(question.section.note)]
    if asked_when := condition_words(question.when):
        lines.append(say("Ditanyakan bila {condition}.", condition=asked_when))
    if isinstance(question, Date):
        lines.append(say("Tulis hari/bulan/tahun: 4/10/22 atau 041022."))
    if isinstance(question, Several):
        lines.append(say("Tekan huruf sekali lagi untuk membatalkan pilihan; Enter untuk maju."))
    if not question.required:
        lines.append(say("Boleh kosong."))
    return " ".join(line for line in lines if line)


def help_words(question: Question[Any]) -> str:
    """Return the guidance that F1 shows for a question, or a sentence in its place where the guide is silent."""
    return guidance(question) or say("Tidak ada petunjuk untuk pertanyaan ini.")


def offered_words(row: KeyedRow) -> str:
    """Return which answer is offered for an empty question, and how it is taken; empty for none."""
    question = row.question
    if row.offered is None:
        return ""
    if row.since:
        return say("Pada {period}: {answer}. Tekan = bila masih begitu.", period=row.since,
                   answer=say(question.show(row.offered)))
    if not isinstance(question, Several):
        return say("Berikutnya {answer}. Tekan = untuk memakainya.", answer=question.show(row.offered))
    names = "; ".join(say(question.options.show(code)) for code in str(row.offered).split(","))
    return say("Usulan, belum diverifikasi: {answer}. Tekan = untuk memakainya.", answer=names)


def is_wide(question: Question[Any]) -> bool:
    """Say whether the answer needs a wide field."""
    return isinstance(question, Text | RtList | ReferenceQuestion) and not isinstance(question, Identity)
