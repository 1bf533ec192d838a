"""«Tentang program» tells the versions that run, each read from what is there."""

import platform
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from p2kp_desktop import environment
from p2kp_desktop.actions.home import libraries
from p2kp_desktop.databases import library

PROJECT = Path(__file__).resolve().parents[3] / "pyproject.toml"


@pytest.fixture(autouse=True)
def forgotten():
    libraries.shipped.cache_clear()
    yield
    libraries.shipped.cache_clear()


def test_every_library_that_the_program_asks_for_is_told():
    asked = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]
    assert {Requirement(line).name.lower() for line in asked} == set(libraries.LIBRARIES.values())


def test_the_versions_are_those_that_run():
    found = {part.name: part.version for part in libraries.shipped()}
    assert (found["Python"], found["SQLite"]) == (platform.python_version(), library.sqlite_version)
    assert found["Qt"] == version("PySide6-Essentials")
    assert found["OpenSSL (cryptography)"].split(".")[0] in {"3", "4"}
    assert all(found.values())


def test_where_python_has_no_openssl_no_line_claims_one(monkeypatch):
    monkeypatch.setitem(sys.modules, "ssl", None)
    assert "OpenSSL" not in {part.name for part in libraries.shipped()}
    assert all(part.version for part in libraries.shipped())


def test_the_bill_beside_the_program_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr(libraries.p2kp_desktop, "__file__", str(tmp_path / "lib" / "p2kp_desktop" / "__init__.py"))
    assert libraries.bill() is None
    (tmp_path / libraries.BILL).write_text("{}", encoding="utf-8")
    assert libraries.bill() == tmp_path / libraries.BILL


def test_what_is_copied_names_the_program_the_system_and_each_version():
    lines = libraries.told().splitlines()
    assert lines[0] == environment.PROGRAM
    assert lines[1].startswith(platform.system())
    assert f"SQLite {library.sqlite_version}" in lines


def test_nothing_heavy_is_loaded_to_tell_them():
    code = ("import sys; from p2kp_desktop.actions.home import libraries; libraries.shipped(); "
            "print(sorted({'typst', 'highspy', 'numpy', 'pypdfium2', 'docx', 'PIL', 'PySide6'} & set(sys.modules)))")
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
