"""The class of a slum settlement by the regulation, and the ledger of a decree; both exact, nothing guessed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.rules import slum_class
from p2kp_desktop.rules.decree_ledger import Reduction, Version, ledger
from p2kp_desktop.rules.regulation import available, regulation
from p2kp_desktop.rules.slum_class import CITY, NATION, PROVINCE, authority, classify, density_class

RULES = regulation("2018")
CONSIDERED = {"strategic": "ya", "population_density": "rendah", "potential": "tidak"}  # 5 + 1 + 1
LEGALITY = {"land": "ya", "spatial_plan": "tidak"}


def test_a_settlement_is_classed_by_level_considerations_and_legality():
    found = classify(RULES, total=40, considered=CONSIDERED, legality=LEGALITY)
    assert (found.level, found.points, found.consideration, found.legal, found.lacking) == (
        "sedang", 7, "sedang", True, ())
    assert (found.slum_class.code, found.slum_class.priority, found.handling.code) == ("B3", 5, "peremajaan")
    illegal = classify(RULES, total=40, considered=CONSIDERED, legality=dict.fromkeys(LEGALITY, "tidak"))
    assert (illegal.slum_class.code, illegal.handling.code) == ("B4", "permukiman_kembali")


def test_what_lacks_is_named_and_nothing_is_guessed():
    found = classify(RULES, total=None, considered={"strategic": "ya"}, legality={"land": "ya"})
    assert found.lacking == ("total", "population_density", "potential", "spatial_plan")
    assert (found.slum_class, found.consideration, found.legal) == (None, None, None)
    known = classify(RULES, total=61, considered=CONSIDERED, legality={"land": "ya"})
    assert (known.slum_class, known.lacking) == (None, ("spatial_plan",))


def test_what_is_no_slum_has_no_class():
    found = classify(RULES, total=15, considered=CONSIDERED, legality=LEGALITY)
    assert (found.is_slum, found.slum_class, found.handling) == (False, None, None)


@pytest.mark.parametrize("code", available())
def test_every_class_is_reached_by_some_answers(code):
    rules = regulation(code)
    yes_no = [dict.fromkeys([each.code for each in rules.legality], answer) for answer in ("ya", "tidak")]
    reached = set()
    for total in range(rules.highest_total + 1):
        for strategic in ("ya", "tidak"):
            for density in ("sangat_padat", "sedang", "rendah"):
                for potential in ("ya", "tidak"):
                    for legality in yes_no:
                        found = classify(rules, total=total, legality=legality, considered={
                            "strategic": strategic, "population_density": density, "potential": potential})
                        reached |= {found.slum_class.code} if found.slum_class else set()
                        assert (found.slum_class is not None) == found.is_slum
    assert reached == {each.code for each in rules.classes}


@pytest.mark.parametrize(("people", "wanted"), [(150, "rendah"), (151, "sedang"), (200, "sedang"), (201, "tinggi"),
                                                (400, "tinggi"), (401, "sangat_padat")])
def test_density_is_classed_by_persons_per_hectare(people, wanted):
    assert density_class(RULES, Fraction(people), Fraction(1)) == wanted
    assert density_class(RULES, None, Fraction(1)) is None
    assert slum_class.DENSITY in {each.code for each in RULES.considerations}


@pytest.mark.parametrize(("hectares", "wanted"), [
    ("9.9999", CITY), (10, PROVINCE), (15, PROVINCE), ("15.0001", NATION), (None, None)])
def test_authority_follows_from_the_hectares(hectares, wanted):
    assert authority(None if hectares is None else Fraction(hectares)) == wanted


def version(ident, day="", hectares=None, rts=None):
    return Version(ident, "decree", "diubah", ident, day, hectares, rts)


def work(hectares, year=2020):
    return Reduction(f"a{hectares}{year}", "Paving", year, Fraction(hectares), ("dak",))


def rts(*labels):
    return frozenset(("k", label) for label in labels)


def test_start_less_what_work_reduced_is_left_and_the_rest_stands_apart():
    one = ledger([version("first", "2014-01-01", Fraction(12))], [work(2), work(3, 2019)])
    assert (one.start, one.reduced, one.left, one.unexplained) == (12, 5, 7, 0)
    assert [each.year for each in one.reductions] == [2019, 2020]
    later = ledger([version("first", "2014-01-01", Fraction(12)), version("c", "2021-01-01", Fraction(6))], [work(2)])
    assert (later.left, later.unexplained) == (6, 4)
    more = ledger([version("first", "2014-01-01", Fraction(12)), version("c", "2021-01-01", Fraction(14))], [work(2)])
    assert more.unexplained == -4


def test_rts_come_in_and_go_out_with_each_decree():
    found = ledger([
        version("first", "2014-01-01", Fraction(12), rts("1", "2")), version("c", "2021-01-01", None, rts("2", "3")),
        version("b", "2018-01-01", Fraction(11), None),
    ], [])
    assert [(each.version.id, each.entered, each.left) for each in found.changes] == [
        ("b", rts(), rts()), ("c", rts("3"), rts("1"))]
    assert (found.rts, found.left) == (rts("2", "3"), 11)


amounts = st.lists(st.fractions(0, 50), max_size=6)


@given(st.fractions(0, 500), amounts, st.lists(st.fractions(0, 500), max_size=4))
def test_the_lines_of_a_ledger_add_up(start, reduced, later):
    versions = [version("first", "2010-01-01", start)]
    versions += [version(f"v{n}", f"20{n + 11}-01-01", each) for n, each in enumerate(later)]
    found = ledger(versions, [work(each, 2000 + n) for n, each in enumerate(reduced)])
    assert found.start - found.reduced - found.unexplained == found.left
