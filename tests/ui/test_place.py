"""What every place does when the data change under it."""

import pytest
from typing_extensions import override

from p2kp_desktop.forms import Household
from p2kp_desktop.forms.activity import Activity
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.place import Destination, Place, Scope
from tests.conftest import KELURAHAN

SCOPE = Scope(KELURAHAN, None, "2026")


class Shown(Place):
    """A place that shows needs, and notes when it is asked to look again."""

    def __init__(self, desk):
        super().__init__(desk)
        self.caught_up = []

    @property
    @override
    def concerns(self):
        return {"need", "activity"}

    @override
    def catch_up(self, touched):
        self.caught_up.append(touched)


@pytest.fixture
def place(qtbot, workspace):
    desk = Desk(workspace)
    made = Shown(desk)
    qtbot.addWidget(made)
    yield made
    desk.finish()


def change(place, *forms):
    place.desk.changed.emit(frozenset(forms))


def test_a_place_in_sight_looks_again_at_once_and_only_at_what_it_shows(qtbot, place):
    place.enter(Destination("x"), SCOPE)
    with qtbot.waitExposed(place):
        place.show()
    change(place, "household")
    assert place.caught_up == []
    change(place, "household", "need")
    assert place.caught_up == [{"household", "need", *Household.touches}]


def test_a_hidden_place_looks_again_once_when_it_is_shown(qtbot, place):
    place.enter(Destination("x"), SCOPE)
    change(place, "need")
    change(place, "activity")
    assert place.caught_up == []
    with qtbot.waitExposed(place):
        place.show()
    assert place.caught_up == [{"need", "activity", *Activity.touches}]
    place.hide()
    place.show()
    assert len(place.caught_up) == 1


def test_who_enters_a_place_sees_everything_anew_so_nothing_is_asked_twice(qtbot, place):
    change(place, "need")
    place.enter(Destination("x"), SCOPE)
    change(place, "need")
    place.enter(Destination("x"), SCOPE)
    with qtbot.waitExposed(place):
        place.show()
    assert place.caught_up == []
