"""An official result stays as it was frozen; what differs since is named with the RT, the criterion and the records."""

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.recording.recording import Refused
from p2kp_desktop.actions.scores import editions, slum_scores
from p2kp_desktop.forms import Household, Period, RtSurvey
from p2kp_desktop.forms.edition import Edition, EditionRt
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import views
from tests.conftest import KELURAHAN
from tests.records import YEAR, save

AREA = Scope(KELURAHAN, None, YEAR)


@pytest.fixture
def surveyed(workspace):
    """Give a workspace with two RTs, one of them with an area survey."""
    for rt, number in (("014/005", 4), ("015/005", 1)):
        for each in range(number):
            save(workspace, rt=rt, building=str(each), water_source="a", head_name=f"Rumah {each}")
    save(workspace, RtSurvey, buildings=10)
    return workspace


def house(workspace, rt="014/005", place=0):
    with workspace.asking() as connection:
        return list(views.found(connection, Household, views.Where(rt=rt)))[place].id


def told(compared):
    return {(line.told.place[1], line.told.criterion.code if line.told.criterion else ""): line
            for line in compared.differences}


def test_what_is_frozen_says_when_by_whom_by_which_rules_and_from_how_much(surveyed):
    made = editions.freeze(surveyed, AREA, basis="BA 12/2026")
    (line,) = editions.editions(surveyed, KELURAHAN, YEAR)
    live = slum_scores.assessments(surveyed, area=KELURAHAN, period=YEAR)
    assert (line.id, line.number, line.area, line.period, line.basis) == (made, 1, KELURAHAN, YEAR, "BA 12/2026")
    assert (line.rules, line.method, line.rts, line.households) == ("2018", "workbook", len(live), 5)
    assert line.person
    assert line.moment
    assert line.whole
    assert (line.live_total, line.live_level, line.differing) == (line.total, line.level, 0)
    assert editions.compare(surveyed, made).differences == ()


def test_a_difference_names_the_rt_the_criterion_and_the_record(surveyed):
    made = editions.freeze(surveyed, AREA, basis="BA 12/2026")
    before = editions.editions(surveyed, KELURAHAN)[0]
    changed = house(surveyed)
    recording.record(surveyed, Household, {"id": changed, "water_source": "g"})
    found = editions.compare(surveyed, made)
    assert set(told(found)) == {("014/005", ""), ("014/005", "3a")}
    line = told(found)["014/005", "3a"]
    assert (line.told.share(line.told.official).volume, line.told.share(line.told.live).volume) == (0, 1)
    assert line.cause == "1 catatan berubah"
    (record,) = found.records
    assert (record.id, record.kind, record.question, record.named) == (changed, "changed", "water_source", "Rumah 0")
    after = editions.editions(surveyed, KELURAHAN)[0]
    assert (after.total, after.digest, after.whole, after.differing) == (before.total, before.digest, True, 1)


def test_new_and_vanished_records_and_rts_are_causes_too(surveyed):
    made = editions.freeze(surveyed, AREA, basis="BA 12/2026")
    recording.delete(surveyed, Household, house(surveyed, "015/005"), reason="ganda")
    added = save(surveyed, rt="016/005", building="1", water_source="g")
    second = save(surveyed, rt="014/005", building="9", water_source="g")
    found = editions.compare(surveyed, made)
    assert told(found)["015/005", ""].cause == "RT ini tidak ada lagi."
    assert told(found)["016/005", ""].cause == "RT baru: 1 catatan baru"
    assert told(found)["014/005", ""].cause == "1 catatan baru"
    assert {(each.id, each.kind) for each in found.records if each.kind == "new"} == {(added, "new"), (second, "new")}
    assert [each.kind for each in found.records if each.place[1] == "015/005"] == ["gone"]


