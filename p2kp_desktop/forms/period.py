"""One survey round (periode pendataan) and the rules by which it is counted."""

from p2kp_desktop.schema import Answer, Choice, Form, Measure, Options, Section, Text, Year
from p2kp_desktop.schema.conditions import Answers

from .places import COLLECTING, SCORES

KINDS = Options(tahunan="Pendataan tahunan", awal="Data awal (baseline)", akhir="Data akhir")
RULES = Options(
    **{"2018": "Permen PUPR 14/PRT/M/2018 (16 kriteria)", "2016": "Permen PUPR 02/PRT/M/2016 (19 kriteria)"}
)
METHODS = Options(
    workbook="Seperti buku kerja RT resmi: tiap kuesioner satu unit",
    units="Menurut satuan: bangunan dihitung sekali, rumah tangga mewakili KK-nya",
)


class Period(
    Form, key="period", title="Periode", place="", per_period=False, natural=("year", "kind"),
    named=("year", "kind"), known_by=(), listed_in=COLLECTING, touches=(SCORES,),
):
    """Periode pendataan; it names the rule set and the counting method for everything surveyed in it."""

    general = Section("Periode")
    year = Year("Tahun", low=2000, high=2100)
    kind = Choice("Jenis pendataan", KINDS)
    rules = Choice("Aturan penilaian", RULES, help="Menentukan kriteria yang dihitung dan pertanyaan yang diajukan.")
    method = Choice("Cara menghitung", METHODS)
    density_limit = Measure(
        "Batas kepadatan bangunan",
        unit="unit/Ha",
        required=False,
        high=2000,
        help="Kosong = menurut kelas kota: metropolitan/besar 250, sedang/kecil 200.",
    )
    note = Text("Keterangan", required=False, private=True)

    @classmethod
    def complete(cls, answers: Answers) -> dict[str, Answer]:
        """Return the usual kind, where none is named: it is part of what makes a period this one."""
        del answers
        return {cls.kind.key: cls.kind.options.codes[0]}
