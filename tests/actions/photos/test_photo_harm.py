"""Photos that harm, or are harmed on the way: nothing lands on a neighbour's record, and nothing is filed by half."""

import os
import shutil
import sys
from pathlib import Path

import pytest

from p2kp_desktop.actions.photos import photo_filing, photo_reading
from p2kp_desktop.actions.photos.photo_matches import match
from p2kp_desktop.actions.recording import attachments, named_acts, recording
from p2kp_desktop.exchange.photo import read_photo
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.printed_code import PrintedCode
from p2kp_desktop.store import views
from p2kp_desktop.store.views import Where
from tests import sheets
from tests.conftest import KELURAHAN
from tests.photos import exif, jpeg

PLACE = {"region": KELURAHAN, "rt": "014/005", "period": "2026"}


def put_houses(workspace, count):
    for number in range(1, count + 1):
        recording.record(workspace, Household, {**PLACE, "head_name": f"Rumah {number}", "form_number": number})


def blank(number):
    return PrintedCode.of_blank("household", *PLACE.values(), number)


def a_minute(number):
    return f"2026:09:01 08:{number:02d}:00"


def put(folder, *pictures):
    for name, picture, minute in pictures:
        sheets.save(picture, folder / name, taken=a_minute(minute))


def sheet(number):
    return sheets.photographed(sheets.a_sheet(blank(number).text, mm=14), number)


def matched(workspace, folder):
    return match(workspace, photo_reading.read_photos(photo_reading.photos_in([folder])))


def attached(workspace):
    with workspace.asking() as connection:
        return list(views.found(connection, Attachment, Where()))


def test_a_sheet_that_was_cut_off_keeps_its_place_before_its_house(workspace, tmp_path):
    put_houses(workspace, 2)
    folder = tmp_path / "DCIM"
    put(folder, ("1.jpg", sheet(1), 0), ("2.jpg", sheets.a_house(1), 1), ("3.jpg", sheet(2), 2),
        ("4.jpg", sheets.a_house(2), 3))
    cut = folder / "3.jpg"
    cut.write_bytes(cut.read_bytes()[:3000])  # the card was pulled out
    found = {each.read.file.name: each.certainty.value for each in matched(workspace, folder)}
    assert found == {"1.jpg": "code", "2.jpg": "before", "3.jpg": "open", "4.jpg": "open"}


@pytest.mark.parametrize("harm", ["gone", "changed", "full"])
def test_harmed_between_reading_and_filing_nothing_is_filed_and_no_copy_stays(workspace, tmp_path, monkeypatch, harm):
    put_houses(workspace, 1)
    folder = tmp_path / "DCIM"
    put(folder, ("1.jpg", sheet(1), 0), ("2.jpg", sheets.a_house(1), 1), ("3.jpg", sheets.a_house(2), 2))
    found = matched(workspace, folder)
    if harm == "gone":
        (folder / "3.jpg").unlink()
    elif harm == "changed":
        shutil.copyfile(folder / "2.jpg", folder / "3.jpg")
    else:
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder: shutil._ntuple_diskusage(1, 1, 0))
    with pytest.raises(Trouble) as refused:
        photo_filing.file_all(workspace, found)
    assert refused.value.code in ("L01", "L08", "L03")
    assert attached(workspace) == []
    assert attachments.files_in(attachments.folder_of(workspace)) == []


NAMES = ["-rf.jpg", "a;b&c d $(x) `y` %PATH%.jpg", "«é»😀.jpg", "x" * 200 + ".jpg"]
if sys.platform != "win32":
    NAMES += ["CON.jpg.jpg", "a;b&c|d.jpg", "baris\nbaru.jpg", os.fsdecode(b"\xff\xfe.jpg")]


def test_whatever_photos_are_called_they_are_filed_and_one_undo_takes_them_back(workspace, tmp_path):
    put_houses(workspace, 1)
    folder = tmp_path / "DCIM"
    put(folder, ("1.jpg", sheet(1), 0))
    for number, name in enumerate(NAMES, 1):
        put(folder, (f"t{number}.jpg", sheets.a_house(number), number))
        (folder / f"t{number}.jpg").rename(folder / name)
    filed = photo_filing.file_all(workspace, matched(workspace, folder))
    assert filed.photos == len(NAMES) + 1
    act = named_acts.last(workspace)
    assert act is not None
    named_acts.take_back(workspace, act.id)
    assert attached(workspace) == []


def test_half_a_direction_is_no_place(tmp_path):
    for south in ("-", "?", "E"):
        file = tmp_path / "a.jpg"
        file.write_bytes(jpeg(exif(south=south)))
        assert read_photo(Path(file)).latitude is None
        assert read_photo(Path(file)).moment is not None
