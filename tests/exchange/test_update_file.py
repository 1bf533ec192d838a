"""A file that brings a program is believed only as far as the office's signature goes."""

import base64
import struct
import zipfile
from contextlib import suppress

import pytest

import update
from p2kp_desktop.exchange import update_file
from p2kp_desktop.language import Trouble
from tests.program_folder import PRIVATE, PUBLIC, manifest_of, sources, update_of

OTHER, OTHER_PUBLIC = update_file.new_key()
FILES = sources("0.9.1")


def packed(path, files, written=None, mark=None):
    written = manifest_of(FILES, "0.9.1").written() if written is None else written
    update.pack(path, files, written, update_file.signed(PRIVATE, written) if mark is None else mark)
    return path


@pytest.fixture
def path(tmp_path):
    return tmp_path / "P2KP-0.9.1.p2kpupdate"


def refused(path, *, keys=(PUBLIC,)):
    with pytest.raises(Trouble) as caught:
        update_file.read(path, keys)
    return caught.value.code


def unpacked(path, target):
    return [*update_file.unpack(path, (PUBLIC,), target)]


def test_what_is_written_is_what_was_signed(path, tmp_path):
    packed(path, FILES)
    manifest = update_file.read(path, (OTHER_PUBLIC, PUBLIC))
    assert (manifest.version, manifest.news, len(manifest.files)) == ("0.9.1", "- Baru.", len(FILES))
    unpacked(path, tmp_path / "there")
    there = {each.relative_to(tmp_path / "there").as_posix(): each.read_bytes()
             for each in (tmp_path / "there").rglob("*") if each.is_file()}
    assert there == FILES


