"""The sheet «Kamus»: what every column means, and the lists behind the drop-downs."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from p2kp_desktop.schema import Derived, Form, Question, Reference, written
from p2kp_desktop.schema.comparisons import Unlisted

from .bundle import DICTIONARY
from .form_sheets import option_range
from .layout import Layout, wordings
from .looks import Looks, height, page

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_COLUMNS = (
    ("Lembar", 18), ("No.", 6), ("Kunci", 20), ("Pertanyaan", 46), ("Jenis", 15), ("Satuan", 9),
    ("Pilihan jawaban", 34), ("Ditanyakan bila", 24), ("Pemeriksaan", 40),
)
_LISTS = len(_COLUMNS) + 1  # the hidden column with the lists behind the drop-downs
_KINDS = {
    "text": "teks", "person": "nama orang", "identity": "nomor identitas", "whole": "bilangan bulat",
    "decimal": "angka desimal", "money": "rupiah", "date": "tanggal", "choice": "satu pilihan",
    "several": "beberapa pilihan", "region": "wilayah", "rt": "RT", "reference": "rujukan", "derived": "dihitung",
}


def write_dictionary(
    book: "Workbook", looks: Looks, layouts: Iterable[Layout], footer: str
) -> dict[tuple[str, str], str]:
    """Write the sheet; return {(form, key): range of the wordings} for every question with options."""
    sheet = book.add_worksheet(DICTIONARY)
    for column, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, looks.style("head"))
    sheet.freeze_panes(1, 0)
    page(sheet, landscape=True, footer=f"{DICTIONARY} · {footer}")
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    questions = [(layout, question) for layout in layouts for question in layout.form.questions]
    stack, lists = _stacked(questions)
    for row in range(1, max(len(questions), len(stack)) + 1):
        if row <= len(questions):
            texts = _explanation(*questions[row - 1])
            sheet.set_row(row, height([(t, w) for t, (_, w) in zip(texts, _COLUMNS, strict=True)], most=26))
            for column, text in enumerate(texts):
                sheet.write(row, column, None, looks.style("row"))
                if text:
                    sheet.write_string(row, column, text, looks.style("row"))
        if row <= len(stack):
            sheet.write_string(row, _LISTS, stack[row - 1], looks.style("machine"))
    sheet.set_column(_LISTS, _LISTS, 10, None, {"hidden": True})
    sheet.print_area(0, 0, max(len(questions), 1), len(_COLUMNS) - 1)
    return lists


def _stacked(questions: Iterable[tuple[Layout, Question[Any]]]) -> tuple[list[str], dict[tuple[str, str], str]]:
    """Return all wordings, list after list, and for every question the range of cells that holds its own."""
    stack: list[str] = []
    lists = {}
    for layout, question in questions:
        if options := wordings(question):
            first = len(stack) + 1
            stack += options.values()
            lists[layout.form.key, question.key] = option_range(DICTIONARY, _LISTS, first, len(stack))
    return stack, lists


def _explanation(layout: Layout, question: Question[Any]) -> list[str]:
    rules = " ".join(_checks(layout.form, question))
    kind = _KINDS.get(question.kind, question.kind)
    return [
        layout.title, question.number or "", question.key, question.label, kind, question.unit or "",
        "\n".join(wordings(question).values()),
        question.when.sentence(), rules,
    ]


def _checks(form: type[Form], question: Question[Any]) -> Iterator[str]:
    """Yield limits, formula and checks of a question, in words."""
    if isinstance(question, Derived):
        yield f"= {question.formula.sentence()}"
    if isinstance(question, Reference):
        yield "Nomor atau nama catatan yang sudah ada di program."
    with written.in_indonesian():
        yield from [limit.in_general for limit in question.limits() if not isinstance(limit.beyond, Unlisted)]
    yield from (check.sentence() for check in form.checks if check.at() == question.key)
