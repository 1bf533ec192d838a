"""What a bundle would hold: how many records of each form, and a row for every RT."""

import re

from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from p2kp_desktop.actions.bundles import bundle_selection
from p2kp_desktop.actions.bundles.outbox import Contents, RtContents
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.ui.kit.labels import BODY, NOTE, Label
from p2kp_desktop.ui.kit.table import Table, TableCard
from p2kp_desktop.ui.kit.tablecells import Content
from p2kp_desktop.ui.look.measures import SPACE_8

from .rows import Column, Rows

_GOING = 3  # the column of what goes, where receipts leave something out


class ContentsTable(QWidget):
    """The sums in words above, the RTs below."""

    def __init__(self) -> None:
        super().__init__()
        self._summary = Label("", BODY, wraps=True)
        self._remark = Label("", NOTE, wraps=True)
        self.table = Table()
        self.rows = Rows[RtContents](_columns(), self)
        self.table.setModel(self.rows)
        self.table.setAccessibleName(say("Isi paket per RT"))
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_8)
        column.addWidget(self._summary)
        column.addWidget(self._remark)
        column.addWidget(TableCard(self.table), 1)

    def show_contents(self, contents: Contents) -> None:
        """Show what a bundle would hold."""
        self.rows.show_rows(contents.rts)
        several = len({each.region for each in contents.rts}) > 1
        self.table.setColumnHidden(1, not several)
        self.table.setColumnHidden(_GOING, contents.total == contents.whole)
        for column, stretches in ((0, not several), (1, several)):
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.ResizeToContents
            self.table.horizontalHeader().setSectionResizeMode(column, mode)
        self._summary.say(_summary(contents))
        self._remark.say(_remark(contents))


def _columns() -> tuple[Column[RtContents], ...]:
    return (
        Column(say("RT"), Content.NAME, lambda each: each.rt or say("tanpa RT")),
        Column(say("Kelurahan/desa"), Content.IDENTITY, lambda each: region_name(each.region)),
        Column(say("Rumah"), Content.NUMBER, lambda each: written.number(each.households)),
        Column(say("Dikirim"), Content.NUMBER, lambda each: written.number(each.going)),
        Column(say("Belum lengkap"), Content.NUMBER, lambda each: _counted(each.incomplete)),
        Column(say("Lingkungan"), Content.IDENTITY, lambda each: say("ada") if each.surveyed else say("belum")),
        Column(say("Rekap"), Content.IDENTITY, lambda each: say("ada") if each.recapped else say("belum")),
    )


def _counted(number: int | None) -> str:
    return "–" if number is None else written.number(number)


def _summary(contents: Contents) -> str:
    parts = [f"**{written.number(count)}** {_plain(say(title))}" for title, count in contents.forms]
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
