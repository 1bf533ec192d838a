"""The parts of a record's address as people and scripts give them: where, in which RT and period, beside what."""

import re
from collections.abc import Callable

from p2kp_desktop.language import say
from p2kp_desktop.schema import Form, Unreadable
from p2kp_desktop.schema.places import city_of, normal_rt, region
from p2kp_desktop.schema.values import tidy

LONGEST_ID = 200


def read_part(form: type[Form], key: str, text: str) -> str:
    """Return one part of the address of a record of a form as it is kept; raise Unreadable."""
    return (_of_place(form) if key == "region" else _READERS[key])(text)


def _of_place(form: type[Form]) -> Callable[[str], str]:
    """Return what reads where a record stands: what hangs on any record stands wherever that one does."""
    if form.place == "city":
        return _city
    return _anywhere if form.parent is not None and not form.parent.to else _village


def _city(code: str) -> str:
    """Return the kabupaten/kota that was named, or in which the region that was named lies; the province for itself."""
    return city_of(region(code).code)


def _anywhere(code: str) -> str:
    return region(code).code


def _village(code: str) -> str:
    found = region(code)
    if not found.is_village:
        raise Unreadable(say("{name} ({code}) bukan kelurahan atau desa.", name=found.name, code=code))
    return found.code


def _period(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-\w+)?", text):
        raise Unreadable(say("«{value}» bukan periode. Tulis tahunnya, misalnya 2026.", value=text))
    return text


def read_id(text: str) -> str:
    """Return the id of a record; raise Unreadable for what cannot be one."""
    if text != tidy(text) or "\n" in text or not 0 < len(text) <= LONGEST_ID:
        raise Unreadable(say("«{value}» bukan nomor catatan.", value=text[:LONGEST_ID]))
    return text


_READERS: dict[str, Callable[[str], str]] = {
    "rt": normal_rt, "period": _period, "parent": read_id, "identity": read_id,
}
