"""Which records hold erasures, and taking what they erased out of the copies beside the records."""

import json
import logging
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.causality import Dot, Version, covers
from p2kp_desktop.schema.erasure import Marks, marks_of
from p2kp_desktop.schema.forms import ERASED
from p2kp_desktop.schema.values import Answer

from . import facts, faults, files, records, search
from .drafts import IN_PLACE_OF_A_FORM
from .tables import RECORDS, acts, drafts, forgetting, meta, other_records, rechecks, transfers, undo_records
from .workspace import Workspace

log = logging.getLogger(__name__)

UNUSED = "unused_pages"  # the fact that they may hold what was erased
NEVER = "-"  # no record has this seal: the import cannot be taken back any more

_SHOWN = re.compile("(kini «)[^»]*»")  # what stood in a cell that was edited outside, in the log of transfers
_MEGABYTE = 1 << 20
_SPARE = 4 * _MEGABYTE  # bytes left to whatever else is saved meanwhile
_SHORTEST = 3  # letters: what is shorter names nobody, and would riddle the log


@dataclass(frozen=True)
class Erasure:
    """One erasing save of a record: where the record ever belonged, and the save."""

    form: str
    id: str
    places: frozenset[str]
    dot: Dot


def versions(connection: sa.Connection) -> list[Version]:
    """Return the records of which something was erased, deleted ones too."""
    text = f'"{ERASED}'
    found: list[Version] = []
    for form in records.kept_forms(connection):
        found += records.read_where(connection, form, RECORDS[form].c.extra.contains(text, autoescape=True))
    return found + records.read_others(connection, other_records.c.extra.contains(text, autoescape=True))


def marked(connection: sa.Connection) -> dict[str, Marks]:
    """Return the erasures by record and answer."""
    return {version.id: marks_of(version) for version in versions(connection)}


def known(connection: sa.Connection) -> list[Erasure]:
    """Return every erasing save in force."""
    return [
        Erasure(version.form, version.id, version.places, dot)
        for version in versions(connection)
        for dot in sorted({save.dot for erasures in marks_of(version).values() for save, _ in erasures})
    ]


def children(connection: sa.Connection, form: str, parent: str) -> list[Version]:
    """Return the records of a form below another, deleted ones too."""
    return records.read_where(connection, form, RECORDS[form].c.parent == parent)


def pointing(connection: sa.Connection, form: type[Form], record: str) -> list[Version]:
    """Return the records that answer a reference to records of this form with this one, deleted ones too."""
    return [
        version
        for each in FORMS for question in each.references() if question.to == form.key
        for version in records.read_where(connection, each.key, RECORDS[each.key].c[question.key] == record)
    ]


def same_identity(connection: sa.Connection, form: str, identity: str) -> list[Version]:
    """Return the records of the same household in all periods, deleted ones too."""
    if form not in RECORDS:
        return []
    return records.read_where(connection, form, RECORDS[form].c.identity == identity)


def find(connection: sa.Connection, forms: Iterable[type[Form]], words: str, most: int) -> list[Version]:
    """Return records in whose private answers these words stand, deleted ones too; `most` of them at most."""
    found: list[Version] = []
    for form in forms:
        column = RECORDS[form.key].c
        private = [column[question.key] for question in form.stored() if question.private and question.kept == "text"]
        if private and len(found) < most:
            holds = sa.or_(*(sa.func.lower(each).contains(words.lower(), autoescape=True) for each in private))
            chosen = sa.select(column.id).where(holds).order_by(column.id).limit(most - len(found))
            found += records.read(connection, form.key, list(connection.scalars(chosen))).values()
    return found


