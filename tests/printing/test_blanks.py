"""Blank questionnaires: what is on them equals the form's definition, and a thousand are a thousand."""

import pytest

from p2kp_desktop import environment, language
from p2kp_desktop.forms import Household, Resident, RtSurvey
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import making
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.sheets import blanks
from p2kp_desktop.printing.sheets.form_sheets import is_listed
from p2kp_desktop.printing.sheets.questions import line
from p2kp_desktop.schema import Choice, Several, Unreadable
from p2kp_desktop.schema.printed_code import read_code
from p2kp_desktop.schema.table import Scope
from tests.conftest import KELURAHAN
from tests.printing.looking import bare, codes_of, letters_of, on_paper, outside, pages_of
from tests.records import YEAR, save

LONG = "Raden Mas Muhammad Sukarman Sulaiman Abdurrahman Wahid"


@on_paper
def test_a_blank_form_says_what_its_definition_says_in_its_order(form, sheet):
    made = making.make(None, f"blank:{form.key}", Asked(sheet=sheet))
    letters, at = letters_of(made.pdf), 0
    for question in form.stored() if is_listed(form) else form.questions:
        if question in form.runs_on:  # the number of the sheet, in its head
            continue
        condition = question.when.sentence()
        words = f"Hanya bila {condition}" if condition else ""
        told = [f"{question.number or ''}{question.label}{words}" if is_listed(form)
                else f"{question.number or ''}{words}{question.label}"]
        if isinstance(question, Choice | Several) and not is_listed(form):
            told += [f"{option.letter}{option.label}" for option in question.options]
        for each in told:
            at = letters.index(bare(each), at) + len(bare(each))
    assert len(pages_of(made.pdf)) in ((2,) if form.place == "rt" else (2, 4))
    assert outside(made.pdf) == []


def test_lists_tell_what_their_letters_mean():
    letters = letters_of(making.make(None, "blank:resident", Asked()).pdf)
    for option in Resident.outcome.options:
        assert bare(f"{option.letter} {option.label}") in letters


def onward(form, question):
    return {each["letter"]: each["onward"] for each in line(form, question).options if each["onward"]}


def test_an_option_says_where_it_goes_on_as_the_conditions_have_it():
    assert onward(Household, Household.defecation) == {"c": "→ 18"}
    assert onward(Household, Household.waste_disposal) == dict.fromkeys("cde", "→ 20")
    assert onward(Household, Household.water_source) == dict.fromkeys("abfghijk", "→ 14")
    assert onward(RtSurvey, RtSurvey.flood_height) == {"a": "→ 20"}
    assert onward(RtSurvey, RtSurvey.connection_needed) == {"b": "→ 25"}
    assert onward(Household, Household.roof) == {}


def test_two_sides_of_a_household_carry_its_code_large_enough_for_a_phone(workspace):
    asked = Asked(Scope(KELURAHAN, "014/005", YEAR), count=2, first=7)
    made = making.make(workspace, "blank:household", asked)
    found = [read_code(*codes_of(made.pdf, number)) for number in range(4)]
    assert [(each.number, each.page) for each in found] == [(7, 1), (7, 2), (8, 1), (8, 2)]
    assert {(each.form, each.region, each.rt, each.period) for each in found} == {
        ("household", KELURAHAN, "014/005", YEAR)}
    first, _back, second, _other = pages_of(made.pdf)
    assert "RT 014 / RW 05" in first
    assert found[0].short in first
    assert found[2].short in second


def test_two_sides_fit_on_one_sheet_with_codes_that_are_read():
    made = making.make(None, "blank:household", Asked(count=2, two_up=True))
    assert len(pages_of(made.pdf)) == 2
    assert sorted(read_code(each).page for each in codes_of(made.pdf)) == [1, 2]


def test_a_thousand_forms_have_a_thousand_codes(workspace):
    body = blanks.blank(workspace, Asked(Scope(KELURAHAN), form="household", count=1000))
    places = [{"key": "code", "page": page, "x": 0, "y": 0, "width": 40, "height": 40} for page in (1, 2)]
    document = body.stamp(b"", places)
    sides = [side for part in document.parts for side in part().data["sides"]]
    assert len(sides) == 2000
    assert len({side["code"][-1] for side in sides}) == 1000
    assert len({side["code"][-2] for side in sides}) == 2000


def test_a_form_is_made_for_each_line_of_the_residents_list_not_visited(workspace):
    for number, outcome in ((1, None), (2, "didata"), (3, None)):
        save(workspace, Resident, rt="014/005", line=number, house_number=f"{number} A", head_name=LONG,
             outcome=outcome, household=None, note=None)
    asked = Asked(Scope(KELURAHAN, "014/005", YEAR), residents=True)
    pages = pages_of(making.make(workspace, "blank:household", asked).pdf)
    assert len(pages) == 4
    assert "1 A" in pages[0]
    assert "3 A" in pages[2]
    assert LONG not in "".join(pages)
    named = making.make(workspace, "blank:household", Asked(asked.scope, residents=True, names=True, reason="sensus"))
    assert LONG in pages_of(named.pdf)[0]
    assert outside(named.pdf) == []


def test_names_are_printed_for_a_reason_only(workspace):
    with pytest.raises(Trouble, match="alasan"):
        making.make(workspace, "blank:household", Asked(names=True))


def test_without_a_list_of_residents_nothing_is_made(workspace):
    with pytest.raises(Trouble, match="daftar warga"):
        making.make(workspace, "blank:household", Asked(Scope(KELURAHAN, "014/005", YEAR), residents=True))


def test_a_survey_is_made_for_each_rt_that_is_known(workspace):
    for rt in ("014/005", "015/005"):
        save(workspace, rt=rt)
    pages = pages_of(making.make(workspace, "blank:rt_survey", Asked(Scope(KELURAHAN, None, YEAR))).pdf)
    assert [rt for page in pages for rt in ("RT 014", "RT 015") if rt in page] == ["RT 014"] * 2 + ["RT 015"] * 2


def test_what_a_question_depends_on_is_said_in_the_language_spoken():
    language.use("en", environment.resources() / "language")
    letters = letters_of(making.make(None, "blank:rt_survey", Asked()).pdf)
    assert bare("Only if 15 not a") in letters
    assert bare("Only if the period uses the rules of 2016 and 23 not b") in letters
    assert "bukan" not in letters


def test_the_head_is_filled_without_a_workspace_too():
    made = making.make(None, "blank:household", Asked(Scope(KELURAHAN, "rt 14 rw 5", YEAR)))
    assert all(word in pages_of(made.pdf)[1] for word in ("Kota Palembang", "RT 014 / RW 05", YEAR))
    with pytest.raises(Unreadable):
        making.make(None, "blank:household", Asked(Scope("99.99")))


def test_a_preview_makes_the_first_form_only():
    assert len(pages_of(making.make(None, "blank:household", Asked(count=1000, preview=True)).pdf)) == 2
