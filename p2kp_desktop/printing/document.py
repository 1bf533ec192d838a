"""A document as a value: which template sets it, what it says, and what somebody asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from p2kp_desktop.schema.table import Scope, Source

from .paper import A4, Sheet

EVERYTHING = Scope()


@dataclass(frozen=True)
class Asked:
    """What somebody asks to be printed.

    `form` is the form of a blank, `records` the ids of those that are printed (none: all of the scope), `count` how
    many blanks. With `names` NIK and names stand in full; without it they are masked, and the list of what was printed
    says which it was, and why (`reason`). With `history` marks tell who changed what.
    """

    scope: Scope = EVERYTHING
    form: str = ""
    records: tuple[str, ...] = ()
    count: int = 0
    sheet: Sheet = A4
    names: bool = False
    reason: str = ""
    history: bool = False


@dataclass(frozen=True)
class Document:
    """What is set: `template` names a file of resources/paper, `data` is what it reads (values that JSON has).

    `files` are pictures and finished pages that the template names, by their file name. `source` says where figures
    come from, in the foot of each page. One that is `kept` for years is written as PDF/A with tags. A blank form has
    no `source`, and one without a `letterhead` begins without that of the office. A letter is no report:
    `foot` says what it is in place of a source. `versions` tells of each record on
    it which version was printed: a digest by its form and id.
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
    foot: tuple[str, ...] = ()