def forget_copies(connection: sa.Connection, version: Version, values: Collection[Answer]) -> None:
    """Take erased answers out of drafts, of what imports could be taken back by, and of the log of transfers.

    An import that changed the record cannot be taken back afterwards: that would bring the answers again.
    `values` are what was erased, as far as it is known here.
    """
    held = (undo_records.c.form == version.form) & (undo_records.c.id == version.id) & (undo_records.c.before != "")
    connection.execute(undo_records.update().where(held).values(before="", after=NEVER))
    of_draft = (undo_records.c.form == IN_PLACE_OF_A_FORM) | undo_records.c.form.startswith(f"{IN_PLACE_OF_A_FORM}:")
    thrown_away = of_draft & (undo_records.c.id == version.id)
    connection.execute(undo_records.delete().where(thrown_away))
    connection.execute(rechecks.delete().where(rechecks.c.record == version.id))  # it was keyed a second time
    gone = marks_of(version)  # beside answers stand, with a dot in their keys, notes and remarks half written
    its_drafts = sa.select(drafts.c.id, drafts.c.person, drafts.c.answers).where(drafts.c.id == version.id)
    for row in connection.execute(its_drafts).all():
        kept = {key: value for key, value in json.loads(row.answers).items() if key not in gone and "." not in key}
        text = json.dumps(kept, ensure_ascii=False)
        its = (drafts.c.id == row.id) & (drafts.c.person == row.person)
        connection.execute(drafts.update().where(its).values(answers=text))
    words = sorted((value for value in values if isinstance(value, str) and len(value) >= _SHORTEST), key=len)[::-1]
    _blank(connection, transfers, transfers.c.result, [json.dumps(word, ensure_ascii=False)[1:-1] for word in words])
    for column in (transfers.c.file, acts.c.name, acts.c.file):
        _blank(connection, column.table, column, words)


def _blank(connection: sa.Connection, table: sa.Table, column: sa.Column[str], words: Iterable[str]) -> None:
    """Take words out of a column of a log, and whatever stood in cells that were edited outside the program."""
    for row in connection.execute(sa.select(table.c.id, column.label("text"))).all():
        text = _SHOWN.sub(r"\1…»", row.text)
        for word in words:
            text = text.replace(word, "…")
        if text != row.text:
            connection.execute(table.update().where(table.c.id == row.id).values({column.name: text}))


def may_hold(file: Path, erasures: Iterable[Erasure]) -> bool:
    """Say whether a copy of a workspace has one of these records without its erasure, or cannot be read."""
    try:
        with closing(files.connect(file)) as there:
            return _lingers_in(there) or any(_lacks(there, each) for each in erasures)
    except files.errors(ValueError, Trouble):
        return True


def _lingers_in(there: Any) -> bool:
    return bool(there.execute(f"SELECT 1 FROM {meta.name} WHERE key = ?", (UNUSED,)).fetchone())


def _lacks(there: Any, erasure: Erasure) -> bool:
    table, form = (erasure.form, "") if erasure.form in RECORDS else (other_records.name, erasure.form)
    found = there.execute(f'SELECT state FROM "{table}" WHERE id = ?' + (" AND form = ?" if form else ""),
                          (erasure.id, form) if form else (erasure.id,)).fetchone()
    told = there.execute("SELECT count(*) FROM history WHERE record = ?", (erasure.id,)).fetchone()
    if found is None:
        return bool(told[0])
    return not covers(json.loads(found[0])["v"], erasure.dot)


def put_off(connection: sa.Connection, form: str, record: str, transfer: str, due: str) -> None:
    """Note that the copies beside a record go at a time, ISO 8601; until then the import can be taken back."""
    row = {"form": form, "record": record, "transfer": transfer, "due": due}
    records.upsert(connection, forgetting, ("form", "record"), [row])


def due(connection: sa.Connection, now: str) -> list[tuple[str, str]]:
    """Return the records whose copies are to go by now, by form and id; they are put off no longer."""
    chosen = sa.select(forgetting.c.form, forgetting.c.record).where(forgetting.c.due <= now)
    found = [(row.form, row.record) for row in connection.execute(chosen)]
    if found:
        connection.execute(forgetting.delete().where(forgetting.c.due <= now))
    return found


