"""Data on a stick, when somebody said so: nothing on the laptop, and found again under another letter."""

import platformdirs
import pytest

from p2kp_desktop import environment, hardware, portable, settings
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.household import Household
from p2kp_desktop.settings import Settings
from p2kp_desktop.store import node, open_workspace
from tests.carried import stick as stick
from tests.conftest import KELURAHAN


@pytest.fixture(autouse=True)
def laptop(tmp_path, monkeypatch):
    """The folder of a user on the laptop."""
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *_args, **_given: str(tmp_path / "laptop"))
    monkeypatch.setattr(platformdirs, "user_documents_dir", lambda: str(tmp_path / "dokumen"))
    return tmp_path / "laptop"


def save(path, number):
    with open_workspace(path) as workspace:
        recording.record(workspace, Household, {"id": f"h{number}", "rt": "1/1"})
        with workspace.asking() as connection:
            return node.own_nodes(connection)


def test_data_lie_on_the_laptop_until_somebody_says_otherwise(stick, laptop):
    assert portable.data() is None
    assert environment.home() == laptop
    assert environment.machine() == hardware.sign()
    portable.begin()
    assert environment.home() == stick.place / "Data P2KP"
    assert environment.documents() == stick.place / "Data P2KP" / "Dokumen"
    assert not laptop.exists()
    with pytest.raises(FileExistsError):
        portable.begin()


def test_a_checkout_and_a_package_of_the_system_carry_nothing():
    portable.place.cache_clear()
    assert portable.place() is None
    with pytest.raises(FileNotFoundError):
        portable.begin()


def test_paths_are_found_under_another_letter(stick, tmp_path):
    portable.begin()
    workspace = stick.place / "Data P2KP" / "Dokumen" / "P2KP" / "kota.p2kp"
    settings.save(Settings(workspace=str(workspace), second_backups=str(tmp_path / "disk lain")))
    assert str(stick.root) not in (environment.home() / "settings.json").read_text("utf-8")
    stick.plug_in(stick.root.rename(tmp_path / "F"))
    found = settings.load()
    assert found.workspace == str(stick.place / "Data P2KP" / "Dokumen" / "P2KP" / "kota.p2kp")
    assert found.second_backups == str(tmp_path / "disk lain")
    settings.save(Settings(workspace="postgresql://kantor/p2kp"))
    assert settings.load().workspace == "postgresql://kantor/p2kp"


def test_a_workspace_goes_on_counting_under_another_letter_and_on_another_laptop(stick, tmp_path, monkeypatch):
    portable.begin()
    folder = environment.documents()
    folder.mkdir(parents=True)
    workspaces.init(folder / "lorok.p2kp", role="facilitator", name="Rina", regions=[KELURAHAN]).close()
    first = save(folder / "lorok.p2kp", 1)
    stick.plug_in(stick.root.rename(tmp_path / "F"))
    monkeypatch.setattr(hardware, "sign", lambda: "0123456789abc")
    assert save(environment.documents() / "lorok.p2kp", 2) == first
    monkeypatch.setattr(hardware, "_volume", lambda _folder: "copied")
    assert len(save(environment.documents() / "lorok.p2kp", 3)) == len(first) + 1


def test_a_workspace_that_leaves_the_stick_counts_anew_and_one_that_comes_too(stick, tmp_path):
    portable.begin()
    path = tmp_path / "lorok.p2kp"
    workspaces.init(path, role="facilitator", name="Rina", regions=[KELURAHAN]).close()
    nodes = save(path, 1)
    (stick.place / "portable.ini").unlink()
    stick.forget()
    assert len(save(path, 2)) == len(nodes) + 1


def test_a_stick_is_no_laptop_whatever_either_is_known_by():
    sign = hardware.sign_of_volume("a", hardware.Path("/"))
    assert hardware.same(sign, sign)
    assert not hardware.same(sign, hardware.sign_of_volume("b", hardware.Path("/")))
    for laptop in ("0123456789abc", "0123456789abs", "0123456789ab", "0123456789abb-0123456789ac"):
        assert not hardware.same(sign, laptop)
        assert not hardware.same(laptop, sign)


@pytest.mark.parametrize("marker", ["", "[portable", "\0\1", "[portable]\nstick = %(x)s\n"])
def test_a_damaged_marker_still_says_where_the_data_are(stick, marker):
    portable.begin()
    (stick.place / "portable.ini").write_text(marker, encoding="utf-8")
    stick.forget()
    assert environment.home() == stick.place / "Data P2KP"
    assert environment.machine()
