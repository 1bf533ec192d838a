"""The kind of question that is answered by another record.

A reference is an id to the program and a title to people. `Reference("Kebutuhan yang dijawab", to="need")` and
`parent=Agreement` in a form's class say it once: in the window, tables and Excel the record is found by its number or
name, and never shown as an id. A record that points to one that is not here yet is kept, since that may arrive later.
"""

from .conditions import ALWAYS, Condition
from .questions import Question
from .values import Plain


class Reference(Question[str]):
    """Another record, kept by its id; `to` is the key of its form, "" for a record of any form."""

    kind = "reference"

    def __init__(
        self,
        label: str,
        *,
        to: str,
        number: str | None = None,
        help: str = "",  # noqa: A002
        required: bool = True,
        when: Condition = ALWAYS,
    ) -> None:
        super().__init__(label, number=number, help=help, required=required, when=when)
        self.to = to

    def show(self, plain: Plain) -> str:
        """Return that there is one; its title is told by those who can look it up (recording/record_titles.py)."""
        return self.words(plain) or "catatan lain"

    @staticmethod
    def words(plain: Plain) -> str:
        """Return the words that older releases took for an id, "" for an id: nobody reads one."""
        text = str(plain)
        return text if any(letter.isspace() for letter in text) else ""
