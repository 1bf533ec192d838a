"""What a crash report says: where in the program it happened, and nothing of the people in the data."""

import hashlib
import platform
import traceback
from pathlib import Path

from p2kp_desktop import environment

_PACKAGE = Path(environment.__file__).resolve().parent


def code(error: BaseException) -> str:
    """Return a short code that is the same wherever the same line fails the same way."""
    return f"B-{hashlib.sha256(_story(error).encode()).hexdigest()[:6].upper()}"


def report(error: BaseException, *, qt: str = "") -> str:
    """Return the report: versions, kinds of error and places in code; no messages, for they may quote answers."""
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    head = [environment.PROGRAM, f"{system}, Qt {qt}" if qt else system, f"Kode {code(error)}", environment.now()]
    return "\n".join([*head, "", _story(error)])


def _story(error: BaseException) -> str:
    """Return the chain of errors, the cause first, each with the lines it passed through."""
    told: list[str] = []
    one: BaseException | None = error
    while one is not None and len(told) < 5:
        frames = traceback.extract_tb(one.__traceback__)
        lines = [f"  {_place(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
        told.append("\n".join([f"{type(one).__module__}.{type(one).__qualname__}", *lines]))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n\n".join(reversed(told))


def _place(filename: str) -> str:
    """Return a file of the program by its path in the program; of any other only the name."""
    path = Path(filename)
    try:
        return str(Path("p2kp_desktop") / path.resolve().relative_to(_PACKAGE))
    except ValueError:
        return path.name
