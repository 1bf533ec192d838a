"""The official RT workbook comes in: its households and its surroundings in one go.

Sheets of one layout come in together, a copy that somebody kept of one does not: a sheet with a row of an earlier one
is named and left. A row of another kelurahan stays out where the others name ours; where all name one that is not
ours it is the cover that is wrong.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from p2kp_desktop.actions.common import events, practice_mark
from p2kp_desktop.actions.importing.read_table import spans
from p2kp_desktop.actions.recording.record_titles import Referring
from p2kp_desktop.exchange.columns import BY_KEY, Matched
from p2kp_desktop.exchange.official import writing
from p2kp_desktop.exchange.official.layout import MIXED, letter
from p2kp_desktop.exchange.official.reading import Given, Line, Official
from p2kp_desktop.exchange.tables import words
from p2kp_desktop.forms import Household, RtSurvey
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Answer, Choice, Form, Several, Unreadable, written
from p2kp_desktop.schema.names import villages
from p2kp_desktop.schema.places import normal_rt, parents, region, rt_parts
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.schema.values import read_date
from p2kp_desktop.store import Workspace, facts, views
from p2kp_desktop.store.facts import Facts

from . import cell_rules
from .cell_rules import Unfit
from .cell_text import day_of_serial, is_day
from .import_plan import Plan, plan_read
from .read_table import REJECTED, PlaceOfRows, Reading, TableRow, error
from .row_reading import read

DRAIN = "b28"  # which question about the drain was answered in the sheet
SEPARATE, MIXED_WITH = "terpisah", "tercampur"
DRAINS = (SEPARATE, MIXED_WITH)


def plans(workspace: Workspace, book: Official, address: PlaceOfRows, answers: Mapping[str, str]) -> list[Plan]:
    """Return the plans for importing the workbook: its households, then its surroundings; raise Trouble.

    `answers` may say under «b28» which question about the drain was answered: the printed form asks whether waste
    water is separate from it («terpisah»), the sheet whether it is mixed («tercampur»). Nobody can tell from the
    file, so without an answer B28 stays empty.
    """
    with workspace.asking() as connection:
        about = facts.facts(connection)
    warnings: list[str] = []
    usual = _address(book, about, address, warnings)
    date = _date(book, warnings)
    if book.below:
        warnings.append(say("Baris {rows} di bawah tempat 150 rumah tangga dan tidak dibaca; pindahkan ke berkas "
                            "kedua.", rows=spans(book.below)))
    made = [_plan(workspace, Household, book, list(book.households), usual, about, date)]
    if book.surroundings:
        line = _drained(book.surroundings, answers.get(DRAIN), warnings)
        made.append(_plan(workspace, RtSurvey, book, [line], usual, about, date))
    return [replace(made[0], warnings=(*warnings, *made[0].warnings)), *made[1:]]


def _address(book: Official, about: Facts, wanted: PlaceOfRows, warnings: list[str]) -> PlaceOfRows:
    """Return region, RT and period of the workbook; what the person names goes before its cover."""
    village = wanted.region or _village(book, about, warnings)
    typed = book.cover.get("rt", "")
    try:
        rt = wanted.rt or normal_rt("" if is_day(typed) else typed)  # of 5/12 an office suite makes a day
    except Unreadable:
        raise Trouble(
            say("Sampul «{file}» tidak menyebut RT.", file=book.source),
            remedy=say("Sebutkan RT-nya, misalnya 014/005, lalu impor lagi."), code="I05",
        ) from None
    return PlaceOfRows(village, rt, wanted.period or about.period)


def _village(book: Official, about: Facts, warnings: list[str]) -> str:
    here = villages(book.cover.get("village", ""), about.regions, above=book.cover.get("district", ""))
    if len(here) == 1:
        return here[0].code
    typed = book.cover.get("village") or say("(kosong)")
    if len(about.regions) == 1 and region(about.regions[0]).is_village:
        only = about.regions[0]
        warnings.append(say(
            "Kelurahan di sampul, «{typed}», bukan wilayah ruang kerja ini; data dimasukkan ke {here}.", typed=typed,
            here=region(only).name,
        ))
        return only
    raise Trouble(
        say("Kelurahan di sampul, «{typed}», tidak dikenal di wilayah ruang kerja ini.", typed=typed),
        remedy=say("Sebutkan kelurahannya, lalu impor lagi."), code="I06",
    )


def _date(book: Official, warnings: list[str]) -> str | None:
    typed = book.cover.get("date", "")
    try:
        return (day_of_serial(typed) or read_date(typed)).isoformat() if typed else None
    except Unreadable:
        warnings.append(say("Tanggal di sampul, «{typed}», tidak terbaca dan dibiarkan kosong.", typed=typed))
        return None


def _drained(line: Line, answered: str | None, warnings: list[str]) -> Line:
    """Return the surroundings with B28 as the printed form asks it, or without it."""
    found = next((each for each in line.given if each.key == MIXED), None)
    if found is None or answered == SEPARATE:
        return line
    others = tuple(each for each in line.given if each is not found)
    if answered == MIXED_WITH:
        turned = tuple({"a": "b", "b": "a"}.get(each, each) for each in found.letters)
        return replace(line, given=(*others, replace(found, letters=turned)))
    warnings.append(say(
        "B28 dibiarkan kosong: formulir cetak menanyakan «terpisah?», lembar isian «bercampur?», dan berkas ini tidak "
        "mengatakan mana yang dijawab."
    ))
    return replace(line, given=others)


def _plan(
    workspace: Workspace, form: type[Form], book: Official, lines: list[Line], usual: PlaceOfRows, about: Facts,
    date: str | None,
) -> Plan:
    sheet = lines[0].place.sheet if lines else ""
    columns = {given.place.column: given.key for line in lines[:1] for given in line.given}
    matched = Matched(form.key, sheet, 0, columns, {}, BY_KEY)
    with workspace.asking() as connection:
        reading = Reading(form, matched, about, usual, Referring(connection))
        read = [row for line in lines if (row := _row(reading, line, date))]
        return plan_read(connection, reading, read, book.source)


def _row(reading: Reading, line: Line, date: str | None) -> TableRow | None:
    """Return the answers of a line, or None after noting what cannot be read."""
    address = reading.address
    given: dict[str, Answer] = {"region": address.region, "rt": address.rt, "period": address.period}
    if date:
        given["survey_date"] = date
    whole = True
    for each in line.given:
        try:
            answer = _answer(reading, each)
        except Unreadable as objection:
            shown = each.strange or words(each.value)
            reading.errors.append(error(reading, each.place, shown, each.key, objection))
            whole = False
            continue
        if answer is not None:
            given[each.key] = answer
    if not whole:
        reading.rejected.append(TableRow(line.place, given, REJECTED))
    return TableRow(line.place, given) if whole else None


def _answer(reading: Reading, given: Given) -> Answer:
    question = reading.form.question(given.key)
    if given.strange:
        raise Unfit(cell_rules.STRANGE_MARK)
    if isinstance(question, Several):
        return question.read(list(given.letters))
    if not isinstance(question, Choice):
        return read(reading, given.place, given.key, given.value, {})
    if len(given.letters) == 1:
        return question.read(given.letters[0])
    reading.warnings.append(say(
        "Baris {row}, {number} {question}: pilihan {letters} ditandai bersama (mulai kolom {column}) dan dikosongkan.",
        row=given.place.row, number=question.number or "", question=say(question.label),
        letters=", ".join(given.letters), column=letter(given.place.column + 1),
    ))
    return None


def write_back(workspace: Workspace, place: PlaceOfRows, folder: Path) -> list[Path]:
    """Write an RT into files of the official layout, 150 households in each, and note that its names left.

    Raises Trouble where one exists already, and for whoever may take no list out.
    """
    workspace.must(Deed.EXPORT)
    with events.leaving(workspace, events.EXPORTED, names=True, list=Household.key, region=place.region, rt=place.rt,
                        period=place.period, kind=".xlsx"):
        return _written_back(workspace, place, folder)


def _written_back(workspace: Workspace, place: PlaceOfRows, folder: Path) -> list[Path]:
    with workspace.asking() as connection:
        where = views.Where(area=place.region, rt=place.rt, period=place.period)
        households = list(views.found(connection, Household, where))
        survey = next(views.found(connection, RtSurvey, where), None)
        practice = practice_mark.is_practice(connection)
    dates = sorted(str(each.answers.get("survey_date")) for each in households if each.answers.get("survey_date"))
    with written.in_indonesian():
        on_cover = cover(place, written.day(dates[-1]) if dates else "")
    made = []
    for number, some in enumerate(writing.portions(households), start=1):
        name = f"{on_cover['village']} {on_cover['rt']} {place.period}".replace("/", "-")
        name = f"{practice_mark.STAMP} {name}" if practice else name
        path = folder / (f"{name}.xlsx" if number == 1 else f"{name} ({number}).xlsx")
        if path.exists():
            raise Trouble(say("«{name}» sudah ada.", name=path.name), remedy=say("Pilih folder lain."), code="I07")
        writing.write(path, writing.Sheets(on_cover, some, survey if number == 1 else None, practice))
        made.append(path)
    return made


def cover(place: PlaceOfRows, date: str) -> dict[str, str]:
    """Return the cover's words; the label as the official sheets spell it, RT014-RW005."""
    above = [each.name for each in parents(place.region)]
    rt, rw, words_of = rt_parts(place.rt)
    numbers = f"RT{rt:03d}" if rt is not None else ""
    numbers += f"-RW{rw:03d}" if rw is not None else ""
    named = dict(zip(("province", "regency", "district", "village"), above, strict=False))
    return named | {"rt": f"{words_of} {numbers}".strip(), "date": date}
