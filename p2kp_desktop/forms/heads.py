"""What the NIK of a household's head says of them (dossier H: only ever a warning)."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from lokal.nik import NikInfo, parse_nik

from p2kp_desktop.schema import SOFT, Date, Identity, Judgement, Whole
from p2kp_desktop.schema.conditions import Answers
from p2kp_desktop.schema.places import regions
from p2kp_desktop.schema.questions import Objection
from p2kp_desktop.schema.values import show_date

HERE = "16"  # Sumatera Selatan: only its regions are known down to the kecamatan
YOUNGEST = 15  # years; younger heads of a household are asked about
_CENTURY = datetime.date(2099, 12, 31)  # without a day of the survey: any year of two digits is a possible one


@dataclass(frozen=True)
class FitsTheHead(Judgement):
    """The NIK has the structure of one, and agrees with who lives in the house."""

    nik: Identity
    survey_date: Date
    men: Whole
    women: Whole

    def at(self) -> str:
        """Return the key of the NIK."""
        return self.nik.key

    def objection(self, answers: Answers) -> Objection | None:
        """Object to the first thing that is unlikely about a NIK of 16 digits."""
        digits = str(answers.get(self.nik.key) or "")
        if not (digits.isascii() and digits.isdigit() and len(digits) == self.nik.digits):
            return None
        surveyed = self._surveyed(answers)
        read = parse_nik(digits, lookup_wilayah=_known_here, reference_date=surveyed or _CENTURY)
        said = next(self._unlikely(read, surveyed, answers), None)
        return Objection(said, SOFT) if said else None

    def _surveyed(self, answers: Answers) -> datetime.date | None:
        day = answers.get(self.survey_date.key)
        return self.survey_date.answer(day) if isinstance(day, str) and self.survey_date.understands(day) else None

    def _unlikely(self, read: NikInfo, surveyed: datetime.date | None, answers: Answers) -> Iterator[str]:
        yield from (fault.message for fault in read.errors)
        if read.errors:
            return
        if read.warnings:
            yield f"Kode kecamatan {read.district_code} di NIK tidak dikenal; mungkin kode lama."
        men, women = answers.get(self.men.key), answers.get(self.women.key)
        if read.gender == "P" and men and women == 0:
            yield "Menurut NIK kepala rumah tangga perempuan, padahal tidak ada anggota perempuan."
        if read.gender == "L" and women and men == 0:
            yield "Menurut NIK kepala rumah tangga laki-laki, padahal tidak ada anggota laki-laki."
        born = datetime.date.fromisoformat(str(read.birth_date))
        if surveyed and (surveyed - born).days < YOUNGEST * 365:
            yield f"Menurut NIK kepala rumah tangga lahir {show_date(born.isoformat())}."

    def sentence(self) -> str:
        """Say the rule in words."""
        return "Susunan NIK (wilayah, tanggal lahir, nomor urut) biasanya sesuai dengan kepala rumah tangga."


def _known_here(code: str) -> str | None:
    """Return the name of a region of the province; those of other provinces are taken as known."""
    if not code.startswith(f"{HERE}."):
        return code
    found = regions().get(code)
    return found.name if found else None
