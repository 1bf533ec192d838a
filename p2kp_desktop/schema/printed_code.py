"""The code printed on a sheet of paper: what the sheet is, so that a photo of it finds its record.

`PrintedCode.text` goes into a QR code. It has only the letters that a QR code packs tightest (0-9 A-Z space
$%*+-./:), and those of a record or of a blank household form fit a QR code of version 3: of 12 mm it is still read
from a photo of 1600 pixels, where a larger one is not. So nothing is said twice, an id stands in the 43 signs left
when space and colon are taken out, and there are three letters of check: one wrong letter, or two that changed places,
is always found. A newer release writes P2KP2, and this one says so.

`PrintedCode.short` is printed below it for people, K7QF-2M9X: no letter that looks like a figure, the last one a
check. Of an id made by this program it is some of its bits, so that a database of a million records is asked for it by
the shape of the id (`shape_of_ids`) and nothing has to be kept.
"""

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from p2kp_desktop.language import say

from .conditions import Answers
from .forms import ADDRESS
from .records import Record
from .values import Unreadable

SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # all that a QR code keeps in its alphanumeric mode
PEOPLES = "23456789ABCDEFGHJKMNPQRSTVWXY"  # 29, a prime: of a short code
_START, _RELEASE, _BETWEEN = "P2KP", "1", ":"
_OF_CHECK = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PRIME, _STEP, _CHECK = 32_749, 47, 3  # the last is letters of check: 32³ is just above the prime
_OF_IDS = SIGNS.replace(" ", "").replace(_BETWEEN, "")
_ID = 24  # signs of an id; it begins with a figure, any other id with a -
_DIGEST, _SIGN = 4, 10  # letters of the digest of a version, and of the sign of a resident
_SHORT = 8
_BITS = 34  # of an id in a short code: 29⁷ is just above 2³⁴


class Sheet(StrEnum):
    """What kind of sheet carries a code."""

    RECORD = "R"  # a filled form
    BLANK = "B"  # a blank form that was handed out
    DOCUMENT = "D"  # a list, minutes or a page for signatures: about a record
    REPORT = "L"


@dataclass(frozen=True)
class PrintedCode:
    """What a printed sheet is; make one with `of_record`, `of_blank`, `of_document` or `of_report`.

    `form` and `id` name its record, `digest` the content that was printed (`version_digest`), `version` its number
    where it has one; `document` is the kind of document («attendance», «minutes», «signing»), or the report's name.
    `resident` is the sign of the resident for whom a blank form was made (`sign_of`). `page` counts from 1; with two
    sides a sheet, odd ones are fronts.
    """

    sheet: Sheet
    form: str = ""
    id: str = ""
    document: str = ""
    digest: str = ""
    version: int = 0
    region: str = ""
    rt: str = ""
    period: str = ""
    number: int = 0
    resident: str = ""
    page: int = 1

    @classmethod
    def of_record(cls, form: str, record: str, digest: str, page: int = 1) -> "PrintedCode":
        """Return the code of a filled form."""
        return cls(Sheet.RECORD, form=form, id=record, digest=digest, page=page)

    @classmethod
    def of_blank(
        cls, form: str, region: str, rt: str, period: str, number: int, *, resident: str = "", page: int = 1
    ) -> "PrintedCode":
        """Return the code of a blank form with this number in its RT and period; `resident` is the id of a line."""
        return cls(Sheet.BLANK, form=form, region=region, rt=rt, period=period, number=number,
                   resident=sign_of(resident) if resident else "", page=page)

    @classmethod
    def of_document(
        cls, form: str, record: str, document: str, digest: str, *, version: int = 0, page: int = 1
    ) -> "PrintedCode":
        """Return the code of a document about a record."""
        return cls(Sheet.DOCUMENT, form=form, id=record, document=document, digest=digest, version=version, page=page)

    @classmethod
    def of_report(cls, report: str, digest: str, page: int = 1) -> "PrintedCode":
        """Return the code of a report."""
        return cls(Sheet.REPORT, document=report, digest=digest, page=page)

    @property
    def text(self) -> str:
        """Return the text of the QR code."""
        body = _BETWEEN.join(_WRITERS.get(name, _word)(str(getattr(self, name) or "")) for name in _FIELDS[self.sheet])
        content = f"{_START}{_RELEASE}{self.sheet}{_BETWEEN}{body}"
        return content + _check(content)

    @property
    def short(self) -> str:
        """Return the code that people read and type; all pages of all sheets about a record have the same."""
        if self.id:
            return short_code(self.id)
        names = ("sheet", "form", "region", "rt", "period", "number", "document", "digest")
        return _short(_hashed(_BETWEEN.join(str(getattr(self, name)) for name in names)))


