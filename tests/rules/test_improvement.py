"""How much of a criterion an activity puts right, and the score that is left."""

from fractions import Fraction

import pytest

from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.rules.funds import by_source
from p2kp_desktop.rules.improvement import criteria_of, relieved, together, volumes_of
from p2kp_desktop.schema import Record
from tests.rules.rts import NEW, OLD, an_rt


def work(**answers):
    return Record(Activity, "a", {"volume": "300", "unit_name": "meter", **answers})


def need(**answers):
    return Record(Need, "n", {"criterion": "c2b", "volume": "320", "unit_name": "meter", **answers})


def test_criteria_are_those_named_and_that_of_the_need_in_printed_order():
    assert criteria_of(work(criteria="c4b,c2a"), need()) == ("c2a", "c2b", "c4b")
    assert criteria_of(work(), None) == ()


@pytest.mark.parametrize(("answers", "wanted", "expected"), [
    ({"criteria": "c2b", "gain_c2b": "120"}, need(), {"c2b": 120}),  # what is said of the criterion
    ({"criteria": "c2a,c2b"}, None, {"c2a": 300, "c2b": 300}),  # else the activity's own volume
    ({"criteria": "c2a,c2b", "gain_c2a": "0"}, None, {"c2a": 0, "c2b": 300}),
    ({"criteria": "c2b", "volume": "1", "unit_name": "paket"}, need(), {"c2b": 320}),  # else that of the need
    ({"criteria": "c2b", "volume": "1", "unit_name": "paket"}, None, {}),
    ({"criteria": "c5a"}, None, {}),  # metres say nothing about households
    ({"criteria": "c4_terhubung"}, None, {}),  # not scored by this edition
    ({"volume": "1", "unit_name": "paket"}, need(unit_name="paket"), {}),
])  # fmt: skip
def test_volumes_come_from_the_activity_and_by_default_from_its_need(answers, wanted, expected):
    assert volumes_of(work(**answers), wanted, NEW) == {code: Fraction(n) for code, n in expected.items()}


def test_under_the_edition_of_2016_its_own_criteria_count():
    assert volumes_of(work(criteria="c4_terhubung"), None, OLD) == {"c4_terhubung": 300}


def test_what_is_put_right_is_taken_off_and_never_more_than_there_is():
    rt = an_rt(damaged_road_m=320, missing_drain_m=200)
    assert rt.score.total == 6
    better = relieved(rt, {"c2b": Fraction(1000), "c4b": Fraction(50), "c5a": Fraction(10)})
    assert {code: better.shares[code].volume for code in ("2b", "4b", "5a")} == {"2b": 0, "4b": 150, "5a": 0}
    assert better.score.total == 1


def test_works_add_up_by_criterion():
    assert together([{"c2b": Fraction(1)}, {"c2b": Fraction(2), "c4b": Fraction(3)}]) == {"c2b": 3, "c4b": 3}


@pytest.mark.parametrize(("answers", "expected"), [
    ({"source": "dak", "amount": 500, "self_help": 200}, {"masyarakat": 200, "dak": 300}),
    ({"source": "dak", "amount": 500}, {"dak": 500}),
    ({"source": "masyarakat", "amount": 500, "self_help": 200}, {"masyarakat": 500}),
    ({"amount": 500}, {"": 500}),
])
def test_self_help_is_a_source_of_its_own(answers, expected):
    assert by_source(work(**answers)) == expected
