"""The ledger of a decree: start less what finished work reduced is left, and the rest stands apart; exact."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.rules.decree_ledger import Reduction, Version, ledger


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
    beyond = ledger([version("first", "2014-01-01", Fraction(12))], [work(15)])
    assert (beyond.left, beyond.unexplained) == (0, -3)


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
