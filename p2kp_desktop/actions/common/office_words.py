"""Offices and moments in words."""

import datetime

from p2kp_desktop.language import say
from p2kp_desktop.schema import written


def role_words(role: str) -> str:
    """Return the name that people use for an office of a role."""
    words = {
        "facilitator": say("Fasilitator kelurahan"), "district": say("Kabupaten/Kota"), "province": say("Provinsi"),
    }
    return words.get(role, role)


def when(text: str) -> str:
    """Return a moment as 4 Oktober 2022, 11.20, by the clock that wrote it."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return text
    return written.moment(moment)
