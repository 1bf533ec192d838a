"""The update is made twice alike, names what it needs, and is signed by a key that is not in the checkout."""

import base64
import os
import shutil
import stat
from importlib.metadata import version

import pytest

import package
import update
from p2kp_desktop import __version__
from p2kp_desktop.exchange import update_file
from p2kp_desktop.exchange.bundle import FORMAT
from p2kp_desktop.store import migrations
from steps import ROOT, Stopped
from windows.pins import shipped


@pytest.fixture
def checkout(tmp_path):
    """A small checkout that lists no key."""
    for name in ("p2kp_desktop/__init__.py", "p2kp_desktop/__main__.py", "p2kp_desktop/settings.py", update.KEYS,
                 "p2kp_desktop/store/pages.py", "p2kp_desktop/app.py", "resources/help/baru.md"):
        (tmp_path / "checkout" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "checkout" / name)
    return tmp_path / "checkout"


@pytest.fixture
def key(checkout, tmp_path, monkeypatch):
    file = tmp_path / "kantor.key"
    assert update.key(file, checkout) == 0
    monkeypatch.setenv(update.KEY, str(file))
    return file


def public(checkout):
    return (checkout / update.KEYS).read_text("utf-8").splitlines()[-1].split()[0]


def test_twice_the_same_bytes_and_what_it_needs_is_the_lock(checkout, key, tmp_path):
    one, other = (update.update(checkout, tmp_path / name) for name in ("a", "b"))
    assert one.name == f"P2KP-{__version__}.p2kpupdate"
    assert one.read_bytes() == other.read_bytes()
    manifest = update_file.read(one, (public(checkout),))
    assert (manifest.version, manifest.store, manifest.bundle) == (__version__, migrations.NUMBER, FORMAT)
    assert manifest.python == ("3.11", "3.14")
    assert manifest.needs.keys() == shipped(lambda name: update.requires(name) or [])
    assert all(version(name) in wanted for name, wanted in manifest.needs.items())
    assert manifest.imports == ("PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets")
    assert f"p2kp_desktop/{update.KEYS}" in manifest.files
    assert not any("__pycache__" in name for name in manifest.files)
    assert key.read_text(encoding="utf-8").strip().encode() not in one.read_bytes()


def test_every_file_of_this_checkout_can_travel():
    names = [name for name, _content in update.files_of(ROOT)]
    assert len(names) < update_file.MOST_FILES
    assert sum(len(content) for _name, content in update.files_of(ROOT)) < update_file.MOST_UNPACKED // 4


def test_without_a_key_or_with_one_that_nobody_knows_none_is_made(checkout, key, monkeypatch):
    (checkout / update.KEYS).write_text("# none\n", encoding="utf-8")
    with pytest.raises(Stopped, match="no program could take this update"):
        update.update(checkout)
    key.write_text("kein Schlüssel" * 3, encoding="utf-8")
    with pytest.raises(Stopped, match="is no key"):
        update.update(checkout)
    monkeypatch.delenv(update.KEY)
    with pytest.raises(Stopped, match="package key FILE"):
        update.update(checkout)


def test_a_key_is_for_its_owner_alone_is_never_written_over_and_never_into_the_checkout(checkout, key):
    if os.name == "posix":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert update_file.public_of(base64.b64decode(key.read_text(encoding="utf-8"))) == public(checkout)
    with pytest.raises(Stopped, match="is there already"):
        update.key(key, checkout)
    with pytest.raises(Stopped, match="must not lie in the checkout"):
        update.key(checkout / "packaging" / "key", checkout)


def test_every_key_that_ships_is_one():
    """There is none while no office has one; then updates are refused in words."""
    lines = (ROOT / update.KEYS).read_text("utf-8").splitlines()
    keys = [line.split()[0] for line in lines if line and not line.startswith("#")]
    assert all(len(base64.b64decode(each, validate=True)) == 32 for each in keys)


def test_what_is_new_is_that_of_the_version_alone():
    text = "# Yang baru\n\n## 0.9.1\n- satu\n- dua\n\n## 0.9.0\n- lama\n"
    assert update.news_of(text, "0.9.1") == "- satu\n- dua"
    assert update.news_of(text, "0.9.0") == "- lama"
    with pytest.raises(Stopped, match=r"says nothing of 1\.0\.0"):
        update.news_of(text, "1.0.0")


@pytest.mark.parametrize("words", [["key"], ["key", "a", "b"], ["update", "now"]])
def test_wrong_use_is_2(words, capsys):
    assert package.main(words) == 2
    assert "package update | key FILE" in capsys.readouterr().err
