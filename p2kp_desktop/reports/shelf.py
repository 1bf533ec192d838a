"""What Laporan lists: the questions planners ask, each with the report that answers it, then every report by group.

A report stands here by itself once it is registered. A question names the reports that answer it, the best first; it
is asked as soon as there is one of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.tables.reports_kept import Kept
from p2kp_desktop.language import say, say_many
from p2kp_desktop.schema.table import Column, Kind, Table

from . import catalogue
from .registry import Group

ONE_PAGE = "one_page"  # no table: the dashboard on one sheet of paper


@dataclass(frozen=True)
class Question:
    """A question, the key that asks it, and the reports that answer it, the best first."""

    key: str
    words: str
    answers: tuple[str, ...]


def questions() -> tuple[Question, ...]:
    """Return the questions of planners; a question keeps its key for good."""
    return (
        Question("1", say("Sampai di mana kita, menurut wilayah dan periode?"), ("progress", "kelurahan")),
        Question("2", say("RT mana yang kumuh, mengapa, sejak kapan, dan apa yang berubah?"), ("slum",)),
        Question("3", say("Apa andil setiap rumah pada nilai RT-nya?"), ("contributions", "causes")),
        Question("4", say("Rumah MBR mana yang tanpa air minum aman, menurut jenis kelamin kepala keluarga?"),
                 ("mbr_water", "indicator_table")),
        Question("5", say("Pekerjaan termurah apa yang membuat RT di bawah 16?"), ("works",)),
        Question("6", say("Berapa hektare ditangani, oleh kegiatan apa, dibayar siapa?"),
                 ("sk_ledger", "activity_totals", "activities")),
        Question("7", say("Komitmen mana yang terlambat?"), ("late", "commitments")),
        Question("8", say("Siapa yang diam?"), ("silent", "senders")),
        Question("9", say("Satu halaman untuk wali kota"), (ONE_PAGE,)),
        Question("0", say("Titik dan angka untuk peta (GIS)"), ("rt", "household")),
    )


@dataclass(frozen=True)
class Shelved:
    """A report, or a question that it answers: its `name` for scripts, its title, group and columns in words.

    `key` asks a question. A report may be `marked`, and is `recent` where it was opened not long ago.
    """

    name: str
    title: str
    group: str
    holds: str = ""
    key: str = ""
    marked: bool = False
    recent: bool = False


_NOTHING_KEPT = Kept()


def shelved(kept: Kept = _NOTHING_KEPT) -> list[Shelved]:
    """Return the questions, the reports marked, those opened last, then all by group."""
    found = catalogue.reports()
    asked = [_asked(question, name) for question in questions() if (name := answer(question))]
    listed = [_listed(name, kept) for name in found]
    by_name = {each.name: each for each in listed}
    first = [by_name[name] for name in dict.fromkeys((*kept.marked, *kept.opened)) if name in by_name]
    order = {group.title: place for place, group in enumerate(Group)}
    rest = sorted((each for each in listed if each not in first), key=lambda each: order[each.group])
    return [*asked, *first, *rest]


def to_open() -> list[tuple[str, str]]:
    """Return the words and the name of each question and report, but of those that only list records of a form."""
    asked = [(each.words, name) for each in questions() if (name := answer(each))]
    stated = [name for name, report in catalogue.reports().items() if not report.form]
    return [*asked, *((title_of(name), name) for name in stated)]


def answer(question: Question) -> str:
    """Return the name of the report that answers a question best; "" while none does."""
    stated = {name for name, report in catalogue.reports().items() if not report.form}
    return next((name for name in question.answers if name == ONE_PAGE or name in stated), "")


def _asked(question: Question, name: str) -> Shelved:
    return Shelved(name, question.words, say("Pertanyaan"), title_of(name), question.key)


def _listed(name: str, kept: Kept) -> Shelved:
    report = catalogue.reports()[name]
    table = report.put(())
    titles = ", ".join(column.title for column in table.written if column.title)
    return Shelved(name, table.title, report.group.title, titles, "", name in kept.marked, name in kept.opened)


def title_of(name: str) -> str:
    """Return the title of a report by its name."""
    return say("Dasbor di atas kertas") if name == ONE_PAGE else catalogue.reports()[name].put(()).title


def _why_first(line: Shelved) -> str:
    if line.key:
        return line.key
    return say("ditandai") if line.marked else say("baru dibuka") if line.recent else ""


def shelf(lines: Sequence[Shelved] = ()) -> Table[Shelved]:
    """Return the list of reports."""
    return Table(
        "shelf", say_many("Laporan"), (
            Column("key", say("Tombol"), Kind.SMALL, _why_first, sample=say("baru dibuka"), is_fixed=True),
            Column("title", say("Laporan"), Kind.NAME, lambda line: line.title, sample="n" * 48, is_fixed=True,
                   wraps=True),
            Column("group", say("Kelompok"), Kind.SMALL, lambda line: line.group, is_fixed=True,
                   sample=say("Nilai kumuh dan 100-0-100")),
            Column("holds", say("Yang dimuat"), Kind.SMALL, lambda line: line.holds, sample="n" * 20, is_fixed=True,
                   stretches=True, gives_way=1),
        ),
        lines, empty=say("Tidak ada laporan."), known_by=lambda line: (line.key, line.name),
    )
