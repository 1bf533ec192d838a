"""What happened to a workspace that could not be written then: a wrong password, a list taken from a locked stick.

It is kept in a small file of this user's profile, beside the key file, and noted in the workspace at its next opening
(audit.py). Such a file is in clear, so it holds times, acts and figures only: no name and no reason.
"""

import json
import logging
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

from p2kp_desktop import environment

log = logging.getLogger(__name__)

MOST = 200  # rows; of those beyond only how many there were is kept
LOST = "lost"  # the act of the row that says so
_LINE = 1000  # letters of one row
_SIGN = re.compile("[0-9a-f]{8,64}")


def keep(sign: str, act: str, **what: int | str | bool) -> bool:
    """Keep that something happened now to the workspace of this sign (its salt, or its first node); say whether."""
    row = json.dumps({"time": environment.now(), "act": act, "what": what}, ensure_ascii=False)
    if not _SIGN.fullmatch(sign) or len(row) > _LINE:
        return False
    rows = [*_lines(sign), row]
    if len(rows) > MOST:
        rows = [_lost(rows[: len(rows) - MOST + 1]), *rows[len(rows) - MOST + 1 :]]
    try:
        _write(_file(sign), rows)
    except OSError:
        log.warning("what happened before a workspace was opened cannot be kept")
        return False
    return True


def kept(sign: str) -> list[dict[str, Any]]:
    """Return the acts that were kept: time, act, what; lines that are none are passed over."""
    found = []
    for line in _lines(sign):
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            row = json.loads(line)
            found.append({"time": str(row["time"]), "act": str(row["act"]), "what": dict(row["what"])})
    return found


def forget(sign: str) -> None:
    """Keep it no longer: it is noted in the workspace now."""
    if _SIGN.fullmatch(sign):
        with suppress(OSError):
            _file(sign).unlink(missing_ok=True)


def _lost(rows: list[str]) -> str:
    """Return the row that stands for those that are no longer kept."""
    count = 0
    for line in rows:
        with suppress(ValueError, KeyError, TypeError):
            row = json.loads(line)
            count += int(row["what"]["count"]) if row["act"] == LOST else 1
    return json.dumps({"time": environment.now(), "act": LOST, "what": {"count": count}})


def _lines(sign: str) -> list[str]:
    if not _SIGN.fullmatch(sign):
        return []
    try:
        with _file(sign).open(encoding="utf-8", errors="replace") as file:
            return file.read(_LINE * (MOST + 1)).splitlines()
    except OSError:
        return []


def _file(sign: str) -> Path:
    return environment.home() / "kunci" / f"{sign}.kejadian"


def _write(place: Path, rows: list[str]) -> None:
    """Write the rows whole or not at all, for this user alone."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write("".join(f"{row}\n" for row in rows))
        part.replace(place)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
