"""What stands under a figure that leaves the screen."""

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.scores.figure_source import Origin
from p2kp_desktop.forms import Household
from tests.conftest import KELURAHAN
from tests.examples import a_record, unlike

YEAR = "2022"


def test_the_origin_of_a_figure_names_who_when_and_what_is_not_certain(make_workspace, tmp_path, monkeypatch):
    field, city = make_workspace("Siti"), make_workspace("Kota", "district", ["16.71"])
    whole = {key: value for key, value in a_record(Household).answers.items() if value is not None}
    first, _ = (recording.record(field, Household, {**whole, **unlike(name)}).id for name in ("Siti", "Budi"))
    receiving.receive(city, sending.send(field, tmp_path).path)
    verification.verify(city, ids=[first])
    monkeypatch.setattr(environment, "now", lambda: "2022-11-26T15:05:00+07:00")
    origin = Origin.of(city, KELURAHAN, YEAR)
    assert (origin.disputed, origin.unverified, origin.records, origin.practice) == (0, 1, 2, False)
    assert origin.words == (
        "Kota · 26 November 2022, 15.05 · 0 rumah dalam konflik · 1 dari 2 catatan belum diverifikasi"
    )
