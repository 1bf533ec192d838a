"""How an answer that tells who somebody is looks to whoever may not read it: initials, ends of a number, or nothing."""

import re
from typing import Any

from .comparisons import VEILED_FIGURE
from .questions import Identity, Person, Question
from .values import Answer

HIDDEN = "•••"
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


def masked(nik: object, figure: str = "•") -> str:
    """Return an identity number with its middle hidden: 1671••••••••0012."""
    text = str(nik or "")
    return f"{text[:4]}{figure * (len(text) - 8)}{text[-4:]}" if len(text) > 8 else figure * len(text)


def initials(name: object) -> str:
    """Return a name as initials: S••• N•••; figures stay, so that «RT 014» does not become another one."""
    return _WORD.sub(lambda found: f"{found[0][0]}•••", str(name))


def veiled(question: Question[Any], answer: Answer) -> Answer:
    """Mask an answer that tells who somebody is; what is no text is not told at all."""
    if not isinstance(answer, str):
        return None
    if isinstance(question, Identity):
        return masked(answer, VEILED_FIGURE if answer.isascii() and answer.isdigit() else "•")
    return initials(answer) if isinstance(question, Person) else HIDDEN
