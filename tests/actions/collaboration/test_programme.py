"""The programme list: who takes part is data, the seven of 2019 are only offered, and who is expected follows."""

import json

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.collaboration import programme
from p2kp_desktop.actions.collaboration.programme import ExpectedSender
from p2kp_desktop.actions.home import board
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.cli import main
from p2kp_desktop.forms.programme import Participation
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports import catalogue, dashboard
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import views
from tests.checked_rt import recap
from tests.conftest import KELURAHAN

PERIOD = str(environment.today().year)

SEVEN = {"Kota Palembang", "Kota Pagar Alam", "Kota Prabumulih", "Kota Lubuk Linggau", "Kabupaten Ogan Komering Ilir",
         "Kabupaten Ogan Komering Ulu", "Kabupaten Muara Enim"}


@pytest.fixture
def province(make_workspace):
    return make_workspace("sumsel", "province", ("16",))


def expected(workspace, area="16", period="2026"):
    return [(each.role, each.region) for each in programme.expected_senders(workspace, area, period)]


def test_the_seven_are_offered_with_their_source_and_a_doubt_and_never_recorded_by_themselves(province):
    offers = programme.offered(province, "16")
    assert {region_name(each.region).replace("Kab.", "Kabupaten") for each in offers} == SEVEN
    assert all("(?)" in each.source and each.sure is False for each in offers)
    with province.asking() as connection:
        assert views.count(connection, Participation) == 0
    assert expected(province) == []


def test_taking_the_proposal_over_is_one_act_and_the_same_records_in_two_offices(province, make_workspace):
    assert programme.take_offered(province, "16") == 7
    assert (programme.offered(province, "16"), programme.take_offered(province, "16")) == ([], 0)
    assert {each.sure for each in programme.participants(province, "16")} == {False}
    city = make_workspace("kota", "district", ("16.71",))
    assert programme.take_offered(city, "16.71") == 1
    (own,) = programme.participants(city, "16.71")
    assert own.id in {each.id for each in programme.participants(province, "16.71")}
    named_acts.take_back(province, named_acts.last(province).id)
    assert programme.participants(province, "16") == []


def test_a_province_expects_its_cities_in_the_years_they_take_part(province):
    recording.record(province, Participation, {"region": "16.71", "programme": "p2kp", "since": 2015, "until": 2020})
    recording.record(province, Participation, {"region": "16.74", "programme": "kotaku", "since": 2016})
    assert expected(province, period="2019") == [("district", "16.71"), ("district", "16.74")]
    assert expected(province, period="2026") == [("district", "16.74")]
    assert expected(province, area="16.71", period="2019") == [("district", "16.71")]
    assert programme.taking_part(province, "2026").since == {"16.74": 2016}
    assert programme.taking_part(province, "2019").since == {"16.71": 2015, "16.74": 2016}


def test_a_city_expects_the_kelurahan_that_are_named_else_those_it_has_records_of(make_workspace):
    city = make_workspace("kota", "district", ("16.71",))
    recording.record(city, Rt, {"region": KELURAHAN, "rt": "014/005"})
    assert expected(city, area="16.71") == []
    recording.record(city, Participation, {"region": "16.71", "programme": "p2kp", "since": 2015})
    assert programme.expected_senders(city, "16.71", "2026") == (ExpectedSender("facilitator", KELURAHAN),)
    recording.record(city, Participation, {"region": "16.71", "programme": "p2kp", "since": 2015,
                                           "village": "16.71.01.1002"})
    assert expected(city, area="16.71") == [("facilitator", "16.71.01.1002")]
    table = catalogue.make(city, "expected_senders", Scope("16.71", None, "2026"))
    assert [line.region for line in table.lines] == ["16.71.01.1002"]
    assert len(catalogue.make(city, "programme", Scope("16.71")).lines) == 2


def test_a_facilitator_expects_nobody(workspace):
    programme.take_offered(workspace, KELURAHAN)
    assert programme.expected_senders(workspace, KELURAHAN, "2026") == ()


OGAN_ILIR = "16.10.01.2005"  # of a kabupaten that does not take part


@pytest.fixture
def both(province):
    """Give a province with an RT in Palembang, which takes part since 2015, and one in Ogan Ilir, which does not."""
    for region in (KELURAHAN, OGAN_ILIR):
        recap(province, region=region)
    recording.record(province, Participation, {"region": "16.71", "programme": "p2kp", "since": 2015})
    return province


def test_a_report_can_be_of_those_who_take_part_and_says_who_they_are(both):
    whole, some = (catalogue.make(both, "kelurahan", Scope("16"), participants=only) for only in (False, True))
    assert [len(table.lines) for table in (whole, some)] == [2, 1]
    assert some.lines[0].region == KELURAHAN
    assert some.narrowed == ("hanya peserta program: Kota Palembang (sejak 2015)",)
    assert some.sums["rts"] < whole.sums["rts"]


def test_the_province_as_a_whole_is_no_participant(both):
    assert list(catalogue.make(both, "provinsi", Scope("16"), participants=True).lines) == []


def test_who_takes_part_through_one_kelurahan_does_so_there_and_as_its_city(both):
    recording.record(both, Participation, {"region": "16.10", "village": "16.10.01.2006", "programme": "kotaku",
                                           "since": 2018})
    taking = programme.taking_part(both, "2026")
    assert [taking.holds(region) for region in (OGAN_ILIR, "16.10.01.2006", "16.10", KELURAHAN, "16")] == [
        False, True, True, True, False]
    assert (taking.year(KELURAHAN), taking.year("16.10.01.2006"), taking.year(OGAN_ILIR)) == (2015, 2018, None)


def test_without_a_list_of_participants_there_is_nothing_to_narrow_to(province):
    recap(province)
    with pytest.raises(Trouble, match="Tidak ada peserta program"):
        catalogue.make(province, "kelurahan", Scope("16"), participants=True)


def test_a_report_whose_lines_name_no_region_says_so(both):
    with pytest.raises(Trouble, match="tidak menyebut wilayah"):
        catalogue.make(both, "backups", Scope("16"), participants=True)


def test_the_dashboard_of_those_who_take_part_adds_up_theirs_alone(both):
    whole, some = (board.board(both, "16", PERIOD, participants=only) for only in (False, True))
    assert [each.region for each in some.below] == ["16.71"]
    assert (whole.sums.number("rts"), some.sums.number("rts")) == (2, 1)
    assert some.sums.amounts == next(each for each in whole.below if each.region == "16.71").sums.amounts
    assert [period for period, _sums in some.path] == [PERIOD]
    assert "Hanya peserta program: Kota Palembang (sejak 2015)." in dashboard.told(some)


def test_who_is_silent_says_since_when_they_take_part(both):
    found = catalogue.make(both, "silent", Scope("16"))
    assert [(line.region, line.since) for line in found.lines] == [("16.71", 2015)]


def test_the_command_line_narrows_to_participants(both, capsys):
    both.close()
    assert main(["report", "kelurahan", both.name, "-", "--participants"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [row["region"] for row in document["rows"]] == [KELURAHAN]
    assert document["filters"] == ["hanya peserta program: Kota Palembang (sejak 2015)"]
