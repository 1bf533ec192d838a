"""The matrix of problems of a kelurahan: each criterion with points, where it is worst, why, and what is proposed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.actions.collaboration.needs import NeedLine
from p2kp_desktop.language import say
from p2kp_desktop.rules.explanation import Explained, Explanation, amount
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Table

_WORST, _ANSWERS, _NEEDS = 4, 2, 3  # RTs, answers and needs that a line tells


@dataclass(frozen=True)
class Problem:
    """A criterion that scores in an area: its figures, the RTs that add most, the answers behind it, what is needed."""

    told: Explained
    where: str
    why: str
    needs: tuple[NeedLine, ...]


def problems(
    whole: Explanation, of_rts: Iterable[Explanation], needs: Iterable[NeedLine]
) -> list[Problem]:
    """Return the criteria of an area that score, the most points first."""
    answers: dict[str, Counter[tuple[str, str]]] = {}
    for rt in of_rts:
        for each in rt.criteria:
            counted = answers.setdefault(each.criterion.code, Counter())
            counted.update((cause.asked, cause.shown or say("belum dijawab")) for cause in each.causes)
    by_criterion: dict[str, list[NeedLine]] = {}  # by the option of the forms, which no edition renumbers
    for need in needs:
        by_criterion.setdefault(need.criterion, []).append(need)
    found = [Problem(each, _where(whole, each.criterion.code), _why(answers.get(each.criterion.code, Counter())),
                     tuple(by_criterion.get(each.criterion.option, ())))
             for each in whole.criteria if each.score]
    return sorted(found, key=lambda each: (-(each.told.score or 0), each.told.criterion.code))


def _where(whole: Explanation, code: str) -> str:
    adding = whole.contributions(code, _WORST)
    told = [f"{each.rt} ({amount(each.share.volume)})" for each in adding.most if each.share]
    more = adding.out_of - len(told)
    return "; ".join([*told, *([say("{number} RT lain", number=written.number(more))] if more > 0 else [])])


def _why(counted: Mapping[tuple[str, str], int]) -> str:
    most = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:_ANSWERS]
    return "; ".join(f"{question}: {answer}" + (f" ({written.number(number)})" if number > 1 else "")
                     for (question, answer), number in most)


def matrix(lines: Sequence[Problem] = ()) -> Table[Problem]:
    """Return the matrix: problem, place, analysis, proposed activity, cost."""
    return Table("problems", say("Matriks masalah, analisis, dan usulan kegiatan"), (
        Column("code", say("No"), Kind.IDENTITY, lambda line: line.told.criterion.code),
        Column("problem", say("Masalah"), Kind.NAME, lambda line: say(line.told.criterion.name)),
        Column("figure", say("Besarnya"), Kind.TEXT, lambda line: line.told.figure),
        Column("where", say("Lokasi (RT/RW)"), Kind.TEXT, lambda line: line.where),
        Column("why", say("Analisis: jawaban di baliknya"), Kind.TEXT, lambda line: line.why),
        Column("proposed", say("Usulan kegiatan"), Kind.TEXT, _proposed),
        Column("cost", say("Biaya"), Kind.MONEY, _cost),
    ), lines, empty=say("Tidak ada kriteria yang berskor."),
        sums={"cost": sum(costs)} if (costs := [each for each in map(_cost, lines) if each is not None]) else {})


def _proposed(line: Problem) -> str:
    told = [" ".join(part for part in (need.rt, need.what) if part) for need in line.needs[:_NEEDS]]
    more = len(line.needs) - len(told)
    return "; ".join([*told, *([say("{number} lainnya", number=written.number(more))] if more > 0 else [])]) or say(
        "belum diusulkan")


def _cost(line: Problem) -> int | None:
    known = [need.cost for need in line.needs if need.cost is not None]
    return sum(known) if known else None
