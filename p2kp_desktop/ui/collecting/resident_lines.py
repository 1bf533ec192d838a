"""The list of residents as a whole, in words and shares."""

from p2kp_desktop.actions.residents.residents import Completeness
from p2kp_desktop.forms.resident import EMPTY, MOVED, REFUSED, SURVEYED
from p2kp_desktop.language import say
from p2kp_desktop.reports.residents import OPEN, ends
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.coverage import Ground, Share
from p2kp_desktop.ui.look.tokens import Token

TOGETHER = "\N{NO-BREAK SPACE}"


def shares(found: Completeness) -> tuple[Share, ...]:
    """Return the parts of the coverage bar, which are the filters."""
    words = ends()
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
