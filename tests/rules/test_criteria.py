"""The options of the forms against the criteria of every edition."""

from p2kp_desktop.forms.activity import Activity, gain_of
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.criteria import UNITS
from p2kp_desktop.forms.elements import CRITERIA, criterion_number
from p2kp_desktop.rules.criteria import criterion_of
from p2kp_desktop.rules.regulation import available, regulation


def test_every_criterion_of_every_edition_is_one_option_of_the_forms():
    for rules in map(regulation, available()):
        codes = [each.option for each in rules.criteria]
        assert len(set(codes)) == len(rules.criteria)
        assert set(codes) <= set(CRITERIA.codes)
        assert [criterion_of(rules, code) for code in codes] == list(rules.criteria)
    assert {each.option for rules in map(regulation, available()) for each in rules.criteria} == set(CRITERIA.codes)


def test_one_option_measures_the_same_whatever_its_number_in_an_edition():
    new, old = regulation("2018"), regulation("2016")
    assert criterion_of(new, "c4c").code == "4c"
    assert criterion_of(old, "c4c").code == "4e"
    assert criterion_of(old, "c4_terhubung").volume == "unconnected_drain_m"
    assert criterion_of(new, "c4_terhubung") is None
    assert [criterion_number(code) for code in ("c2b", "c4_terpelihara", "c9z")] == ["2b", "2016-4d", "9z"]


def test_an_activity_can_say_of_every_criterion_how_much_it_puts_right_in_its_unit():
    for rules in map(regulation, available()):
        for each in rules.criteria:
            assert gain_of(each.option).unit == each.unit
            assert UNITS[each.unit] in Need.unit_name.options.codes
    assert [q.key for q in Activity.questions if q.key.startswith("gain_")] == [f"gain_{c}" for c in CRITERIA.codes]
