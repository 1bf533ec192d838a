"""A bundle gives back exactly what was put in."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.exchange.bundle import Manifest, Paging
from p2kp_desktop.exchange.reading import read
from p2kp_desktop.exchange.writing import write
from p2kp_desktop.schema.causality import Dot, Save, Version, edit, merge, withhold
from p2kp_desktop.schema.history import Change
from p2kp_desktop.schema.values import Answer
from tests.office_suite import NASTY

from .sample_bundles import FORMS, VILLAGE, Well, a_chain, a_conflict, a_manifest, a_version, arrived, written

PLAIN = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=20), st.integers(-(10**16), 10**16),
    st.sampled_from(["bor", "minum,cuci", "7.2", "0.000000000000001", "2022-10-04", VILLAGE, "baru"]),
)
KEYS = st.one_of(
    st.sampled_from([q.key for q in Well.questions] + ["region", "rt", "period", "parent", "identity", "status"]),
    st.sampled_from(["newer_question", "_x0041_", "@rules", "~note"]),
)
CHANGES = st.dictionaries(KEYS, st.one_of(st.none(), PLAIN), max_size=8)


@st.composite
def versions(draw: st.DrawFn) -> Version:
    form = draw(st.sampled_from(["well", "tank", "form_of_a_newer_release"]))
    record = draw(st.one_of(st.uuids().map(str), st.text(min_size=1, max_size=8).filter(str.strip)))
    sides = []
    for node in draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=3, unique=True)):
        version = Version(form, record)
        for tick in range(1, draw(st.integers(1, 3)) + 1):
            save = Save(Dot(node, tick), draw(st.sampled_from(["Rina", "_x0041_ 😀", "=A1"])), "district", "L", "")
            changes: Mapping[str, Answer] = draw(CHANGES)
            version = edit(version, save, {"alive": draw(st.sampled_from([0, 1])), **changes})
        sides.append(withhold(version, draw(st.lists(KEYS, max_size=2))))
    whole = sides[0]
    for side in sides[1:]:
        whole = merge(whole, side)
    return whole


@given(st.lists(versions(), max_size=6, unique_by=lambda version: (version.form, version.id)))
def test_every_version_survives_whatever_its_answers_siblings_overrides_and_form(given_versions: list[Version]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paket.xlsx"
        count = write(path, a_manifest(), given_versions, [], forms=FORMS)
        parcel = read(path)
        records = list(parcel.arrived())
    assert count == parcel.manifest.records == len(given_versions)
    assert {(one.form, one.id): one.version for one in records} == {(v.form, v.id): v for v in given_versions}
    assert all(one.intact for one in records)
    assert parcel.findings == ()


def test_a_bundle_without_records_is_a_bundle(tmp_path: Path) -> None:
    parcel = read(written(tmp_path / "paket.xlsx", []))
    assert list(parcel.arrived()) == []
    assert list(parcel.history()) == []
    assert parcel.findings == ()


def test_the_manifest_says_what_the_sender_said(tmp_path: Path) -> None:
    said = a_manifest(practice=True, more={"receipt": {"serial": 7}, "later": [1, "_x0041_"]})
    found = read(written(tmp_path / "paket.xlsx", [a_version()], manifest=said)).manifest
    assert found == Manifest.from_json({**said.to_json(), "records": 1})


def test_a_sheet_and_a_hidden_part_go_on_in_a_next_one_when_full(tmp_path: Path) -> None:
    originals = [a_version(tick=tick) for tick in range(1, 12)]
    rows = a_chain(*((version, {}) for version in originals))
    path = written(tmp_path / "paket.xlsx", originals, rows, paging=Paging(rows_per_sheet=4, rows_per_part=3))
    parcel = read(path)
    found = list(parcel.arrived())
    assert [one.version for one in found] == originals
    assert [(one.sheet, one.row) for one in found][3:5] == [("Sumur Warga", 7), ("Sumur Warga 2", 4)]
    assert list(parcel.history()) == rows
    assert parcel.findings == ()


def test_a_state_longer_than_a_cell_is_carried_in_pieces(tmp_path: Path) -> None:
    original = a_version("newer", **{f"question_{number}": "kata " * 4000 for number in range(12)})
    assert arrived(read(written(tmp_path / "paket.xlsx", [original])))[original.id].version == original


def test_history_rows_come_back_as_they_were(tmp_path: Path) -> None:
    version = a_conflict("note", "satu", "dua")
    settled = Change(["dua", "satu"], "tiga\n_x0041_ 😀", "ab")
    changes = {"note": settled, "nik": Change("1", None, "cd"), "new": Change(1, 2, "")}
    rows = a_chain((version, {}), (version, changes), (a_version("newer"), {"x": Change("y" * 40_000, None, "z")}))
    assert list(read(written(tmp_path / "paket.xlsx", [version], rows)).history()) == rows


def test_the_same_bundle_read_twice_says_the_same(tmp_path: Path) -> None:
    parcel = read(written(tmp_path / "paket.xlsx", [a_version(), a_version("tank", litres=4)]))
    assert list(parcel.arrived()) == list(parcel.arrived())


def test_a_signature_over_the_seal_travels_with_the_bundle(tmp_path: Path) -> None:
    path = written(tmp_path / "paket.xlsx", [a_version()], sign=lambda sealed: ("ed25519", f"signed {sealed}"))
    parcel = read(path)
    assert parcel.signature == ("ed25519", f"signed {parcel.seal}")
    assert read(written(path, [a_version()])).signature is None


def test_a_reader_that_does_not_know_the_forms_reads_the_same(tmp_path: Path) -> None:
    """The reader asks the bundle's own dictionary, so that a newer bundle's questions pass through unchanged."""
    original = a_version()
    path = written(tmp_path / "paket.xlsx", [original])
    assert [one.version for one in read(path).arrived()] == [original]
