"""p2kp photos: shown before, filed after, and told in words or as JSON."""

import json

import pytest

from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.cli import main
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.printed_code import PrintedCode
from tests import sheets
from tests.conftest import KELURAHAN

PLACE = {"region": KELURAHAN, "rt": "014/005", "period": "2026"}


@pytest.fixture
def card(workspace, tmp_path):
    house = recording.record(workspace, Household, {**PLACE, "head_name": "Siti", "form_number": 7}).id
    code = PrintedCode.of_blank("household", *PLACE.values(), 7)
    folder = tmp_path / "DCIM"
    sheets.save(sheets.a_house(2), folder / "0.jpg", taken="2026:09:01 09:00:00")
    sheets.save(sheets.a_sheet(code.text), folder / "1.jpg", taken="2026:09:01 10:30:00")
    sheets.save(sheets.a_house(1), folder / "2.jpg", taken="2026:09:01 10:31:00")
    return folder, house


def run(capsys, *words):
    assert main(["photos", *map(str, words)]) == 0
    return capsys.readouterr().out


def test_a_rehearsal_tells_where_photos_would_go_and_writes_nothing(workspace, card, capsys):
    folder, house = card
    told = json.loads(run(capsys, workspace.name, folder, "--rehearse", "--json"))
    assert [(each["certainty"], each["id"]) for each in told["photos"]] == [
        ("open", None), ("code", house), ("before", house)]
    assert (told["filed"], told["photos"][2]["time"]) == (0, "2026-09-01T10:31:00")
    assert "Gladi: 2 foto akan dilampirkan, 1 menunggu ditunjuk" in run(capsys, workspace.name, folder, "--rehearse")
    assert attachments.attached(workspace, house) == []


def test_photos_are_attached_and_a_second_time_nothing_is(workspace, card, capsys):
    folder, house = card
    told = json.loads(run(capsys, workspace.name, folder, "--places", "--json"))
    assert (told["filed"], told["placed"], told["refused"]) == (2, 1, [])
    assert len(attachments.attached(workspace, house)) == 2
    assert "0 foto dilampirkan, 1 menunggu ditunjuk." in run(capsys, workspace.name, folder)


def test_a_folder_that_is_not_there_is_named(workspace, capsys):
    assert main(["photos", workspace.name, "tak-ada"]) == 1
    assert "tak-ada tidak ada." in capsys.readouterr().err


def test_each_page_of_a_scan_is_told_by_the_name_of_the_scan_and_its_number(workspace, card, capsys, tmp_path):
    _folder, house = card
    code = PrintedCode.of_blank("household", *PLACE.values(), 7)
    scan = sheets.scanned(tmp_path / "pindaian.pdf", sheets.a_sheet(), sheets.a_sheet(code.text))
    told = json.loads(run(capsys, workspace.name, scan, "--rehearse", "--json"))
    assert [(each["file"], each["page"], each["certainty"], each["id"]) for each in told["photos"]] == [
        (str(scan), 1, "open", None), (str(scan), 2, "code", house)]
