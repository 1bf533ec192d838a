"""The p2kp command: the same actions as the window, without a display.

Exit 0 on success, warnings included; 1 on a problem that the message explains; 2 on wrong use. With
--json standard output is one JSON document and nothing else; messages go to standard error.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO

from p2kp_desktop import environment
from p2kp_desktop.actions import (
    checking,
    conflicts,
    describing,
    editing,
    receiving,
    recording,
    scoring,
    sending,
    workspaces,
)
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.store import Workspace, open_workspace

Arguments = argparse.Namespace


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    arguments = _parser().parse_args(words)
    try:
        code: int = arguments.run(arguments)
    except (Trouble, Unreadable) as problem:
        tell(str(problem))
        return 1
    except BrokenPipeError:
        return 1
    return code


def tell(message: str) -> None:
    """Say something to the person, beside the data."""
    print(message, file=sys.stderr)


def put_out(document: object) -> None:
    """Print one JSON document."""
    print(json.dumps(document, ensure_ascii=False, indent=1))


def init(arguments: Arguments) -> int:
    """Create a workspace."""
    workspaces.init(arguments.file, role=arguments.role, name=arguments.name, regions=arguments.region).close()
    print(arguments.file)
    return 0


def forms(arguments: Arguments) -> int:
    """Print the form definitions."""
    if arguments.form:
        described: dict[str, Any] = describing.describe(form_named(arguments.form))
        return _forms_out([described], described, as_json=arguments.json)
    all_forms = describing.describe_all()
    return _forms_out(all_forms, {"forms": all_forms}, as_json=arguments.json)


def _forms_out(described: list[dict[str, Any]], document: object, *, as_json: bool) -> int:
    if as_json:
        put_out(document)
    else:
        print("\n".join(line for form in described for line in describing.form_lines(form)))
    return 0


def records_put(arguments: Arguments) -> int:
    """Create or change records from JSON lines."""
    form = form_named(arguments.form)
    with open_workspace(arguments.file) as workspace:
        lines = _lines(sys.stdin)
        if arguments.all_or_nothing:
            refused = _put_together(workspace, form, lines)
        else:
            refused = sum(_put_line(workspace, form, number, line) for number, line in lines)
        editing.refresh_summaries(workspace)
    return 1 if refused else 0


def _lines(stream: TextIO) -> Iterator[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(stream, start=1) if line.strip())


def _put_line(workspace: Workspace, form: Any, number: int, line: str) -> bool:
    """Save one line; return whether it was refused."""
    try:
        recorded = recording.record(workspace, form, _object(line), origin=recording.SCRIPT)
    except Unreadable as refusal:
        _refuse(number, refusal)
        return True
    _print_recorded(recorded)
    return False


def _put_together(workspace: Workspace, form: Any, lines: Iterator[tuple[int, str]]) -> int:
    """Save all lines in one transaction, or none; return how many were refused."""
    given, refused = [], 0
    for number, line in lines:
        try:
            given.append((number, _object(line)))
        except Unreadable as refusal:
            refused += 1
            _refuse(number, refusal)
    result = recording.record_all(workspace, form, given, origin=recording.SCRIPT, save=not refused)
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
    except json.JSONDecodeError as error:
        raise Unreadable(say("bukan JSON ({reason})", reason=error.msg)) from None
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
    with open_workspace(arguments.file) as workspace:
        for flat in describing.flat_records(workspace, form, record=arguments.id, rt=rt):
            print(json.dumps(flat, ensure_ascii=False))
    return 0


def records_delete(arguments: Arguments) -> int:
    """Put a record into the trash."""
    with open_workspace(arguments.file) as workspace:
        form = form_named(arguments.form)
        recording.delete(workspace, form, arguments.id, reason=arguments.reason)
        editing.refresh_summaries(workspace)
    return 0


def score(arguments: Arguments) -> int:
    """Score a table of volumes, or a workspace."""
    if (arguments.table is None) == (arguments.workspace is None):
        tell(say("Sebutkan satu berkas CSV, atau --workspace BERKAS."))
        return 2
    if arguments.table is not None:
        document, refused = scoring.score_table(Path(arguments.table), arguments.rules)
        put_out(document)
        for refusal in refused:
            tell(refusal)
        return 1 if refused else 0
    with open_workspace(arguments.workspace) as workspace:
        put_out(scoring.score_workspace(
            workspace, area=arguments.region, period=arguments.period, method=arguments.method
        ))
    return 0


def send(arguments: Arguments) -> int:
    """Write a bundle."""
    with open_workspace(arguments.file) as workspace:
        sent = sending.send(workspace, arguments.folder, to=arguments.to, areas=arguments.region or ())
    if arguments.json:
        put_out({"path": str(sent.path), "records": sent.records})
    else:
        print(sent.path)
    return 0


def receive(arguments: Arguments) -> int:
    """Read bundles, each in a transaction of its own."""
    with open_workspace(arguments.file) as workspace:
        received = [receiving.receive(workspace, bundle) for bundle in arguments.bundle]
    for one in received:
        for line in [*one.notes, *([one.error] if one.error else [])]:
            tell(f"{one.file}: {line}")
    if arguments.json:
        put_out({"bundles": [describing.outcome(one) for one in received]})
    else:
        for one in received:
            print(f"{one.file}: {describing.equation(one)}")
    return 1 if any(one.error for one in received) else 0


def list_conflicts(arguments: Arguments) -> int:
    """Print the open conflicts."""
    with open_workspace(arguments.file) as workspace:
        found = conflicts.open_conflicts(workspace)
    if arguments.json:
        put_out({"conflicts": [describing.conflict(one) for one in found]})
        return 0
    for one in found:
        sides = " | ".join(f"{side.shown} ({side.person}, {side.workspace}, {side.time})" for side in one.sides)
        print(f"{one.form} {one.id} {one.question}: {sides}")
    tell(say("{number} konflik terbuka.", number=len(found)))
    return 0


def digest(arguments: Arguments) -> int:
    """Print the digest of the content."""
    with open_workspace(arguments.file) as workspace:
        print(checking.digest(workspace))
    return 0


def check(arguments: Arguments) -> int:
    """Look for damage."""
    try:
        with open_workspace(arguments.file) as workspace:
            problems = checking.check(workspace)
    except Trouble as trouble:
        problems = [str(trouble)]
    if arguments.json:
        put_out({"ok": not problems, "problems": problems})
    else:
        print("\n".join(problems) or say("Utuh: berkas, catatan, riwayat, dan rekap."))
    return 1 if problems else 0


def demo(arguments: Arguments) -> int:
    """Make the journey on sample data."""
    from p2kp_desktop.actions import demonstrating

    for line in demonstrating.demonstrate(Path(arguments.folder) if arguments.folder else None):
        print(line, flush=True)
    return 0


Option = tuple[str, dict[str, Any]]

JSON: Option = ("--json", {"action": "store_true"})
FILE: Option = ("file", {"metavar": "FILE"})
FORM: Option = ("form", {"metavar": "FORM"})
REGIONS: Option = ("--region", {"action": "append", "metavar": "CODE"})
OFFICES = ("district", "province")

COMMANDS: dict[str, tuple[Callable[[Arguments], int], list[Option]]] = {
    "init": (init, [
        FILE, ("--role", {"required": True, "choices": ("facilitator", *OFFICES)}), ("--name", {"required": True}),
        ("--region", {"required": True, "action": "append", "metavar": "CODE"}),
    ]),
    "forms": (forms, [("form", {"nargs": "?", "metavar": "FORM"}), JSON]),
    "records put": (records_put, [FORM, ("--all-or-nothing", {"action": "store_true"})]),
    "records get": (records_get, [FORM, ("--id", {}), ("--rt", {})]),
    "records delete": (records_delete, [FORM, ("id", {"metavar": "ID"}), ("--reason", {"required": True})]),
    "send": (send, [
        FILE, ("folder", {"metavar": "OUTDIR"}), ("--to", {"choices": OFFICES}), REGIONS,
        ("--full", {"action": "store_true", "help": "ignore receipts: everything is sent"}), JSON,
    ]),
    "receive": (receive, [FILE, ("bundle", {"nargs": "+", "metavar": "BUNDLE"}), JSON]),
    "conflicts": (list_conflicts, [FILE, JSON]),
    "digest": (digest, [FILE]),
    "check": (check, [FILE, JSON]),
    "score": (score, [
        ("table", {"nargs": "?", "metavar": "IN.csv"}), ("--rules", {"choices": ("2018", "2016"), "default": "2018"}),
        ("--workspace", {"metavar": "FILE"}), ("--region", {"metavar": "CODE"}), ("--period", {"metavar": "YEAR"}),
        ("--method", {"choices": ("workbook", "units")}), JSON,
    ]),
    "demo": (demo, [("folder", {"nargs": "?", "metavar": "DIR"})]),
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="p2kp", description="P2KP Desktop: pendataan 100-0-100, tanpa jaringan.")
    parser.add_argument("--version", action="version", version=environment.PROGRAM)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    records = commands.add_parser("records", help="Create, change, print or delete records.")
    records.add_argument(FILE[0], **FILE[1])
    verbs = records.add_subparsers(required=True, metavar="VERB")
    for name, (run, options) in COMMANDS.items():
        within, word = (verbs, name.split()[1]) if " " in name else (commands, name)
        made = within.add_parser(word, help=run.__doc__, description=run.__doc__)
        made.set_defaults(run=run)
        for option, properties in options:
            made.add_argument(option, **properties)
    return parser


if __name__ == "__main__":
    sys.exit(main())
