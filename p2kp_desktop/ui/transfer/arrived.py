"""The files; below them, of the one in use or of all: the equation, the RTs, what to know, what changes."""


from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.bundles.arrivals import Outcome, Recognised, together
from p2kp_desktop.actions.bundles.receipt_outcome import HELD, OUTCOMES, UNSIGNED, Sender, told_apart
from p2kp_desktop.actions.common.office_words import when
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.equation import Equation, EquationBar
from p2kp_desktop.ui.kit.layouts import Stretch, clear, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.kit.table import TableCard
from p2kp_desktop.ui.look.measures import SPACE_8
from p2kp_desktop.ui.look.tokens import Token

from .changes import Changes
from .entries import Entry, EntryList, Mark
from .findings import Findings
from .intake import Intake, Phase
from .panes import Panes
from .totals import Totals

IN_SIGHT, IN_SIGHT_SMALL = 4, 2  # rows of one line
_SMALL = 440  # height below which fewer rows are in sight
_ROW, _BELOW = 52, 150  # about the heights of a row and of an error below the list
_FAULTS = 1  # errors beside the list; of the others the file's own row tells
_TOLD = (Phase.REHEARSED, Phase.DONE)


class Arrived(QWidget):
    """A list of files above; below it what belongs to the row in use."""

    def __init__(self, desk: Desk, intake: Intake) -> None:
        super().__init__()
        self._intake = intake
        self._obstacle: Trouble | None = None
        self._shown: Phase | None = None
        self.list = EntryList(say("Berkas yang diterima"), columns=True)
        self.list.moved.connect(lambda _place: self.tell(None))
        self.equation = EquationBar(_equation([]))
        self._sheet = Card()
        self._sheet.body.setContentsMargins(SPACE_8, 2, SPACE_8, 2)
        self._sheet.body.addWidget(self.equation)
        self._fault = QVBoxLayout()
        self.totals, self.findings, self.changes = Totals(desk), Findings(desk, intake), Changes(desk)
        self.findings.decided.connect(intake.decide)
        self.findings.unlock.connect(intake.unlock)
        self.panes = Panes(self.totals, self.findings, self.changes, shares=(5, 6))
        column = down(
            TableCard(self.list), self._sheet, self._fault, (self.panes, 1), Stretch(0), into=self, gap=SPACE_8,
        )
        self._column = column

    def show_files(self) -> None:
        """Show the files as they stand now; in another phase the first row is the one in use."""
        intake, ended = self._intake, self._intake.outcomes
        rows = [entry(file, ended.get(file.path)) for file in intake.files]
        if self._has_all:
            refused = sum(trouble_of(file, ended.get(file.path)) is not None for file in intake.files)
            rows.insert(0, entry_of_all(len(rows), refused, applied=intake.phase is Phase.DONE))
        anew = self._shown is not intake.phase
        self._shown = intake.phase
        self.list.show_rows(rows, most=self._most, at=0 if anew else None)
        self._show_current()

    @property
    def _most(self) -> int:
        """Return how many rows of files leave room for what stands below them."""
        few = IN_SIGHT if self.height() >= _SMALL else IN_SIGHT_SMALL
        return few if self.is_told else max((self.height() - _BELOW) // _ROW, few)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self.list.keep_in_sight(self._most)

    @property
    def is_told(self) -> bool:
        """Say whether there is something to tell: what would become of the files, or what became of them."""
        return self._intake.phase in _TOLD

    @property
    def _has_all(self) -> bool:
        return self.is_told and len(self._intake.files) > 1

    def chosen(self) -> list[Recognised]:
        """Return the files that the row in use stands for."""
        place = self.list.place - self._has_all
        return self._intake.files if place < 0 else self._intake.files[place : place + 1]

    def tell(self, trouble: Trouble | None) -> None:
        """Show what stands in the way of something, until another row is chosen."""
        self._obstacle = trouble
        self._show_current()

    def _show_current(self) -> None:
        files, ended = self.chosen(), self._intake.outcomes
        outcomes = [ended.get(file.path) or Outcome(file, trouble=file.trouble) for file in files]
        told = self.is_told and self._obstacle is None and any(outcome.received for outcome in outcomes)
        self.findings.locked = []
        self._show_faults(files, outcomes, alone=not told)
        self._sheet.setVisible(told)
        self.panes.setVisible(told)
        self._column.setStretch(self._column.count() - 1, 0 if told else 1)
        if told:
            self._show_outcomes(outcomes)

    def _show_outcomes(self, outcomes: list[Outcome]) -> None:
        intake = self._intake
        self.equation.show_equation(_equation(outcomes))
        self.totals.show_movements(intake.ended.movements if intake.ended else (), intake.period)
        known = self.findings.show_outcomes(outcomes)
        changed = self.changes.show_changes([
            change for outcome in outcomes if outcome.received for change in outcome.received.changes
        ])
        self.panes.name((
            say("Per RT"), say("Perlu diketahui ({count})", count=known),
            say("Jawaban berubah ({count})", count=changed),
        ))

    def _show_faults(self, files: list[Recognised], outcomes: list[Outcome], *, alone: bool) -> None:
        """Show what stands in the way; where there is nothing else to tell also why the files are refused."""
        clear(self._fault)
        cards: list[QWidget] = []
        if self._obstacle is not None:
            cards = [ErrorCard(fault_of(self._obstacle))]
        elif alone and not self._intake.busy:
            cards = [
                self.findings.unlock_card(file) if file.needs_password else ErrorCard(fault_of(outcome.trouble))
                for file, outcome in zip(files, outcomes, strict=True) if outcome.trouble is not None
            ]
        for card in cards[:_FAULTS]:
            self._fault.addWidget(card)
            card.show()  # now, so that what is in it can take the focus

    def take_in_hand(self) -> None:
        """Put the focus where work goes on: a password that is asked for first, or asked for again; or the list."""
        wrong, asked = self._intake.wrong, self.findings.locked
        again = [card for card in asked if wrong and card.path == wrong.path]
        first = again or ([] if self._intake.outcomes else asked)
        (first[0].field if first else self.list).setFocus()


def _equation(outcomes: Sequence[Outcome]) -> Equation:
    fates = told_apart(together(outcomes), sum(each.received.quarantined for each in outcomes if each.received))
    return replace(Equation(sum(fates.values()), *(fates[name] for name in OUTCOMES)), held=fates[HELD])


_LOOKS = {
    "whole": ("circle-check", Token.OK), "nothing": ("copy-check", Token.TEXT2),
    "warned": ("triangle-alert", Token.WARN), "failed": ("circle-x", Token.ERR),
    "conflict": ("git-compare", Token.CONF),
}
_SHEET = "file-spreadsheet"


def entry(file: Recognised, outcome: Outcome | None) -> Entry:
    """Return the row of a file: sender and time, what is special about it, what became or would become of it."""
    name = file.path.name
    if file.needs_password:
        return Entry(name, say("Isi kata sandinya untuk membaca berkas ini."), _SHEET,
                     Mark("lock", Token.WARN, say("Dikunci")))
    trouble = trouble_of(file, outcome)
    if trouble is not None:
        return Entry(name, say(trouble.what), _SHEET, Mark(*_LOOKS["failed"], say("Ditolak")))
    if outcome is not None:
        mark = Mark(*_LOOKS[outcome.state], outcome.sentence())
    else:
        mark = Mark("file-check", Token.ACCENT_TEXT, say("Terbaca"))
    return Entry(name, _sender(file), _SHEET, mark, remark(file, outcome))


def _sender(file: Recognised) -> str:
    """Return who sent it and when; the office is told by the file's region and the log."""
    manifest = file.manifest
    return f"{manifest.person} · {when(manifest.time)}" if manifest else ""


def remark(file: Recognised, outcome: Outcome | None) -> str:
    """Return the one thing about a file that helps most to know it."""
    if file.same_as:
        return say("isi sama dengan {file}", file=file.same_as)
    if outcome is not None and outcome.received and outcome.received.gaps:
        return say("paket sebelumnya belum diterima")
    if file.own:
        return say("dibuat di laptop ini")
    if file.before:
        return say("sudah diterima {time}", time=file.before)
    return _signature(file.signer)


def _signature(signer: Sender | None) -> str:
    if signer is None or signer.standing == UNSIGNED:
        return say("tanpa tanda tangan") if signer else ""
    return say("pengirim {standing}", standing=signer.words)


def entry_of_all(count: int, refused: int, *, applied: bool) -> Entry:
    """Return the row that stands for all files."""
    if applied:
        caption = say("{count} diterima, {refused} ditolak", count=count - refused, refused=refused)
    else:
        caption = say("{count} dapat diterima, {refused} ditolak", count=count - refused, refused=refused)
    return Entry(say("Semua berkas ({count})", count=count), caption, "layers")


def trouble_of(file: Recognised, outcome: Outcome | None) -> Trouble | None:
    """Return why a file is not received, None where nothing is wrong with it."""
    return file.trouble if outcome is None or outcome.trouble is None else outcome.trouble