def test_the_same_files_give_the_same_bytes(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert update_of(tmp_path / "a", "0.9.1").read_bytes() == update_of(tmp_path / "b", "0.9.1").read_bytes()


def test_a_signature_of_somebody_else_or_none_is_refused(path):
    written = manifest_of(FILES, "0.9.1").written()
    assert refused(packed(path, FILES, written, update_file.signed(OTHER, written))) == "U04"
    assert refused(packed(path, FILES), keys=()) == "U04"
    assert refused(packed(path, FILES, written, b"")) == "U02"
    assert refused(packed(path, FILES, written, b"none - -\n")) == "U04"
    assert refused(packed(path, FILES, written, f"ed25519 {PUBLIC} {PUBLIC}\n".encode())) == "U03"
    # their signature under our key's name
    theirs = update_file.signed(OTHER, written).decode().split()[2]
    assert refused(packed(path, FILES, written, f"ed25519 {PUBLIC} {theirs}\n".encode())) == "U03"


def test_a_manifest_that_was_changed_or_exchanged_is_refused(path):
    genuine = manifest_of(FILES, "0.9.1").written()
    mark = update_file.signed(PRIVATE, genuine)
    assert refused(packed(path, FILES, genuine.replace(b"0.9.1", b"0.9.9"), mark)) == "U03"
    older = manifest_of(FILES, "0.8.0").written()
    assert refused(packed(path, FILES, older, mark)) == "U03"


def test_the_key_signs_bundles_of_nobody(path):
    """What is signed begins with words that no other signature of this program begins with."""
    from p2kp_desktop.exchange import signing

    written = manifest_of(FILES, "0.9.1").written()
    private = base64.b64encode(PRIVATE).decode()
    _method, mark = signing.signed(private, written.decode())
    public, _, signature = mark.partition(".")
    assert refused(packed(path, FILES, written, f"ed25519 {public} {signature}\n".encode())) == "U03"


@pytest.mark.parametrize("name", [
    "p2kp_desktop/../../evil.py", "../evil.py", "/evil.py", "C:/evil.py", "p2kp_desktop\\..\\evil.py", "evil.py",
    "p2kp_desktop/con.py", "p2kp_desktop/NUL", "p2kp_desktop/a:b.py", "p2kp_desktop/end.", "p2kp_desktop/end ",
    "p2kp_desktop//a.py", "p2kp_desktop/./a.py", "p2kp_desktop/", "p2kp_desktop/é.py", "p2kp_desktop/" + "a" * 200,
    "p2kp_desktop/a\n.py",
])
def test_no_file_is_written_elsewhere_even_if_the_office_signed_it(path, name):
    files = FILES | {name: b"evil"}
    assert refused(packed(path, files, manifest_of(files, "0.9.1").written())) == "U02"
    assert not update_file.may_be_written(name)


def test_names_that_are_one_on_windows_are_refused(path):
    files = FILES | {"p2kp_desktop/APP.py": b"evil"}
    assert refused(packed(path, files, manifest_of(files, "0.9.1").written())) == "U02"


@pytest.mark.parametrize("change", [
    lambda files: files | {"p2kp_desktop/more.py": b"evil"},
    lambda files: {name: each for name, each in files.items() if not name.endswith("app.py")},
    lambda files: files | {"p2kp_desktop/app.py": files["p2kp_desktop/app.py"] + b"# evil"},
])
def test_files_that_the_manifest_does_not_name_so_are_refused(path, change):
    assert refused(packed(path, change(FILES))) == "U02"


def test_another_content_of_the_same_size_is_found_before_it_is_used(path, tmp_path):
    other = FILES | {"p2kp_desktop/app.py": b"#" * len(FILES["p2kp_desktop/app.py"])}
    packed(path, other)
    update_file.read(path, (PUBLIC,))
    with pytest.raises(Trouble, match="U02"):
        unpacked(path, tmp_path / "there")


def test_two_files_of_one_name_are_refused(path):
    packed(path, FILES)
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(path, "a") as package:
        package.writestr("p2kp_desktop/app.py", b"evil")
    assert refused(path) == "U02"


def test_a_link_is_written_as_the_text_it_is(path, tmp_path):
    packed(path, FILES)
    raw = path.read_bytes().replace(struct.pack("<L", 0o100644 << 16), struct.pack("<L", 0o120777 << 16))
    path.write_bytes(raw)
    unpacked(path, tmp_path / "there")
    assert not any(each.is_symlink() for each in (tmp_path / "there").rglob("*"))


def test_a_link_in_the_place_of_a_file_is_not_followed(path, tmp_path):
    packed(path, FILES)
    (tmp_path / "there" / "p2kp_desktop").mkdir(parents=True)
    link = tmp_path / "there" / "p2kp_desktop" / "app.py"
    with suppress(OSError):
        link.symlink_to(tmp_path / "outside")
    if not link.is_symlink():
        pytest.skip("links are not for everybody here")
    with pytest.raises(FileExistsError):
        unpacked(path, tmp_path / "there")
    assert not (tmp_path / "outside").exists()


def test_cut_off_anywhere_it_is_refused(path):
    whole = packed(path, FILES).read_bytes()
    for length in [0, 3, 21, 100, *range(200, len(whole), len(whole) // 25), len(whole) - 1]:
        path.write_bytes(whole[:length])
        assert refused(path) == "U02", length


def test_a_byte_changed_anywhere_is_refused_or_changes_nothing(path, tmp_path):
    whole = packed(path, FILES).read_bytes()
    for number, place in enumerate(range(0, len(whole), len(whole) // 150)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1:])
        target = tmp_path / str(number)
        if not refuses(path, target):
            assert {each.relative_to(target).as_posix(): each.read_bytes()
                    for each in target.rglob("*") if each.is_file()} == FILES


def refuses(path, target):
    try:
        unpacked(path, target)
    except Trouble as trouble:
        return trouble.code in ("U02", "U03", "U04")
    return False


def test_what_unpacks_to_far_more_is_refused_without_unpacking_it(path):
    files = FILES | {"p2kp_desktop/zeros": bytes(64 << 20)}
    small = FILES | {"p2kp_desktop/zeros": b"0"}
    assert refused(packed(path, files, manifest_of(small, "0.9.1").written())) == "U02"
    huge = manifest_of(small, "0.9.1").written().replace(b'"size": 1\n', b'"size": 999999999\n')
    assert refused(packed(path, small, huge)) == "U02"


def test_a_list_of_a_million_names_is_not_read(path):
    packed(path, FILES)
    raw = path.read_bytes()
    end = raw[-22:]
    assert update_file._has_small_list(path)
    path.write_bytes(raw[:-22] + end[:8] + struct.pack("<HHL", 60_000, 60_000, 3 << 20) + end[16:])
    assert refused(path) == "U02"
    path.write_bytes(raw[:-22] + b"PK\6\7" + bytes(16) + end)
    assert refused(path) == "U02"
    path.write_bytes(raw[:-2] + b"\4\0evil")
    assert refused(path) == "U02"


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_ways_of_packing_that_take_memory_as_the_file_likes_are_refused(path, method):
    with zipfile.ZipFile(path, "w", method) as package:
        package.writestr(update_file.MANIFEST, b"{}")
        package.writestr(update_file.SIGNATURE, b"x")
    assert refused(path) == "U02"


def test_what_is_no_file_or_no_update_is_told(path, tmp_path):
    assert refused(tmp_path / "gone.p2kpupdate") == "U01"
    assert refused(tmp_path) == "U01"
    path.write_text("not a zip", encoding="utf-8")
    assert refused(path) == "U02"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("xl/workbook.xml", "x")
    assert refused(path) == "U02"


@pytest.mark.parametrize("written", [
    b"[]", b"{}", b'{"format": 1}', b'{"format": 1, "version": "0.9.1", "files": []}', b"\xff", b'"' + b"[" * 100_000,
])
def test_a_signed_text_that_is_no_manifest_is_refused(path, written):
    assert refused(packed(path, FILES, written)) in ("U02", "U05")


def test_a_manifest_of_a_format_to_come_asks_for_the_setup(path):
    written = manifest_of(FILES, "0.9.1").written().replace(b'"format": 1', b'"format": 2')
    assert refused(packed(path, FILES, written)) == "U05"
