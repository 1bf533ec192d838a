"""What the head of a form says is true of it, and is said nowhere else."""

import pytest

from p2kp_desktop.actions.keying import addresses
from p2kp_desktop.forms import FORMS, Household, form, listed_in, touched_by, under
from p2kp_desktop.forms import places as words
from p2kp_desktop.forms.agreement import Agreement
from p2kp_desktop.schema import AtMost, Form, Measure, Section, Text
from p2kp_desktop.ui.shell.places import BY_KEY

FIGURES = {words.SCORES, words.READINESS}


@pytest.mark.parametrize("one", FORMS, ids=lambda one: one.key)
def test_a_form_is_listed_in_a_place_of_the_window_and_touches_what_there_is(one):
    assert one.listed_in in BY_KEY
    assert {*one.touches} <= FIGURES | {each.key for each in FORMS}


def test_every_form_of_the_folder_is_found_once_in_menu_order():
    keys = [one.key for one in FORMS]
    assert len(keys) == len({*keys})
    assert (keys[0], keys[-2:]) == ("household", ["comment", "approval"])
    assert keys.index("village_profile") < keys.index("agreement") < keys.index("meeting") < keys.index("need")


@pytest.mark.parametrize("said", ["natural", "named", "told_by", "known_by", "spoken_of", "numbered"])
def test_a_head_that_names_what_the_form_does_not_ask_is_refused(said):
    with pytest.raises(TypeError, match=f"wrong: {said} names \\['colour'\\]"):
        type("Wrong", (Form,), {"name": Text("Nama")}, key="wrong", title="Salah",
             **{said: "colour" if said == "numbered" else ("colour",)})


def test_questions_before_any_heading_stand_under_the_title_of_the_form():
    class Plain(Form, key="plain", title="Rumah Ibadah"):
        """A form that is too short for headings."""

        name = Text("Nama")
        below = Section("Lain-lain")
        kind = Text("Jenis")

    assert [each.section.title for each in Plain.questions] == ["Rumah Ibadah", "Lain-lain"]


def test_what_hangs_on_a_record_is_listed_where_that_one_is_unless_it_says_otherwise():
    assert {one.listed_in for one in under(Agreement)} == {words.AGREEMENTS}
    alone = type("Alone", (Form,), {"name": Text("Nama")}, key="alone", title="Sendiri")
    assert (alone.listed_in, alone.new, alone.nameless, alone.named) == (words.ALL_DATA, "", "Sendiri", ("name",))
    assert form("ksm") in listed_in(words.BOWL)


def test_what_a_household_touches_changes_with_it():
    assert touched_by({Household.key, "drafts"}) == {Household.key, "drafts", *Household.touches}


def test_a_form_of_an_rt_that_completes_its_answers_is_still_asked_for_its_rt():
    class Tree(Form, key="tree", title="Pohon", place="rt", per_period=False):
        general = Section("Pohon")
        name = Text("Nama")

        @classmethod
        def complete(cls, answers):
            return {"name": "Trembesi"} if answers.get("name") is None else {}

    assert "rt" in addresses.to_ask(Tree, {}, ("16.71.01.1001",))
    assert "rt" not in addresses.to_ask(form("rt"), {}, ("16.71.01.1001",))


def test_a_check_without_a_name_is_refused_where_it_stands():
    with pytest.raises(TypeError, match="wrong: a check has no name, and would never be asked"):
        class Wrong(Form, key="wrong", title="Salah"):
            paved = Measure("Jalan diperkeras")
            total = Measure("Jalan seluruhnya")
            AtMost(paved, total)


def test_a_check_with_a_name_is_one_of_the_form():
    class Right(Form, key="right", title="Benar"):
        paved = Measure("Jalan diperkeras")
        total = Measure("Jalan seluruhnya")
        fits = AtMost(paved, total)

    assert Right.checks == (Right.fits,)
