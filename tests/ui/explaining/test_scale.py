"""The scale of an explanation shows every band of a regulation, however many it has."""

from dataclasses import replace
from decimal import Decimal

import pytest

from p2kp_desktop.rules.regulation import regulation
from p2kp_desktop.ui.explaining.figure import bands
from p2kp_desktop.ui.kit.scale import Scale

RULES = regulation("2018")


def with_bands(number):
    """Return a regulation with so many bands, from 10 per cent on."""
    one = RULES.bands[0]
    made = [replace(one, at_least=Decimal(10 + 80 * place // number), score=place + 1) for place in range(number)]
    return replace(RULES, bands=tuple(made[::-1]))


@pytest.mark.parametrize("number", [1, 2, 3, 4, 6, 9])
@pytest.mark.parametrize("width", [140, 500])
def test_every_band_stands_on_the_scale(qtbot, number, width):
    facts = bands(with_bands(number), Decimal("42.5"), "contoh")
    assert len(facts.steps) == len(facts.starts) + 1 == number + 1
    assert [step.word for step in facts.steps] == [str(score) for score in range(number + 1)]
    scale = Scale()
    qtbot.addWidget(scale)
    scale.show_facts(facts)
    scale.resize(width, scale.sizeHint().height())
    assert not scale.grab().isNull()


def test_the_bands_of_today_look_as_ever():
    looks = [step.level for step in bands(RULES, None, "").steps]
    assert len(looks) == len({*looks}) == 4
