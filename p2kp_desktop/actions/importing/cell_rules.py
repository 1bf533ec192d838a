"""What keeps a row of a table out: each rule with the short code that support asks for, and the remedy for the cell."""

from collections.abc import Mapping, Sequence

from p2kp_desktop.actions.recording.record_places import sites
from p2kp_desktop.actions.recording.record_titles import Referring
from p2kp_desktop.exchange.headings import RW
from p2kp_desktop.language import say
from p2kp_desktop.schema import Choice, Form, Reference, Several, Unreadable
from p2kp_desktop.schema.quantities import Number

# Rules of the import itself.
NO_RESULT = "X01"
FAILED = "X02"
MADE_A_DAY = "X03"
STRANGE_MARK = "X04"
NO_CELL = "X05"
NO_COLUMN = "X06"
EMPTY = "X07"
TWICE = "X08"
TWICE_ELSEWHERE = "X09"
VERIFIED = "X10"
OUTSIDE = "X11"
SEVERAL = "X12"
UNKNOWN = "X13"

RULE_TEXTS: Mapping[str, str] = {
    NO_RESULT: "Sel ini berisi rumus tanpa hasil. Buka berkasnya di Excel atau LibreOffice dan simpan, atau tulis "
               "nilainya.",
    FAILED: "Sel ini berisi rumus yang tidak menghasilkan nilai.",
    MADE_A_DAY: "Excel telah mengubah isi sel ini menjadi tanggal. Ubah jenis selnya menjadi Teks, lalu tulis lagi "
                "isinya.",
    STRANGE_MARK: "Pilihan ditandai dengan 1; tanda lain tidak dimengerti.",
    NO_CELL: "Tidak ada sel yang menyebutkannya.",
    NO_COLUMN: "Tidak ada kolom yang menyebutkannya.",
    EMPTY: "Selnya kosong.",
    TWICE: "Baris {row} sudah mengisi catatan yang sama.",
    TWICE_ELSEWHERE: "Baris di lembar lain sudah mengisi catatan yang sama.",
    VERIFIED: "Data ini sudah diverifikasi dan terkunci.",
    OUTSIDE: "{what} «{name}» di luar wilayah ruang kerja ini.",
    SEVERAL: "{what} «{name}» ada di beberapa tempat.",
    UNKNOWN: "{what} «{name}» tidak dikenal.",
}

# The rules of the questions, by what they ask for: the sentence comes from the question.
_BY_KIND: Mapping[str, str] = {
    "whole": "X20", "money": "X20", "decimal": "X20", "date": "X21", "choice": "X22", "several": "X22",
    "rt": "X23", RW: "X23", "region": "X24", "period": "X25", "reference": "X26", "parent": "X26",
}
OTHER = "X27"  # everything else that is no answer
REFUSED = "X28"  # the row can be read, and the record refuses it


class Unfit(Unreadable):
    """A cell, or a row, that breaks a rule of the import itself; `values` are those that its text names."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(say(RULE_TEXTS[code], **values))
        self.code = code


def code_of(form: type[Form], key: str, objection: Unreadable) -> str:
    """Return the code of the rule that a cell breaks which answers this question, or part of the address."""
    if isinstance(objection, Unfit):
        return objection.code
    question = form.question(key)
    return _BY_KIND.get(question.kind if question else key, OTHER)


def code_of_row(objection: Unreadable) -> str:
    """Return the code of why a row that can be read is not recorded."""
    return objection.code if isinstance(objection, Unfit) else REFUSED


def coded(text: str, code: str) -> str:
    """Return the sentence on what is wrong, with its code after it."""
    return f"{text} {say('(Kode {code})', code=code)}"


_EXAMPLES = 5  # places named to somebody who named none


def remedy(form: type[Form], key: str, referring: Referring, areas: Sequence[str]) -> str:
    """Return the advice on what to write in a cell that answers this question, or part of the address."""
    question = form.question(key)
    if isinstance(question, Choice | Several):
        return say("Tulis huruf pilihannya: {letters}.", letters=", ".join(
            f"{option.letter} {say(option.label)}" for option in question.options
        ))
    if isinstance(question, Reference):
        return referring.remedy(question)
    if isinstance(question, Number):
        return say("Tulis angkanya saja, misalnya 12; kosongkan bila tidak diketahui.")
    if key == "region":
        examples = ", ".join(each.name for each in sites(form, areas)[:_EXAMPLES])
        return say("Tulis salah satu tempat di ruang kerja ini, misalnya {examples}.", examples=examples)
    return say("Perbaiki selnya, lalu impor lagi; baris yang sudah masuk tidak digandakan.")
