"""What the list of residents shows: its columns, how each line ended, and the whole of it in words and shares."""

from p2kp_desktop.actions.residents.residents import Completeness, in_turn
from p2kp_desktop.forms.resident import EMPTY, MOVED, REFUSED, SURVEYED, Resident
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record, written
from p2kp_desktop.ui.kit.coverage import Ground, Share
from p2kp_desktop.ui.kit.tablecells import Content, Verdict
from p2kp_desktop.ui.lists.cells import Cell
from p2kp_desktop.ui.lists.table import Column
from p2kp_desktop.ui.look.tokens import Token

TOGETHER = "\N{NO-BREAK SPACE}"
OPEN = "open"  # not visited yet: the key of its filter


def outcome_words() -> dict[str, str]:
    """Return every end of a line in words, in the order of their digits; the last is not visited yet."""
    return {
        SURVEYED: say("Didata"), EMPTY: say("Rumah kosong"), REFUSED: say("Menolak"), MOVED: say("Pindah"),
        OPEN: say("Belum"),
    }


def ended(line: Record) -> str:
    """Return how a line ended, OPEN when nobody visited it."""
    return str(line.answers.get(Resident.outcome.key) or OPEN)


def columns() -> tuple[Column, ...]:
    """Return the columns of the list."""
    return (
        Column("line", say("No."), Content.NUMBER, "0000", order="line"),
        Column("number", say("Nomor rumah"), Content.IDENTITY, "000 A", order="number"),
        Column("name", say("Nama"), Content.NAME, "Muhammad Sukarman", order="name", stretches=True),
        Column("outcome", say("Hasil"), Content.VERDICT, say("Rumah kosong"), order="outcome"),
        Column("note", say("Keterangan"), sample=say("rumah dikunci"), drop=1, stretches=True, wraps=True),
        Column("way", "", Content.LINK, say("Data rumah ini")),
    )


def cell(line: Record, key: str) -> Cell:
    """Return what a line says in a column."""
    state = ended(line)
    if key == "outcome":
        return Cell(outcome_words().get(state, state), Verdict.FIT if state == SURVEYED else Verdict.OPEN)
    if key == "way":
        if state == OPEN:
            return Cell(say("Data rumah ini"))
        return Cell(say("Buka") if line.answers.get(Resident.household.key) else "")
    number = line[Resident.line]
    return Cell({
        "line": "" if number is None else str(number),
        "number": line[Resident.house_number] or "–",
        "name": line[Resident.head_name] or say("(tanpa nama)"),
        "note": line[Resident.note] or "",
    }[key])


def _number(line: Record) -> str:
    return line[Resident.house_number] or ""


ORDERS = {
    "line": in_turn,
    "number": lambda line: (len(_number(line)), _number(line)),
    "name": lambda line: (line[Resident.head_name] or "").lower(),
    "outcome": ended,
}


def shares(found: Completeness) -> tuple[Share, ...]:
    """Return the parts of the coverage bar, which are the filters."""
    words = outcome_words()
    return (
        Share(OPEN, words[OPEN], found.missing, Token.LINE2, Ground.OUTLINED),
        Share(SURVEYED, words[SURVEYED], found.surveyed, Token.SHARE_100),
        Share(EMPTY, words[EMPTY], found.empty, Token.SHARE_50),
        Share(REFUSED, words[REFUSED], found.refused, Token.WARN_LINE),
        Share(MOVED, words[MOVED], found.moved, Token.SHARE_80, Ground.HATCHED),
    )


def coverage_words(found: Completeness) -> str:
    """Return the list in words: 48 dari 52 didata, 1 kosong, 3 belum; ends that nobody met are left out."""
    parts = [say("**{done} dari {all}** didata", done=written.number(found.surveyed), all=written.number(found.listed))]
    for number, words in (
        (found.empty, say("{number} kosong", number=written.number(found.empty))),
        (found.refused, say("{number} menolak", number=written.number(found.refused))),
        (found.moved, say("{number} pindah", number=written.number(found.moved))),
        (found.missing, say("{number} belum", number=written.number(found.missing))),
    ):
        if number:
            parts.append(words.replace(" ", TOGETHER))  # a number stays with its word
    return ", ".join(parts)


def area_words(households: int, period: str, found: Completeness | None) -> str:
    """Return how much of an area is recorded, and how its lists of residents ended where there are any."""
    words = say("{number} rumah terdata, tahun {period}", number=written.number(households), period=period)
    if found is None or not found.listed:
        return words
    return f"{words} · " + say("daftar warga: {how}", how=coverage_words(found))
