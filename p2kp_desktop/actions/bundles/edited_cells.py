"""Taking over cells that were edited outside the program, as edits of the person here with a reason.

Such an edit replaces what whoever typed it had seen, which is what stood in the file, as far as that is known
here. What is newer here, or arrives later, is not replaced: both stand side by side as a conflict. A record
deleted here stays deleted and an erased answer stays erased. The edits of one import count under a node of their
own, so that they can be taken back with it.

A cell edited in Excel is withheld, not rejected with its record: the other answers arrive, the true value still comes
with the genuine file, and the cell is named. In the counts the record is «ditolak».
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from p2kp_desktop.actions.recording.recording import understood
from p2kp_desktop.actions.recording.saves import Edits
from p2kp_desktop.exchange.bundle import Arrived, EditedCell
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.schema import ALIVE, Answer, Choice, Reference, Unreadable
from p2kp_desktop.schema.causality import Dot, Version, covers
from p2kp_desktop.schema.erasure import marks_of
from p2kp_desktop.store import Connection, facts, history, node, records

from .merge import Merging, outside

ORIGIN = "disunting di luar program"


@dataclass(frozen=True)
class TakenOver:
    """What was taken over: the node and the saves, and in words the cells that were not."""

    node: str = ""
    dots: tuple[Dot, ...] = ()
    refused: tuple[str, ...] = ()


def take_over(connection: Connection, merging: Merging, bundle: str, reason: str) -> TakenOver:
    """Save the cells of a bundle that wait to be taken over, once, and count their records.

    A cell that was taken over from this very bundle before, with the same content, is not saved again.
    """
    if not merging.awaiting:
        return TakenOver()
    edits = Edits(connection, replace(facts.facts(connection), node=node.fresh_sign()))
    refused: list[str] = []
    for form in {arrived.form for arrived, _ in merging.awaiting}:
        edits.look_up(form, [arrived.id for arrived, _ in merging.awaiting if arrived.form == form])
    for arrived, before in merging.awaiting:
        objections = _take_over_one(edits, arrived, before, bundle, reason)
        refused += objections
        after = edits.version(arrived.form, arrived.id)
        merging.close(arrived, before, after, whole=not (objections or arrived.missing))
    edits.finish()
    if not edits.dots:
        return TakenOver(refused=tuple(refused))
    for key, version in edits.above.items():
        merging.touched.setdefault(key, version)
    node.adopt(connection, edits.facts.node)
    return TakenOver(edits.facts.node, tuple(edits.dots), tuple(refused))


def _take_over_one(edits: Edits, arrived: Arrived, before: Version | None, bundle: str, reason: str) -> list[str]:
    """Save the cells of one record that can be taken over; say of the others why not."""
    now = edits.version(arrived.form, arrived.id)
    gone = _why_gone(edits, now, arrived)
    earlier = [row for row in history.of_record(edits.connection, arrived.id) if row.origin == _origin(bundle)]
    taken: dict[EditedCell, Answer] = {}
    refused = []
    for cell in arrived.edited:
        try:
            answer = _meant(edits.connection, arrived.form, cell)
            _refuse_lost(now, arrived, cell, gone)
        except Unreadable as objection:
            why = say("Tidak dapat diambil: {why}", why=objection)
            refused.append(f"{outside(cell, before, now).sentence()} {why}")
            continue
        if not any(cell.key in row.changes and row.changes[cell.key].after == answer for row in earlier):
            taken[cell] = answer
    if taken:
        cells = ", ".join(f"{cell.column}{cell.row}" for cell in taken)
        edits.save(
            arrived.form, arrived.id, {cell.key: answer for cell, answer in taken.items()}, origin=_origin(bundle),
            source=say("lembar «{sheet}» sel {cells}", sheet=arrived.sheet, cells=cells),
            reason=reason.strip(), seen=arrived.as_seen(now, [cell.key for cell in taken]),
        )
    return refused


def _origin(bundle: str) -> str:
    """Return how such an edit came in; the bundle is named as its pages name it at the foot."""
    return f"{ORIGIN} · paket {bundle[-8:]}"


def _why_gone(edits: Edits, now: Version, arrived: Arrived) -> str:
    """Say that a record was deleted here or in the file, or one above it, or that this is open; "" for others."""
    if ALIVE in now.conflicts():
        return say("belum diputuskan apakah catatannya dihapus; putuskan dahulu konflik itu.")
    around = [now, *_above(edits, now), *([arrived.version] if arrived.version else [])]
    if any(each.values().get(ALIVE) == 0 for each in around):
        return say("catatannya sudah dihapus; pulihkan dahulu dari tempat sampah bila perlu.")
    return ""


def _above(edits: Edits, version: Version) -> Iterator[Version]:
    seen = {version.id}
    while isinstance(parent := version.values().get("parent"), str) and parent not in seen:
        seen.add(parent)
        form = records.form_of(edits.connection, parent)
        if form is None:
            return
        version = edits.version(form, parent)
        yield version


def _refuse_lost(now: Version, arrived: Arrived, cell: EditedCell, gone: str) -> None:
    """Raise Unreadable where an edit would bring back what was deleted or erased."""
    if gone:
        raise Unreadable(gone)
    known = arrived.version.vector if arrived.version else {}
    if any(not covers(known, save.dot) for save, _ in marks_of(now).get(cell.key, ())):
        raise Unreadable(say("jawaban ini sudah dihapus atas permintaan orangnya."))


def _meant(connection: Connection, form: str, cell: EditedCell) -> Answer:
    """Return the answer that an edited cell stands for; raise Unreadable."""
    known = {each.key: each for each in FORMS}.get(form)
    question = known.question(cell.key) if known else None
    if known is None or question is None:
        raise Unreadable(say("bukan jawaban yang dapat disunting di lembar kerja."))
    if not cell.shown.strip():
        return None
    if isinstance(question, Reference):
        return understood(connection, known, cell.key, cell.shown)
    listed = not isinstance(question, Choice) or cell.value in question.options.codes
    if cell.value is not None and listed and question.understands(cell.value):
        return cell.value
    answer: Answer = question.read(cell.shown)
    return answer
