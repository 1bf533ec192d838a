"""What holds of everything that can be printed, in a village whose people typed long texts that name a neighbour.

Each print is set once, half of them on A4 and half on F4, and held against all of it: nothing stands where no printer
reaches or over other words, nobody is named, each page says which of how many it is, and none speaks of keys.
"""

import re
import shutil

import pypdfium2
import pytest

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import FORMS, Household
from p2kp_desktop.printing import catalogue, making
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.paper import A4, F4
from p2kp_desktop.printing.pages.registry import Needs
from p2kp_desktop.reports import catalogue as reports
from p2kp_desktop.schema import Text
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.schema.values import Unreadable
from p2kp_desktop.store import open_workspace, views
from tests.conftest import some

from .looking import MARGIN, letters, letters_outside
from .pdf_text import pages_of, plain

NAME = "Qaxuzo Vexiqa"
SAYS = (f"Kata {NAME}, ketidakberlangsungan pemeliharaan mempertanggungjawabkan saluran tepian Sungai Musi; lihat "
        "https://ciptakarya.pu.go.id/setditjen/peraturan/2018/permen-pupr-nomor-14-tahun-2018-tentang-pencegahan.html ")
AREA = Scope("16.71.06.1005", period="2026")
PRINTS = [*(each for each, one in catalogue.printables().items() if one.needs is not Needs.FORM),
          *(f"{catalogue.REPORT}:{name}" for name in reports.reports())]
KEYS = re.compile(r"\b(Enter|Ctrl|Alt|Esc|F\d)\b")
OF_THE_PROGRAM = ("install",)  # how it is installed: that names keys
STAMP = 15  # points: the word behind a practice sheet is higher


@pytest.fixture(scope="module")
def talking(village_file, tmp_path_factory):
    """Give a village in which every free text is long and names a neighbour."""
    file = tmp_path_factory.mktemp("ramai") / "Desa.p2kp"
    shutil.copy(village_file, file)
    with open_workspace(file) as workspace:
        recording.record(workspace, Household, {"region": AREA.area, "rt": "001/005", "head_name": NAME})
        for form in (each for each in FORMS if each.by_hand):
            with workspace.asking() as connection:
                found = list(views.found(connection, form))
            for place, record in enumerate(found):
                _talk(workspace, form, record.id, place)
        yield workspace


def _talk(workspace, form, record, place):
    for question in form.stored():
        if question.kind == "text" and isinstance(question, Text) and not question.private:
            try:  # a time of day, or a number of an RT, takes no sentence
                said = (SAYS * (8 if place % 4 == 0 else 1))[:min(question.longest, 900)].strip()
                recording.record(workspace, form, {"id": record, question.key: said}, reason="uji")
            except Unreadable:
                continue


def test_the_village_talks(talking):
    assert sum(NAME in cell for name in ("activity", "meeting", "clause") for cell in (
        str(record.answers) for record in _of(talking, name))) > 5


def _of(workspace, key):
    with workspace.asking() as connection:
        return list(views.found(connection, next(each for each in FORMS if each.key == key)))


@pytest.mark.parametrize("what", some(PRINTS))
def test_a_print_is_whole_names_nobody_and_counts_its_pages(talking, what):
    sheet = (A4, F4)[PRINTS.index(what) % 2]
    pdf = making.make(talking, what, _asked(talking, what, sheet)).pdf
    pages = pages_of(pdf)
    said = plain("".join(pages))
    assert letters_outside(pdf, MARGIN) == []
    assert covered(pdf) == []
    assert [word for word in NAME.split() if word in said] == []
    assert what in OF_THE_PROGRAM or KEYS.findall(" ".join(pages)) == []
    for number, page in enumerate(pages, start=1):
        assert f"{number}dari{len(pages)}" in plain(page)


def _asked(workspace, what, sheet):
    found = catalogue.printables().get(what)
    if found is None or found.needs is Needs.AREA:
        return Asked(AREA, sheet=sheet)
    if found.needs is Needs.RT:
        return Asked(Scope(AREA.area, "001/005", AREA.period), sheet=sheet)
    form = found.forms[0] if found.forms else Household.key
    return Asked(AREA, records=(_of(workspace, form)[0].id,), sheet=sheet)


def covered(pdf):
    """Return the letters that stand upon others, by page: half of their width and height or more."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number, page in enumerate(document):
        text = page.get_textpage()
        there = {}
        for letter, box in letters(text):
            left, bottom, right, top = box
            if not letter.isalnum() or right <= left or top - bottom >= STAMP:
                continue
            spot = (round((left + right) / 3), round((bottom + top) / 3))
            near = there.setdefault(spot, [])
            found += [(number, letter, other) for other, beside in near if beside != box and _half_over(box, beside)]
            near.append((letter, box))
    document.close()
    return found


def _half_over(one, other):
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    narrow, low = (min(one[far] - one[near], other[far] - other[near]) for near, far in ((0, 2), (1, 3)))
    return wide > narrow / 2 and high > low / 2
