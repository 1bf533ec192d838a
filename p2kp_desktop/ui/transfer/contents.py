"""What a bundle would hold: how many records of each form, and a row for every RT."""

import re

from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.bundles import bundle_selection
from p2kp_desktop.actions.bundles.outbox import Contents, RtContents
from p2kp_desktop.language import say
from p2kp_desktop.reports import transfer
from p2kp_desktop.schema import written
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.labels import BODY, NOTE, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.kit.words import plain
from p2kp_desktop.ui.lists.table_list import TableList
from p2kp_desktop.ui.look.measures import SPACE_8

_NAMED = 7  # so many kinds of records are named, the rest is counted


class ContentsTable(QWidget):
    """The sums in words above, the RTs below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._summary = Label("", BODY, wraps=True)
        self._remark = Label("", NOTE, wraps=True)
        self.list: TableList[RtContents] = TableList(desk, transfer.bundle_contents())
        down(self._summary, self._remark, (self.list, 1), into=self, gap=SPACE_8)

    def show_contents(self, contents: Contents) -> None:
        """Show what a bundle would hold."""
        self.list.show_table(transfer.bundle_contents(contents.rts, partly=contents.total != contents.whole))
        self._summary.say(summary(contents, most=_NAMED))
        self._summary.setToolTip(plain(summary(contents)))
        self._remark.say(_remark(contents))


def summary(contents: Contents, most: int | None = None) -> str:
    """Return in words what is inside, of each kind of record or of so many kinds."""
    named = contents.forms[: most if most and len(contents.forms) > most + 1 else None]
    parts = [f"**{written.number(count)}** {_plain(say(title))}" for title, count in named]
    if more := contents.forms[len(named) :]:
        parts.append(say("**{count}** catatan lain dari {kinds} jenis", kinds=len(more),
                         count=written.number(sum(count for _title, count in more))))
    if contents.deleted:
        parts.append(say("**{count}** dihapus, agar terhapus juga di penerima", count=written.number(contents.deleted)))
    inside = say("**Isi paket:** {parts}", parts=" · ".join(parts) or say("kosong"))
    if contents.total == contents.whole:
        return inside
    share = say("**{count}** dari {whole} catatan; yang lain sudah ada tanda terimanya.",
                count=written.number(contents.total), whole=written.number(contents.whole))
    return f"{share}\n{inside}"


def _remark(contents: Contents) -> str:
    told = (
        bundle_selection.outside_words(contents.outside),
        bundle_selection.behind_words(contents.behind),
        _completeness(contents),
    )
    return " ".join(words for words in told if words)


def _completeness(contents: Contents) -> str:
    incomplete = sum(each.incomplete or 0 for each in contents.rts)
    if not incomplete:
        whole = all(each.incomplete is not None for each in contents.rts)
        return say("Semua rumah yang terdata sudah lengkap.") if whole else ""
    return say("{count} rumah belum lengkap. Tidak apa-apa: paket tetap dapat dikirim dan dilengkapi nanti.",
               count=written.number(incomplete))


def _plain(title: str) -> str:
    """Return the title of a form without the letter it has on paper."""
    return re.sub(r"^[A-Z]\. ", "", title)
