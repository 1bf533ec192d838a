"""Python's own modules on a laptop: what nobody loads stays behind, and whoever would load it is told."""

import importlib.util
import io
import marshal
import re
import sys
import zipfile

import pytest

from steps import ROOT
from windows import standard_library
from windows.standard_library import missed, slim, stays_behind


def compiled(source: str) -> bytes:
    return importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(compile(source, "a.py", "exec"))


def a_zip(names: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, source in names.items():
            archive.writestr(name, compiled(source))
    return out.getvalue()


@pytest.fixture
def program(tmp_path):
    for folder in ("lib/ours", "python"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def test_what_stays_behind_is_gone_and_the_rest_is_there_unpacked_and_always_the_same():
    whole = a_zip({"pydoc.pyc": "", "unittest/__init__.pyc": "", "unittest/case.pyc": "", "unittests.pyc": "1",
                   "asyncio/__init__.pyc": "2", "os.pyc": "3"})
    made = slim(whole)
    assert slim(whole) == made
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["asyncio/__init__.pyc", "os.pyc", "unittests.pyc"]
        assert {each.compress_type for each in archive.infolist()} == {zipfile.ZIP_STORED}
        assert archive.read("os.pyc") == compiled("3")


@pytest.mark.parametrize("source", [
    "import pydoc", "def f():\n    from unittest import mock", "from xmlrpc.client import loads",
    "import http.server as h",
])
def test_a_module_that_would_load_what_stays_behind_is_told(program, source):
    (program / "lib" / "ours" / "a.pyc").write_bytes(compiled(source))
    (program / "python" / standard_library.NAME).write_bytes(a_zip({"os.pyc": "import sys"}))
    (told, *_more) = missed(program, sys.executable)
    assert told.startswith("ours.a imports ")
    assert told.endswith("which was left behind")


def test_names_are_whole_wherever_they_are_imported_from_and_known_cases_are_left_out(program):
    (program / "lib" / "ours" / "__init__.pyc").write_bytes(compiled("from . import pydoc\nimport json.pdb"))
    (program / "lib" / "ours" / "b.pyc").write_bytes(compiled("from ..xmlrpc import client"))
    library = a_zip({"datetime.pyc": "from _pydatetime import *", "xml/sax.pyc": "from . import ssl"})
    (program / "python" / standard_library.NAME).write_bytes(library)
    assert missed(program, sys.executable) == ["ours.b imports xmlrpc, which was left behind",
                                               "ours.b imports xmlrpc.client, which was left behind"]
    assert stays_behind("_pydatetime")


def test_nothing_asks_python_for_what_its_digests_lack_without_openssl():
    lacking = re.compile(r"hashlib\.(scrypt|pbkdf2_hmac|new)\b|hmac\.digest\(|import (scrypt|pbkdf2_hmac)\b")
    sources = (ROOT / "p2kp_desktop").rglob("*.py")
    assert [path.name for path in sources if lacking.search(path.read_text(encoding="utf-8"))] == []
