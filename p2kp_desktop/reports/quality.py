"""How good the data is: rules broken and by whom, likely duplicates, what is unusual, those who key, keying again."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from p2kp_desktop.actions.quality import keying_differences, operators, outliers, rule_breaks, second_keying
from p2kp_desktop.actions.quality.keying_differences import FIRST, SECOND, Difference, Errors
from p2kp_desktop.actions.quality.operators import Figures
from p2kp_desktop.actions.quality.outliers import FAR_OUT, RT_APART, SAME, Unusual
from p2kp_desktop.actions.quality.rule_breaks import Breaker, Broken
from p2kp_desktop.actions.quality.second_keying import Lot
from p2kp_desktop.actions.recording import doubles
from p2kp_desktop.actions.recording.record_names import form_of, is_identity, masked
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.rules.likeness import House, Likeness
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Table, standing
from p2kp_desktop.store import Workspace
from p2kp_desktop.store.views import Where

from .marks import joined
from .registry import Group, reports_of

report = reports_of(Group.QUALITY)

_SEVERITY = {"hard": "must_fix", "soft": "problem", "missing": "incomplete"}


def _where(asked: Scope) -> Where:
    return Where(area=asked.area, period=asked.period, rt=asked.rt)


# Rules


def question_words(broken: Broken) -> str:
    """Return number and wording of the question that a rule is about."""
    return " ".join(filter(None, (broken.number, broken.question)))


@report(lambda workspace, asked: rule_breaks.problems(workspace, asked.area, asked.period, asked.rt))
def broken_rules(lines: Sequence[Broken] = ()) -> Table[Broken]:
    """Return the rules that records break, with how many do."""
    return Table(
        "broken_rules", say("Masalah per aturan"), (
            Column("severity", say("Jenis"), Kind.STATUS, _severity,
                   marks=tuple(standing(code) for code in _SEVERITY.values()),
                   by=lambda each: list(_SEVERITY).index(each.severity)),
            Column("question", say("Pertanyaan"), Kind.NAME, question_words, sample="n" * 26, stretches=True,
                   wraps=True),
            Column("rule", say("Aturan"), Kind.TEXT, lambda each: each.says, sample="n" * 34, wraps=True,
                   is_fixed=True),
            Column("form", say("Formulir"), Kind.TEXT, lambda each: say(form_of(each.form).title),
                   sample="Survei Kawasan RT   ", gives_way=1, by=lambda each: each.form),
            Column("count", say("Catatan"), Kind.WHOLE, lambda each: each.count, sample="1.000.000",
                   by=lambda each: -each.count),
        ),
        lines, empty=say("Tidak ada aturan yang dilanggar di sini."), known_by=lambda each: each.rule,
    )


def _severity(broken: Broken) -> Mark:
    return standing(_SEVERITY[broken.severity])


@report(lambda workspace, asked: rule_breaks.every_breaker(workspace, asked.area, asked.period, asked.rt))
def rule_breakers(lines: Sequence[Breaker] = ()) -> Table[Breaker]:
    """Return the records that break rules; of one rule the window leaves out what it says of them all."""
    def of_rule(say_of: Callable[[Broken], str]) -> Callable[[Breaker], str]:
        return lambda each: say_of(each.rule) if each.rule else ""

    return Table(
        "rule_breakers", say("Catatan dengan masalah ini"), (
            Column("severity", say("Jenis"), Kind.STATUS, lambda each: _severity(each.rule) if each.rule else None,
                   marks=tuple(standing(code) for code in _SEVERITY.values()), varies=True),
            Column("question", say("Pertanyaan"), Kind.TEXT, of_rule(question_words), sample="n" * 20, varies=True),
            Column("rule", say("Aturan"), Kind.TEXT, of_rule(lambda rule: rule.says), sample="n" * 20, varies=True),
            *_of_records(say("Jawaban sekarang")),
        ),
        lines, empty=say("Semua sudah dibetulkan. Esc kembali ke daftar aturan."),
        known_by=lambda each: (each.rule, each.id),
    )


def records_behind(lines: Sequence[Breaker], answer: str) -> Table[Breaker]:
    """Return the records that a figure counts; `answer` is what is said of each."""
    return Table("records_behind", say("Catatan di balik angka ini"), _of_records(answer), lines,
                 empty=say("Catatannya sudah tidak ada."), known_by=lambda each: (each.form, each.id, each.name))


def _of_records(answer: str) -> tuple[Column[Breaker], ...]:
    return (
        Column("name", say("Nama"), Kind.NAME, _named, sample="n" * 22, stretches=True, is_private=True,
               by=lambda each: each.name.casefold()),
        Column("rt", say("RT"), Kind.TEXT, lambda each: each.rt, sample="001/005  ",
               by=lambda each: (each.rt, each.region)),
        Column("region", say("Kelurahan"), Kind.REGION, lambda each: each.region or None, sample="n" * 20, gives_way=1,
               by=lambda each: (each.region, each.rt)),
        Column("answer", answer, Kind.TEXT, lambda each: each.answer, sample="n" * 34, by=lambda each: each.answer),
    )


def _named(record: Breaker) -> str:
    if record.form == Household.key:
        return record.name
    return " · ".join(dict.fromkeys(filter(None, (say(form_of(record.form).title), record.name))))


# Likely duplicates


@report(lambda workspace, asked: doubles.among(workspace, asked.area, asked.period, asked.rt))
def likely_doubles(lines: Sequence[Likeness] = ()) -> Table[Likeness]:
    """Return the pairs of households that may be one."""
    return Table(
        "doubles", say("Mungkin ganda"), (
            Column("one", say("Kiri"), Kind.NAME, lambda each: _house(each.one), sample="n" * 13, stretches=True,
                   is_private=True, by=lambda each: each.one.name.casefold()),
            Column("other", say("Kanan"), Kind.NAME, lambda each: _house(each.other), sample="n" * 16, is_fixed=True,
                   is_private=True),
            Column("rt", say("RT"), Kind.SMALL, lambda each: each.one.rt, sample="001/005 ", gives_way=2,
                   by=lambda each: (each.one.region, each.one.rt)),
            Column("reasons", say("Alasan"), Kind.SMALL, doubles.reasons, sample="n" * 40, gives_way=1, is_fixed=True),
        ),
        lines, empty=say("Tidak ada rumah yang mungkin didata dua kali di sini."),
        known_by=lambda each: (each.one.id, each.other.id),
    )


def _house(house: House) -> str:
    return house.name or say(Household.nameless)


# What is unusual


@report(lambda workspace, asked: outliers.unusual(workspace, asked.area, asked.period, asked.rt))
def unusual(lines: Sequence[Unusual] = ()) -> Table[Unusual]:
    """Return the table of findings that are unusual though no rule forbids them."""
    words = {SAME: say("Pola petugas"), RT_APART: say("Satu RT"), FAR_OUT: say("Angka")}
    codes = {SAME: "same", RT_APART: "rt_apart", FAR_OUT: "far_out"}
    return Table(
        "unusual", say("Yang tidak lazim"), (
            Column("kind", say("Jenis"), Kind.TEXT, lambda each: Mark(codes[each.kind], words[each.kind]),
                   sample=f"{say('Pola petugas')}   ", by=lambda each: list(words).index(each.kind)),
            Column("says", say("Yang tidak lazim"), Kind.NAME, lambda each: each.says, sample="n" * 60,
                   stretches=True, is_fixed=True),
            Column("where", say("Di mana"), Kind.SMALL, outliers.region_of, sample="RT 001/005 · Tiga Empat Ulu  ",
                   by=lambda each: (each.region, each.rt)),
        ),
        lines, empty=say("Tidak ada yang tidak lazim di sini. Perlu paling sedikit {count} rumah.",
                         count=outliers.LEAST),
    )


# Those who key


@report(lambda workspace, asked: operators.figures(workspace, _where(asked)))
def figures_of_operators(lines: Sequence[Figures] = ()) -> Table[Figures]:
    """Return the figures of those who key; bars compare the lines with the fastest of them."""
    return Table(
        "operators", say("Kinerja petugas"), (
            Column("person", say("Petugas"), Kind.NAME, lambda each: each.person, sample="n" * 16, stretches=True),
            Column("day", say("Hari"), Kind.DATE, lambda each: each.day or None, shown=day_words,
                   sample="24 September 2026 ", by=lambda each: each.day),
            Column("records", say("Catatan"), Kind.WHOLE, lambda each: each.records, sample="10.000",
                   by=lambda each: -each.records),
            _measured("hourly", say("Per jam"), "100 ", lines, lambda each: each.per_hour),
            Column("typical", say("Waktu per catatan"), Kind.WHOLE, lambda each: each.typical, unit=say("detik"),
                   shown=lambda each: operators.duration(each.typical), sample="30 mnt 59 dtk"),
            _measured("strokes", say("Ketukan per jam"), "10.000 ", lines, lambda each: each.strokes_per_hour),
            Column("corrected", say("Koreksi per 100 ketukan"), Kind.DECIMAL, lambda each: _one_place(each.corrected),
                   sample="100,0", gives_way=2, by=lambda each: -each.corrected),
            Column("lag", say("Wawancara ke ketik"), Kind.WHOLE, lambda each: each.lag, unit=say("hari"),
                   shown=lambda each: "" if each.lag is None else say("{days} hari", days=each.lag),
                   sample="100 hari", gives_way=1),
        ),
        lines, empty=say("Untuk wilayah dan periode ini belum ada yang diketik di formulir di laptop ini."),
        known_by=lambda each: (each.person, each.day),
    )


def day_words(line: Figures) -> str:
    """Return the day that figures are of, or that they are of all."""
    return written.day(line.day) if line.day else say("semua")


def _one_place(number: float) -> Decimal:
    return Decimal(str(round(number, 1)))


def _measured(
    key: str, title: str, sample: str, lines: Sequence[Figures], measure: Callable[[Figures], float]
) -> Column[Figures]:
    most = max(map(measure, lines), default=0.0)
    return Column(key, title, Kind.WHOLE, lambda each: round(measure(each)), sample=sample,
                  by=lambda each: -measure(each), bar=lambda each: measure(each) / most if most else 0.0)


# Keying again


def paper(lot: Lot) -> str:
    """Return the building number and name by which the paper of a drawn household is known."""
    return joined((lot.number, lot.name or say(Household.nameless)))


@report(lambda workspace, asked: second_keying.lots(workspace, _where(asked)))
def rechecks(lines: Sequence[Lot] = ()) -> Table[Lot]:
    """Return the households drawn to be keyed again."""
    return Table(
        "rechecks", say("Yang diundi"), (
            Column("name", say("Kertas"), Kind.NAME, paper, sample="n" * 14, stretches=True,
                   by=lambda each: each.name.casefold()),
            Column("rt", say("RT"), Kind.TEXT, lambda each: each.rt, sample="001/005 "),
            Column("operator", say("Petugas"), Kind.TEXT, lambda each: each.operator, sample="n" * 12, gives_way=1),
            Column("state", say("Keadaan"), Kind.SMALL, _state, sample="99 perbedaan  ", is_fixed=True),
        ),
        lines, empty=say(
            "Belum ada yang diundi. Pilih petugas dan persennya, lalu Undi: rumah yang terpilih diketik sekali lagi "
            "dari kertasnya, lalu kedua ketikan dibandingkan."
        ), known_by=lambda each: each.record,
    )


def _state(lot: Lot) -> Mark:
    if lot.differences is None:
        return Mark("begun", say("sedang diketik")) if lot.begun else Mark("drawn", say("belum"))
    if lot.differences:
        return Mark("differs", say("{count} perbedaan", count=lot.differences))
    return Mark("done", say("selesai"))


def _differences(workspace: Workspace, asked: Scope) -> list[Difference]:
    return [
        difference for lot in second_keying.lots(workspace, _where(asked)) if lot.differences is not None
        for difference in of_lot(lot, second_keying.differences(workspace, lot.record))
    ]


def of_lot(lot: Lot, found: Sequence[Difference]) -> list[Difference]:
    """Return the differences of a lot with its paper named."""
    return [replace(each, paper=paper(lot), rt=lot.rt) for each in found]


@report(_differences)
def recheck_differences(lines: Sequence[Difference] = ()) -> Table[Difference]:
    """Return the answers that were keyed in two ways."""
    words = {"": say("belum"), FIRST: say("pertama"), SECOND: say("kedua")}
    return Table(
        "recheck_differences", say("Perbedaan"), (
            Column("paper", say("Kertas"), Kind.NAME, lambda each: each.paper, sample="n" * 14, varies=True,
                   is_fixed=True),
            Column("rt", say("RT"), Kind.TEXT, lambda each: each.rt, sample="001/005 ", varies=True, is_fixed=True),
            Column("question", say("Perbedaan"), Kind.TEXT,
                   lambda each: " ".join(filter(None, (each.number, each.wording))), sample="n" * 16, stretches=True,
                   is_fixed=True),
            Column("first", say("1 Pertama"), Kind.TEXT, lambda each: each.first, sample="n" * 10, is_fixed=True),
            Column("second", say("2 Kedua"), Kind.TEXT, lambda each: each.second, sample="n" * 10, is_fixed=True),
            Column("decided", say("Benar"), Kind.SMALL, lambda each: Mark(each.decided or "open", words[each.decided]),
                   sample="pertama  ", is_fixed=True),
        ),
        lines, known_by=lambda each: (each.record, each.question), filed=_masked,
    )


def _masked(found: Difference) -> Difference:
    """Hide the middle of identity numbers, which who decides between the two has to see."""
    if not is_identity(Household.key, found.question):
        return found
    first, second = (masked(text) if any(map(str.isdigit, text)) else text for text in (found.first, found.second))
    return replace(found, first=first, second=second)


@report(lambda workspace, asked: keying_differences.errors(workspace, _where(asked)))
def keying_errors(lines: Sequence[Errors] = ()) -> Table[Errors]:
    """Return how often those who keyed first were wrong."""
    return Table(
        "keying_errors", say("Kesalahan ketik"), (
            Column("operator", say("Petugas"), Kind.NAME, lambda each: each.operator, sample="n" * 16, stretches=True),
            Column("records", say("Rumah"), Kind.WHOLE, lambda each: each.records, sample="0.000"),
            Column("wrong", say("Salah"), Kind.WHOLE, lambda each: each.wrong, sample="000"),
            Column("open", say("Belum diputuskan"), Kind.WHOLE, lambda each: each.open, sample="000"),
            Column("keystrokes", say("Ketukan"), Kind.WHOLE, lambda each: each.keystrokes, sample="00.000"),
            Column("rate", say("Kesalahan per 1.000 ketukan"), Kind.DECIMAL,
                   lambda each: _one_place(each.per_thousand), sample="00,0"),
        ),
        lines, empty=say("Belum ada yang diketik ulang."), known_by=lambda each: each.operator,
    )
