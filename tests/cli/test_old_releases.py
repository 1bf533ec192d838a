"""Files of every past release: a workspace and a bundle each, in tests/data/old, with what they held then.

A new release adds its folder: one record of every form, a deleted household, a conflict, a verified and a returned
household, all written by that release itself; holds.json is what its own `p2kp` said of them.
"""

import json
import shutil
from pathlib import Path

import pytest

from p2kp_desktop import versions
from tests.conftest import DEEP, KELURAHAN, some

from .conftest import init

OLD = Path(__file__).parents[1] / "data" / "old"
RELEASES = sorted((folder.name for folder in OLD.iterdir()), key=versions.order)


AFTER = pytest.mark.parametrize("release", some(RELEASES), indirect=True)  # what comes after it was opened
TRAVELLED = () if DEEP else ("household", "comment")  # () is every form: 52 commands for each release and way
VERIFIED, LAPSED = "terverifikasi", "berubah sesudah diverifikasi"


@pytest.fixture(params=RELEASES)
def release(request):
    return OLD / request.param


@pytest.fixture
def held(release):
    return json.loads((release / "holds.json").read_text(encoding="utf-8"))


@pytest.fixture
def upgraded(release, tmp_path):
    """Return a copy of the release's workspace, which the first command brings up to date."""
    return shutil.copy(release / "workspace.p2kp", tmp_path / "lama.p2kp")


def _all_is_there(p2kp, path, held, forms=TRAVELLED):
    """Read the records of these forms; the digest is over all that those of every form hold."""
    for form in forms or held["records"]:
        records = held["records"][form]
        now = {each["id"]: each for each in p2kp("records", path, "get", form).lines()}
        assert now.keys() == {record["id"] for record in records}, form
        for record in records:
            same = {key: now[record["id"]].get(key) for key in record}
            if same.get("status") == LAPSED and record["status"] == VERIFIED:
                same["status"] = VERIFIED  # releases up to 0.4.0 told what was said last, not what holds
            assert same == record
    assert p2kp("digest", path).out.strip() == held["digest"]


def test_a_workspace_of_an_older_release_opens_with_everything_in_it(p2kp, release, upgraded, held):
    read_whole = DEEP or release.name in (RELEASES[0], RELEASES[-1])
    _all_is_there(p2kp, upgraded, held, forms=held["records"] if read_whole else TRAVELLED)
    assert p2kp("check", upgraded, "--json").json() == {"ok": True, "problems": []}
    assert p2kp("conflicts", upgraded, "--json").json()["conflicts"] == held["conflicts"]


def test_an_older_workspace_scores_as_it_did(p2kp, upgraded, held):
    now = p2kp("score", "--workspace", upgraded, "--period", "2022").json()["rows"]
    for before, after in zip(held["scores"], now, strict=True):
        figures = ("region", "rt", "source", "criteria", "aspects", "total", "level", "volumes", "denominators")
        assert {key: after[key] for key in figures} == {key: before[key] for key in figures}


def test_a_bundle_of_an_older_release_arrives_whole(p2kp, release, held, tmp_path):
    here = tmp_path / "kota.p2kp"
    p2kp("init", here, "--role", "district", "--name", "Kota", "--region", "16.71")
    (got,) = p2kp("receive", here, release / "bundle.xlsx", "--json").json()["bundles"]
    assert got["error"] is None
    assert got["read"] == got["new"] + got["conflict"] > 0
    _all_is_there(p2kp, here, held)


@AFTER
def test_what_cannot_be_read_of_an_older_history_is_said_once(p2kp, release):
    here = init(p2kp, "kota", role="district", region="16.71")
    said = p2kp("receive", here, release / "bundle.xlsx").err.splitlines()
    assert len(said) == len(set(said)) <= 1


@AFTER
def test_an_older_bundle_brings_nothing_new_to_the_workspace_that_sent_it(p2kp, release, upgraded):
    (got,) = p2kp("receive", upgraded, release / "bundle.xlsx", "--json").json()["bundles"]
    assert got["read"] == got["identical"] + got["older"] > 0


@AFTER
def test_what_an_older_release_recorded_travels_on(p2kp, upgraded, held, tmp_path):
    there = tmp_path / "baru.p2kp"
    p2kp("init", there, "--role", "facilitator", "--name", "Tim Baru", "--region", KELURAHAN)
    sent = p2kp("send", upgraded, tmp_path, "--full", "--json").json()
    p2kp("receive", there, sent["path"])
    _all_is_there(p2kp, there, held)


@AFTER
def test_a_backup_of_an_older_release_is_restored(p2kp, release, held, tmp_path):
    restored = tmp_path / "pulih.p2kp"
    p2kp("restore", release / "workspace.p2kp", restored)
    _all_is_there(p2kp, restored, held)


@pytest.mark.parametrize("opened_by", ["password", "words"])
@pytest.mark.parametrize("release", some(each for each in RELEASES if (OLD / each / "protected.p2kp").exists()))
def test_a_protected_workspace_of_an_older_release_opens_with_everything_in_it(p2kp, release, opened_by, tmp_path):
    kept, here = OLD / release, tmp_path / "lama.p2kp"
    shutil.copy(kept / "protected.p2kp", here)
    password = kept / "password.txt"
    if opened_by == "password":
        shutil.copy(kept / "protected.p2kp.kunci", tmp_path / "lama.p2kp.kunci")
    else:  # the key file is lost, the sheet of words is not
        password = tmp_path / "baru.txt"
        password.write_text("jembatan ampera malam hari\n", encoding="utf-8")
        p2kp("protection", here, "password", "--recovery-file", kept / "words.txt", "--new-password-file", password)
    digest = p2kp("digest", here, "--workspace-password-file", password).out.strip()
    assert digest == json.loads((kept / "holds.json").read_text(encoding="utf-8"))["digest"]