def read_code(text: str) -> PrintedCode:
    """Read a code; raise Unreadable for one that is not ours, of a newer release, or damaged."""
    given = text.strip("\r\n").upper()
    if not is_ours(given):
        raise Unreadable(say("Ini bukan kode lembar P2KP."))
    if given[len(_START)] != _RELEASE and given[len(_START)].isdigit():
        raise Unreadable(say("Kode ini dicetak program yang lebih baru. Perbarui program ini."))
    damaged = Unreadable(say("Kode ini rusak atau salah terbaca. Foto lagi lebih dekat."))
    content, check = given[:-_CHECK], given[-_CHECK:]
    if not set(given) <= set(SIGNS) or check != _check(content):
        raise damaged
    head, *parts = content.split(_BETWEEN)
    try:
        sheet = Sheet(head.removeprefix(_START + _RELEASE))
        said = {name: _READERS.get(name, _from_word)(part)
                for name, part in zip(_FIELDS[sheet], parts, strict=True)}
        whole = {name: int(value or 0) if name in _WHOLE else value for name, value in said.items()}
        found = PrintedCode(sheet, **whole)  # type: ignore[arg-type]
        is_the_same = found.text == given
    except (ValueError, UnicodeDecodeError):
        raise damaged from None
    if not is_the_same:
        raise damaged
    return found


def is_ours(text: str) -> bool:
    """Say whether a code is that of a sheet of this program, of any release, whole or not."""
    return len(text) > len(_START) + _CHECK and text.upper().startswith(_START)


_FIELDS: Mapping[Sheet, tuple[str, ...]] = {
    Sheet.RECORD: ("form", "id", "digest", "page"),
    Sheet.BLANK: ("form", "region", "rt", "period", "number", "resident", "page"),
    Sheet.DOCUMENT: ("form", "id", "document", "digest", "version", "page"),
    Sheet.REPORT: ("document", "digest", "page"),
}
_WHOLE = frozenset(each.name for each in fields(PrintedCode) if each.type is int)


def _check(content: str) -> str:
    total = 0
    for sign in content:
        total = (total * _STEP + SIGNS.index(sign) + 1) % _PRIME
    return _in_signs(total, _OF_CHECK, _CHECK)


def _in_signs(number: int, signs: str, length: int) -> str:
    written = ""
    for _place in range(length):
        number, rest = divmod(number, len(signs))
        written = signs[rest] + written
    return written


def _from_signs(text: str, signs: str) -> int:
    number = 0
    for sign in text:
        number = number * len(signs) + signs.index(sign)
    return number


def _word(text: str) -> str:
    """Return any text in the signs of a QR code: capitals and figures as they are, others by their bytes."""
    return "".join(each if each in _PLAIN else "".join(f"%{byte:02X}" for byte in each.encode()) for each in text)


_PLAIN = frozenset(SIGNS) - {"%", _BETWEEN}


def _from_word(part: str) -> str:
    octets = re.sub(rb"%([0-9A-F]{2})", lambda found: bytes([int(found[1], 16)]), part.encode())
    return octets.decode()


def _key(text: str) -> str:
    """Return the key of a form or document in capitals."""
    return _word(text.swapcase().replace("_", "\0").replace("-", "_").replace("\0", "-"))


def _from_key(part: str) -> str:
    return _from_word(part).replace("-", "\0").replace("_", "-").replace("\0", "_").swapcase()


