"""What a row of a table does here, as icon, word and colour, and the filters made of it."""

from collections.abc import Callable
from dataclasses import dataclass

from p2kp_desktop.actions.importing.import_preview import Preview
from p2kp_desktop.actions.importing.read_table import DELETED, IDENTICAL, LOCKED, NEW, REJECTED, SKIPPED, UPDATED
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.coverage import Ground, Share
from p2kp_desktop.ui.look.tokens import Token


@dataclass(frozen=True)
class Look:
    """How an outcome is shown in the table and in its filter."""

    icon: str
    word: Callable[[], str]
    tone: Token
    swatch: Token
    ground: Ground = Ground.SOLID


LOOKS = {
    NEW: Look("plus", lambda: say("baru"), Token.ACCENT_TEXT, Token.ACCENT),
    UPDATED: Look("pencil-line", lambda: say("diperbarui"), Token.ACCENT_TEXT, Token.SHARE_80),
    IDENTICAL: Look("equal", lambda: say("sama"), Token.TEXT2, Token.LINE2, Ground.OUTLINED),
    REJECTED: Look("ban", lambda: say("ditolak"), Token.ERR, Token.ERR_LINE),
    LOCKED: Look("lock", lambda: say("terkunci"), Token.WARN, Token.WARN_LINE),
    DELETED: Look("trash", lambda: say("pernah dihapus"), Token.WARN, Token.WARN_LINE, Ground.OUTLINED),
    SKIPPED: Look("skip-forward", lambda: say("dilewati"), Token.TEXT3, Token.LINE2, Ground.HATCHED),
}


def shares(preview: Preview) -> tuple[Share, ...]:
    """Return the filters with their counts."""
    return tuple(
        Share(outcome, look.word().capitalize(), preview.count(outcome), look.swatch, look.ground)
        for outcome, look in LOOKS.items()
    )
