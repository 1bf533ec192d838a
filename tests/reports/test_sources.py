"""What stands under a figure that leaves the screen."""

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.forms import Household
from p2kp_desktop.reports import sources
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.schema.table_words import source_lines
from tests.conftest import KELURAHAN
from tests.examples import a_record, unlike

YEAR = "2022"


def test_the_source_of_a_figure_names_who_when_and_what_is_not_certain(make_workspace, tmp_path, monkeypatch):
    field, city = make_workspace("Siti"), make_workspace("Kota", "district", ["16.71"])
    whole = {key: value for key, value in a_record(Household).answers.items() if value is not None}
    first, _ = (recording.record(field, Household, {**whole, **unlike(name)}).id for name in ("Siti", "Budi"))
    receiving.receive(city, sending.send(field, tmp_path).path)
    verification.verify(city, ids=[first])
    monkeypatch.setattr(environment, "now", lambda: "2022-11-26T15:05:00+07:00")
    source = sources.source(city, Scope(KELURAHAN, None, YEAR))
    assert (source.open_conflicts, source.unverified, source.practice) == (0, 1, False)
    assert source_lines(source) == (
        "Tiga-puluh-lima Ilir · periode 2022 · Kota · 26 November 2022, 15.05",
        "Permen PUPR 14/2018, cara hitung buku kerja resmi · 2 bangunan didata · 0 konflik terbuka · "
        "1 belum diverifikasi",
    )
