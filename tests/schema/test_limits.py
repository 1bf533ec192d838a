"""The words of which limits and checks are made: what they say of answers, and how they are read aloud."""

import pytest

from p2kp_desktop import environment
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say, use
from p2kp_desktop.rules.deciding import standing
from p2kp_desktop.schema import Both, Compare, Date, Either, Fixed, Form, Never, Not, Options, Several, Text, Whole
from p2kp_desktop.schema.comparisons import Address, Beginning, Day, Digits, InYears, Length, Shaped, Unlisted

COLOURS = Options(merah="Merah", biru="Biru", tidak_ada="Tidak ada")


class Boat(Form, key="boat", title="Perahu", place="rt"):
    """A form for this test."""

    name = Text("Nama", number="1")
    seats = Whole("Tempat duduk", number="2")
    built = Date("Dibuat", number="3")
    colours = Several("Warna", COLOURS, alone="tidak_ada", number="4")
    oars = Whole("Dayung", number="5", when=Compare(seats, "≤", Fixed(4)))
    enough = Never(oars, Compare(oars, "<", seats), "Dayung biasanya tidak kurang dari tempat duduk.")


@pytest.mark.parametrize(("condition", "holds", "fails", "aloud"), [
    (Compare(Boat.seats, "≥", Fixed(4)), {"seats": 4}, {"seats": 3}, "2 ≥ 4"),
    (Compare(Boat.seats, "=", Boat.oars), {"seats": 4, "oars": 4}, {"seats": 4, "oars": 3}, "2 = 5"),
    (Compare(Boat.built, ">", Day("2020-01-01")), {"built": "2020-01-02"}, {"built": "2019-12-31"}, "3 > 2020-01-01"),
    (Compare(Length(Boat.name), ">", Fixed(3)), {"name": "Siti"}, {"name": "Ani"}, "panjang 1 > 3"),
    (Compare(Beginning(Boat.built, 4), "≠", Beginning(Address("period"), 4)),
     {"built": "2020-01-02", "period": "2021-awal"}, {"built": "2020-01-02", "period": "2020"}, "3 bukan period"),
    (Shaped(Boat.name, ("?a*", "B")), {"name": "Kapal\nA"}, {"name": "Bb"}, "1 = ?a* / B"),
    (Digits(Boat.name), {"name": "0812"}, {"name": "²"}, "1 hanya angka"),
    (Unlisted(Boat.colours, COLOURS.codes), {"colours": "merah,hijau"}, {"colours": "merah,biru"}, "4 di luar pilihan"),
    (Either((Boat.colours.is_("a"), Digits(Boat.name))), {"name": "7"}, {"colours": "biru"},
     "4 = a atau 1 hanya angka"),
    (Not(Boat.colours.is_("a")), {"colours": "biru"}, {"colours": "merah,biru"}, "bukan (4 = a)"),
])
def test_a_word_holds_fails_and_is_read_aloud(condition, holds, fails, aloud):
    assert (condition.holds(holds), condition.holds(fails), condition.sentence()) == (True, False, aloud)


def test_a_statement_about_an_answer_that_is_missing_does_not_hold_and_may_still():
    few = Boat.oars.when
    assert not few.holds({})
    assert (standing(few, {}), standing(few, {"seats": 4}), standing(few, {"seats": 5})) == (None, True, False)
    assert standing(Both(few, Boat.colours.is_("a")), {"colours": "biru"}) is False
    assert [each.key for each in Boat.enough.condition.leans_on()] == ["oars", "seats"]
    assert Boat.enough.objection({"seats": 4}) is None
    assert Boat.enough.objection({"seats": 4, "oars": 3}).message == "Dayung biasanya tidak kurang dari tempat duduk."


def test_a_likely_day_is_so_many_years_from_today_at_most(monkeypatch):
    monkeypatch.setattr(environment, "today", lambda: Date("x").answer("2024-02-29"))
    assert InYears(1).value({}) == "2025-02-28"


def test_an_impossible_answer_is_not_called_unlikely_as_well():
    assert [each.severity for each in Boat.colours.objections("tidak_ada,hijau")] == ["hard"]
    assert [each.severity for each in Boat.colours.objections("hijau")] == ["soft"]


def test_a_limit_is_told_in_the_language_spoken_when_it_is_told():
    def told():
        return [say(each.message) for each in Household.floor_length.objections("0.05")]

    assert told() == ["Paling sedikit 0,1 m."]
    use("en", environment.resources() / "language")
    assert told() == ["At least 0.1 m."]


def test_every_limit_can_be_told_of_all_records():
    assert all(limit.in_general for form in FORMS for each in form.stored() for limit in each.limits())
