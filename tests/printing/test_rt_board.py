"""What the data says about an RT, on its board: figures of the records, in plain words, without a name."""

import re

import pytest

from p2kp_desktop.actions.scores import explanations
from p2kp_desktop.forms import Household
from p2kp_desktop.forms.criteria import criteria
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import making
from p2kp_desktop.printing.documents import passages, rt_board
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.offices import Office
from p2kp_desktop.printing.pages.paper import A4, F4
from p2kp_desktop.schema.table import Scope, Subject
from p2kp_desktop.store import views
from tests import checked_rt

from .looking import MARGIN, letters_outside
from .papers import KELURAHAN, words


def of_rt(workspace, rt="014/005"):
    return words(making.make(workspace, "rt_board", Asked(Scope("", rt, ""))))


def test_the_sheet_is_of_one_rt(workspace):
    with pytest.raises(Trouble, match="satu RT"):
        making.make(workspace, "rt_board", Asked())


def test_every_criterion_has_plain_words():
    assert {each.option for each in criteria()} == {*rt_board._PLAIN_TEXTS}


def test_level_reasons_and_the_works_that_change_it_stand_in_plain_words(workspace):
    checked_rt.recap(workspace)
    [page] = of_rt(workspace)
    told = explanations.explain(workspace, Subject(Scope(KELURAHAN, "014/005", ""))).explanation
    for said in (f"Nilai {told.score.total} dari 80: kumuh ringan", "0–15 tidak kumuh, 16–37 kumuh ringan",
                 "Jalan rusak: 53 dari 100 meter", "Keluarga tanpa air minum yang aman: 6 dari 10",
                 "Belum ada pos, mobil, atau alat pemadam kebakaran", "Menyediakan sarana proteksi kebakaran",
                 "tidak kumuh.", "dari rekap, bukan dari pendataan tiap rumah"):
        assert said in page


def test_the_practice_village_s_board_counts_houses_and_names_nobody(village):
    pages = of_rt(village, "001/005")
    with village.asking() as connection:
        names = [each.answers["head_name"] for each in views.found(connection, Household)]
    assert len(pages) == 1
    assert re.search(r"24 dari \d+ rumah sudah didata", pages[0])
    assert re.search(r"Air minum aman \d+ dari 24 rumah", pages[0])
    assert "LATIHAN" in pages[0]
    assert not any(str(name) in pages[0] for name in names)


@pytest.mark.parametrize("sheet", [A4, F4], ids=lambda sheet: sheet.name)
def test_the_sheet_for_the_board_is_one_whatever_it_has_to_say(workspace, monkeypatch, sheet):
    checked_rt.recap(workspace)
    offices.keep(workspace, Office(lines=("PEMERINTAH KOTA PALEMBANG",) * 6))
    figures = [passages.bar(f"Keluarga dengan sarana {number}", 0.5, f"{number} dari 31 rumah; 3 belum diketahui",
                            short=True) for number in range(14)]
    monkeypatch.setattr(rt_board, "_figures", lambda *_asked: iter(figures))
    made = making.make(workspace, "rt_board", Asked(Scope("", "014/005", ""), sheet=sheet))
    [page] = words(made)
    assert "13 dari 31 rumah" in page
    assert "Di lembar ini tidak ada nama siapa pun" in page
    assert letters_outside(made.pdf, MARGIN) == []
