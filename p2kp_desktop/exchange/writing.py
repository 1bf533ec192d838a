"""Writes a bundle: a workbook that people read and the program merges."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from p2kp_desktop import access, environment, file_names, held_files
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Derived, Form, Record
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.causality import withhold as kept_back
from p2kp_desktop.schema.conditions import DEFAULT_RULES
from p2kp_desktop.schema.erasure import is_public
from p2kp_desktop.schema.forms import FIRST, FIRST_OWN
from p2kp_desktop.schema.history import HistoryRow
from p2kp_desktop.schema.review import is_about_review
from p2kp_desktop.schema.state import pack
from p2kp_desktop.schema.values import Answer

from .bundle import COVER, PAGING, Manifest, Paging
from .cells import NO_TITLES, presentable
from .cover import Cover, Tally
from .dictionary_sheet import write_dictionary
from .form_sheets import FormSheets, Shown
from .history_sheet import HistorySheets
from .layout import ALWAYS_EXTRA, Layout, layouts
from .looks import Looks
from .machine_sheets import MachineSheets, Sign
from .receipt import Receipt

if TYPE_CHECKING:
    from xlsxwriter import Workbook


def write(
    path: Path,
    manifest: Manifest,
    versions: Iterable[Version],
    history: Iterable[HistoryRow],
    *,
    forms: Iterable[type[Form]] | None = None,
    rules: Mapping[str, str] | None = None,
    titles: Mapping[str, str] = NO_TITLES,
    withhold: bool = False,
    sign: Sign | None = None,
    paging: Paging = PAGING,
    receipt: Callable[[], Receipt] | None = None,
) -> int:
    """Write the bundle and return how many records it holds; raise Trouble when the disk refuses.

    The file appears under its name only when it is complete and on the disk. `rules` is {period: rule
    set}, `titles` says by id what records are called that others point to. `withhold` keeps back names and
    identity numbers, and whatever this release does not know, as it may be one. `forms` are those of the
    program unless others are given. `sign` signs the seal. `receipt` is asked at the end for what the cover
    of a return bundle says.
    """
    if forms is None:
        from p2kp_desktop.forms import FORMS

        forms = FORMS
    with appearing(path) as draft, new_workbook(draft) as book:
        writer = _Writer(book, manifest, tuple(forms), paging, rules=rules or {}, titles=titles, withhold=withhold)
        for version in versions:
            writer.add(version)
        for row in history:
            writer.add_history(row)
        return writer.finish(sign, receipt)


@contextmanager
def new_workbook(draft: Path) -> Iterator["Workbook"]:
    """Give an open workbook and write it to the draft at the end; raise OSError as the disk does."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(str(draft), {"constant_memory": True, "tmpdir": str(draft.parent)})
    try:
        yield book
        book.close()
    except FileCreateError as error:
        raise error.args[0] from error  # the OSError it wraps
    finally:
        for sheet in book.worksheets():
            sheet.row_data_fh.close()  # where writing broke off, nobody else does


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """Give a draft file in a folder for scraps beside `path`; put it in its place at the end."""
    file_names.must_fit(path.absolute(), spare=_SCRAPS)
    with told(path):
        environment.take_away_left(path.parent.glob(".p2kp-*"))
        with tempfile.TemporaryDirectory(prefix=".p2kp-", dir=path.parent, ignore_cleanup_errors=True) as scraps:
            draft = Path(scraps) / path.name
            yield draft
            with draft.open("rb+") as file:
                os.fsync(file.fileno())
            held_files.put(draft, path)
            access.hand_over(path)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise Trouble where the disk refuses the file that is being made."""
    try:
        yield
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> Trouble:
    safe = say("Isi ruang kerja tidak tersentuh.")
    if error.errno == errno.ENOSPC:
        what = say("Tempat penyimpanan penuh: «{name}» tidak dapat dibuat.", name=path.name)
        remedy = say("Kosongkan sebagian tempat, atau pilih tempat lain, lalu coba lagi.")
        return Trouble(what, remedy=remedy, code="B15", safe=safe)
    what = say("Berkas «{name}» tidak dapat ditulis di folder {folder}.", name=path.name, folder=path.parent)
    remedy = say("Pilih folder lain yang boleh Anda tulisi, lalu coba lagi.")
    if not path.parent.is_dir():
        what = say("Folder {folder} tidak ada.", folder=path.parent)
        remedy = say("Buat foldernya dahulu, atau pilih folder lain, lalu coba lagi.")
    return Trouble(what, remedy=remedy, code="B16", safe=safe)

_SCRAPS = 16  # letters that the folder for scraps adds to a name
_NAMES_A_FILE = ("impor ", "disunting di lembar ")  # how the origin of such a save begins


class _Writer:
    """Takes versions, then history rows, one by one into the open workbook."""

    def __init__(
        self,
        book: "Workbook",
        manifest: Manifest,
        forms: tuple[type[Form], ...],
        paging: Paging,
        *,
        rules: Mapping[str, str],
        titles: Mapping[str, str],
        withhold: bool,
    ) -> None:
        self._book, self._manifest, self._paging = book, manifest, paging
        self._rules, self._titles, self._withhold = rules, titles, withhold
        footer = f"{manifest.workspace} · {manifest.time[:10]} · Paket {manifest.bundle[-8:]}"
        self._footer = presentable(footer) or ""
        self._forms = {form.key: form for form in forms}
        self._layouts = {layout.form.key: layout for layout in layouts(forms)}
        self._private = {form.key: frozenset(q.key for q in form.questions if q.private) for form in forms}
        self._looks = Looks(book)
        self._cover = book.add_worksheet(COVER)
        self._machine = MachineSheets(book, paging.rows_per_part)
        self._sheets: dict[str, FormSheets] = {}
        self._history = HistorySheets(book, self._looks, self._forms, paging.rows_per_sheet, self._footer, titles)
        self._tally = Tally()
        self._rts: dict[str, str] = {}
        self._records = 0

    def add(self, version: Version) -> None:
        """Write one record into its form's sheet and the machine's part."""
        if self._withhold:
            version = kept_back(version, self._kept_back(version.form, {*version.answers, *version.overrides}))
        values, state = pack(version)
        self._tally.add(version, values)
        if rt := values.get("rt"):
            self._rts[version.id] = str(rt)
        layout = self._layouts.get(version.form)
        if layout:
            shown = self._sheets_of(layout).add(version, values, self._derived(version, values))
        else:
            shown = Shown("", {key: value for key, value in values.items() if value is not None})
        self._machine.add_record(version.form, version.id, shown.digests, state, shown.extras)
        self._records += 1

    def _sheets_of(self, layout: Layout) -> FormSheets:
        key = layout.form.key
        if key not in self._sheets:
            self._sheets[key] = FormSheets(
                self._book, self._looks, layout, self._paging.rows_per_sheet, self._footer, self._titles
            )
        return self._sheets[key]

    def _kept_back(self, form: str, keys: Iterable[str]) -> frozenset[str]:
        """Return which of the answers are withheld: private ones, and those this release does not know."""
        known, private = self._forms.get(form), self._private.get(form, frozenset())
        return frozenset(
            key for key in keys
            if key in private or not (_is_impersonal(key) or (known and known.question(key)))
        )

    def _derived(self, version: Version, values: Mapping[str, Answer]) -> dict[str, float]:
        form = self._forms[version.form]
        questions = [question for question in form.questions if isinstance(question, Derived)]
        if not questions:
            return {}
        rules = self._rules.get(str(values.get("period")), DEFAULT_RULES)
        applying = Record(form, version.id, values, rules).counted_answers()
        return {f"~{q.key}": number for q in questions if (number := _rounded(q, applying)) is not None}

    def add_history(self, row: HistoryRow) -> None:
        """Write one save into «Riwayat» and the machine's part.

        Releases up to 0.2.0 kept the names of files where they cannot be withheld; such a save stays out of a bundle
        without names, and comes with one that has them.
        """
        if self._withhold and row.origin.startswith(_NAMES_A_FILE):
            return
        if self._withhold:
            row = row.without(self._kept_back(row.form, row.changes))
        self._tally.changes += 1
        self._history.add(row, self._rts.get(row.record, ""))
        self._machine.add_history(row)

    def finish(self, sign: Sign | None, receipt: Callable[[], Receipt] | None = None) -> int:
        """Write dictionary, cover and manifest; return the number of records."""
        self._history.finish()
        used = [layout for key, layout in self._layouts.items() if key in self._sheets]
        lists = write_dictionary(self._book, self._looks, used, self._footer) if used else {}
        for sheets in self._sheets.values():
            sheets.finish(lists)
        withheld = {key: tuple(sorted(keys)) for key, keys in self._private.items() if keys and self._withhold}
        manifest = replace(self._manifest, records=self._records, withheld=withheld)
        self._machine.finish(manifest, {key: _entry(sheets) for key, sheets in self._sheets.items()}, sign)
        Cover(self._cover, self._looks).write(
            manifest, self._tally, {key: layout.title for key, layout in self._layouts.items()},
            receipt() if receipt else None,
        )
        self._book.set_properties({"title": "Paket Data P2KP", "author": presentable(manifest.person)})
        return self._records


def _is_impersonal(key: str) -> bool:
    """Say whether an answer to no question is never about a person: where a record stands, its review, erasures."""
    return key in ALWAYS_EXTRA or key in (FIRST, FIRST_OWN) or is_about_review(key) or is_public(key)


def _entry(sheets: FormSheets) -> dict[str, object]:
    """Return a form's entry in the bundle's dictionary."""
    layout = sheets.layout
    columns = [[column.key, column.kind, dict(column.wordings)] for column in layout.columns]
    return {"title": layout.form.title, "sheets": sheets.titles, "columns": columns}


def _rounded(question: Derived, answers: Mapping[str, Answer]) -> float | None:
    number = question.rounded(answers)
    return None if number is None else float(number)
