"""The p2kp command: the same actions as the window, without a display.

Exit 0 on success, warnings included; 1 on a problem that the message explains; 2 on wrong use. With
--json standard output is one JSON document and nothing else; messages go to standard error.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from p2kp_desktop import environment, held_files
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing.pages.paper import SHEETS
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.schema.roles import KEYER, ROLES

from . import passwords
from .numbers import share, whole
from .printing import Screen, put_out, tell

Arguments = argparse.Namespace


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors=errors)
    if sys.stdout is not None and sys.stdout.isatty():
        sys.stdout = Screen(sys.stdout)
    environment.keep_private()
    arguments = _parsed(words)
    environment.sweep_benches()
    try:
        passwords.unlock_named(arguments)
        code: int = arguments.run(arguments)
    except (Trouble, Unreadable) as problem:
        from p2kp_desktop.store.files import LOCKED

        tell(str(problem))
        if isinstance(problem, Trouble) and problem.code == LOCKED:
            tell("--password-file F, P2KP_PASSWORD_FILE=F")
        if getattr(arguments, "json", False):
            put_out({"error": str(problem)})
        return 1
    except BrokenPipeError:
        return 1
    except PermissionError as error:
        trouble = held_files.behind(error)
        if trouble is None:
            raise
        tell(str(trouble))
        return 1
    return code


Option = tuple[str, dict[str, Any]]

JSON: Option = ("--json", {"action": "store_true"})
FILE: Option = ("file", {"metavar": "FILE"})
FORM: Option = ("form", {"metavar": "FORM"})
REASON: Option = ("--reason", {"required": True, "metavar": "TEXT"})
WAITING: Option = ("ids", {"nargs": "+", "metavar": "ID|SENDER"})
SENDER: Option = ("--sender", {"metavar": "WORDS|NODE", "help": "only what this one brought; - for who signs nothing"})
REGIONS: Option = ("--region", {"action": "append", "metavar": "CODE"})
NAMED: Option = ("ids", {"nargs": "*", "metavar": "ID"})
IDS: Option = ("--id", {"action": "append", "metavar": "ID"})
AREA: list[Option] = [
    ("--rt", {"metavar": "RT"}), ("--region", {"metavar": "CODE"}), ("--period", {"metavar": "YEAR"}),
]
PASSWORD: Option = ("--password-file", {"metavar": "F", "help": "a text file whose first line is the password"})
NEW_PASSWORD: Option = ("--new-password-file", {"required": True, "metavar": "F"})
WORDS_TO: Option = ("--recovery-file", {"metavar": "OUT", "help": "a new file for the recovery words"})
OFFICES = ("district", "province")

# The commands in the order of the help, by module and function: only the one that runs is loaded, half of the time of a
# short one. One of two words comes after the FILE of its group.
COMMANDS: dict[str, tuple[str, list[Option]]] = {
    "init": ("commands.init", [
        FILE, ("--role", {"required": True, "choices": ("facilitator", *OFFICES)}), ("--name", {"required": True}),
        ("--region", {"required": True, "action": "append", "metavar": "CODE"}),
        ("--password-file", {"metavar": "F", "help": "whose first line becomes the password; without it nothing is "
                                                     "enciphered"}), WORDS_TO,
    ]),
    "forms": ("commands.forms", [("form", {"nargs": "?", "metavar": "FORM"}), JSON]),
    "records put": ("records.records_put", [
        FORM, ("--all-or-nothing", {"action": "store_true"}),
        ("--reason", {"metavar": "TEXT", "help": "why; needed to change a verified record"}),
    ]),
    "records get": ("records.records_get", [FORM, ("--id", {}), ("--rt", {})]),
    "records delete": ("records.records_delete", [FORM, ("id", {"metavar": "ID"}), REASON]),
    "template": ("tables.template", [FORM, ("out", {"metavar": "OUT.xlsx"})]),
    "import": ("tables.import_table", [
        FILE, FORM, ("table", {"metavar": "IN.xlsx|.xls|.ods|.csv"}),
        ("--rehearse", {"action": "store_true", "help": "show what would change and write nothing"}),
        ("--region", {"metavar": "CODE"}), ("--rt", {"metavar": "RT"}), ("--period", {"metavar": "YEAR"}),
        ("--answer", {"action": "append", "metavar": "b28=terpisah|tercampur, kolom=abaikan"}),
        ("--reason", {"metavar": "TEXT", "help": "why; needed to change verified records"}), JSON,
    ]),
    "send": ("commands.send", [
        FILE, ("folder", {"metavar": "OUTDIR"}), ("--to", {"choices": (*OFFICES, "facilitator")}), REGIONS,
        ("--full", {"action": "store_true", "help": "ignore receipts: everything is sent"}),
        ("--without-names", {"action": "store_true", "help": "leave out names and identity numbers"}),
        ("--in-clear", {"action": "store_true", "help": "a workbook that anybody can read, also where the receiver is "
                                                        "enrolled"}), PASSWORD, JSON,
    ]),
    "receive": ("receiving.receive", [
        FILE, ("bundle", {"nargs": "+", "metavar": "BUNDLE"}),
        ("--rehearse", {"action": "store_true", "help": "show what would change and write nothing"}),
        ("--accept-edited", {"action": "store_true", "help": "take over cells edited outside, as edits of your own"}),
        ("--reason", {"metavar": "TEXT"}), PASSWORD, JSON,
    ]),
    "quarantine": ("quarantine.show", [FILE, JSON]),
    "quarantine apply": ("quarantine.take", [WAITING, SENDER, REASON, JSON]),
    "quarantine leave": ("quarantine.leave", [WAITING, SENDER, REASON, JSON]),
    "enrol": ("enrolling.show", [FILE, JSON]),
    "enrol root": ("enrolling.root", [("--reason", {"metavar": "TEXT"}), JSON]),
    "enrol request": ("enrolling.request", [JSON]),
    "enrol approve": ("enrolling.approve", [
        ("request", {"metavar": "LINE|FILE|WORDS", "help": "what they sent, or the six words of one that waits"}),
        ("--words", {"metavar": "WORDS", "help": "their six words as heard; needed with LINE or FILE"}),
        ("--name", {"metavar": "TEXT"}), ("--role", {"choices": ("facilitator", *OFFICES)}), REGIONS,
        ("--until", {"metavar": "DAY", "help": "default: the end of next year"}),
        ("--replaces", {"action": "store_true", "help": "in place of another laptop, whose key is revoked"}), JSON,
    ]),
    "enrol refuse": ("enrolling.refuse", [("words", {"metavar": "WORDS"}), REASON, JSON]),
    "enrol take": ("enrolling.take", [
        ("answer", {"nargs": "?", "metavar": "LINE|FILE", "help": "left out: what a bundle brought"}),
        ("--words", {"metavar": "WORDS", "help": "the six words of the root as heard; once"}), JSON,
    ]),
    "enrol confirm": ("enrolling.confirm", [("who", {"metavar": "WORDS|NAME|NODE"}), REASON, JSON]),
    "enrol revoke": ("enrolling.revoke", [("who", {"metavar": "WORDS|NAME|NODE"}), REASON, JSON]),
    "enrol list": ("enrolling.show", [JSON]),
    "photos": ("photos.photos", [
        FILE, ("photo", {"nargs": "+", "metavar": "FOLDER"}),
        ("--rehearse", {"action": "store_true", "help": "show where each photo would go and write nothing"}),
        ("--places", {"action": "store_true", "help": "fill the empty coordinates of houses from their photos"}),
        ("--lock", {"action": "store_true", "help": "take agreements whose signed page is among them to «disepakati»"}),
        JSON,
    ]),
    "conflicts": ("commands.list_conflicts", [FILE, JSON]),
    "conflicts settle": ("commands.settle", [
        ("id", {"metavar": "ID"}), ("question", {"metavar": "QUESTION"}),
        ("--take", {"required": True, "metavar": "VALUE"}), REASON,
    ]),
    "doubles": ("doubles.list_doubles", [FILE, *AREA, JSON]),
    "doubles apart": ("doubles.apart", [("id", {"metavar": "ID"}), ("other", {"metavar": "OTHER"}), REASON]),
    "verify": ("commands.verify", [
        FILE, NAMED, IDS, *AREA, JSON,
    ]),
    "return": ("commands.give_back", [
        FILE, NAMED, IDS, *AREA, ("--comment", {"required": True, "metavar": "TEXT"}),
        ("--question", {"metavar": "KEY"}), JSON,
    ]),
    "digest": ("commands.digest", [FILE]),
    "check": ("commands.check", [FILE, JSON]),
    "score": ("commands.score", [
        ("table", {"nargs": "?", "metavar": "IN.csv|FILE"}),
        ("--rules", {"choices": ("2018", "2016"), "default": "2018"}),
        ("--workspace", {"metavar": "FILE"}), ("--region", {"metavar": "CODE"}), ("--period", {"metavar": "YEAR"}),
        ("--method", {"choices": ("workbook", "units")}), JSON,
    ]),
    "report": ("reporting.report", [
        ("name", {"nargs": "?", "metavar": "NAME"}), ("file", {"nargs": "?", "metavar": "FILE"}),
        ("out", {"nargs": "?", "metavar": "OUT.xlsx|.csv|.json|.geojson|-"}),
        ("--list", {"action": "store_true", "help": "name every list and report"}), *AREA,
        ("--participants", {"action": "store_true", "help": "only regions that take part in the programme"}),
        ("--where", {"action": "append", "metavar": "COLUMN=VALUE", "help": "only lines with that value; repeatable"}),
        JSON,
    ]),
    "explain": ("explaining.explain", [
        FILE, *AREA, ("--kawasan", {"metavar": "NAME", "help": "a slum area by its name or id"}),
        ("--method", {"choices": ("workbook", "units")}), JSON,
    ]),
    "solve": ("solving.solve", [
        FILE, *AREA, ("--below", {"type": whole, "metavar": "TOTAL", "help": "default: where slum begins, 16"}),
        ("--budget", {"type": whole, "metavar": "RUPIAH", "help": "the most hectares within it"}),
        ("--prices", {"metavar": "P.csv", "help": "criterion,unit,price,year,source; in place of the workspace's"}),
        ("--margin", {"type": whole, "default": 0, "metavar": "POINTS", "help": "so much below that"}),
        ("--extra", {"type": share, "default": "0", "metavar": "PERCENT", "help": "so much more volume"}), JSON,
    ]),
    "print": ("paper.print_out", [
        ("what", {"nargs": "?", "metavar": "WHAT"}), ("out", {"nargs": "?", "metavar": "OUT.pdf|.docx"}),
        ("--list", {"action": "store_true", "help": "name all that can be printed"}),
        ("--workspace", {"metavar": "FILE"}),
        ("--paper", {"choices": tuple(SHEETS), "help": "default: that of the office"}),
        ("--record", {"action": "append", "metavar": "ID"}), *AREA,
        ("--count", {"type": whole, "default": 1, "metavar": "N", "help": "how many blank forms"}),
        ("--first", {"type": whole, "default": 1, "metavar": "N", "help": "the number of the first of them"}),
        ("--residents", {"action": "store_true", "help": "one for each line of the residents' list not visited yet"}),
        ("--two-up", {"action": "store_true", "help": "two sides on one landscape sheet"}),
        ("--names", {"action": "store_true", "help": "names and identity numbers in full; needs --reason"}),
        ("--reason", {"metavar": "TEXT"}),
        ("--history", {"action": "store_true", "help": "who changed what, beside the answers"}), JSON,
    ]),
    "boundaries": ("boundaries.list_boundaries", [FILE, JSON]),
    "boundaries import": ("boundaries.import_boundaries", [
        ("boundaries", {"metavar": "IN.geojson|.shp|.zip|.gpkg|.kml|.kmz"}),
        ("--rehearse", {"action": "store_true", "help": "show what would be kept and write nothing"}),
        ("--system", {"metavar": "48S|47S|4326", "help": "of a file that does not say its coordinate system"}),
        ("--assign", {"action": "append", "metavar": "NUMBER=CODE[/RT]", "help": "which place a feature is"}), JSON,
    ]),
    "boundaries remove": ("boundaries.remove_boundaries", [("--region", {"metavar": "CODE"}), JSON]),
    "office": ("offices.office", [
        FILE, ("--line", {"action": "append", "metavar": "TEXT", "help": "of the letterhead, from the top"}),
        ("--town", {"metavar": "TEXT", "help": "where letters are signed"}),
        ("--signatory", {"action": "append", "metavar": "ROLE|NAME|NIP"}),
        ("--numbering", {"metavar": "TEXT", "help": "of letters: {no}/KEL/{bulan}/{tahun}"}),
        ("--first", {"metavar": "N", "help": "the number from which on letters are numbered"}),
        ("--paper", {"choices": tuple(SHEETS)}), ("--logo", {"metavar": "PNG|JPEG"}),
        ("--no-logo", {"action": "store_true"}),
        ("--set", {"metavar": "OFFICE.json|-", "help": "all of it, as --json prints it"}), JSON,
    ]),
    "protection": ("protecting.protection", [FILE, JSON]),
    "protection start": ("protecting.start", [NEW_PASSWORD, (WORDS_TO[0], {**WORDS_TO[1], "required": True})]),
    "protection finish": ("protecting.finish", []),
    "protection password": ("protecting.change", [
        NEW_PASSWORD, (WORDS_TO[0], {"metavar": "F", "help": "with the recovery words, where it was forgotten"}),
        ("--person", {"metavar": "NAME", "help": "whose password it becomes, with --recovery-file"}),
    ]),
    "protection words": ("protecting.words", [("out", {"metavar": "OUT"})]),
    "protection renew": ("protecting.renew", [("out", {"metavar": "OUT"})]),
    "protection office-open": ("protecting.office_open", [
        ("key", {"metavar": "KEY", "help": "the .kunci of somebody below, or their workspace with it beside"}),
        (WORDS_TO[0], {**WORDS_TO[1], "required": True}),
    ]),
    "persons": ("people.show", [FILE, JSON]),
    "persons add": ("people.add", [
        ("name", {"metavar": "NAME"}), ("--role", {"choices": ROLES, "default": KEYER}), NEW_PASSWORD,
    ]),
    "persons password": ("people.reset", [("name", {"metavar": "NAME"}), NEW_PASSWORD]),
    "persons role": ("people.role", [
        ("name", {"metavar": "NAME"}), ("role", {"choices": ROLES}),
        (NEW_PASSWORD[0], {**NEW_PASSWORD[1], "required": False, "help": "of theirs, behind a password"}),
    ]),
    "persons remove": ("people.remove", [("name", {"metavar": "NAME"})]),
    "backup": ("commands.backup", [FILE]),
    "restore": ("commands.restore", [("backup", {"metavar": "BACKUP"}), FILE]),
    "update": ("updates.update", [
        ("update", {"nargs": "?", "metavar": "P2KP-VERSION.p2kpupdate"}),
        ("--rehearse", {"action": "store_true", "help": "check the file, say what is new, and change nothing"}),
        ("--back", {"metavar": "VERSION", "help": "use another version that is kept here"}),
        ("--workspace", {"action": "append", "metavar": "FILE", "help": "to back up first; default: the last one"}),
        JSON,
    ]),
    "demo": ("commands.demo", [("folder", {"nargs": "?", "metavar": "DIR"})]),
}


def function(place: str) -> Callable[[Arguments], int]:
    """Return the function that runs a command, by its module here and its name."""
    module, name = place.split(".")
    run: Callable[[Arguments], int] = getattr(import_module(f".{module}", __name__), name)
    return run


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """Make what reads the words of a command; what those begin with needs no other command: a tenth of the time."""
    called = {name: command for name, command in COMMANDS.items() if name.split()[0] in words[:1]}
    parser = argparse.ArgumentParser(prog="p2kp", description="P2KP Desktop: pendataan 100-0-100, tanpa jaringan.")
    parser.add_argument("--version", action="version", version=environment.PROGRAM)
    top = parser.add_subparsers(required=True, metavar="COMMAND")
    groups: dict[str, Any] = {}
    for name, (place, options) in (called or COMMANDS).items():
        run = function(place)
        group, _, verb = name.partition(" ")
        if verb and group not in groups:
            groups[group] = _verbs(top.choices.get(group) or _group(top, group), needed=group not in COMMANDS)
        made = (groups[group] if verb else top).add_parser(verb or group, help=run.__doc__, description=run.__doc__)
        made.set_defaults(run=run)
        for option, properties in options:
            made.add_argument(option, **properties)
        _take_password(made, is_free="--password-file" not in dict(options))
    return parser


def _take_password(made: argparse.ArgumentParser, *, is_free: bool) -> None:
    """Let every command take the password of the workspaces that it opens."""
    names = ["--workspace-password-file", *(["--password-file"] if is_free else [])]
    made.add_argument(*names, dest="workspace_password", metavar="F",
                      help="a text file whose first line is the password of the workspace")


def _parsed(words: Sequence[str] | None) -> Arguments:
    """Return the arguments; ids may also come after options, which argparse by itself allows only at the front."""
    words = sys.argv[1:] if words is None else words
    parser = _parser(words)
    arguments, rest = parser.parse_known_args(words)
    if rest and (not hasattr(arguments, NAMED[0]) or any(word.startswith("-") for word in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:
        arguments.ids += rest
    return arguments


def _group(words: Any, name: str) -> Any:
    made = words.add_parser(name, help=f"{name} of a workspace: put, get, delete")
    made.add_argument(FILE[0], **FILE[1])
    return made


def _verbs(parser: argparse.ArgumentParser, *, needed: bool) -> Any:
    return parser.add_subparsers(required=needed, metavar="VERB")
