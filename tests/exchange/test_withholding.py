"""A bundle without names holds no name, anywhere."""

import zipfile
from pathlib import Path

import pytest

from p2kp_desktop.exchange.reading import read
from p2kp_desktop.schema.causality import Version, edit, merge
from p2kp_desktop.schema.history import Change, HistoryRow, faults

from .sample_bundles import a_chain, a_conflict, a_save, a_version, arrived, written

SECRETS = [
    "Rahasiawati", "Sembunyikan", "1671999888777666", "Tertutupan", "Tersimpanlah", "Belakangan", "garam1", "garam2",
]
Written = tuple[Path, list[Version], list[HistoryRow]]


@pytest.fixture
def secret(tmp_path: Path) -> Written:
    version = a_conflict("owner", "Rahasiawati", "Sembunyikan", nik="1671999888777666", question_of_later="Belakangan")
    deleted = edit(a_version(owner="Rahasiawati"), a_save(7), {"alive": 0})
    settled = Change(["Rahasiawati", "Tersimpanlah"], "Sembunyikan", "garam1")
    newer = a_version("form_of_later", name="Tertutupan")
    rows = a_chain(
        (version, {}),
        (version, {"owner": settled, "depth": Change("1", "7.2", "aa")}),
        (newer, {"name": Change("Tersimpanlah", "Tertutupan", "garam2")}),
    )
    versions = [version, deleted, newer]
    return written(tmp_path / "paket.xlsx", versions, rows, withhold=True), versions, rows


def test_no_part_of_the_file_holds_a_withheld_word(secret: Written) -> None:
    path, _, _ = secret
    with zipfile.ZipFile(path) as package:
        content = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
    assert "kedalaman" in content.casefold()
    assert [word for word in SECRETS if word in content] == []


def test_the_same_bundle_with_names_holds_them_all(tmp_path: Path, secret: Written) -> None:
    _, versions, rows = secret
    path = written(tmp_path / "penuh.xlsx", versions, rows)
    with zipfile.ZipFile(path) as package:
        content = b"".join(package.read(name) for name in package.namelist()).decode("utf-8", "replace")
    assert [word for word in SECRETS if word not in content] == []


def test_withheld_answers_arrive_as_withheld_and_are_named(secret: Written) -> None:
    path, versions, rows = secret
    parcel = read(path)
    found = arrived(parcel)[versions[0].id]
    assert found.intact
    assert found.version is not None
    assert set(found.version.overrides) == {"owner", "nik", "question_of_later"}
    assert parcel.manifest.withheld == {"well": ("nik", "owner")}
    assert merge(found.version, versions[0]) == versions[0]
    assert [row.hash for row in parcel.history() if isinstance(row, HistoryRow)] == [row.hash for row in rows]


def test_the_chain_of_the_history_still_holds(secret: Written) -> None:
    path, _, _ = secret
    rows = [row for row in read(path).history() if isinstance(row, HistoryRow)]
    assert list(faults(rows)) == []
