"""Python's own modules as the laptop gets them: python313.zip without what nobody loads, and not packed.

As CPython brings it the zip is deflated: each start inflates what it loads, and the setup, which packs all files as
one, packs deflated bytes no further. What is left behind is named with its reason; `missed` reads the bytecode of all
that ships, and tells every import of something that was left behind but those in `NEVER_GONE`.
"""

import io
import json
import subprocess
import zipfile
from fnmatch import fnmatchcase
from pathlib import Path

from steps import Stopped

NAME = "python313.zip"
LEFT_BEHIND = {
    "pydoc pydoc_data pydoc_data.* webbrowser rlcompleter code codeop cmd _pyrepl _pyrepl.*": "help at a console",
    "pdb bdb doctest unittest unittest.* trace": "looking for faults, tests",
    "cProfile profile pstats timeit": "measuring",
    "pickletools tabnanny pyclbr modulefinder symtable compileall zipapp": "looking at Python itself",
    "http.server http.cookies socketserver wsgiref wsgiref.* xmlrpc xmlrpc.*": "no network",
    "smtplib imaplib poplib ftplib mailbox ssl": "no network; what speaks TLS stays behind anyhow",
    "_pydecimal _pydatetime _pyio": "the same as in C, which ships, once more in Python",
    "dbm dbm.* sqlite3 sqlite3.* shelve": "databases other than the program's own library",
    "asyncio.unix_events curses curses.* pty tty _android_support _apple_support _osx_support _aix_support":
        "other systems",
    "logging.config logging.handlers sched wave fileinput filecmp": "asked for by nobody",
    "antigravity this __hello__ __phello__ __phello__.* asyncio.__main__ sre_compile sre_constants sre_parse":
        "jokes, examples, old names",
}
# Who imports what was left behind, and why that import is never reached or not missed.
NEVER_GONE = {
    "sqlalchemy.dialects.sqlite.pysqlite": "in `import_dbapi`, which is not asked: the program names its library",
    "p2kp_desktop.databases": "where SQLCipher is lacking; it ships",
    "p2kp_desktop.actions.home.libraries": "ssl, to tell its version; without it none is told",
    "datetime": "where _datetime is lacking", "decimal": "where _decimal is lacking",
    "difflib": "its own test", "heapq": "its own test", "pickle": "its own test",
    "site": "at a console; python313._pth does not even load it", "_sitebuiltins": "help at a console",
    "asyncio": "on other systems", "sysconfig": "on other systems",
    "asyncio.base_events": "ssl, or none", "asyncio.selector_events": "ssl, or none",
    "asyncio.sslproto": "ssl, or none",
    "http.client": "ssl, or none",
    "urllib.request": "ssl, or none; ftplib for addresses that begin with ftp",
    "multiprocessing.connection": "xmlrpc, for objects; the program sends bytes only",
}


def stays_behind(module: str) -> bool:
    """Whether a module of the standard library is left behind."""
    return any(fnmatchcase(module, pattern) for patterns in LEFT_BEHIND for pattern in patterns.split())


def slim(whole: bytes) -> bytes:
    """The zip without what is left behind, nothing deflated; the same bytes for the same zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(name for name in source.namelist() if not stays_behind(_module(name))):
            target.writestr(zipfile.ZipInfo(name), source.read(name))
    return out.getvalue()


def missed(program: Path, interpreter: str) -> list[str]:
    """A sentence for each import of a module that was left behind; the interpreter reads the laptop's bytecode."""
    script = Path(__file__).with_name("imported.py")
    done = subprocess.run([interpreter, script, program], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Stopped(f"{interpreter} could not read the bytecode of the package: {done.stderr[-500:]}")
    found: dict[str, list[str]] = json.loads(done.stdout)
    return [
        f"{module} imports {name}, which was left behind" for module, names in found.items()
        for name in names if stays_behind(name) and module not in NEVER_GONE
    ]


def _module(name: str) -> str:
    return name.removesuffix(".pyc").replace("/", ".").removesuffix(".__init__")
