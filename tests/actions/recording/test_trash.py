"""The trash: what lies in it, who put it there and why, and the way back."""

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.recording import bulk, recording, trash
from p2kp_desktop.actions.tables.form_table import Filter
from p2kp_desktop.forms import FORMS, Household, Kawasan
from p2kp_desktop.store import views
from tests.conftest import KELURAHAN, some
from tests.examples import a_record

HERE = Filter(KELURAHAN, deleted=True)


@pytest.fixture
def buried(workspace):
    record = recording.record(workspace, Household, {"head_name": "Siti", "rt": "1/1", "kk_count": 2}).id
    recording.delete(workspace, Household, record, reason="terdata dua kali")
    return record


def living(workspace, record):
    with workspace.asking() as connection:
        return any(views.found(connection, Household, views.Where(id=record)))


@pytest.mark.usefixtures("buried")
def test_the_trash_counts_by_form(workspace):
    kawasan = recording.record(workspace, Kawasan, {"name": "Tepian"}).id
    recording.delete(workspace, Kawasan, kawasan, reason="keliru")
    assert trash.counts(workspace, HERE) == {"household": 1, "kawasan": 1}
    assert trash.counts(workspace, Filter("16.01", deleted=True)) == {}


def test_a_deletion_says_who_and_why(workspace, buried):
    (one,) = trash.deletions(workspace, Household, [buried])
    assert (one.subject.title, one.person, one.reason) == ("Siti", "Siti", "terdata dua kali")
    assert one.words.endswith("terdata dua kali")


def test_bringing_back_gives_every_answer_back_and_travels(workspace, buried, make_workspace, tmp_path):
    city = make_workspace("kota", role="district")
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    assert not living(city, buried)
    done = bulk.bring_back(workspace, Household, [buried, "tidak ada"])
    assert (done.records, [each.why for each in done.left]) == (1, ["tidak ada di tempat sampah"])
    assert trash.counts(workspace, HERE) == {}
    receiving.receive(city, sending.send(workspace, tmp_path).path)
    assert living(city, buried)
    assert soundness.digest(city) == soundness.digest(workspace)


@pytest.mark.parametrize("form", some(FORMS), ids=lambda form: form.key)
def test_a_record_of_every_form_goes_into_the_trash_and_comes_back(workspace, form):
    record = a_record(form)
    recording.record(workspace, form, {**record.answers, "id": record.id})
    recording.delete(workspace, form, record.id, reason="keliru")
    assert form.key in trash.counts(workspace, Filter(deleted=True))
    assert bulk.bring_back(workspace, form, [record.id]).records == 1
    assert trash.counts(workspace, Filter(deleted=True)) == {}
