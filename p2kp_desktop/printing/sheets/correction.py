"""Correction sheets: of a returned record each question that is asked about, its answer, and room for the right one."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from p2kp_desktop.actions.recording import printed_codes
from p2kp_desktop.actions.recording.record_names import form_of
from p2kp_desktop.language import say
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.qr import qr_svg
from p2kp_desktop.printing.pages.registry import Needs, printable
from p2kp_desktop.schema import Derived, Question, Several
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.printed_code import PrintedCode
from p2kp_desktop.store import Connection, Workspace

from . import asked_records, filled, form_sheets, lists
from .filled import Sources, Told
from .questions import Lettered, arranged, line

_ROOM = 30  # letters of an option that fit in the last column
_EMPTY = "Belum diisi."
_NOTHING = "Tidak ada jawaban yang dipertanyakan."


@printable("correction", lambda: say("Lembar perbaikan"), Needs.RECORD)
def correction(workspace: Workspace, asked: Asked) -> Document:
    """Return a sheet for each record that is asked, or that was returned and waits for its correction."""
    sources = Sources(workspace)
    versions, whole = asked_records.returned(workspace, asked)
    parts = [partial(_sheet, workspace, version, asked, sources) for version in versions]
    if len(parts) == 1:
        return replace(parts[0](), whole=whole)
    return Document(say("Lembar perbaikan"), "", {}, parts=parts, leaves=False)


def _sheet(workspace: Workspace, version: Version, asked: Asked, sources: Sources) -> Document:
    form = form_of(version.form)
    with workspace.asking() as connection:
        told = filled.read(connection, version, asked)
        digest = printed_codes.digest_now(connection, form, version.id)
        lines = [_line(connection, told, question) for question in _doubtful(told)]
        remarks = [*filled.about(connection, told), *([] if lines else [say(_NOTHING)])]
        head = form_sheets.headed(form, filled.head(told))
    code = PrintedCode.of_document(form.key, version.id, "correction", digest)
    data = {
        **head, "codes": [qr_svg(code.text)], "short": code.short, "lines": lines, "remarks": remarks,
        "name": asked_records.called(version, names=asked.names),
        "heads": [say("No."), say("Pertanyaan"), say("Jawaban sekarang"), say("Jawaban yang benar")],
        "stamps": lists.stamps([say("Diperbaiki oleh"), say("Diketahui"), say("Sudah dimasukkan oleh")]),
    }
    title = say("Lembar perbaikan: {form}", form=say(form.title))
    return Document(title, "correction", data, source=sources.of(filled.scope_of(version)),
                    versions={(form.key, version.id): digest})


def _doubtful(told: Told) -> Iterator[Question[Any]]:
    """Yield the questions that something is asked about: by a reviewer, by a check, or by two answers."""
    asked = {thread.question for thread in told.threads if thread.is_open}
    wrong = {problem.question for problem in told.record.problems() if not problem.note}
    keys = asked | wrong | told.version.conflicts().keys()
    yield from (each for each in told.record.form.stored() if each.key in keys and not isinstance(each, Derived))


def _line(connection: Connection, told: Told, question: Question[Any]) -> dict[str, object]:
    answer = told.record.understood(question)
    now = asked_records.words(question, answer, told.titles, names=told.names, form=told.record.form, own=told.own)
    if answer is not None and isinstance(question, Lettered):
        codes = str(answer).split(",") if isinstance(question, Several) else [str(answer)]
        letters = [option.letter for option in question.options if option.code in codes]
        now = f"{', '.join(letters)} · {now}"
    problems = [say(each.message) for each in told.record.problems()
                if each.question == question.key and not each.note and each.message != _EMPTY]
    return {
        "room": arranged(line(told.record.form, question), _ROOM),
        "now": f"{now} {question.unit}" if now and question.unit else now or say("(belum diisi)"),
        "remarks": [*filled.remarks(connection, told, question), *problems],
    }
