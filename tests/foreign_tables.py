"""Tables of other programs, made for a test, and what an import makes of them."""

import datetime

from openpyxl import Workbook, load_workbook

from p2kp_desktop.actions.importing import import_plan
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.exchange.template import write_template
from p2kp_desktop.forms import Household
from p2kp_desktop.store import views
from tests.examples import a_record
from tests.pointing import what_it_points_to

HEADINGS = ["No", "Nama Kepala Rumah Tangga", "NIK", "RT/RW", "Jumlah Kepala Keluarga (KK)", "9", "12"]


def found(workspace, form=Household):
    with workspace.asking() as connection:
        return list(views.found(connection, form))


def book(path, rows, headings=HEADINGS, above=()):
    made = Workbook()
    for row in [*above, headings, *rows]:
        made.active.append(row)
    made.save(path)
    return path


def imported(workspace, path, form=Household, **address):
    return import_plan.carry_out(workspace, [import_plan.plan_file(workspace, form, path, PlaceOfRows(**address))])


HEADS = ["Nama", "RT/RW", "NIK", "Panjang", "Tanggal Pendataan", "L"]
DAY = datetime.datetime(2026, 12, 5)


def rows_of(workspace, tmp_path, rows, heads=HEADS, form=Household):
    return planned(workspace, book(tmp_path / "a.xlsx", rows, heads), form)


def given(made, key):
    return [row.given.get(key) for row in made.rows]


BLANK = 5


def template(path, form, *rows):
    """Write the template of a form filled with these answers, by their keys; the rows left blank are a few."""
    path.unlink(missing_ok=True)
    write_template(path, form, rows=len(rows) + BLANK)
    filled = load_workbook(path)
    sheet = filled.worksheets[1]
    for column, key in enumerate((cell.value for cell in sheet[1]), start=1):
        for number, row in enumerate(rows, start=4):
            if row.get(key) is not None:
                sheet.cell(number, column, row[key])
    filled.save(path)
    return path


def answers_of(workspace, form):
    given = {key: answer for key, answer in a_record(form).answers.items() if key not in ("parent", "identity")}
    given |= {key: other.subject.id for key, other in what_it_points_to(workspace, form, HERE).items()}
    return given | ({"region": HERE} if form.place else {})


HERE, BESIDE = "16.71.01.1001", "16.71.06.1005"


def planned(workspace, path, form=Household):
    return import_plan.plan_file(workspace, form, path)
