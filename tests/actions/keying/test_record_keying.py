from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.schema import Record


def a_keying(form=Household, rules="2018", **answers):
    return Keying(Record(form, "h", answers, rules))


def row(keying, key):
    return next(row for row in keying.rows() if row.question.key == key)


def test_a_letter_chooses_and_the_next_question_is_the_next_one_asked():
    keying = a_keying()
    keying = keying.choose("water_source", "A")
    assert row(keying, "water_source").letters == ("a",)
    assert row(keying, "pit_distance").state == "skipped"
    assert row(keying, "pit_distance").shown == "Dilewati karena 12 = a"
    assert keying.after("water_source") == "water_sufficiency"
    assert keying.before("water_sufficiency") == "water_source"


def test_what_waits_for_an_answer_is_not_told_as_passed_over():
    keying = a_keying()
    assert row(keying, "pit_distance").state == "skipped"
    assert row(keying, "pit_distance").shown == "Menunggu jawaban 12"


def test_a_letter_that_is_not_printed_changes_nothing():
    keying = a_keying(roof="bocor")
    assert keying.choose("roof", "c") is keying
    assert keying.given() == {"roof": "bocor"}


def test_several_choices_are_chosen_and_taken_back_and_none_of_these_stands_alone():
    keying = a_keying(RtSurvey)
    for letter in "ac":
        keying = keying.choose("fire_protection", letter)
    assert row(keying, "fire_protection").letters == ("a", "c")
    keying = keying.choose("fire_protection", "a")
    assert row(keying, "fire_protection").letters == ("c",)
    keying = keying.choose("fire_protection", "d")
    assert row(keying, "fire_protection").letters == ("d",)
    keying = keying.choose("fire_protection", "d")
    assert keying.given() == {}


def test_what_cannot_be_read_stays_typed_and_comes_back_from_a_draft():
    keying = a_keying(head_name="Siti")
    keying = keying.put("kk_count", "1,5")
    assert "bukan bilangan bulat" in keying.objection("kk_count")
    assert row(keying, "kk_count").state == "error"
    again = Keying.from_draft(Record(Household, "h"), keying.draft(), is_new=True)
    assert row(again, "kk_count").text == "1,5"
    again = again.put("kk_count", "2")
    assert again.given() == {"head_name": "Siti", "kk_count": 2}


def test_an_unlikely_answer_is_unusual_until_it_is_explained():
    keying = a_keying(kk_count=9)
    assert row(keying, "kk_count").state == "unusual"
    keying = keying.explain("kk_count", "rumah bedeng")
    assert row(keying, "kk_count").state == "answered"
    assert keying.given() == {"kk_count": 9, "why.kk_count": "rumah bedeng"}


def test_answers_no_longer_asked_are_listed_and_cleared_on_saving():
    keying = a_keying(water_source="sumur_bor", pit_distance="minimal_10_m")
    keying = keying.choose("water_source", "a")
    assert [row.question.key for row in keying.no_longer_asked()] == ["pit_distance"]
    assert keying.given() == {"water_source": "ledeng_meteran"}


def test_an_old_record_gives_only_what_changed():
    keying = Keying(Record(Household, "h", {"kk_count": 1, "roof": "bocor"}), is_new=False)
    keying = keying.put("kk_count", "2")
    keying = keying.put("head_name", "")
    assert keying.given() == {"kk_count": 2}


def test_questions_of_another_rule_set_are_not_even_shown():
    shown = {row.question.key for row in a_keying(RtSurvey).rows()}
    assert "waste_sound" not in shown
    assert "waste_sound" in {row.question.key for row in a_keying(RtSurvey, "2016").rows()}


def test_a_decimal_and_a_date_can_be_typed_over_as_they_stand():
    keying = a_keying()
    for key, text in (("floor_length", "7.50"), ("survey_date", "4/10/22")):
        keying = keying.put(key, text)
        assert keying.put(key, row(keying, key).text) is keying
    assert keying.given() == {"floor_length": "7.5", "survey_date": "2022-10-04"}


def test_undo_and_redo_walk_through_the_answers_and_name_the_question():
    keying = a_keying()
    keying = keying.choose("roof", "b")
    keying = keying.put("kk_count", "x")
    keying = keying.put("kk_count", "2")
    assert (keying.moments.undoes, row(keying.undo(), "kk_count").text) == ("kk_count", "x")
    taken_back = [keying, keying.undo(), keying.undo().undo(), keying.undo().undo().undo()]
    assert [each.moments.undoes for each in taken_back] == ["kk_count", "kk_count", "roof", None]
    assert taken_back[-1].undo() is taken_back[-1]
    assert taken_back[-1].given() == {}
    given = [taken_back[-1], taken_back[-1].redo(), taken_back[-1].redo().redo(), taken_back[-1].redo().redo().redo()]
    assert [each.moments.redoes for each in given] == ["roof", "kk_count", "kk_count", None]
    keying = given[-1].redo()
    assert keying.given() == {"roof": "bocor", "kk_count": 2}


def test_the_same_answer_again_is_nothing_to_undo():
    keying = a_keying(roof="bocor")
    keying = keying.choose("roof", "b")
    keying = keying.put("head_name", "")
    assert (keying.moments.undoes, keying.undo()) == (None, keying)
    assert not keying.is_touched


def test_a_record_just_saved_gives_nothing_until_it_changes_again():
    keying = a_keying(water_source="sumur_bor", pit_distance="minimal_10_m")
    keying = keying.choose("water_source", "a")
    keying = keying.saved()
    assert keying.given() == {}
    assert keying.no_longer_asked() == []
    keying = keying.choose("water_source", "b")
    assert keying.given() == {"water_source": "ledeng_tanpa_meteran"}


def test_what_was_typed_after_a_record_was_handed_over_is_not_taken_for_saved():
    keying = a_keying(water_source="sumur_bor", pit_distance="minimal_10_m")
    keying = keying.choose("water_source", "a")
    keying = keying.put("kk_count", "satu")
    keying = keying.put("floor_area", "seratus")
    handed = keying
    keying = keying.put("kk_count", "1")
    keying = keying.choose("roof", "a")
    keying = keying.saved(handed)
    assert keying.is_touched
    assert keying.given() == {"kk_count": 1, "roof": keying.record.answers["roof"]}
    assert "pit_distance" not in keying.record.answers
    assert keying.unread() == []


def test_the_reason_of_a_carried_answer_goes_along_to_the_next_record():
    keying = a_keying(survey_date="2022-10-04", period="2026", kk_count=9)
    keying = keying.explain("survey_date", "kuesioner lama")
    keying = keying.explain("kk_count", "rumah bedeng")
    answers = keying.next_one().record.answers
    assert answers["why.survey_date"] == "kuesioner lama"
    assert "why.kk_count" not in answers