def _region(code: str) -> str:
    if not re.fullmatch(r"\d\d(\.\d\d){0,2}|\d\d\.\d\d\.\d\d\.\d{4}|", code):
        raise ValueError(code)
    return code.replace(".", "")


def _from_region(part: str) -> str:
    return ".".join(filter(None, (part[:2], part[2:4], part[4:6], part[6:])))


def _id(record: str) -> str:
    found = _uuid(record)
    return f"-{_word(record)}" if found is None else _in_signs(found.int, _OF_IDS, _ID)


def _from_id(part: str) -> str:
    return _from_word(part[1:]) if part.startswith("-") else str(uuid.UUID(int=_from_signs(part, _OF_IDS)))


def _uuid(record: str) -> uuid.UUID | None:
    """Return an id as this program makes them, in its one spelling; None for another."""
    try:
        found = uuid.UUID(record)
    except ValueError:
        return None
    return found if str(found) == record else None


_WRITERS = {"form": _key, "document": _key, "region": _region, "id": _id}
_READERS = {"form": _from_key, "document": _from_key, "region": _from_region, "id": _from_id}


def short_code(record: str) -> str:
    """Return the code by which people find a record: K7QF-2M9X."""
    found = _uuid(record)
    if found is None:
        return _short(_hashed(record))
    number = found.int
    return _short((number >> 80 & 0x3) << 32 | (number >> 64 & 0xFFF) << 20 | number & 0xFFFFF)


def _short(number: int) -> str:
    letters = _in_signs(number, PEOPLES, _SHORT - 1)
    letters += _last_letter(letters)
    return f"{letters[:4]}-{letters[4:]}"


def _last_letter(letters: str) -> str:
    return PEOPLES[sum(place * PEOPLES.index(letter) for place, letter in enumerate(letters, 1)) % len(PEOPLES)]


def read_short(typed: str) -> str | None:
    """Return a short code as it is printed, however it was typed; None for what is none, or was mistyped."""
    letters = re.sub(r"[\s-]", "", typed.upper())
    if len(letters) != _SHORT or not set(letters) <= set(PEOPLES) or _last_letter(letters[:-1]) != letters[-1]:
        return None
    return f"{letters[:4]}-{letters[4:]}"


def shape_of_ids(short: str) -> str:
    """Return the shape of the ids with this short code, ? for any figure: some have it that are not of them.

    Ids that are no UUID have no shape: their short code is a hash.
    """
    number = _from_signs(short.replace("-", "")[:-1], PEOPLES)
    return f"????????-????-?{number >> 20 & 0xFFF:03x}-????-???????{number & 0xFFFFF:05x}"


def sign_of(resident: str) -> str:
    """Return the sign of a line of the residents' list: enough to find it among those of its RT."""
    return _in_signs(_whole_hash(resident), _OF_CHECK, _SIGN)


def version_digest(records: Iterable[Record], *, without: Iterable[str] = ()) -> str:
    """Return a short digest of what is printed of records: their answers and where they stand, nothing of the review.

    Equal wherever they are the same. `without` are keys whose answers may change and leave a printed sheet true.
    """
    left_out = {*without}
    content = [[each.form.key, each.id, _said(each, left_out)] for each in sorted(records, key=lambda each: each.id)]
    return _in_signs(_whole_hash(json.dumps(content, sort_keys=True, ensure_ascii=True)), _OF_CHECK, _DIGEST)


def content_digest(text: str) -> str:
    """Return a short digest of any printed content, a report's for instance."""
    return _in_signs(_whole_hash(text), _OF_CHECK, _DIGEST)


def _said(record: Record, left_out: set[str]) -> Answers:
    keys = {*(each for each in ADDRESS if each != "identity"), *(question.key for question in record.form.stored())}
    return {key: record.answers[key] for key in keys - left_out if record.answers.get(key) is not None}


def _hashed(text: str) -> int:
    return _whole_hash(text) & ((1 << _BITS) - 1)


def _whole_hash(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest())
