from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.forms.household import Household
from p2kp_desktop.rules import census
from p2kp_desktop.rules.live import Judgement, assess
from p2kp_desktop.schema import Choice, Record

CHOICES = [question for question in Household.questions if isinstance(question, Choice)]
FIT, UNFIT, OPEN = Judgement.FIT, Judgement.UNFIT, Judgement.OPEN


def assessed(**letters):
    answers = {key: Household.question(key).options.code(letter) for key, letter in letters.items()}
    return {aspect.name: aspect for aspect in assess(Record(Household, "h", answers))}


def judged(name, **letters):
    return assessed(**letters)[name].judgement


def test_nothing_is_decided_before_the_first_answer():
    assert {aspect.judgement for aspect in assessed().values()} == {OPEN}
    assert next(iter(assessed())) == "Keteraturan bangunan"
    assert len(assessed()) == 7


def test_one_bad_answer_decides_an_aspect_and_is_named():
    aspect = assessed(in_hazard_zone="b")["Keteraturan bangunan"]
    assert aspect.judgement is UNFIT
    assert aspect.reason.short == "5 = b"
    assert aspect.reason.words == "5 = b, Ya"


def test_a_good_answer_leaves_the_aspect_open_until_the_last():
    good = {"roof": "a", "wall": "a"}
    assert judged("Kelayakan bangunan", **good) is OPEN
    assert judged("Kelayakan bangunan", **good, floor="a") is FIT


def test_a_well_waits_for_its_distance_from_the_pit():
    name = "Akses air minum aman"
    assert judged(name, water_source="a") is FIT
    assert judged(name, water_source="c") is OPEN
    assert judged(name, water_source="c", pit_distance="a") is FIT
    assert assessed(water_source="c", pit_distance="b")[name].reason.short == "13 = b"
    assert assessed(water_source="g")[name].reason.short == "12 = g"


def test_what_is_skipped_is_decided_by_the_answer_that_skips_it():
    aspect = assessed(defecation="c")["Teknis air limbah"]
    assert (aspect.judgement, aspect.reason.short) == (UNFIT, "15 = c")
    assert judged("Teknis air limbah", closet="a") is OPEN
    assert assessed(waste_disposal="d")["Pengangkutan sampah"].reason.short == "18 = d"
    assert judged("Pengangkutan sampah", waste_disposal="a") is OPEN


def test_a_small_floor_is_shown_but_does_not_decide():
    answers = {"floor_length": "4", "floor_width": "4", "floors": 1, "members_male": 2, "members_female": 2}
    for roof, judgement in (("tidak_bocor", FIT), (None, OPEN)):
        good = {"roof": roof, "wall": "baik", "floor": "bukan_tanah"}
        aspect = assess(Record(Household, "h", answers | good))[1]
        assert aspect.judgement is judgement
        assert aspect.reason.words == "4 m²/jiwa, perlu 7,2"


@given(st.fixed_dictionaries({q.key: st.sampled_from((None, *q.options.codes)) for q in CHOICES}))
def test_what_is_decided_is_what_the_census_counts_and_no_later_answer_changes_it(answers):
    standing = [aspect.judgement for aspect in assess(Record(Household, "h", answers))]
    for letter in (0, -1):
        completed = Record(Household, "h", {q.key: answers[q.key] or q.options.codes[letter] for q in CHOICES})
        later = [aspect.judgement for aspect in assess(completed)]
        assert OPEN not in later
        assert [judgement is FIT for judgement in later] == counted(completed)
        assert all(now in (OPEN, then) for now, then in zip(standing, later, strict=True))


def counted(record):
    good = census.verdict(record)
    return [good.regular, good.sound, good.safe_water, good.enough_water, good.latrine, good.fit_latrine,
            good.collected]
