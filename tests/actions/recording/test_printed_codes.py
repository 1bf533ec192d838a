"""A printed code means the records that it was printed for, or that were keyed from its blank form."""

import json

import pytest

from p2kp_desktop.actions.keying import household_of_line
from p2kp_desktop.actions.recording import printed_codes, recording
from p2kp_desktop.actions.tables import word_search
from p2kp_desktop.cli import main
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.meeting import Decision, Meeting
from p2kp_desktop.forms.resident import Resident
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.schema.printed_code import PrintedCode, short_code
from tests.conftest import KELURAHAN

PLACE = {"region": KELURAHAN, "rt": "014/005", "period": "2026"}


def put(workspace, form, **given):
    return recording.record(workspace, form, given).id


def meant(workspace, code):
    with workspace.asking() as connection:
        return printed_codes.meant(connection, code).ids


def digest(workspace, form, record, document=""):
    with workspace.asking() as connection:
        return printed_codes.digest_now(connection, form, record, document)


@pytest.fixture
def house(workspace):
    put(workspace, Household, **PLACE, head_name="Budi", form_number=41)
    put(workspace, Household, **{**PLACE, "rt": "015/005"}, head_name="Rina", form_number=42)
    put(workspace, Household, **{**PLACE, "period": "2024"}, head_name="Lama", form_number=42)
    return put(workspace, Household, **PLACE, head_name="Siti", form_number=42)


def blank(number, **more):
    return PrintedCode.of_blank("household", *PLACE.values(), number, **more)


def test_a_blank_form_means_the_household_keyed_from_it(workspace, house):
    assert meant(workspace, blank(42)) == meant(workspace, blank(42, page=2)) == (house,)
    assert meant(workspace, blank(43)) == ()
    twice = put(workspace, Household, **PLACE, head_name="Tini", form_number=42)
    assert meant(workspace, blank(42)) == (house, twice)


def test_the_blank_form_of_an_rt_means_its_only_survey(workspace):
    survey = put(workspace, RtSurvey, **PLACE, area_ha=2)
    assert meant(workspace, PrintedCode.of_blank("rt_survey", *PLACE.values(), 1)) == (survey,)


def test_a_form_made_for_a_resident_means_the_household_begun_from_the_line(workspace):
    line = put(workspace, Resident, **PLACE, head_name="Siti", house_number="7")
    begun = household_of_line.begin(workspace, line)
    assert meant(workspace, blank(7, resident=line)) == ()  # only begun
    put(workspace, Household, id=begun, **PLACE, head_name="Siti")
    put(workspace, Household, **PLACE, head_name="Lain")
    assert meant(workspace, blank(7, resident=line)) == (begun,)


def test_a_record_is_meant_until_it_is_deleted(workspace, house):
    code = PrintedCode.of_record("household", house, digest(workspace, Household, house))
    assert meant(workspace, code) == (house,)
    recording.delete(workspace, Household, house, reason="dobel")
    assert meant(workspace, code) == ()
    assert meant(workspace, PrintedCode.of_record("household", "tak-ada", "0000")) == ()


def test_the_digest_of_a_record_changes_with_what_is_printed(workspace, house):
    before = digest(workspace, Household, house)
    assert digest(workspace, Household, house) == before
    put(workspace, Household, id=house, members_male=3)
    assert digest(workspace, Household, house) != before
    assert digest(workspace, Household, "tak-ada") == ""


def test_a_list_of_a_meeting_stays_true_while_it_is_filled_in_and_its_minutes_do_not(workspace):
    meeting = put(workspace, Meeting, region=KELURAHAN, name="Rembug", date="2026-09-01")
    printed = [digest(workspace, Meeting, meeting, document) for document in ("attendance", "minutes")]
    put(workspace, Decision, parent=meeting, text="Bersihkan parit")
    now = [digest(workspace, Meeting, meeting, document) for document in ("attendance", "minutes")]
    assert (now[0] == printed[0], now[1] == printed[1]) == (True, False)


def test_the_code_that_people_type_finds_the_record_in_the_window_and_for_scripts(workspace, house, capsys):
    (found,) = word_search.find(workspace, short_code(house).lower().replace("-", " "), 10)
    assert (found.record, found.title) == (house, "Siti")
    assert [each.record for each in word_search.find(workspace, blank(42).short, 10)] == [house]
    assert main(["records", workspace.name, "get", "household", "--id", short_code(house)]) == 0
    assert [json.loads(line)["id"] for line in capsys.readouterr().out.splitlines()] == [house]


def test_a_record_with_an_id_of_a_script_is_found_by_its_code_too(workspace):
    put(workspace, Household, id="rumah-7", **PLACE, head_name="Tina")
    assert [each.record for each in word_search.find(workspace, short_code("rumah-7"), 10)] == ["rumah-7"]
