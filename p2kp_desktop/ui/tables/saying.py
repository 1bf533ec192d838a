"""What Semua data says of a condition, of a change of many before it is done, of the trash, and where nothing is."""

from collections.abc import Sequence

from p2kp_desktop.actions.recording.trash import Deletion
from p2kp_desktop.actions.tables.form_table import BulkPlan
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import standing_word

from .view import View


def standing(one: str) -> str:
    """Return the condition on how a record stands."""
    return f"{say('Status')} = {standing_word(one)}"


def trashed(view: View) -> tuple[str, ...]:
    """Return the remark of a file whose records are in the trash."""
    return (say("hanya yang ada di tempat sampah"),) if view.deleted else ()


def nothing(view: View, *, narrowed: bool) -> str:
    """Return why no record is shown, and what to do; `narrowed` says by conditions."""
    if words := view.text.strip():
        return say("Tidak ada yang cocok dengan «{words}». Esc di kotak cari menghapusnya.", words=words)
    if view.deleted:
        return say("Tempat sampah formulir ini kosong untuk wilayah dan periode yang dipilih. T kembali ke data.")
    if narrowed:
        return say("Tidak ada catatan yang memenuhi saringan. Shift+S melepas semua saringan.")
    none = say("Belum ada catatan di formulir ini untuk wilayah dan periode yang dipilih. F memilih formulir lain, "
               "Ctrl+L wilayah lain.")
    return f"{none} {say('N membuat yang pertama.')}" if view.form.by_hand else none


def plan(made: BulkPlan) -> str:
    """Return the line on how many records giving one answer to many would change, leave as they are, or refuse."""
    counts = [say("**{count}** berubah", count=written.number(len(made.changes)))]
    counts += [say("{count} sudah sama", count=written.number(made.same))] if made.same else []
    counts += [say("{count} ditolak", count=written.number(len(made.refused)))] if made.refused else []
    return say("**{question}** menjadi **{answer}**: {counts}.", question=made.question, answer=made.after,
               counts=", ".join(counts))


def plan_lines(made: BulkPlan, most: int) -> list[str]:
    """Return the first records that would change and that would not, each with its answer or why."""
    lines = [f"{each.subject.words}: {each.before} → {made.after}" for each in made.changes[:most]]
    lines += [f"{each.subject.words}: {each.why}" for each in made.refused[:most]]
    return lines + _more(max(len(made.changes) - most, 0) + max(len(made.refused) - most, 0))


def deletions(found: Sequence[Deletion], number: int) -> list[str]:
    """Return who deleted some of so many records, when and why."""
    return [each.words for each in found] + _more(number - len(found))


def _more(number: int) -> list[str]:
    return [say("dan {count} lainnya", count=written.number(number))] if number > 0 else []
