"""The commands on records: put, get, delete."""

import argparse
import json
from collections.abc import Iterator
from typing import Any

from p2kp_desktop.actions.common import events
from p2kp_desktop.actions.recording import recording, saves
from p2kp_desktop.actions.scripts import script_shapes
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import say
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.store import Workspace

from . import standard_input
from .opening import open_workspace
from .printing import tell

Arguments = argparse.Namespace


def records_put(arguments: Arguments) -> int:
    """Create or change records from JSON lines."""
    form = form_named(arguments.form)
    with open_workspace(arguments.file, "records put") as workspace:
        lines = standard_input.lines()
        if arguments.all_or_nothing:
            refused = _put_together(workspace, form, lines, arguments.reason or "")
        else:
            reason = arguments.reason or ""
            refused = sum(_put_line(workspace, form, number, line, reason) for number, line in lines)
        saves.refresh_summaries(workspace)
    return 1 if refused else 0


def _put_line(workspace: Workspace, form: Any, number: int, line: str, reason: str) -> bool:
    """Save one line; return whether it was refused."""
    try:
        recorded = recording.record(workspace, form, _object(line), origin=recording.SCRIPT, reason=reason)
    except Unreadable as refusal:
        _refuse(number, refusal)
        return True
    _print_recorded(recorded)
    return False


def _put_together(workspace: Workspace, form: Any, lines: Iterator[tuple[int, str]], reason: str) -> int:
    """Save all lines in one transaction, or none; return how many were refused."""
    given, refused = [], 0
    for number, line in lines:
        try:
            given.append((number, _object(line)))
        except Unreadable as refusal:
            refused += 1
            _refuse(number, refusal)
    result = recording.record_all(
        workspace, form, given, origin=recording.SCRIPT, save=not refused, reason=reason
    )
    for number, unreadable in result.refused:
        _refuse(number, unreadable)
    if refused or result.refused:
        tell(say("Tidak ada baris yang disimpan."))
        return 1
    for one in result.recorded:
        _print_recorded(one)
    return 0


def _object(line: str) -> dict[str, object]:
    try:
        given = json.loads(line)
        line.encode()
    except UnicodeEncodeError:
        raise Unreadable(say("bukan teks UTF-8")) from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(say("bukan JSON ({reason})", reason=error)) from None
    if not isinstance(given, dict):
        raise Unreadable(say("bukan objek JSON"))
    return given


def _refuse(number: int, refusal: Unreadable) -> None:
    question = refusal.question if isinstance(refusal, recording.Refused) else ""
    where = f"{question}: " if question else ""
    tell(say("Baris {number}: {where}{reason}", number=number, where=where, reason=refusal))


def _print_recorded(recorded: recording.Recorded) -> None:
    problems = [vars(problem) for problem in recorded.problems]
    print(json.dumps({"id": recorded.id, "problems": problems}, ensure_ascii=False), flush=True)


def records_get(arguments: Arguments) -> int:
    """Print records as JSON lines."""
    form = form_named(arguments.form)
    rt = normal_rt(arguments.rt) if arguments.rt else None
    with open_workspace(arguments.file, "records get") as workspace:
        names = any(question.private for question in form.stored())
        with events.leaving(workspace, events.EXPORTED, names=names, list=form.key, rt=rt or "", kind="-"):
            for flat in script_shapes.flat_records(workspace, form, record=arguments.id, rt=rt):
                print(json.dumps(flat, ensure_ascii=False))
    return 0


def records_delete(arguments: Arguments) -> int:
    """Put a record into the trash."""
    with open_workspace(arguments.file, "records delete") as workspace:
        form = form_named(arguments.form)
        recording.delete(workspace, form, arguments.id, reason=arguments.reason)
        saves.refresh_summaries(workspace)
    return 0
