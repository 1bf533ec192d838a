"""One body, many sheets: a form is laid out once, and what differs from sheet to sheet is stamped on it.

300 forms laid out in one document took 107 s and 1.8 GB; the body as background and only code and head stamped on it
take a thirtieth. Where things are stamped the body's template says itself (`typesetting.with_marks`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.printing.pages.document import Asked, Document

BODY = "body.pdf"


@dataclass(frozen=True)
class Place:
    """Where something may be stamped on a side of the body: in points from the top left."""

    key: str
    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Side:
    """One printed side: the page of the body behind it, words by the key of their place, its code and that in short."""

    page: int
    words: Mapping[str, str]
    code: str = ""
    short: str = ""


def stamped(body: Document, pdf: bytes, places: Sequence[Place], sides: Iterable[Side], asked: Asked) -> Document:
    """Return the document whose sides are pages of a body, already set, with their words and codes stamped on it."""
    at = {(place.page, place.key): place for place in places}
    return Document(
        body.title, "stamped", {"sides": [_laid(side, at) for side in sides], "two_up": asked.two_up},
        files={BODY: pdf}, landscape=asked.two_up, versions=body.versions, whole=body.whole,
    )


def _laid(side: Side, at: Mapping[tuple[int, str], Place]) -> dict[str, object]:
    found = [(at[side.page, key], text) for key, text in side.words.items() if text and (side.page, key) in at]
    code = at.get((side.page, "code"))
    return {
        "page": side.page,
        "words": [[place.x, place.y, place.width, place.height, text] for place, text in found],
        "code": [code.x, code.y, code.width, side.code, side.short] if code and side.code else None,
    }


def places_of(marks: object) -> tuple[Place, ...]:
    """Return the places that the marks of a template say."""
    if not isinstance(marks, list):
        raise TypeError(f"no marks: {marks!r}")
    return tuple(Place(**each) for each in marks)
