"""One RT (rukun tetangga): its numbers, its name and who leads it."""

import re
from collections.abc import Callable

from p2kp_desktop.schema import Form, Measure, Person, Section, Text, Whole
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.schema.places import normal_rt, rt_parts
from p2kp_desktop.schema.values import Answer, Unreadable

from .places import COLLECTING, READINESS, SCORES


class Rt(
    Form, key="rt", title="RT", place="rt", per_period=False, says_rt=True,
    natural=("region", "rt"), named=(), known_by=("head_name",), listed_in=COLLECTING, touches=(SCORES, READINESS),
):
    """Rukun tetangga, or a dusun where there is none; labels as seen in the official workbook's cover."""

    general = Section("RT")
    rt_number = Whole("Nomor RT", low=1, high=999, required=False, help="Cukup angkanya, misalnya 14.")
    rw_number = Whole("Nomor RW", low=1, high=999, required=False)
    dusun = Text("Dusun atau nama lain", required=False, help="Misalnya DS04 atau DUSUN TIKUNG.")
    head_name = Person("Nama Ketua RT", required=False)
    phone = Text("Nomor telepon Ketua RT", required=False, private=True)
    latitude = Measure(
        "Garis lintang", unit="°", low=-90, high=90, usual=("-6", "-1"), required=False, help="Misalnya -2,9831."
    )
    longitude = Measure(
        "Garis bujur", unit="°", low=-180, high=180, usual=("102", "109"), required=False, help="Misalnya 104,7754."
    )

    @classmethod
    def name_of(cls, answers: Answers, words: Callable[[str], str] = str, *, public: bool = False) -> str:
        """Return an RT by its number, never by who leads it."""
        del public  # a place is nobody's secret
        return words("RT {rt}").format(rt=answers["rt"]) if answers.get("rt") else ""

    @classmethod
    def complete(cls, answers: Answers) -> dict[str, Answer]:
        """Return numbers and words that the address says, or the address that numbers and words make."""
        label = answers.get("rt")
        keys = (cls.rt_number.key, cls.rw_number.key, cls.dusun.key)
        if label is None:
            made = _label(*(answers.get(key) for key in keys))
            return {"rt": made} if made else {}
        said = zip(keys, rt_parts(str(label)), strict=True)
        return {key: value for key, value in said if value not in (None, "") and answers.get(key) is None}


def _label(number: Answer, rw: Answer, words: Answer) -> str | None:
    """Return the address of an RT in its one spelling, or None when too little is known."""
    text = re.sub(r"\s*,\s*", " ", str(words or ""))
    if number is not None and rw is not None:
        text = f"{number}/{rw} {text}"
    elif number is not None:
        dusun_number = re.sub(r"^DS[\s.]*(?=\d)", "/DS", text, flags=re.IGNORECASE)
        text = f"{number}{dusun_number}" if dusun_number.startswith("/DS") else f"{number} {text}"
    try:
        return normal_rt(text)
    except Unreadable:
        return None
