"""Mangkuk Masyarakat: kelurahan ranked by it, its parts, the rules it is judged by, the records behind it."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from p2kp_desktop.actions.community import bowl, readiness
from p2kp_desktop.actions.community.bowl import BowlRecord
from p2kp_desktop.actions.community.readiness import VillageBowl
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.readiness_rule import PARTS
from p2kp_desktop.language import say
from p2kp_desktop.rules.bowl import Part, Rule
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import parents
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Table, standing
from p2kp_desktop.store import Workspace

from .areas import sheet_remark
from .marks import FIT, OPEN, widest
from .registry import Group, reports_of

report = reports_of(Group.COMMUNITY)

Ranked = tuple[int, VillageBowl]  # its place, shared by kelurahan with as many ready parts
PartOf = tuple[VillageBowl, Part]
FormLine = tuple[str, int]  # a form's key and how many records it has


def part_title(key: str) -> str:
    """Return the title of a part of the bowl, which names the condition for it to be ready."""
    return say(PARTS.show(key))


def ranked(found: Iterable[VillageBowl]) -> list[Ranked]:
    """Return kelurahan with their places, the fullest bowl first; those with as many ready parts share one."""
    first: dict[int, int] = {}
    return [(first.setdefault(each.ready, place), each) for place, each in enumerate(found, start=1)]


def _next(line: Ranked) -> Mark:
    missing = line[1].missing
    return Mark(missing[0].key, part_title(missing[0].key)) if missing else Mark("complete", say("lengkap"))


def _above(line: Ranked) -> str:
    return next((place.name for place in parents(line[1].region) if place.level == "kecamatan"), "")


@report(lambda workspace, asked: ranked(readiness.standings(workspace, asked.area, asked.period)))
def bowl_ranking(lines: Sequence[Ranked] = ()) -> Table[Ranked]:
    """Return the kelurahan of an area by how full their bowls are, with what each lacks next."""
    return Table(
        "bowl_ranking", say("Peringkat kelurahan"), (
            Column("rank", say("No."), Kind.WHOLE, lambda line: line[0], sample="000", gives_way=2),
            Column("region", say("Kelurahan"), Kind.NAME, lambda line: line[1].region,
                   shown=lambda line: line[1].name, sample="Dua-puluh-sembilan Ilir", stretches=True,
                   by=lambda line: line[1].name),
            Column("ready", say("Bagian siap"), Kind.SHARE, _share_ready, by=lambda line: line[0],
                   shown=lambda line: say("{ready} dari {all}", ready=line[1].ready, all=len(line[1].counted)),
                   sample=say("{ready} dari {all}", ready=10, all=10)),
            Column("ready_parts", say("Jumlah bagian siap"), Kind.WHOLE, lambda line: line[1].ready, is_aside=True),
            Column("parts", say("Bagian yang dihitung"), Kind.WHOLE, lambda line: len(line[1].counted),
                   is_aside=True),
            Column("next", say("Yang kurang berikutnya"), Kind.SMALL, _next,
                   sample=max(map(part_title, PARTS.codes), key=len)),
            Column("above", say("Kecamatan"), Kind.TEXT, _above, sample="Seberang Ulu Satu", gives_way=1),
        ),
        lines, empty=say("Belum ada data dari kelurahan mana pun."), known_by=lambda line: line[1].region,
    )


def _share_ready(line: Ranked) -> Fraction:
    return Fraction(line[1].ready, max(len(line[1].counted), 1))


def _parts_of(workspace: Workspace, asked: Scope) -> list[PartOf]:
    return [(each, part) for each in readiness.standings(workspace, asked.area, asked.period) for part in each.parts]


@report(_parts_of)
def bowl_parts(lines: Sequence[PartOf] = ()) -> Table[PartOf]:
    """Return the parts of the bowl of each kelurahan of an area, with what bears them out or is missing."""
    return Table(
        "bowl_parts", say("Bagian mangkuk"), (
            Column("region", say("Kelurahan"), Kind.REGION, lambda line: line[0].region, varies=True),
            Column("part", say("Bagian mangkuk"), Kind.NAME,
                   lambda line: Mark(line[1].key, part_title(line[1].key))),
            Column("ready", say("Siap?"), Kind.VERDICT, icon=lambda line: FIT if line[1].ready else OPEN,
                   of=lambda line: Mark("ready", say("siap")) if line[1].ready else Mark("missing", say("belum"))),
            Column("counts", say("Dihitung?"), Kind.TEXT, lambda line: _yes_or_no(yes=line[1].counts)),
            Column("says", say("Keterangan"), Kind.TEXT, lambda line: line[1].says, stretches=True, wraps=True),
        ),
        lines, known_by=lambda line: (line[0].region, line[1].key),
    )


def _yes_or_no(*, yes: bool) -> Mark:
    return Mark("yes", say("Ya")) if yes else Mark("no", say("Tidak"))


@report(lambda workspace, asked: readiness.governed(workspace, asked.area).rules)
def readiness_rules(lines: Sequence[Rule] = ()) -> Table[Rule]:
    """Return the table of rules of the bowl in the kabupaten/kota of an area, with who says so and how surely."""
    return Table(
        "readiness_rules", say("Aturan kesiapan"), (
            Column("part", say("Bagian mangkuk"), Kind.NAME, lambda rule: Mark(rule.key, part_title(rule.key)),
                   sample=part_title("kpp"), stretches=True, is_fixed=True),
            Column("counts", say("Dihitung?"), Kind.TEXT, lambda rule: _yes_or_no(yes=rule.counts),
                   sample=say("Tidak"), is_fixed=True),
            Column("least", say("Paling sedikit"), Kind.DECIMAL, lambda rule: rule.least, shown=_least,
                   sample="100 " + say("pertemuan"), is_fixed=True),
            Column("unit", say("Satuan"), Kind.TEXT, lambda rule: say(rule.unit) if rule.unit else "",
                   is_aside=True),
            Column("from", say("Menurut"), Kind.TEXT, readiness.whose, sample="Kota Palembang", is_fixed=True),
            Column("sure", say("Kepastian"), Kind.TEXT, lambda rule: say(rule.sure), sample=say("disimpulkan"),
                   gives_way=1, is_fixed=True),
            Column("says", say("Bunyinya"), Kind.TEXT, lambda rule: say(rule.says), is_aside=True),
            Column("source", say("Sumber"), Kind.TEXT, lambda rule: say(rule.source), is_aside=True),
            Column("basis", say("Dasar"), Kind.TEXT, lambda rule: rule.basis, is_aside=True),
        ),
        lines, known_by=lambda rule: rule.key,
    )


def _least(rule: Rule) -> str:
    return "" if rule.least is None else f"{written.number(rule.least)} {say(rule.unit)}"


@report(lambda workspace, asked: list(bowl.counts(workspace, bowl.OF_INSTITUTIONS, asked.area).items()))
def bowl_forms(lines: Sequence[FormLine] = ()) -> Table[FormLine]:
    """Return how many records of each form there are."""
    return Table(
        "bowl_forms", say("Formulir kelembagaan"), (
            Column("form", say("Formulir"), Kind.NAME, _form, stretches=True, is_fixed=True),
            Column("count", say("Catatan"), Kind.WHOLE, lambda line: line[1], sample="0.000", is_fixed=True),
        ),
        lines, sums={"count": sum(count for _form, count in lines)}, known_by=lambda line: line[0],
    )


def _form(line: FormLine) -> Mark:
    return Mark(line[0], say(form_named(line[0]).title))


def _records_of(workspace: Workspace, asked: Scope) -> list[BowlRecord]:
    found = (each for form in bowl.OF_INSTITUTIONS for each in bowl.kept(workspace, form, asked.area))
    return [each for each in found if asked.period in ("", each.period)]


@report(_records_of)
def bowl_records(lines: Sequence[BowlRecord] = ()) -> Table[BowlRecord]:
    """Return the records behind the bowl with the day, the name and what tells one from another."""
    problems, empty = say("{number} masalah", number="00"), say("{number} kosong", number="00")
    return Table(
        "bowl_records", say("Catatan kelembagaan"), (
            Column("form", say("Formulir"), Kind.TEXT, lambda line: Mark(line.sheet.form, say(line.sheet.title)),
                   is_aside=True),
            Column("name", say("Catatan"), Kind.NAME, lambda line: line.sheet.name, sample="n" * 18, stretches=True),
            Column("day", say("Tanggal"), Kind.DATE, lambda line: line.day or None, sample="30 September 2026",
                   shown=lambda line: written.day(line.day) or line.period, by=lambda line: line.day or line.period),
            Column("told", say("Isinya"), Kind.TEXT, lambda line: " · ".join(line.brief), sample="n" * 30,
                   gives_way=1, is_fixed=True),
            Column("region", say("Kelurahan"), Kind.REGION, lambda line: line.region, sample="n" * 16, gives_way=3,
                   varies=True, by=lambda line: line.region),
            Column("standing", say("Status"), Kind.STATUS,
                   lambda line: standing(line.sheet.standing, sheet_remark(line.sheet)), gives_way=2,
                   by=lambda line: line.sheet.standing,
                   marks=(*widest("draft", "conflict", "complete", "ready", "verified", "returned"),
                          *widest("problem", remark=problems), *widest("incomplete", remark=empty))),
        ),
        lines, empty=say("Belum ada catatan. Tekan N untuk menambah."), known_by=lambda line: line.sheet.record,
        every_period=True,
    )
