"""A blank workbook of one form, to be filled in an office suite and imported: it looks like a bundle's sheet."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from p2kp_desktop.schema import Answer, Form

from .dictionary_sheet import write_dictionary
from .form_sheets import FormSheets
from .layout import Heading, Layout, short_title
from .looks import Looks, page
from .stamp import PRACTICE, properties
from .writing import appearing, new_workbook

ROWS = 1_000  # empty rows; more can be added below, an import reads them all
GUIDE = "Petunjuk"

_STEPS = (
    "Isi satu baris untuk satu {what} di lembar «{sheet}». Baris kosong dilewati.",
    "Jawaban pilihan diambil dari daftar di sel; hurufnya saja juga boleh, misalnya a.",
    "RT ditulis RT/RW, misalnya 014/005. Periode boleh kosong: dipakai periode yang sedang berjalan.",
    "Kolom yang menunjuk catatan lain (misalnya aturan bersama atau kebutuhan) diisi nomor atau nama catatan itu.",
    "Angka memakai koma atau titik; tanggal seperti 04/10/2022. NIK tetap teks: jangan ubah jenis selnya.",
    "Kolom boleh dipindah atau dihapus, judulnya jangan diubah. Lembar «Kamus» menjelaskan setiap kolom.",
    "Di P2KP Desktop pilih Pendataan, Dari Excel. Sebelum masuk, semuanya ditunjukkan dan dapat dibatalkan.",
)


class TemplateLayout(Layout):
    """The columns that can be filled: no notes, no derived values."""

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Return the columns from left to right."""
        return tuple(heading for heading in Layout(self.form, self.title).headings if heading.codec)


def write_template(
    path: Path, form: type[Form], *, rows: int = ROWS, filled: Sequence[Mapping[str, object]] = (),
    practice: bool = False,
) -> None:
    """Write the template; the file appears under its name only when it is whole. Raises Trouble.

    `filled` are answers as people give them, a mapping for each of the first rows; `practice` stamps the file.
    """
    layout = TemplateLayout(form, short_title(form.title))
    with appearing(path) as draft, new_workbook(draft) as book:
        looks = Looks(book)
        guide = book.add_worksheet(GUIDE)
        sheets = FormSheets(book, looks, layout, rows, f"Templat {form.title}")
        sheets.blank(rows, [_read(form, given) for given in filled])
        sheets.finish(write_dictionary(book, looks, [layout], f"Templat {form.title}"))
        guide.set_column(0, 0, 100)
        texts = [("title", form.title), ("section", "Cara mengisi")]
        texts += [
            ("paragraph", f"{number}. {step.format(what=layout.title, sheet=layout.title)}")
            for number, step in enumerate(_STEPS, start=1)
        ]
        if practice:
            texts.insert(0, ("stamp", f"{PRACTICE} — bukan data sebenarnya"))
        for row, (style, text) in enumerate(texts):
            guide.write_string(row, 0, text, looks.style(style))
        page(guide, landscape=False, footer=form.title)
        book.set_properties(properties(form.title, practice=practice))


def _read(form: type[Form], given: Mapping[str, object]) -> dict[str, Answer]:
    asked = {question.key: question for question in form.questions}
    return {key: asked[key].read(raw) if key in asked else str(raw) for key, raw in given.items()}
