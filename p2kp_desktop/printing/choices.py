"""What somebody may choose to print: first what is in front of them, then what else of it, then all that there is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from p2kp_desktop.forms import FORMS, Household
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import say
from p2kp_desktop.reports import catalogue as reports
from p2kp_desktop.schema.table import Column, Kind, Scope, Table
from p2kp_desktop.store import Workspace, views
from p2kp_desktop.store.views import Where

from . import catalogue
from .pages.registry import Needs, Printable

MOST_OFFERED = 500  # records of a form among which one is chosen; more are printed from their list
THIS_LIST = "this_list"  # the list as it is shown, which only a window has


@dataclass(frozen=True)
class PrintChoice:
    """One thing to print: its name for `making`, its title, the group it stands in, what must be named for it."""

    name: str
    title: str
    group: str
    needs: Needs
    forms: tuple[str, ...] = ()


def choices(form: str = "", *, listed: str = "", usual: str = "") -> list[PrintChoice]:
    """List what can be printed while records of a form, or a list of this title, are in front of somebody.

    `usual` names the print that is meant most often there; where nothing is in front, that is a blank of a house.
    """
    in_front = list(_in_front(form, listed))
    here = {each.name for each in in_front}
    usual = usual or ("" if in_front else f"blank:{Household.key}")
    rest = [each for each in _everything() if each.name not in here]
    found = [*in_front, *rest]
    return sorted(found, key=lambda each: each.name != usual)


def _in_front(form: str, listed: str) -> Iterator[PrintChoice]:
    group = say("Di depan Anda")
    if listed:
        yield PrintChoice(THIS_LIST, say("Daftar ini: {title}", title=listed), group, Needs.REPORT)
    if form:
        mine = [each for each in catalogue.printables().values() if each.is_of(form_named(form))]
        yield from (_choice(each, group) for each in sorted(mine, key=lambda one: not one.forms))
    if form and form_named(form).by_hand:
        yield from (_blank(each, form, group) for each in _blanks())


def _everything() -> Iterator[PrintChoice]:
    groups = {Needs.RECORD: say("Catatan"), Needs.RT: say("RT"), Needs.AREA: say("Wilayah"),
              Needs.NOTHING: say("Petunjuk")}
    for each in catalogue.printables().values():
        if each.needs in groups:
            yield _choice(each, groups[each.needs])
    for each in _blanks():
        yield from (_blank(each, form.key, each.title()) for form in FORMS if form.by_hand)
    for name, report in reports.reports().items():
        yield PrintChoice(f"{catalogue.REPORT}:{name}", report.put(()).title, report.group.title, Needs.REPORT)


def _blanks() -> Iterator[Printable]:
    return (each for each in catalogue.printables().values() if each.needs is Needs.FORM)


def _choice(each: Printable, group: str) -> PrintChoice:
    return PrintChoice(each.name, each.title(), group, each.needs, each.forms)


def _blank(each: Printable, form: str, group: str) -> PrintChoice:
    title = say("{what}: {form}", what=each.title(), form=say(form_named(form).title))
    return PrintChoice(f"{each.name}:{form}", title, group, Needs.FORM)


def records_of(workspace: Workspace, forms: Sequence[str], asked: Scope) -> list[tuple[str, str]]:
    """Return id and name of the records of these forms in a scope, by name, so that one can be chosen."""
    found: list[tuple[str, str]] = []
    with workspace.asking() as connection:
        for form in (form_named(key) for key in forms):
            where = Where(area=asked.area or None, rt=asked.rt if form.place == "rt" else None,
                          period=asked.period if form.per_period else None)
            some = islice(views.found(connection, form, where), MOST_OFFERED)
            found += [(record.id, form.called(record.answers, say)) for record in some]
    return sorted(found, key=lambda each: each[1].casefold())


def table(lines: Sequence[PrintChoice] = ()) -> Table[PrintChoice]:
    """Return the list of what can be printed."""
    return Table(
        "printables", say("Cetak"), (
            Column("title", say("Cetakan"), Kind.NAME, lambda line: line.title, sample="n" * 30, is_fixed=True,
                   wraps=True),
            Column("group", say("Kelompok"), Kind.SMALL, lambda line: line.group, is_fixed=True, below="title"),
        ),
        lines, known_by=lambda line: line.name, empty=say("Tidak ada cetakan seperti itu."),
    )
