"""Taking over cells that were edited outside the program, as edits of the person here with a reason."""

from p2kp_desktop.exchange.bundle import Arrived, EditedCell
from p2kp_desktop.forms import FORMS
from p2kp_desktop.schema import Answer, Choice, Unreadable
from p2kp_desktop.store import Connection, facts

from .editing import Edits
from .merging import edited_in_words


def take_over(connection: Connection, edited: list[Arrived], reason: str) -> list[str]:
    """Save cells that were edited outside as edits of the person here; name those that cannot be read."""
    edits = Edits(connection, facts.facts(connection))
    refused = []
    for arrived in edited:
        taken: dict[str, Answer] = {}
        for cell in arrived.edited:
            try:
                taken[cell.key] = _meant(arrived.form, cell)
            except Unreadable as objection:
                refused.append(f"{edited_in_words(cell)} Tidak dapat diambil: {objection}")
        if taken:
            cells = ", ".join(f"{c.column}{c.row}" for c in arrived.edited if c.key in taken)
            origin = f"disunting di lembar «{arrived.sheet}»: {cells}"
            edits.save(arrived.form, arrived.id, taken, origin=origin, reason=reason)
    edits.finish()
    return refused


def _meant(form: str, cell: EditedCell) -> Answer:
    """Return the answer that an edited cell stands for; raise Unreadable."""
    known = {each.key: each for each in FORMS}.get(form)
    question = known.question(cell.key) if known else None
    if question is None:
        raise Unreadable("bukan jawaban yang dapat disunting di lembar kerja.")
    if not cell.shown.strip():
        return None
    listed = not isinstance(question, Choice) or cell.value in question.options.codes
    if cell.value is not None and listed and question.understands(cell.value):
        return cell.value
    answer: Answer = question.read(cell.shown)
    return answer
