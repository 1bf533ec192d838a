"""Threads of comments, question by question, with whatever clocks they were written by."""

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.actions.review import comments, verification
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.causality import Dot, Save, Version, edit
from p2kp_desktop.store import records
from tests.conftest import KELURAHAN


@pytest.fixture
def office(make_workspace):
    made = make_workspace("Kota", role="district", regions=("16.71",))
    recording.record(made, Household, {"id": "h", "region": KELURAHAN, "rt": "1/1"})
    return made


def texts(thread):
    return [said.text for said in thread.comments]


def test_threads_stand_in_the_order_of_the_form_the_whole_record_first(office):
    for about in ("roof", "kk_count", ""):
        comments.reply(office, "h", about, f"Tentang «{about}»")
    found = comments.threads(office, "h")
    assert [thread.question for thread in found] == ["", "kk_count", "roof"]
    assert found[2].wording == Household.roof.label
    assert found[2].number == Household.roof.number
    assert comments.threads(office, "tidak ada") == ()


def test_an_answer_stands_after_what_it_answers_though_the_clock_went_back(office, monkeypatch):
    verification.give_back(office, "h", comment="Atap bocor?", about="roof")
    monkeypatch.setattr(environment, "now", lambda: "2020-01-01T00:00:00+07:00")
    monkeypatch.setattr("time.time_ns", lambda: 1)
    comments.reply(office, "h", "roof", "Tidak.")
    comments.reply(office, "h", "roof", "Betul.")
    (thread,) = comments.threads(office, "h")
    assert texts(thread) == ["Atap bocor?", "Tidak.", "Betul."]


def test_a_thread_is_open_until_what_it_asks_is_settled_and_an_answer_does_not_close_it(office):
    asked = verification.give_back(office, "h", comment="Atap bocor?", about="roof")
    comments.reply(office, "h", "roof", "Tidak.")
    assert comments.threads(office, "h")[0].is_open
    assert comments.open_count(office) == comments.open_count(office, record="h") == 1
    assert comments.open_count(office, area=KELURAHAN) == 1
    assert comments.open_count(office, area="16.71.02") == 0
    assert comments.open_by_record(office) == {"h": 1}
    comments.settle_comment(office, asked)
    (thread,) = comments.threads(office, "h")
    assert (thread.is_open, thread.comments[0].done, comments.open_count(office)) == (False, True, 0)
    comments.settle_comment(office, asked, done=False)
    assert comments.open_count(office) == 1


def test_comments_on_a_deleted_record_are_not_waiting(office):
    verification.give_back(office, "h", comment="Dua kali didata?")
    recording.delete(office, Household, "h", reason="Ya")
    assert comments.open_count(office) == 0


def test_a_comment_says_something_about_a_question_of_a_record_that_is_there(office):
    for record, about, text in (("h", "", " "), ("h", "kolam", "x"), ("tidak ada", "", "x")):
        with pytest.raises(Trouble):
            comments.reply(office, record, about, text)
    with pytest.raises(Trouble):
        comments.settle_comment(office, "tidak ada")


def test_settling_twice_saves_once(office):
    asked = verification.give_back(office, "h", comment="x")
    comments.settle_comment(office, asked)
    with office.asking() as connection:
        before = records.read(connection, Comment.key, [asked])
    comments.settle_comment(office, asked)
    with office.asking() as connection:
        assert records.read(connection, Comment.key, [asked]) == before


def test_comments_that_follow_each_other_in_a_circle_are_all_shown(office):
    with editing(office) as edits:
        for ident, after in (("a", "b"), ("b", "a"), ("c", "c")):
            edits.save(Comment.key, ident, {"parent": "h", "text": ident, "after": after}, origin="x")
    (thread,) = comments.threads(office, "h")
    assert sorted(texts(thread)) == ["a", "b", "c"]


def test_a_comment_whose_text_was_withheld_still_says_who_and_where(office):
    save = Save(Dot("n", 1), "Sri", "province", "Provinsi", "2026-01-01T00:00:00+07:00")
    version = edit(Version(Comment.key, "k"), save, {"parent": "h", "about": "roof"})
    with office.changing() as connection:
        records.write(connection, [version])
    (thread,) = comments.threads(office, "h")
    assert (thread.comments[0].person, thread.comments[0].text, thread.question) == ("Sri", "", "roof")
