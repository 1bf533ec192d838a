"""Supply: a newer CPython only with its digest, signatures of an office of its own, sums that can be read aloud."""

import hashlib
import shutil
import subprocess
import zipfile

import pytest

import signing
import sums
from steps import Stopped
from tests.packaging.libraries import a_library, signed
from windows import python_zip, signatures

VERSION = b"\x003.13.99\x00"


@pytest.fixture
def brought(tmp_path):
    """An embeddable CPython as python.org packs it, with nothing in its files."""
    path = tmp_path / "python-3.13.99-embed-amd64.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in python_zip._NEEDED:
            archive.writestr(name, VERSION if name == "python313.dll" else b"")
    return path


def settings(path, digest=None):
    return {python_zip.ZIP: str(path), python_zip.DIGEST: digest or hashlib.sha256(path.read_bytes()).hexdigest()}


def test_a_newer_python_is_taken_with_its_digest_and_says_which_it_is(brought, tmp_path):
    assert python_zip.brought({}) is None
    unpacked = python_zip.unpack(python_zip.brought(settings(brought)), tmp_path / "python")
    assert python_zip.version(unpacked) == "3.13.99"


@pytest.mark.parametrize(("digest", "told"), [
    ("a" * 64, "is not the file"), ("", "digest only"), ("abc", "digest only"),
])
def test_a_python_without_its_digest_is_not_taken(brought, digest, told):
    with pytest.raises(Stopped, match=told):
        python_zip.brought({python_zip.ZIP: str(brought), python_zip.DIGEST: digest})


def test_a_zip_that_is_another_thing_or_would_write_elsewhere_is_refused_by_name(brought, tmp_path):
    with zipfile.ZipFile(brought, "a") as archive:
        archive.writestr("../../autostart.cmd", b"")
    with pytest.raises(Stopped, match=r"embed-amd64\.zip is no embeddable CPython"):
        python_zip.unpack(brought, tmp_path / "python")
    assert not (tmp_path / "python").exists()
    with zipfile.ZipFile(brought, "w") as archive:
        archive.writestr("python312.dll", b"")
    with pytest.raises(Stopped, match=r"python313\.dll"):
        python_zip.unpack(brought, tmp_path / "python")


def test_without_a_certificate_nothing_is_signed_and_nsis_is_told_nothing():
    assert signing.wanted({}) is None
    assert signing.for_nsis(None) == []


def test_a_certificate_that_is_not_there_stops_before_anything_is_built(tmp_path):
    with pytest.raises(Stopped, match=r"none\.pfx is to be signed with"):
        signing.wanted({"P2KP_SIGN": str(tmp_path / "none.pfx")})


@pytest.fixture
def certificate(tmp_path):
    """A certificate that an office made for itself."""
    if shutil.which("osslsigncode") is None or shutil.which("openssl") is None:
        pytest.skip("osslsigncode signs, and is not here")
    key, paper, file, word = (tmp_path / name for name in ("key.pem", "paper.pem", "office.pfx", "word.txt"))
    word.write_text("rahasia", encoding="utf-8")
    for command in (
        ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", paper, "-days", "30",
         "-subj", "/CN=Dinas uji/O=P2KP", "-addext", "extendedKeyUsage=codeSigning"],
        ["pkcs12", "-export", "-inkey", key, "-in", paper, "-out", file, "-passout", f"file:{word}"],
    ):
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    return signing.wanted({"P2KP_SIGN": str(file), "P2KP_SIGN_PASSWORD": str(word)}), paper


def test_what_nobody_signed_is_signed_and_what_others_signed_stays(certificate, tmp_path):
    chosen, paper = certificate
    program = tmp_path / "program"
    (program / "lib").mkdir(parents=True)
    theirs = signed(a_library("kernel32.dll"))
    (program / "Qt6Core.dll").write_bytes(theirs)
    (program / "lib" / "own.pyd").write_bytes(a_library("kernel32.dll"))
    assert signing.sign_unsigned(chosen, program) == ["lib/own.pyd"]
    assert (program / "Qt6Core.dll").read_bytes() == theirs
    assert signatures.unsigned(program) == []
    assert signatures.changed(program) == []
    verified = subprocess.run(["osslsigncode", "verify", "-CAfile", paper, program / "lib" / "own.pyd"],
                              capture_output=True, text=True, check=False)
    assert verified.returncode == 0, verified.stdout


def test_a_wrong_password_is_told_and_the_file_stays(certificate, tmp_path):
    chosen, _ = certificate
    (tmp_path / "wrong.txt").write_text("salah", encoding="utf-8")
    library = tmp_path / "own.pyd"
    library.write_bytes(a_library("kernel32.dll"))
    with pytest.raises(Stopped, match=r"own\.pyd could not be signed"):
        signing.sign(signing.Certificate(chosen.file, str(tmp_path / "wrong.txt")), library)
    assert library.read_bytes() == a_library("kernel32.dll")


def test_the_page_of_sums_says_each_file_with_its_sum_and_how_to_compare(tmp_path):
    made = {"P2KP-Desktop-0.9.0-Windows.exe": "0123456789abcdef" * 4, "p2kp-desktop_0.9.0_amd64.deb": "f" * 64}
    sums.write(tmp_path, made)
    lines = (tmp_path / sums.FILE).read_text(encoding="utf-8").splitlines()
    assert lines[1] == f"{'f' * 64}  p2kp-desktop_0.9.0_amd64.deb"
    import pypdfium2

    document = pypdfium2.PdfDocument(tmp_path / sums.PAPER)
    words = document[0].get_textpage().get_text_range()
    document.close()
    assert "0123 4567 89ab cdef 0123 4567" in words
    assert "certutil -hashfile" in words
    assert all(name in words for name in made)


def test_a_sum_is_that_of_the_file(tmp_path):
    (tmp_path / "x").write_bytes(b"x" * 3_000_000)
    assert sums.of(tmp_path / "x") == hashlib.sha256(b"x" * 3_000_000).hexdigest()
