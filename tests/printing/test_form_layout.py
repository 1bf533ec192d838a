"""How a form stands on its pages, blank: what belongs together is on one side, and a poor copier copies all of it."""

from functools import cache
from itertools import pairwise

from p2kp_desktop.forms import under
from p2kp_desktop.printing import making
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.sheets.form_sheets import is_listed
from p2kp_desktop.printing.sheets.questions import legend
from p2kp_desktop.schema import Choice, Several
from tests.printing.looking import bare, circles, lowest_line, on_paper, pages_of, pens

CLEAR = 1  # points: the pens of two circles
DARK, FINE, SMALL = 40, 0.5, 6  # what a poor office copier still copies: looked at on copies of lines and letters


@cache
def blank(form, sheet):
    return making.make(None, f"blank:{form.key}", Asked(sheet=sheet)).pdf


def sides(form, sheet):
    return [bare(text) for text in pages_of(blank(form, sheet))]


def place(pages, words, after=(0, 0)):
    """Return the side and the letter at which words are found next, and where they end."""
    page, at = after
    while page < len(pages):
        if (found := pages[page].find(bare(words), at)) >= 0:
            return page, found + len(bare(words))
        page, at = page + 1, 0
    raise AssertionError(words)


@on_paper
def test_a_question_and_its_options_are_on_one_side_the_first_on_side_one(form, sheet):
    if is_listed(form):
        return
    pages, at = sides(form, sheet), (0, 0)
    for number, question in enumerate(each for each in form.questions if each not in form.runs_on):
        at = asked_at = place(pages, question.label, at)
        assert number or asked_at[0] == 0
        for option in question.options if isinstance(question, Choice | Several) else ():
            at = place(pages, f"{option.letter}{option.label}", at)
            assert at[0] == asked_at[0], (question, option)


@on_paper
def test_the_circles_of_options_stand_clear_of_each_other(form, sheet):
    found = sorted(circles(blank(form, sheet)), key=lambda each: (each[0], round(each[1]), each[2]))
    letters = sum(len(question.options.codes) for question in form.questions if isinstance(question, Choice | Several))
    assert len(found) >= (0 if is_listed(form) else letters)
    assert [one for one, other in pairwise(found)
            if one[0] == other[0] and abs(one[1] - other[1]) < 1 and one[2] <= other[2] < one[4] - CLEAR] == []


@on_paper
def test_rows_to_write_in_have_what_their_letters_mean_on_the_same_side(form, sheet):
    pages = sides(form, sheet)
    for child in [form] if is_listed(form) else [each for each in under(form) if each.by_hand and is_listed(each)]:
        begun = place(pages, child.title, (0, 1))[0] if child is not form else 0
        for question in child.stored():
            assert bare(question.label) in pages[begun], question
            assert bare(legend(question)) in pages[begun], question


@on_paper
def test_no_heading_is_the_last_on_a_side_and_a_side_that_goes_on_begins_with_one(form, sheet):
    headings = {bare(f"{each.section.title}{each.section.note}") for each in form.questions}
    headings |= {bare(f"{child.title}{number}") for child in under(form) for number in ("", 1, 2)}
    pdf = blank(form, sheet)
    for number, text in enumerate(sides(form, sheet)):
        assert lowest_line(pdf, number) not in headings
        if number and "Catatan" not in text:
            body = text[place([text], "Nomor formulir")[1]:]
            assert any(body.startswith(each) for each in headings), body[:80]


@on_paper
def test_a_poor_copier_copies_every_letter_and_line(form, sheet):
    letters, lines = pens(blank(form, sheet))
    assert {each for each in letters if each[0] > DARK or each[1] < SMALL} == set()
    assert {each for each in lines if each[0] > DARK or each[1] < FINE} == set()
