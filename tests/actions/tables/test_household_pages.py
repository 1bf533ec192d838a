"""Lists of RTs and households: what they say of each, how they are searched and sorted."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import binder, recording
from p2kp_desktop.actions.scores import progress
from p2kp_desktop.actions.tables import household_pages
from p2kp_desktop.actions.tables.household_pages import COMPLETE, CONFLICT, DRAFT, INCOMPLETE, PROBLEM, Wanted
from p2kp_desktop.exchange import table_files
from p2kp_desktop.forms import Household, Kawasan, Period, Rt, RtRecap, RtSurvey
from p2kp_desktop.reports.areas import rts
from p2kp_desktop.reports.households import houses
from p2kp_desktop.schema import Record
from p2kp_desktop.schema.table_words import words
from p2kp_desktop.store import listing, views
from p2kp_desktop.store.standing import Standing
from tests.conftest import KELURAHAN
from tests.records import YEAR, save, wanted


def ids_of(workspace, wanted):
    """Return the ids the list shows, having made sure that memory and database search alike."""
    found = household_pages.roll(workspace, wanted).ids
    at_hand = household_pages.roll(workspace, replace(wanted, text=""))
    assert at_hand.matching(wanted.text) == found
    return found


def line_of(workspace, record):
    return household_pages.page(workspace, [record])[record]


def test_a_household_without_problems_is_complete_and_says_what_is_fit(workspace):
    record = save(workspace, rt="1/5", head_name="Siti Aminah", nik="1671014410850003", building="7")
    line = line_of(workspace, record)
    assert (line.standing, line.rt, line.name, line.building) == (COMPLETE, "001/005", "Siti Aminah", "7")
    assert words(houses().column("nik"), line) == "1671••••••••0003"
    assert (line.kk, line.members, line.house, line.water, line.latrine) == (1, 4, True, True, True)
    assert line.sent is None


@pytest.mark.parametrize(
    ("answers", "latrine", "fit"),
    [
        ({}, True, True), ({"closet": "b", "faeces": "b"}, True, False), ({"faeces": None}, True, None),
        ({"closet": "b", "faeces": None}, True, False), ({"defecation": "c"}, False, False),
        ({"defecation": "b"}, False, True),
    ],
)  # fmt: skip
def test_a_latrine_is_told_from_technical_sanitation(workspace, answers, latrine, fit):
    line = line_of(workspace, save(workspace, **answers))
    assert (line.latrine, line.fit_latrine) == (latrine, fit)


@pytest.mark.parametrize(
    ("answers", "house", "water", "sanitation"),
    [
        ({"water_source": "a"}, "Layak", "Aman", "Layak"),
        ({"water_source": "a", "floor_length": 1, "closet": "b", "faeces": "b"}, "Sempit", "Aman", "Akses saja"),
        ({"water_source": "g", "roof": "b", "defecation": "c"}, "Tidak", "Isi ulang", "Tidak"),
        ({"water_source": "a", "water_sufficiency": "b"}, "Layak", "Kurang", "Layak"),
        ({"water_source": "j", "floor_length": None, "faeces": None}, "belum", "Tidak", "belum"),
        ({"water_source": "a", "water_sufficiency": None}, "Layak", "belum", "Layak"),
    ],
)  # fmt: skip
def test_a_house_is_fit_in_the_list_only_by_the_strictest_rule(workspace, answers, house, water, sanitation):
    line = line_of(workspace, save(workspace, **answers))
    shown = [houses().column(key).of(line).word for key in ("house", "water", "latrine")]
    assert shown == [house, water, sanitation]
    assert "Air minum layak (BPS): " in houses().explains(line)


def test_an_answer_that_cannot_be_makes_no_house_fit(workspace):
    assert line_of(workspace, save(workspace, floor_length=900)).roomy is None


def test_an_rt_says_why_its_score_is_provisional_and_what_else_gives_another(workspace):
    for _ in range(8):
        save(workspace, rt="14/5", water_source="a")
    save(workspace, RtSurvey, rt="14/5", buildings=64)
    (line,) = progress.rts(workspace, KELURAHAN, YEAR)
    assert line.provisional
    assert (line.open, line.asides, line.source) == (
        ("Baru 8 dari 64 bangunan di survei lingkungan (3) yang didata.",), (), "census"
    )
    lowest, highest = line.span
    assert lowest <= line.total < highest
    told = table_files.as_document(rts([line]))["rows"][0]
    assert (told["lowest"], told["highest"], told["doubts"]) == (lowest, highest, line.open[0])
    assert words(rts().column("total"), line) == f"{line.total} ({lowest}–{highest})"
    assert f"Dapat menjadi {line.could_become}." in rts([line]).explains(line)
    (village,) = progress.villages(workspace, KELURAHAN, YEAR)
    assert (village.span, village.could_become) == (line.span, line.could_become)


def test_an_rt_surveyed_whole_has_one_level(workspace):
    for _ in range(8):
        save(workspace, rt="14/5", water_source="a")
    save(workspace, RtSurvey, rt="14/5", buildings=8)
    (line,) = progress.rts(workspace, KELURAHAN, YEAR)
    assert (line.span, line.could_become, words(rts().column("total"), line)) == (None, "", str(line.total))


def test_a_fitness_is_undecided_until_its_questions_are_answered(workspace):
    open_ones = line_of(workspace, save(workspace, roof=None, water_source=None, pit_distance=None, defecation=None))
    assert (open_ones.house, open_ones.water, open_ones.latrine) == (None, None, None)
    near = line_of(workspace, save(workspace, water_source="c", pit_distance="b", roof="b", wall=None))
    assert (near.house, near.water) == (False, False)
    assert line_of(workspace, save(workspace, water_source="c", pit_distance=None)).water is None


@pytest.mark.parametrize(
    ("answers", "standing"),
    [
        ({"roof": None}, INCOMPLETE),
        ({"occupants": 3}, PROBLEM),
        ({"occupants": 6}, PROBLEM),
        ({"nik": "12"}, PROBLEM),
        ({"nik": "1671063102800001"}, PROBLEM),
        ({"floor_length": 600}, PROBLEM),
        ({"survey_date": "1922-10-04"}, PROBLEM),
        ({"survey_date": "2222-10-04"}, PROBLEM),
        ({"survey_date": "2021-12-31"}, PROBLEM),
        ({"survey_date": "2026-01-01"}, COMPLETE),
        ({"nik": None, "building": None}, COMPLETE),
    ],
)
def test_the_standing_says_what_is_left_to_do(workspace, answers, standing):
    assert line_of(workspace, save(workspace, **answers)).standing == standing


def test_an_unlikely_answer_with_a_note_is_no_problem_any_more(workspace):
    record = save(workspace, occupants=6)
    recording.record(workspace, Household, {"id": record, "why.occupants": "Menumpang."})
    assert line_of(workspace, record).standing == COMPLETE


CHANGES = st.dictionaries(
    st.sampled_from([question.key for question in Household.stored() if question.key != "survey_date"]),
    st.sampled_from([None, "a", "c", "1", "0", "99", "12345", "1671064507800000", "x" * 130]), max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(changes=CHANGES, notes=st.sets(st.sampled_from(["why.occupants", "why.nik", "why.floors"])))
def test_the_database_tells_standings_as_the_form_does(workspace, changes, notes):
    given_ = {}
    for key, raw in changes.items():
        try:
            given_[key] = None if raw is None else Household.question(key).read(raw)
        except ValueError:
            continue
    record = save(workspace)
    recording.record(workspace, Household, {"id": record, **given_, **dict.fromkeys(notes, "Benar.")})
    with workspace.asking() as connection:
        saved = next(views.found(connection, Household, views.Where(id=record)))
    assert line_of(workspace, record).standing == by_the_form(saved)


def by_the_form(record: Record) -> str:
    problems = list(record.problems())
    empty = [problem for problem in problems if record.answers.get(problem.question) is None]
    if any(not problem.note for problem in problems if problem not in empty):
        return PROBLEM
    return INCOMPLETE if empty else COMPLETE


@pytest.mark.parametrize("form", [Household, RtSurvey, RtRecap, Rt, Kawasan, Period])
def test_every_form_can_be_told_apart_by_the_database(workspace, form):
    save(workspace, form)
    with workspace.asking() as connection:
        table = listing.RECORDS[form.key]
        standing = connection.execute(listing.sa.select(Standing(form, {"2020": "2016"}).case()).select_from(table))
        saved = next(views.found(connection, form))
        assert standing.scalar() == by_the_form(saved)


def test_households_are_found_by_name_number_and_nik(workspace):
    siti = save(workspace, head_name="Siti Aminah", building="7", nik="1671014410850003")
    budi = save(workspace, head_name="Budi 100%", building="12", nik=None)
    assert ids_of(workspace, wanted(text="aMIN")) == (siti,)
    assert ids_of(workspace, wanted(text=" 12 ")) == (budi,)
    assert ids_of(workspace, wanted(text="4410")) == (siti,)
    assert ids_of(workspace, wanted(text="0%")) == (budi,)
    assert ids_of(workspace, wanted(text="_")) == ()


def test_a_list_too_long_for_memory_is_searched_in_the_database(workspace, monkeypatch):
    monkeypatch.setattr(household_pages, "AT_HAND", 1)
    siti, _budi = save(workspace, head_name="Siti Aminah"), save(workspace, head_name="Budi")
    assert household_pages.roll(workspace, wanted()).texts is None
    assert len(household_pages.roll(workspace, wanted()).ids) == 2
    assert household_pages.roll(workspace, wanted(text="siti")).ids == (siti,)


def test_households_are_sorted_by_number_as_people_count(workspace):
    ids = [save(workspace, rt=rt, building=number) for rt, number in (("2/5", "1"), ("1/5", "10"), ("1/5", "9"))]
    assert ids_of(workspace, wanted()) == (ids[2], ids[1], ids[0])
    assert ids_of(workspace, wanted(order="building", descending=True)) == (ids[1], ids[2], ids[0])
    assert ids_of(workspace, wanted(rt="002/005")) == (ids[0],)
    for order in ("rt", "name", "nik", "kk", "members", "standing", "saved"):
        assert set(ids_of(workspace, wanted(order=order))) == set(ids)


def test_other_periods_areas_and_deleted_households_are_not_listed(workspace):
    save(workspace, period="2025")
    gone = save(workspace)
    recording.delete(workspace, Household, gone, reason="dua kali")
    assert ids_of(workspace, wanted()) == ()
    assert household_pages.counts(workspace, wanted()) == {DRAFT: 0}
    here = save(workspace)
    assert ids_of(workspace, Wanted("16.71", YEAR)) == (here,)
    assert ids_of(workspace, Wanted("16.7", YEAR)) == ()
    assert ids_of(workspace, Wanted("16.71.01.1002", YEAR)) == ()


def test_filters_count_everything_whatever_is_searched_for(workspace):
    save(workspace)
    lacking = save(workspace, roof=None)
    assert household_pages.counts(workspace, wanted(text="nobody", standing=PROBLEM)) == {
        COMPLETE: 1, INCOMPLETE: 1, DRAFT: 0
    }
    assert ids_of(workspace, wanted(standing=INCOMPLETE)) == (lacking,)


def test_a_draft_never_saved_is_listed_first_and_one_of_a_saved_household_in_its_row(workspace):
    saved = save(workspace, building="1")
    address = {"region": KELURAHAN, "rt": "014/005", "period": YEAR}
    keyed_drafts.keep(workspace, Household, "new", {**address, "head_name": "Sukarman"}, "water_sufficiency")
    keyed_drafts.keep(workspace, Household, saved, {"roof": "b"}, "roof")
    assert ids_of(workspace, wanted()) == ("new", saved)
    assert ids_of(workspace, wanted(text="sukar")) == ("new",)
    assert ids_of(workspace, wanted(rt="015/005")) == ()
    assert household_pages.counts(workspace, wanted()) == {DRAFT: 2}
    begun, known = (line_of(workspace, record) for record in ("new", saved))
    assert (begun.standing, begun.begun, begun.until, begun.name, begun.water) == (DRAFT, True, "14", "Sukarman", None)
    assert (known.standing, known.begun, known.until) == (DRAFT, False, "9")


def test_a_conflict_goes_before_everything_and_names_its_question(make_workspace, tmp_path):
    mine, theirs = make_workspace("Siti"), make_workspace("Kota", "district", ("16.71",))
    record = save(mine, roof=None)
    receiving.receive(theirs, sending.send(mine, tmp_path).path)
    recording.record(mine, Household, {"id": record, "roof": "a"})
    recording.record(theirs, Household, {"id": record, "roof": "b"})
    receiving.receive(mine, sending.send(theirs, tmp_path, to="facilitator").path)
    line = line_of(mine, record)
    assert (line.standing, line.until) == (CONFLICT, "9")
    assert progress.rts(mine, KELURAHAN, YEAR)[0].conflicts == 1


def test_a_household_is_sent_until_it_is_changed_again(workspace, tmp_path):
    record = save(workspace)
    sending.send(workspace, tmp_path)
    assert line_of(workspace, record).sent is True
    recording.record(workspace, Household, {"id": record, "head_name": "Budi"})
    assert line_of(workspace, record).sent is False


def test_an_rt_says_how_much_of_it_is_recorded(workspace):
    save(workspace, rt="1/5", building="1")
    save(workspace, rt="1/5", building="1", roof=None)
    save(workspace, RtSurvey, rt="1/5", buildings=64)
    save(workspace, Rt, rt="1/5", rt_number=1, head_name="Ali")
    save(workspace, rt="2/5")
    save(workspace, RtRecap, rt="3/5")
    save(workspace, Rt, rt="4/5", rt_number=4)
    first, second, third, fourth = progress.rts(workspace, KELURAHAN, YEAR)
    assert (first.rt, first.head, first.households, first.buildings, first.of) == ("001/005", "Ali", 2, 1, 64)
    assert (first.survey, first.recap, first.unfinished, first.whole) == (True, False, 1, False)
    assert float(first.percent) == 100 / 64
    assert (second.percent, second.of, second.provisional) == (None, None, True)
    assert (third.percent, third.recap, third.households) == (100, True, 0)
    assert (fourth.percent, fourth.total, fourth.households) == (0, None, 0)


def test_kelurahan_take_their_rts_together(make_workspace):
    city = make_workspace("Kota", "district", ("16.71",))
    recording.record(city, Rt, {"region": "16.71.01.1002", "rt": "1/1"})
    save(city, RtRecap, rt="3/5")
    save(city, Rt, rt="4/5", rt_number=4)
    lines = {line.region: line for line in progress.villages(city, "16.71", YEAR)}
    assert (lines[KELURAHAN].rts, lines[KELURAHAN].percent) == (2, 50)
    assert (lines["16.71.01.1002"].rts, lines["16.71.01.1002"].total) == (1, None)


def test_the_forms_of_an_rt_say_how_they_stand(workspace):
    missing = binder.of_rt(workspace, KELURAHAN, "014/005", YEAR)
    assert [(sheet.form, sheet.standing) for sheet in missing] == [
        (form.key, binder.MISSING) for form in (RtSurvey, RtRecap, Rt)
    ]
    survey = save(workspace, RtSurvey, buildings=None)
    keyed_drafts.keep(workspace, RtRecap, "recap", {"region": KELURAHAN, "rt": "014/005", "period": YEAR}, "bangunan")
    surveyed, recap, _rt = binder.of_rt(workspace, KELURAHAN, "014/005", YEAR)
    assert (surveyed.record, surveyed.standing, surveyed.empty) == (survey, INCOMPLETE, 1)
    assert (recap.record, recap.standing) == ("recap", DRAFT)


def test_kawasan_and_periods_are_listed_with_what_tells_them_apart(workspace):
    save(workspace, Kawasan, name="Kawasan Sungai", sk_ha="21.86", sk_number="1/2020")
    save(workspace, Period, year=2025)
    save(workspace, Period, year=2026)
    (kawasan,) = binder.kawasan(workspace, "16.71")
    assert (kawasan.name, kawasan.facts) == ("Kawasan Sungai", ("1/2020", "21.86", "2"))
    assert [sheet.name for sheet in binder.periods(workspace)] == ["2026", "2025"]
