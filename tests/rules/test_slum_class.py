"""Class, priority and handling of a slum area, as the annex of a by-law has them."""

from fractions import Fraction
from itertools import product

import pytest

from p2kp_desktop.rules import slum_class
from p2kp_desktop.rules.regulation import regulation

NEW, OLD = regulation("2018"), regulation("2016")


@pytest.mark.parametrize(("strategic", "potential", "density", "total", "code"), [
    (True, True, 401, 15, "tinggi"), (True, False, 201, 11, "tinggi"), (True, False, 200, 9, "sedang"),
    (False, False, 151, 5, "rendah"), (False, False, 0, 3, "rendah"),
])
def test_considerations_are_worth_what_the_edition_says(strategic, potential, density, total, code):
    found = slum_class.considered(NEW, strategic=strategic, potential=potential, density=Fraction(density))
    assert (found.total, found.code, found.lacking) == (total, code, ())


def test_the_edition_of_2016_counts_from_one_to_three():
    found = slum_class.considered(OLD, strategic=True, potential=True, density=Fraction(500))
    assert (found.total, found.code) == (9, "tinggi")


def test_one_unanswered_item_leaves_the_class_open_and_is_named():
    found = slum_class.considered(NEW, strategic=None, potential=True, density=None)
    assert (found.total, found.code, found.lacking) == (None, None, ("strategic", "population_density"))


@pytest.mark.parametrize("items", list(product((True, False, None), repeat=2)))
def test_land_is_legal_only_where_no_answer_could_still_make_the_sum_negative(items):
    ends = {sum(1 if each else -1 for each in filled) >= 0 for filled in product(
        *((True, False) if each is None else (each,) for each in items))}
    assert slum_class.is_legal(*items) == (ends.pop() if len(ends) == 1 else None)


def test_the_eighteen_classes_have_the_priorities_of_the_by_law():
    found = {
        (level, considerations, legal): slum_class.slum_class(NEW, level, considerations, legal=legal)
        for level, considerations, legal in product(
            ("berat", "sedang", "ringan"), ("tinggi", "sedang", "rendah"), (True, False))
    }
    assert len({each.code for each in found.values()}) == 18
    assert [found[level, "tinggi", True].priority for level in ("berat", "sedang", "ringan")] == [1, 2, 3]
    assert [found[level, "rendah", False].priority for level in ("berat", "sedang", "ringan")] == [7, 8, 9]
    assert slum_class.slum_class(NEW, "tidak_kumuh", "tinggi", legal=True) is None
    assert slum_class.slum_class(NEW, "berat", "tinggi", legal=None) is None


@pytest.mark.parametrize(("level", "legal", "code"), [
    ("berat", True, "peremajaan"), ("ringan", True, "pemugaran"), ("ringan", False, "permukiman_kembali"),
])
def test_legal_land_is_renewed_or_restored_and_other_settled_anew(level, legal, code):
    assert slum_class.handling(NEW, level, legal=legal).code == code


@pytest.mark.parametrize(("hectares", "whose"), [
    ("9.99", slum_class.CITY), ("10", slum_class.PROVINCE), ("15", slum_class.PROVINCE), ("15.01", slum_class.NATION),
])
def test_hectares_say_who_is_in_charge(hectares, whose):
    assert slum_class.authority(Fraction(hectares)) == whose
