"""How filled forms stand on their pages where people wrote much: nothing cut, nothing parted, nothing over another."""

from collections import Counter

import pytest

from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import comments
from p2kp_desktop.forms import FORMS, Household, under
from p2kp_desktop.printing import making
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.paper import A4, F4
from p2kp_desktop.schema import Choice, Several
from p2kp_desktop.store import reviews
from tests.conftest import KELURAHAN
from tests.printing.looking import bare, lowest_line, outside, over_others, pages_of
from tests.printing.papers import wordy
from tests.records import YEAR, save

FOOT = 16  # millimetres
REMARK = "Menurut foto keadaannya lain: mohon diperiksa sekali lagi bersama Ketua RT. " * 3
ON_PAPER = [form for form in FORMS if form.by_hand and form.in_village and form.parent is None]


def put(workspace, form, parent=None):
    address = {"region": KELURAHAN if form.place != "city" else "16.71"}
    address |= {"rt": "014/005"} if form.place == "rt" else {}
    address |= {"period": YEAR} if form.per_period else {}
    return recording.record(workspace, form, {**wordy(form), **address, **({"parent": parent} if parent else {})}).id


@pytest.mark.parametrize("form", ON_PAPER, ids=lambda form: form.key)
def test_a_form_with_long_answers_and_remarks_loses_nothing_on_either_paper(workspace, form):
    record = put(workspace, form)
    for child in (each for each in under(form) if each.by_hand):
        for _time in range(2):
            put(workspace, child, record)
    remarked = [*form.stored()][2:20:6] if form in reviews.REVIEWED else []
    for question in remarked:
        comments.reply(workspace, record, question.key, REMARK)
    headings = {bare(f"{each.section.title}{each.section.note}") for each in form.questions}
    for sheet in (A4, F4):
        asked = Asked(records=(record,), sheet=sheet, names=True, reason="rapat", history=True)
        pdf = making.make(workspace, "record", asked).pdf
        pages = [bare(text) for text in pages_of(pdf)]
        assert outside(pdf) == []
        assert over_others(pdf) == []
        assert "".join(pages).count(bare(REMARK)) == len(remarked)
        assert not {lowest_line(pdf, number, FOOT) for number in range(len(pages))} & headings
        for question in form.questions:
            if isinstance(question, Choice | Several):
                told = [bare(f"{each.letter}{each.label}") for each in question.options]
                assert any(all(each in page for each in [bare(question.label), *told]) for page in pages), question


@pytest.mark.parametrize("word", ["x" * 10_000, "0123456789" * 100, "a/b_c-" * 500], ids=["letters", "digits", "parts"])
def test_a_word_without_end_is_broken_and_stays_on_the_page(workspace, word):
    record = save(workspace, rt="014/005")
    comments.reply(workspace, record, Household.wall.key, word)
    pdf = making.make(workspace, "record", Asked(records=(record,))).pdf
    assert outside(pdf) == []
    letters = Counter("".join(bare(text) for text in pages_of(pdf)))
    assert all(letters[each] >= count for each, count in Counter(bare(word)).items())
