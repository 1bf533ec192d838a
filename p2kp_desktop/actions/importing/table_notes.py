"""What to know of a table as a whole before it comes in: columns pasted one too far or not read, rows without an RT."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from p2kp_desktop.actions.importing.read_table import spans
from p2kp_desktop.actions.recording.recording import read_answer
from p2kp_desktop.exchange.cells import as_written, column_letter, percent
from p2kp_desktop.exchange.columns import BY_HEADING, unread
from p2kp_desktop.exchange.groups import BY_NUMBER
from p2kp_desktop.exchange.headings import alike, computed_from
from p2kp_desktop.exchange.tables import Table, words
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Choice, Date, Measure, Unreadable, Whole

from .cell_text import days_in, may_be_share, month_first
from .read_table import Reading, TableRow, label_of
from .rt_of_rows import said_of_all

_MANY = 0.6  # share of rows whose cell cannot be read, from which a column is taken for another one
_LEAST_ROWS = 3
_LISTED = 8  # columns that are named
_NAMED = 5  # groups of rows that are named
_CHOOSY = (Choice, Date, Measure, Whole)  # questions that not every text answers


def notes(reading: Reading, table: Table, read: Sequence[TableRow]) -> Iterator[str]:
    """Yield what a person should look at before these rows of a table are recorded."""
    yield from _shifted(reading, table)
    yield from _unread(reading, table)
    yield from _by_number(reading)
    yield from _dashes(reading)
    yield from _marks(reading)
    yield from _month_first(reading, table)
    yield from _shares(reading, table)
    yield from _without_rt(reading, read)
    yield from _twice(reading, read)
    yield from _of_one_family(reading, read)
    if hidden := [row.place.row for row in read if row.place.row in table.hidden]:
        yield say("Baris {rows} tersembunyi di berkasnya, misalnya karena disaring, dan ikut dibaca; hapus dari berkas "
                  "bila tidak dimaksud.", rows=spans(hidden))
    yield from _rt_above(reading, table)
    yield from _no_rows(reading, read)


def _rt_above(reading: Reading, table: Table) -> Iterator[str]:
    """Say where the RT of rows comes from that do not say theirs, or that the file names another one."""
    for said in said_of_all(reading.form, reading.matched, table):
        if said.rt == reading.address.rt:
            yield say("RT {rt} diambil dari {where}.", rt=said.rt, where=said.where)
        elif not reading.over:
            yield say("Berkas menyebut RT {said} ({where}), tetapi barisnya masuk ke RT {rt}. Periksa RT-nya sebelum "
                      "mengimpor.", said=said.rt, where=said.where, rt=reading.address.rt)
    if reading.over:
        named = ", ".join(f"{rt} ({say('baris {row}', row=row)})" for row, rt in reading.over.items())
        yield say("RT diambil dari baris di atas rumah-rumahnya: {rts}.", rts=named)


def _no_rows(reading: Reading, read: Sequence[TableRow]) -> Iterator[str]:
    """Name the rows that are none, and say that there is no other."""
    if reading.repeated:
        yield say("Baris {rows} mengulang judul dan tidak dibaca.", rows=spans(reading.repeated))
    if reading.signed:
        yield say("Baris {rows} di bawah tabel (tanda tangan atau catatan) dan tidak dibaca.",
                  rows=spans(reading.signed))
    if not read and not reading.rejected and reading.matched.columns:
        yield say("Di bawah judulnya tidak ada baris yang terisi.")


def _marks(reading: Reading) -> Iterator[str]:
    for (column, mark, label), count in sorted(reading.marks.items()):
        yield say("Kolom {letter}: «{mark}» dibaca «{option}» ({count} sel).", letter=column_letter(column), mark=mark,
                  option=say(label), count=count)


def _without_rt(reading: Reading, read: Sequence[TableRow]) -> Iterator[str]:
    lacking = [row.place.row for row in read if reading.form.place == "rt" and not row.given.get("rt")]
    if lacking:
        yield say("Baris {rows} tidak menyebut RT dan masuk tanpa RT. Isi kolom RT-nya, atau sebutkan RT-nya saat "
                  "mengimpor.", rows=spans(lacking))


def _twice(reading: Reading, read: Sequence[TableRow]) -> Iterator[str]:
    """Name the rows of a list of residents that are one to the eye; both come in, for two may have one name."""
    rows: dict[tuple[str, ...], list[int]] = {}
    for row in read if reading.form is Resident else ():
        known_by = (str(row.given.get(key) or "") for key in ("region", "rt", "period", *Resident.known_by))
        rows.setdefault(tuple(map(str.casefold, known_by)), []).append(row.place.row)
    if repeated := [spans(some) for some in rows.values() if len(some) > 1]:
        yield say("Nama dan nomor rumah yang sama: baris {rows}. Semuanya dicatat; hapus yang tertulis dua kali.",
                  rows="; ".join(repeated))


def _of_one_family(reading: Reading, read: Sequence[TableRow]) -> Iterator[str]:
    """Name rows of households with one family card: a list of persons has a row for each of them."""
    rows: dict[str, list[int]] = {}
    for row in read if reading.form is Household else ():
        rows.setdefault(str(row.given.get(Household.kk_number.key) or ""), []).append(row.place.row)
    shared = [spans(some) for number, some in rows.items() if number and len(some) > 1]
    if shared:
        more = ", …" if len(shared) > _NAMED else ""
        yield say("Nomor KK yang sama ada di baris {rows}. Satu baris menjadi satu rumah tangga; bila berkas ini satu "
                  "baris per orang, sisakan baris kepala keluarganya.", rows="; ".join(shared[:_NAMED]) + more)


def _unread(reading: Reading, table: Table) -> Iterator[str]:
    for column, heading, twin in _left_out(reading, table):
        if twin is None:
            yield say("Kolom {letter} «{heading}» tidak dikenal dan tidak dibaca.", letter=column_letter(column),
                      heading=heading or say("(tanpa judul)"))
        else:
            yield say("Kolom {letter} «{heading}» tidak dibaca: {question} sudah diambil dari kolom {other}.",
                      letter=column_letter(column), heading=heading, other=column_letter(twin),
                      question=label_of(reading.form, reading.matched.columns[twin]))


def _left_out(reading: Reading, table: Table) -> Iterator[tuple[int, str, int | None]]:
    """Yield the columns that are missed, each with its heading and the column that answers the same, if one does."""
    for column, heading in unread(table, reading.matched) if reading.matched.columns else ():
        needed = computed_from(reading.form, heading)  # type: ignore[arg-type]  # a class is hashable
        if heading in ("Status data", say("Status data")) or (needed and needed <= {*reading.matched.columns.values()}):
            continue
        yield column, heading, _twin(reading, heading)


def mostly_unread(reading: Reading, table: Table) -> Trouble | None:
    """Return why a table does not come in of which most columns mean nothing here, unless a person matched them.

    Its rows would become records with a name and nothing else.
    """
    unknown = [(at, heading) for at, heading, twin in _left_out(reading, table) if heading and twin is None]
    known = reading.matched.columns
    if reading.matched.by != BY_HEADING or len(unknown) <= len(known):
        return None
    named = ", ".join(f"{column_letter(at)} «{heading}»" for at, heading in unknown[:_LISTED])
    more = say("dan {count} kolom lagi", count=len(unknown) - _LISTED) if len(unknown) > _LISTED else ""
    return Trouble(
        say("Kebanyakan kolom tabel ini tidak dikenal: {known} dari {count} terbaca. Yang tidak: {named}.",
            known=len(known), count=len(known) + len(unknown), named=f"{named} {more}".strip()),
        safe=say("Belum ada yang diimpor."),
        remedy=say("Periksa formulir yang dipilih, tulis judul kolomnya seperti di templat, atau pilih pertanyaannya "
                   "di lembar «Kolom». Bila kolom itu memang tidak diperlukan, impor tanpa kolom itu (di baris "
                   "perintah: --answer kolom=abaikan)."),
        code="I13",
    )


def _by_number(reading: Reading) -> Iterator[str]:
    """Name the columns of which the number in their heading alone says what they answer."""
    matched = reading.matched
    found = [at for at in sorted(matched.columns) if matched.percent.get(at) == BY_NUMBER and matched.by == BY_HEADING]
    named = (f"{column_letter(at)} «{matched.headings[at]}» → {label_of(reading.form, matched.columns[at])}"
             for at in found)
    if found:
        yield say("Dikenal dari nomornya saja: {named}. Periksa apakah formulirnya sama.", named="; ".join(named))


def _twin(reading: Reading, heading: str) -> int | None:
    """Return the column that answers already what a heading is surely about, as where it stands twice.

    So does the column of a question with its options beside it, each under the question's heading.
    """
    meant = {key for key, _ in alike(reading.form, heading)} if heading else ()  # type: ignore[arg-type]
    said = dict(enumerate(reading.matched.headings))
    return next((column for column, key in sorted(reading.matched.columns.items())
                 if key in meant or (said.get(column) and heading.startswith(f"{said[column]}/"))), None)


def _dashes(reading: Reading) -> Iterator[str]:
    dashes = {column: number for column, number in reading.dashes.items() if column in reading.matched.columns}
    if dashes:
        yield say("Tanda «-» dibaca sebagai kosong: {count} sel di kolom {columns}. Bila maksudnya nol, tulis 0.",
                  count=sum(dashes.values()), columns=", ".join(map(column_letter, sorted(dashes))))


def _shares(reading: Reading, table: Table) -> Iterator[str]:
    """Name columns of percentages with numbers that may be meant as shares of 1."""
    for column, key in sorted(reading.matched.columns.items()):
        found = [value for value in _values(reading, table, column)
                 if isinstance(value, float) and may_be_share(reading.form.question(key), value)]
        if found:
            yield say("Kolom {letter}: «{value}» dibaca {value} %; bila maksudnya {percent}, tulis {percent} ({count} "
                      "sel seperti itu).", letter=column_letter(column), value=as_written(found[0]),
                      percent=percent(found[0]), count=len(found))


def _month_first(reading: Reading, table: Table) -> Iterator[str]:
    """Name columns of days written month/day/year, where other days of the column may be meant so too."""
    for column, values in days_in(reading.form, table, reading.matched):
        surely, perhaps = month_first(values)
        if surely and perhaps:
            yield say("Kolom {letter}: «{day}» hanya dapat berarti bulan/hari/tahun. {count} tanggal lain di kolom "
                      "itu, misalnya «{other}», dibaca hari/bulan/tahun; periksa urutannya sebelum mengimpor.",
                      letter=column_letter(column), day=surely[0], count=len(perhaps), other=perhaps[0])


def _shifted(reading: Reading, table: Table) -> Iterator[str]:
    """Name columns that seem to be pasted one too far, where most of their cells cannot be read but fit beside it."""
    wrong: dict[int, int] = {}
    for error in reading.errors:
        wrong[error.place.column] = wrong.get(error.place.column, 0) + 1
    rows = len(table.rows) - reading.matched.heading
    bad = sorted(column for column, number in wrong.items() if number >= max(_LEAST_ROWS, _MANY * rows))
    for step, side in ((1, say("ke kiri")), (-1, say("ke kanan"))):
        moved = [column for column in bad if _fits(reading, table, column, column + step)]
        is_one = len(moved) == 1 and (not _values(reading, table, moved[0] + step) or _runs_over(reading, table, step))
        if 2 * len(moved) >= len(bad) and (len(moved) > 1 or is_one):
            yield say(
                "Isi kolom {columns} tampaknya bergeser satu kolom {side}; seharusnya di kolom {right}. "
                "Periksa sebelum mengimpor.", columns=_letters(moved, 0), side=side, right=_letters(moved, step),
            )
            return
    yield from _swapped(reading, table, bad)


def _runs_over(reading: Reading, table: Table, step: int) -> bool:
    """Say whether cells stand in the column after the last heading, or, moved the other way, none below the last."""
    last = max(at for at, text in enumerate(reading.matched.headings) if text) if reading.matched.headings else -1
    below = _values(reading, table, last + 1 if step < 0 else last)
    return last >= 0 and bool(below) == (step < 0)


def _swapped(reading: Reading, table: Table, bad: Sequence[int]) -> Iterator[str]:
    """Name two columns that hold what belongs into the other."""
    for one, other in combinations(bad, 2):
        if _fits(reading, table, one, other) and _fits(reading, table, other, one):
            yield say("Isi kolom {one} dan {other} tampaknya tertukar. Periksa sebelum mengimpor.",
                      one=column_letter(one), other=column_letter(other))


def _letters(columns: Sequence[int], step: int) -> str:
    first, last = (column_letter(column + step) for column in (columns[0], columns[-1]))
    return first if first == last else f"{first}–{last}"


def _values(reading: Reading, table: Table, column: int) -> list[object]:
    rows = table.rows[reading.matched.heading :]
    return [row[column] for row in rows if 0 <= column < len(row) and row[column] != ""]


def _fits(reading: Reading, table: Table, column: int, other: int) -> bool:
    """Say whether what stands in a column answers the question of another one, which not every text does."""
    key = reading.matched.columns.get(other, "")
    values = _values(reading, table, column)
    choosy = isinstance(reading.form.question(key), _CHOOSY)
    return choosy and sum(_can_be_read(reading, key, value) for value in values) >= _MANY * len(values)


def _can_be_read(reading: Reading, key: str, value: object) -> bool:
    try:
        read_answer(reading.form, key, words(value))
    except Unreadable:
        return False
    return True
