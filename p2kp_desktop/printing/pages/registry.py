"""What makes a function something that can be printed, asked for by its name."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial, wraps

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Form
from p2kp_desktop.store import Workspace

from .document import Asked, Document

Makes = Callable[[Workspace | None, Asked], Document]
Prints = Callable[[Workspace, Asked], Document]


class Needs(Enum):
    """What must be named before it can be printed."""

    FORM = "form"  # a form, and no workspace at all: a blank one
    REPORT = "report"  # a report by its name
    RECORD = "record"  # one or more records
    RT = "rt"
    AREA = "area"  # a region of any level; not named, the whole workspace
    NOTHING = "nothing"  # and no workspace: the same for everybody


@dataclass(frozen=True)
class Printable:
    """Something that can be printed: its name for scripts, its title, what must be named, what makes it.

    `forms` are those whose records it is of, where it `needs` a record: keys; none is every form.
    """

    name: str
    title: Callable[[], str]
    needs: Needs
    make: Makes
    forms: tuple[str, ...] = ()

    @property
    def takes_form(self) -> bool:
        """Say whether a form may be named with it: one of every form."""
        return self.needs is Needs.FORM or (self.needs is Needs.RECORD and not self.forms)

    def is_of(self, form: type[Form]) -> bool:
        """Say whether it is printed of records of a form."""
        return self.needs is Needs.RECORD and (not self.forms or form.key in self.forms)


KEPT: list[Printable] = []


def unbound(name: str, title: Callable[[], str], needs: Needs) -> Callable[[Makes], Makes]:
    """Let what a function returns be printed under a name; there may be no workspace at hand."""

    def keep(make: Makes) -> Makes:
        KEPT.append(Printable(name, title, needs, make))
        return make

    return keep


def printable(
    name: str, title: Callable[[], str], needs: Needs, *, forms: tuple[str, ...] = ()
) -> Callable[[Prints], Prints]:
    """Let what a function returns of a workspace be printed under a name.

    What is of the records of some `forms` is of one at a time: of several each begins on a sheet of its own.
    """

    def keep(make: Prints) -> Prints:
        @wraps(make)
        def kept(workspace: Workspace | None, asked: Asked) -> Document:
            if workspace is None:
                raise Trouble(say("Cetakan «{name}» dibuat dari sebuah ruang kerja.", name=name),
                              remedy=say("Sebutkan ruang kerjanya dengan --workspace."), code="N02")
            if forms and len(asked.records) > 1:
                return _each(make, workspace, asked, title())
            return make(workspace, asked)

        KEPT.append(Printable(name, title, needs, kept, forms))
        return make

    return keep


def _each(make: Prints, workspace: Workspace, asked: Asked, title: str) -> Document:
    """Return a document of several records one after the other; a preview has the first, and says of how many."""
    parts = [partial(make, workspace, replace(asked, records=(record,))) for record in asked.records]
    if asked.preview:
        return replace(parts[0](), whole=len(parts))
    return Document(title, "", {}, parts=parts)
