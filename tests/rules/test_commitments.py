"""How a commitment stands: computed from what was promised, what was given, and the day."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.forms.collaboration import Commitment, Realisation
from p2kp_desktop.rules import commitments
from p2kp_desktop.rules.commitments import AGREED, CANCELLED, DROPPED, KEPT, LATE, OFFERED, PAID, RUNNING, WAITING
from tests.examples import a_record

TODAY = datetime.date(2026, 11, 24)


def promised(**said):
    return a_record(Commitment, **{"year": 2026, "due": None, "amount": 100, "reached": AGREED, **said})


def step(amount=None, goods=None):
    return a_record(Realisation, amount=amount, goods_volume=goods)


def state(commitment, *steps, today=TODAY):
    return commitments.pledge(commitment, steps, today).state


@pytest.mark.parametrize(("said", "given_", "wanted"), [
    ({}, (), WAITING),
    ({}, (40,), RUNNING),
    ({}, (40, 60), KEPT),
    ({}, (40, 70), KEPT),
    ({"due": "2026-11-23"}, (), LATE),
    ({"due": "2026-11-23"}, (40,), LATE),
    ({"due": "2026-11-23"}, (100,), KEPT),
    ({"due": "2026-11-24"}, (), WAITING),
    ({"year": 2025}, (40,), LATE),
    ({"year": 2025, "due": "2027-01-31"}, (40,), RUNNING),
    ({"year": 2025, "reached": OFFERED}, (), WAITING),
    ({"year": 2025, "reached": PAID}, (), KEPT),
    ({"year": 2025, "reached": PAID}, (40,), LATE),
    ({"year": 2025, "reached": CANCELLED}, (40,), DROPPED),
])
def test_a_commitment_stands_by_what_was_given_and_its_day(said, given_, wanted):
    assert state(promised(**said), *(step(amount) for amount in given_)) == wanted


def test_without_a_due_date_the_day_is_the_last_of_its_year():
    found = commitments.pledge(promised(), (), TODAY)
    assert (found.due, found.is_said, found.left) == (datetime.date(2026, 12, 31), False, 100)
    assert commitments.pledge(promised(year=None), (), TODAY).due is None


def test_goods_are_counted_in_their_unit_and_both_must_be_given():
    cement = promised(shape="gabungan", goods="Semen", goods_volume=200, goods_unit="sak")
    assert state(cement, step(100)) == RUNNING
    assert state(cement, step(100, "150")) == RUNNING
    found = commitments.pledge(cement, (step(60, "150"), step(40, "50")), TODAY)
    assert (found.state, found.given_goods, found.left_goods) == (KEPT, Decimal(200), Decimal(0))
    only = promised(shape="barang", amount=None, goods="Semen", goods_volume=200, goods_unit="sak")
    assert state(only, step(goods="199.5")) == RUNNING
    assert commitments.told(commitments.pledge(only, (step(goods="199.5"),), TODAY), "Sak") == "199,5 dari 200 Sak"
    advice = promised(shape="jasa", amount=None, goods="Tenaga ahli", goods_volume=None)
    assert (state(advice), state(advice, step())) == (WAITING, KEPT)


@given(st.lists(st.integers(0, 60), max_size=6), st.integers(1, 200))
def test_giving_more_never_makes_a_commitment_worse(amounts, more):
    order = (LATE, WAITING, RUNNING, KEPT)
    for due in ("2026-01-01", "2027-01-01"):
        steps = [step(amount) for amount in amounts]
        before = state(promised(due=due), *steps)
        assert order.index(state(promised(due=due), *steps, step(more))) >= order.index(before)
