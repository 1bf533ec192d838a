"""The programme list: who takes part is data, the seven of 2019 are only offered, and who is expected follows."""

import pytest

from p2kp_desktop.actions.collaboration import programme
from p2kp_desktop.actions.collaboration.programme import ExpectedSender
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.forms.programme import Participation
from p2kp_desktop.forms.rt import Rt
from p2kp_desktop.reports import catalogue
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import views
from tests.conftest import KELURAHAN

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
    assert programme.regions_taking_part(programme.participants(province, "16"), "2026") == {"16.74"}


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
