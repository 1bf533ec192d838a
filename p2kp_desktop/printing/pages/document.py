"""A document as a value: which template sets it, what it says, and what somebody asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.schema.table import Scope, Source

from .paper import A4, Sheet

EVERYTHING = Scope()


def runs(text: str) -> list[list[str | bool]]:
    """Cut a text into pieces, each with whether it is bold: words between ** are."""
    return [[piece, bool(place % 2)] for place, piece in enumerate(text.split("**")) if piece]


@dataclass(frozen=True)
class Asked:
    """What somebody asks to be printed.

    `form` is the form of a blank, or the name of a report, `records` the ids of those that are printed (none: all of
    the scope), `count` how many blanks, numbered from `first`; with `residents` there is one for each line of the
    residents' list. With `two_up` two sides stand on one sheet. A `preview` needs the first sheet only. With `names`
    NIK and names stand in full; without it they are masked, and the list of what was printed says which it was, and
    why (`reason`). With `history` marks tell who changed what. A long print says in `report` how far it is.
    """

    scope: Scope = EVERYTHING
    form: str = ""
    records: tuple[str, ...] = ()
    count: int = 0
    first: int = 1
    residents: bool = False
    sheet: Sheet = A4
    names: bool = False
    reason: str = ""
    history: bool = False
    two_up: bool = False
    preview: bool = False
    report: Report | None = None


@dataclass(frozen=True)
class Document:
    """What is set: `template` names a file of resources/paper, `data` is what it reads (values that JSON has).

    `files` are pictures and finished pages that the template names, by their file name. `source` says where figures
    come from, in the foot of each page. One that is `kept` for years is written as PDF/A with tags. A blank form has
    no `source`, and one without a `letterhead` begins without that of the office. A letter is no report: `foot` says
    what it is in place of a source. `versions` tells of each record on it which version was printed: a digest by its
    form and id. One of many records has `parts`, each made and set when its turn comes (laid out together 300 forms
    took 45 times as long) and, with `leaves`, begun on the front of a sheet; what was printed of them is known when all
    are. One with a `stamp` is a body: what that makes of its pages, and of the places that its template marks, is
    printed. `whole` says how many of this are asked for, where a preview shows the first of them. Those `told` stand on
    it by name whatever else is hidden: who signs it, who led the meeting.
    """

    title: str
    template: str
    data: Mapping[str, object]
    files: Mapping[str, bytes] = field(default_factory=dict)
    source: Source | None = None
    landscape: bool = False
    letterhead: bool = False
    kept: bool = False
    versions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    parts: "Sequence[Callable[[], Document]]" = ()
    leaves: bool = True
    stamp: "Callable[[bytes, object], Document] | None" = None
    foot: tuple[str, ...] = ()
    whole: int = 1
    told: tuple[str, ...] = ()
