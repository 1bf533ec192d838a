"""The lock: every package with its version and digests, for Python 3.11 to 3.13 on Linux and Windows."""

import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from installation import LOCK, PROJECT, make_venv, pip_install, script
from steps import Stopped, announce, run

OLDEST_PYTHON = "3.11"
_PIN = re.compile(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ; [^\\]+)? \\")
_DIGEST = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def lock(arguments: Sequence[str]) -> int:
    """Write the lock anew, keeping the versions it has where they still fit; `--upgrade` takes the newest."""
    with tempfile.TemporaryDirectory() as folder:
        uv = _uv(Path(folder) / "venv")
        draft = Path(folder) / LOCK.name
        if LOCK.exists():
            draft.write_bytes(LOCK.read_bytes())
        code = run([
            uv, "pip", "compile", "--quiet", "--no-config", "--universal", "--python-version", OLDEST_PYTHON,
            "--only-binary", ":all:", "--generate-hashes", "--no-header", "--no-annotate",
            "--all-extras", "--group", "dev", "--output-file", draft, PROJECT, *arguments,
        ])
        if code == 0:
            LOCK.write_text(portable(draft.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    return code


def portable(text: str) -> str:
    """The pins and digests of a compiled lock; raises Stopped at a line that holds on this machine only."""
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines:
        if not (_PIN.fullmatch(line) or _DIGEST.fullmatch(line)):
            raise Stopped(f"This line would tie the lock to one machine, so nothing was written: {line}")
    return "\n".join(lines) + "\n"


def _uv(venv: Path) -> Path:
    announce("Fetching uv into a folder that is thrown away afterwards ...")
    make_venv(venv)
    pip_install(venv, "uv")
    return script("uv", venv)
