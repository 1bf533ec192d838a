"""What the numbers of a household's head and family say of them: only ever a warning, never a refusal.

A NIK is province, kabupaten/kota and kecamatan of its first issue, day of birth (40 more for a woman), month,
year, serial; the number of a family card has the day of its issue in that place, without the 40.

A NIK keeps the place of its first issue, so one from elsewhere is asked about only where no family card of here
explains it; the family card says where the family is registered now.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from p2kp_desktop import environment
from p2kp_desktop.language import say
from p2kp_desktop.schema import SOFT, Choice, Date, Identity, Judgement, Whole, written
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.schema.places import city_of, region_name, regions
from p2kp_desktop.schema.questions import Objection

if TYPE_CHECKING:
    from lokal.nik import NikInfo

HERE = "16"  # Sumatera Selatan: only its regions are known down to the kecamatan
YOUNGEST = 15  # years; younger heads of a household are asked about
_CENTURY = datetime.date(2099, 12, 31)  # without a day of the survey: any year of two digits is a possible one
_LETTERS = {"L": "a", "P": "b"}  # of the question on the head's sex
_WOMAN = 40  # what a day of birth has more than the calendar


@dataclass(frozen=True)
class FitsTheHead(Judgement):
    """The NIK has the structure of one, agrees with who lives in the house, and with where they live.

    Who has moved keeps the NIK of the first place, so a NIK from elsewhere is not asked about where the family
    card is of here.
    """

    nik: Identity
    card: Identity
    survey_date: Date
    men: Whole
    women: Whole
    sex: Choice

    def at(self) -> str:
        """Return the key of the NIK."""
        return self.nik.key

    def objection(self, answers: Answers) -> Objection | None:
        """Object to the first thing that is unlikely about a NIK of 16 digits."""
        surveyed = _day(self.survey_date, answers)
        read = _read(self.nik, answers, surveyed or _CENTURY)
        return next(self._unlikely(read, surveyed, answers), None) if read else None

    def _unlikely(self, read: "NikInfo", surveyed: datetime.date | None, answers: Answers) -> Iterator[Objection]:
        yield from _faults(read)
        if read.errors:
            return
        men, women = answers.get(self.men.key), answers.get(self.women.key)
        if read.gender == "P" and men and women == 0:
            yield Objection("Menurut NIK kepala rumah tangga perempuan, padahal tidak ada anggota perempuan.", SOFT)
        if read.gender == "L" and women and men == 0:
            yield Objection("Menurut NIK kepala rumah tangga laki-laki, padahal tidak ada anggota laki-laki.", SOFT)
        said = self.sex.options.find(str(answers.get(self.sex.key) or ""))
        if said and read.gender and said.letter != _LETTERS[read.gender]:
            yield Objection("Jenis kelamin kepala rumah tangga berbeda dari yang di NIK.", SOFT)
        born = datetime.date.fromisoformat(str(read.birth_date))
        if surveyed and (surveyed - born).days < YOUNGEST * 365:
            yield Objection(say("Menurut NIK kepala rumah tangga lahir {day}.", day=written.day(born)), SOFT)
        card = _read(self.card, answers, _CENTURY)
        if not card or card.errors or _is_of_elsewhere(card, answers):
            for place, home in _elsewhere(read, answers):
                yield Objection(say("NIK diterbitkan di {place}, bukan di {home}.", place=place, home=home), SOFT)

    def sentence(self) -> str:
        """Say the rule in words."""
        return "Susunan NIK (wilayah, tanggal lahir, nomor urut) biasanya sesuai dengan kepala rumah tangga."


@dataclass(frozen=True)
class FitsTheFamily(Judgement):
    """The number of the family card (Kartu Keluarga) has the structure of one, and is of the city they live in."""

    card: Identity
    nik: Identity
    survey_date: Date

    def at(self) -> str:
        """Return the key of the number of the family card."""
        return self.card.key

    def objection(self, answers: Answers) -> Objection | None:
        """Object to the first thing that is unlikely about a number of 16 digits."""
        read = _read(self.card, answers, _day(self.survey_date, answers) or _CENTURY)
        return next(self._unlikely(read, answers), None) if read else None

    def _unlikely(self, read: "NikInfo", answers: Answers) -> Iterator[Objection]:
        if answers.get(self.card.key) == answers.get(self.nik.key):
            yield Objection("Nomor KK sama dengan NIK; biasanya berbeda.", SOFT)
        yield from _faults(read)
        if not read.errors and int(str(read.nik)[6:8]) > _WOMAN:
            yield Objection("Tanggal terbit di nomor KK tidak ada di kalender; mungkin ini NIK.", SOFT)
        for place, home in _elsewhere(read, answers):
            yield Objection(
                say("Menurut nomor KK keluarga ini terdaftar di {place}, bukan di {home}.", place=place, home=home),
                SOFT,
            )

    def sentence(self) -> str:
        """Say the rule in words."""
        return "Susunan nomor KK (wilayah, tanggal terbit, nomor urut) biasanya sesuai dengan tempat tinggal."


def holder(digits: str) -> tuple[bool, str] | None:
    """Return whether the holder of a NIK is a woman, and the day of birth; None where it is no NIK."""
    read = _parsed(digits, environment.today())
    return None if read.errors or not read.birth_date else (read.gender == "P", str(read.birth_date))


def _day(question: Date, answers: Answers) -> datetime.date | None:
    day = answers.get(question.key)
    return question.answer(day) if isinstance(day, str) and question.understands(day) else None


def _read(question: Identity, answers: Answers, reference: datetime.date) -> "NikInfo | None":
    """Return the facts in the digits of an identity number, or None where they are not as many as they should be."""
    digits = str(answers.get(question.key) or "")
    if not (digits.isascii() and digits.isdigit() and len(digits) == question.digits):
        return None
    return _parsed(digits, reference)


def _parsed(digits: str, reference: datetime.date) -> "NikInfo":
    from lokal.nik import parse_nik  # with all of its library, a fifth of what a short command loads

    return parse_nik(digits, lookup_wilayah=_known_here, reference_date=reference)


def _faults(read: "NikInfo") -> Iterator[Objection]:
    """Say in our own words what the library finds: it speaks of a NIK and a birth, which a family card has not."""
    for fault in read.errors:
        yield _FAULTS.get(fault.code) or Objection(
            say("Kode provinsi {code} di nomor ini tidak dikenal.", code=read.province_code), SOFT
        )
    if read.warnings and not read.errors:
        yield Objection(
            say("Kode kecamatan {code} di nomor ini tidak dikenal; mungkin kode lama.", code=read.district_code), SOFT
        )


_FAULTS = {
    "wilayah": Objection("Kode kabupaten/kota dan kecamatan tidak boleh 00.", SOFT),
    "birth_date": Objection("Tanggal di nomor ini (angka ke-7 sampai ke-12) tidak ada di kalender.", SOFT),
    "serial": Objection("Nomor urut (empat angka terakhir) tidak boleh 0000.", SOFT),
}


def _is_of_elsewhere(read: "NikInfo", answers: Answers) -> bool:
    region = str(answers.get("region") or "")
    return bool(region) and not read.errors and read.regency_code != city_of(region)


def _elsewhere(read: "NikInfo", answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield the place that the number is of and the one where they live, when these are two cities."""
    if _is_of_elsewhere(read, answers):
        code = str(read.regency_code)
        place = region_name(code) if code.startswith(f"{HERE}.") else str(read.province)
        yield place, region_name(city_of(str(answers["region"])))


def _known_here(code: str) -> str | None:
    """Return the name of a region of the province; those of other provinces are taken as known."""
    if not code.startswith(f"{HERE}."):
        return code
    found = regions().get(code)
    return found.name if found else None