def test_other_rules_of_the_period_are_a_cause(surveyed):
    made = editions.freeze(surveyed, AREA, basis="BA 12/2026")
    recording.record(surveyed, Period, {"year": YEAR, "kind": "tahunan", "method": "units", "density_limit": "1"})
    causes = {line.cause for line in editions.compare(surveyed, made).differences}
    assert causes == {"aturan atau cara menghitung periode berubah"}


@pytest.mark.parametrize(("form", "answer"), [(Edition, {"total": 3}), (Edition, {"person": "Lain"}),
                                              (EditionRt, {"content": "{}"}), (EditionRt, {"total": 3})])
def test_what_was_frozen_is_never_altered(surveyed, form, answer):
    editions.freeze(surveyed, AREA, basis="BA 12/2026")
    with surveyed.asking() as connection:
        record = next(iter(views.found(connection, form)))
    with pytest.raises(Refused):
        recording.record(surveyed, form, {"id": record.id, **answer})
    assert editions.editions(surveyed, KELURAHAN)[0].whole


def test_an_rt_taken_out_of_an_edition_shows(surveyed):
    editions.freeze(surveyed, AREA, basis="BA 12/2026")
    with surveyed.asking() as connection:
        record = next(iter(views.found(connection, EditionRt)))
    recording.delete(surveyed, EditionRt, record.id, reason="mencoba")
    (line,) = editions.editions(surveyed, KELURAHAN)
    assert not line.whole
    table = catalogue.make(surveyed, "editions", AREA)
    assert "bekukan edisi baru" in table.explains(line)


def test_a_second_edition_stands_beside_the_first_and_reports_take_the_newest(surveyed, monkeypatch):
    monkeypatch.setattr(editions.environment, "now", lambda: "2026-09-30T10:00:00+07:00")
    editions.freeze(surveyed, AREA, basis="BA 12/2026")
    recording.record(surveyed, Household, {"id": house(surveyed), "water_source": "g"})
    assert len(catalogue.make(surveyed, "edition_differences", AREA).lines) == 2
    assert len(catalogue.make(surveyed, "edition_records", AREA).lines) == 1
    monkeypatch.setattr(editions.environment, "now", lambda: "2026-10-01T10:00:00+07:00")
    editions.freeze(surveyed, AREA, basis="BA 13/2026")
    assert [(line.number, line.basis) for line in editions.editions(surveyed, KELURAHAN)] == [
        (2, "BA 13/2026"), (1, "BA 12/2026")]
    assert catalogue.make(surveyed, "edition_differences", AREA).lines == []


@pytest.mark.parametrize("periods", [("2024", "2025", YEAR), (YEAR, "2025", "2024")])
def test_of_editions_frozen_in_one_second_the_later_period_stands_first(surveyed, monkeypatch, periods):
    monkeypatch.setattr(editions.environment, "now", lambda: "2026-09-30T10:00:00+07:00")
    for period in periods:
        save(surveyed, rt="014/005", building="1", water_source="a", period=period)
        editions.freeze(surveyed, Scope(KELURAHAN, None, period), basis="BA 12/2026")
    assert [line.period for line in editions.editions(surveyed, KELURAHAN)] == [YEAR, "2025", "2024"]


def test_an_edition_travels_in_a_bundle_and_is_whole_there(surveyed, tmp_path):
    editions.freeze(surveyed, AREA, basis="BA 12/2026")
    district = workspaces.init(tmp_path / "kota.p2kp", role="district", name="Budi", regions=["16.71"])
    with district:
        receiving.receive(district, sending.send(surveyed, tmp_path).path)
        (line,) = editions.editions(district, "16.71")
        assert (line.whole, line.differing, line.rts) == (True, 0, 2)


def test_nothing_is_frozen_without_data_or_a_basis(workspace):
    with pytest.raises(Trouble):
        editions.freeze(workspace, AREA, basis="BA 12/2026")
    save(workspace)
    with pytest.raises(Trouble):
        editions.freeze(workspace, AREA, basis=" ")
    assert editions.editions(workspace, KELURAHAN) == []
