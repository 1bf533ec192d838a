"""A bundle without names holds none of anything that is private, whatever form it stands in, nor does it later."""

import zipfile

import openpyxl
import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.importing import import_plan
from p2kp_desktop.actions.importing.read_table import PlaceOfRows
from p2kp_desktop.actions.recording import attachments, recording, saves
from p2kp_desktop.forms import FORMS
from p2kp_desktop.forms.comment import Comment
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema import ALIVE
from p2kp_desktop.schema.records import WHY
from tests.examples import REGION, a_record

MARK, NUMBER, PLACE = "Rahasiawati", "1671999888777666", ".98877663311"  # the last: of where a house stands
HERLINA = {"id": "h", "rt": "14/5", "region": REGION, "head_name": MARK, "kk_count": 1}


def secret(question):
    """Return an answer that must not travel."""
    assert question.kind in ("text", "person", "identity", "decimal"), f"{question.key}: how to know it again?"
    if question.kind == "decimal":
        return f"{int(question.high) - 1}{PLACE}"
    return NUMBER if question.kind == "identity" else f"{MARK} {question.key}"


def another(value):
    """Return a later answer that must not travel either."""
    return f"{value}1" if PLACE in value else f"{value} lagi"


def filled(workspace, form):
    """Record a form with a secret in every private answer, change it for a secret reason, and note secrets beside."""
    whole = {key: value for key, value in a_record(form).answers.items() if value is not None and key != "parent"}
    private = {each.key: secret(each) for each in form.stored() if each.private}
    with saves.editing(workspace) as edits:
        edits.save(form.key, f"{form.key}-1", whole | private, origin="x", reason=f"kata {MARK}")
        again = {key: another(value) for key, value in private.items()} | {f"{WHY}x": MARK, "pertanyaan_baru": MARK}
        edits.save(form.key, f"{form.key}-1", again, origin="x", reason=MARK)
        edits.save(form.key, f"{form.key}-2", whole | private, origin=f"impor Data {MARK}.xlsx lembar {MARK} baris 3")
        edits.save(form.key, f"{form.key}-2", {ALIVE: 0}, origin="dihapus", reason=f"{MARK} pindah")


@pytest.fixture
def everything(workspace, make_workspace, tmp_path):
    """Give a district that holds secrets wherever the program can hold one."""
    kota = make_workspace("Kota", "district", ("16.71",))
    for form in FORMS:
        filled(workspace, form)
    recording.record(workspace, Household, HERLINA)
    recording.record(workspace, Comment, {"parent": "h", "text": f"Tanyakan {MARK}", "about": "nik"})
    book = openpyxl.Workbook()
    book.active.title = f"{MARK} lembar"
    book.active.append(["Nama Kepala Rumah Tangga", "RT", "NIK", "Jumlah Kepala Keluarga (KK)"])
    book.active.append([f"Bpk {MARK}", "14/5", NUMBER, 1])
    book.save(tmp_path / f"Data {MARK}.xlsx")
    made = import_plan.plan_file(workspace, Household, tmp_path / f"Data {MARK}.xlsx", PlaceOfRows(REGION))
    assert import_plan.carry_out(workspace, [made]).new == 1
    scan = tmp_path / f"KTP {MARK}.pdf"
    scan.write_bytes(b"%PDF-1.4")
    attachments.attach(workspace, "h", REGION, scan)
    received = receiving.receive(kota, sending.send(workspace, tmp_path).path)
    assert received.error is None
    return kota


def told(path):
    """Return which secrets stand in any part of a bundle."""
    with zipfile.ZipFile(path) as package:
        text = "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist()).lower()
    return [word for word in (MARK.lower(), NUMBER, PLACE) if word in text]


def test_nothing_private_of_any_form_stands_in_a_bundle_without_names_nor_after_three_hops(
    everything, make_workspace, tmp_path
):
    kota = everything
    assert told(sending.send(kota, tmp_path, to="province").path) == [MARK.lower(), NUMBER, PLACE]
    bundle = sending.send(kota, tmp_path, to="province", withhold=True).path
    assert told(bundle) == []
    for name, role in (("Provinsi", "province"), ("Kota lain", "district"), ("Tim", "facilitator")):
        here = make_workspace(name, role, ("16",))
        received = receiving.receive(here, bundle)
        assert received.error is None
        assert soundness.check(here) == []
        bundle = sending.send(here, tmp_path, to="facilitator", full=True).path
        assert told(bundle) == []


def test_what_was_withheld_arrives_later_with_its_whole_history(everything, make_workspace, tmp_path):
    kota = everything
    here = make_workspace("Provinsi", "province", ("16",))
    receiving.receive(here, sending.send(kota, tmp_path, to="province", withhold=True).path)
    receiving.receive(here, sending.send(kota, tmp_path, to="province", full=True).path)
    assert soundness.digest(here) == soundness.digest(kota)
    assert soundness.check(here) == []
    assert told(sending.send(here, tmp_path, to="district", full=True).path) == [MARK.lower(), NUMBER, PLACE]


def test_the_cover_says_what_is_withheld_and_what_is_not(everything, tmp_path):
    path = sending.send(everything, tmp_path, to="province", withhold=True).path
    words = "\n".join(str(cell.value) for row in openpyxl.load_workbook(path)["Sampul"] for cell in row if cell.value)
    assert "Tetap ada: nama petugas" in words
    assert "Siti" in "\n".join(str(cell.value) for row in openpyxl.load_workbook(path)["Riwayat"] for cell in row)