def is_due(connection: sa.Connection, now: str) -> bool:
    """Say whether copies beside a record are to go by now."""
    chosen = sa.select(forgetting.c.record).where(forgetting.c.due <= now).limit(1)
    return connection.execute(chosen).first() is not None


def stand_again(connection: sa.Connection, transfer: str) -> None:
    """Note that an erasure was taken back with its import."""
    connection.execute(forgetting.delete().where(forgetting.c.transfer == transfer))


def put_off_marks(connection: sa.Connection) -> dict[str, Marks]:
    """Return by record the erasures whose copies are there still: nobody is shown or sent them meanwhile."""
    rows = connection.execute(sa.select(forgetting.c.form, forgetting.c.record)).all()
    return {
        version.id: marks_of(version) for row in rows
        for version in records.read(connection, row.form, [row.record]).values()
    }


def note_unused(connection: sa.Connection) -> None:
    """Note that unused pages may hold what was just erased, until the file is written anew."""
    if connection.dialect.name == "sqlite":
        facts.note(connection, UNUSED, "1")


def lingers(connection: sa.Connection) -> bool:
    """Say whether unused pages may hold what was erased."""
    return UNUSED in facts.everything(connection)


def compact_if_due(workspace: Workspace) -> None:
    """Write the file anew where what was erased may linger in it; where that cannot be done now, it stays due."""
    with workspace.asking() as connection:
        due = lingers(connection)
    try:
        if due:
            compact_file(workspace)
    except Trouble:
        log.warning("the file cannot be written anew yet; what was erased may linger in its unused pages")


def compact_file(workspace: Workspace) -> None:
    """Write the file of a workspace anew, so that what was erased does not linger in its unused pages.

    Raises Trouble where there is no room for it or somebody is in the way; then everything is as it was.
    """
    if workspace.engine.dialect.name != "sqlite":
        return
    _must_have_room(Path(workspace.name))
    before = _row_numbers(workspace)
    try:
        _written_anew(workspace)
    except Trouble as trouble:
        with suppress(Trouble):
            workspace.empty_log()  # it grew by what could not be finished, on a disk that is full
        raise _not_anew(trouble.what, trouble.remedy, trouble.code) from trouble
    if _row_numbers(workspace) != before:
        with workspace.changing() as connection:
            search.make(connection)
    if workspace.empty_log():
        with workspace.changing() as connection:
            facts.forget(connection, UNUSED)


def _must_have_room(file: Path) -> None:
    """Raise Trouble where SQLite would fill the disk: it writes the file once beside it, once among temporary files."""
    size, scratch = file.stat().st_size, Path(tempfile.gettempdir())
    together = scratch.stat().st_dev == file.parent.stat().st_dev
    wanted = {file.parent: size * (2 if together else 1), scratch: size}
    for folder, needed in wanted.items():
        lacking = needed + _SPARE - shutil.disk_usage(folder).free
        if lacking > 0:
            raise _not_anew(f"Disk penuh. ({folder})", f"Kosongkan {lacking // _MEGABYTE + 1} MB di disk itu, lalu "
                            "ulangi.", "R10")


def _not_anew(why: str, remedy: str, code: str) -> Trouble:
    return Trouble(
        say("Berkas ruang kerja belum dapat ditulis ulang: {why}", why=why),
        safe="Data pribadi itu sudah dihapus dari catatan dan riwayatnya; sisanya mungkin masih ada di bagian berkas "
             "yang tidak terpakai.",
        remedy=remedy, code=code,
    )


def _written_anew(workspace: Workspace) -> None:
    with faults.told(workspace.name), workspace.engine.connect() as connection:
        raw = connection.connection.cursor()
        try:
            raw.execute("VACUUM")
        finally:
            raw.close()


def _row_numbers(workspace: Workspace) -> object:
    with workspace.asking() as connection:
        return search.row_numbers(connection)
