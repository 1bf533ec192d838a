"""Weaknesses of the locked packages are found in the list that is kept here, and the list is of all of them."""

import json
import zipfile

import pytest

import advisories
from advisories import Advisory, Known
from installation import LOCK

ENTRY = {
    "id": "PYSEC-2099-1", "aliases": ["GHSA-a", "CVE-2099-1"], "modified": "2099-05-03T05:07:00Z",
    "affected": [{"package": {"name": "Pillow", "ecosystem": "PyPI"}, "versions": ["1.0", "1.1"], "ranges": [
        {"type": "GIT", "events": [{"introduced": "0"}, {"fixed": "abc"}]},
        {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "2.0"}]},
    ]}],
}
LISTED = {"id": "PYSEC-2099-2", "modified": "2099-01-01T00:00:00Z", "affected": [
    {"package": {"name": "lxml", "ecosystem": "PyPI"}, "versions": ["4.0", "4.1"], "ranges": []}]}
LAST = {"id": "PYSEC-2099-3", "modified": "2099-01-01T00:00:00Z", "affected": [
    {"package": {"name": "lxml", "ecosystem": "PyPI"},
     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "5.0"}, {"last_affected": "5.3"}]}]}]}
WITHDRAWN = {**ENTRY, "id": "PYSEC-2099-4", "withdrawn": "2099-02-01T00:00:00Z"}
OF_OTHERS = {**ENTRY, "affected": [{**ENTRY["affected"][0], "package": {"name": "flask", "ecosystem": "PyPI"}}]}


@pytest.fixture
def known(tmp_path):
    export = tmp_path / "all.zip"
    with zipfile.ZipFile(export, "w") as archive:
        for number, entry in enumerate((ENTRY, LISTED, LAST, WITHDRAWN, OF_OTHERS)):
            archive.writestr(f"{number}.json", json.dumps(entry))
    return advisories.gathered(export, ["pillow", "lxml"])


def test_an_export_is_gathered_for_the_packages_named_and_comes_back_from_its_file(known):
    assert known == Known("2099-05-03", frozenset({"pillow", "lxml"}), (
        Advisory("lxml", "PYSEC-2099-2", ("==4.0", "==4.1")), Advisory("lxml", "PYSEC-2099-3", (">=5.0,<=5.3",)),
        Advisory("pillow", "CVE-2099-1", (">=0,<1.2", ">=2.0")),
    ))
    assert advisories.read(advisories.written(known)) == known


@pytest.mark.parametrize(("pin", "found"), [
    ("pillow==1.1", ["pillow 1.1 has CVE-2099-1 (>=0,<1.2 | >=2.0)"]), ("pillow==1.2", []),
    ("pillow==2.1rc1", ["pillow 2.1rc1 has CVE-2099-1 (>=0,<1.2 | >=2.0)"]), ("lxml==4.1 ; sys_platform == 'x' \\", [
        "lxml 4.1 has PYSEC-2099-2 (==4.0 | ==4.1)"]), ("lxml==5.4", []),
    ("pypdf==1.0", ["pypdf was not looked up yet: make the list anew"]),
])
def test_a_locked_version_with_a_weakness_is_named_and_so_is_a_package_that_nobody_looked_up(known, pin, found):
    assert advisories.objections(advisories.pins(pin), known) == found


def test_no_locked_version_has_a_weakness_on_the_list():
    locked = advisories.pins(LOCK.read_text(encoding="utf-8"))
    kept = advisories.read(advisories.LIST.read_text(encoding="utf-8"))
    assert len(locked) > 50
    assert "pillow" in {each.package for each in kept.advisories}
    assert advisories.objections(locked, kept) == []
