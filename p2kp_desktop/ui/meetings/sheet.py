"""A meeting as a sheet of paper: its head, what was decided and said, who came, what it is about."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from p2kp_desktop.actions.community import meetings
from p2kp_desktop.actions.community.decided import Followed
from p2kp_desktop.actions.community.meetings import WholeMeeting
from p2kp_desktop.actions.community.turnout import Turnout, head_of
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.collaboration import Commitment
from p2kp_desktop.forms.meeting import Attendance, Attendee, Decision, Meeting, Talk, Task
from p2kp_desktop.forms.target import Target
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record, written
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.card import Card
from p2kp_desktop.ui.kit.focus import holds_focus
from p2kp_desktop.ui.kit.labels import NOTE, Label
from p2kp_desktop.ui.kit.pressable import ARROWS, reach_with_tab
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE
from p2kp_desktop.ui.look.tokens import Token

from .rows import Said, SheetRow, step
from .words import counted, days, due, joined, people, told

LINKS = "links"
KEYS = {Talk.key: "P", Decision.key: "K", Attendance.key: "H", Attendee.key: "D", LINKS: "T"}
_FIGURE = 46  # logical pixels of a column of figures
_AROUND = 60  # pixels in sight above and below the line in focus
_TEXTS = 8  # paragraphs below the name
_LEFT, _RIGHT = 3, 2  # shares of the width


def names() -> dict[str, str]:
    """Return the heading of each part of the sheet by its form."""
    return {
        Decision.key: say("Keputusan"), Talk.key: say("Paparan"), Attendance.key: say("Kehadiran"),
        Attendee.key: say("Daftar hadir"), LINKS: say("Terkait"),
    }


class Part(Card):
    """A card with lines and, at the right of its heading, the way to one more."""

    adds = Signal(str)

    def __init__(self, key: str) -> None:
        heading = names().get(key, "")
        super().__init__(heading)
        self.key = key
        self.rows: list[SheetRow] = []
        self.lines = QVBoxLayout()
        self.lines.setSpacing(0)
        self.body.addLayout(self.lines)
        self.add: Button | None = None
        if key in KEYS:
            words = say("Tautkan") if key == LINKS else say("Tambah")
            self.add = add = Button(words, Kind.LINK, icon="plus", keys=(KEYS[key],))
            add.setAccessibleName(joined(heading, words))
            add.clicked.connect(lambda: self.adds.emit(key))
            self.head.addWidget(add)

    def show_lines(self, lines: Sequence[Said], empty: str = "") -> None:
        """Show these lines, or one that says there is none."""
        shown = lines or [Said(empty)]
        while len(self.rows) > len(shown):
            self.rows.pop().deleteLater()
        while len(self.rows) < len(shown):
            row = SheetRow(shown[len(self.rows)])
            self.rows.append(row)
            self.lines.addWidget(row)
        for row, said in zip(self.rows, shown, strict=True):
            row.show_said(said)


class Sheet(QScrollArea):
    """The lines in two columns; ↑ ↓ go along one, ← → to the other, Enter opens the record of a line."""

    opened = Signal(str, str)  # form, record
    adds = Signal(str)  # the key of a form, or LINKS

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.top = Part(Meeting.key)
        self.texts = [Label("", NOTE, wraps=True) for _each in range(_TEXTS)]
        for text in self.texts:
            self.top.body.addWidget(text)
        self.parts = {key: Part(key) for key in names()}
        self._left = (self.top, self.parts[Decision.key], self.parts[Talk.key])
        self._right = (self.parts[Attendance.key], self.parts[Attendee.key], self.parts[LINKS])
        page = QWidget()
        page.setProperty("surface", "none")
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, PAGE_SIDE // 2, PAGE_SIDE)
        row.setSpacing(CARD_GAP)
        for share, cards in ((_LEFT, self._left), (_RIGHT, self._right)):
            column = QVBoxLayout()
            column.setSpacing(CARD_GAP)
            for card in cards:
                column.addWidget(card)
                card.adds.connect(self.adds)
            column.addStretch(1)
            row.addLayout(column, share)
        self.setWidget(page)

    @property
    def adding(self) -> list[Button]:
        """Return the buttons that add a line."""
        return [part.add for part in self.parts.values() if part.add is not None]

    @property
    def columns(self) -> list[list[SheetRow]]:
        """Return the lines that can be reached, column by column."""
        return [
            [row for card in cards for row in card.rows if row.said.form] for cards in (self._left, self._right)
        ]

    @property
    def current(self) -> SheetRow | None:
        """Return the line in focus."""
        return next((row for column in self.columns for row in column if holds_focus(row)), None)

    def show_whole(self, whole: WholeMeeting) -> None:
        """Show a meeting; the focus stays on the record it was on."""
        before = self.current.said.record if self.current else ""
        self.top.show_lines([_title(whole.record)])
        for label, (name, words) in zip(self.texts, _paragraphs(whole.record), strict=True):
            label.say(f"**{name}.** {words}")
            label.setVisible(bool(words))
        self.parts[Decision.key].show_lines([*_decided(whole)], say("Belum ada keputusan."))
        self.parts[Talk.key].show_lines([_talk(each) for each in whole.talks], say("Belum ada paparan."))
        self.parts[Attendance.key].show_lines(_attendance(whole), say("Belum ada yang dicatat."))
        attendees = [_attendee(place, each) for place, each in enumerate(whole.attendees, start=1)]
        self.parts[Attendee.key].show_lines(attendees, say("Daftar nama hanya bila diperlukan."))
        linked = [Said(each.words, icon="file-check", form=each.form, record=each.id) for each in whole.links]
        self.parts[LINKS].show_lines(linked, say("Belum ditautkan ke aturan, rencana, atau lembaga."))
        self._connect()
        if before:
            self.give_focus(before)

    def _connect(self) -> None:
        for column in self.columns:
            for row in column:
                if row.property("connected") is None:
                    row.setProperty("connected", True)
                    row.clicked.connect(partial(self._press, row))
                    row.reached.connect(partial(self.ensureWidgetVisible, row, 0, _AROUND))
            if column:
                reach_with_tab([*column], next((row for row in column if holds_focus(row)), None))

    def _press(self, row: SheetRow, _checked: bool = False) -> None:
        self.opened.emit(row.said.form, row.said.record)

    def give_focus(self, record: str = "", form: str = "") -> None:
        """Put the focus on a record, else on the first of a form, else on the first line."""
        rows = [row for column in self.columns for row in column]
        wanted = [row for row in rows if record and row.said.record == record]
        wanted += [row for row in rows if form and row.said.form == form] + rows
        if wanted:
            self._focus(wanted[0])

    def _focus(self, row: SheetRow) -> None:
        column = next(column for column in self.columns if row in column)
        reach_with_tab([*column], row)
        row.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current
        if row is None or event.key() not in ARROWS:
            super().keyPressEvent(event)
            return
        there = step(self.columns, row, Qt.Key(event.key()))
        if there is not None:
            self._focus(there)


def _title(meeting: Record) -> Said:
    where = joined(told(meeting, "location"), told(meeting, "area"))
    first = joined(told(meeting, "kind"), told(meeting, "level"), days(meeting), where)
    return Said(told(meeting, "name") or told(meeting, "kind") or say("Pertemuan tanpa nama"), first,
                form=Meeting.key, record=meeting.id, bold=True, size=Type.PAGE)


def _paragraphs(meeting: Record) -> tuple[tuple[str, str], ...]:
    opener = joined(told(meeting, "opened_by"), told(meeting, "opener_post"))
    behalf = told(meeting, "on_behalf")
    opened = opener + (say(", mewakili {whom}", whom=behalf) if behalf else "")
    led = joined(*(f"{words} {told(meeting, key)}" for words, key in (
        ("", "host"), (say("dipimpin"), "chair"), (say("notulis"), "minutes_taker")) if told(meeting, key)))
    came = joined(*(say(words, number=told(meeting, key)) for words, key in (
        (say("diundang {number}"), "invited"), (say("hadir {number}"), "attended")) if told(meeting, key)))
    return (
        (say("Penyelenggara"), led.strip()), (say("Peserta"), came),
        (say("Dibuka oleh"), opened), (say("Tujuan"), told(meeting, "purpose")),
        (say("Agenda"), told(meeting, "agenda")), (say("Hasil"), told(meeting, "results")),
        (say("Berita acara"), told(meeting, "minutes")), (say("Terkait dengan"), told(meeting, "about")),
    )


def _decided(whole: WholeMeeting) -> Iterator[Said]:
    """Yield each decision with its tasks and what else became of it below it, then tasks of no decision."""
    for decision in whole.decisions:
        yield _decision(decision)
        yield from (_task(each, decision) for each in whole.tasks_of(decision.id))
        yield from (_followed(each) for each in whole.followed.get(decision.id, ()))
    yield from (_task(each, None) for each in whole.tasks_of(""))


_SIGNS = {Commitment.key: "handshake", Target.key: "flag"}


def _followed(each: Followed) -> Said:
    return Said(f"{say(form_named(each.form).title)}: {each.name}", icon=_SIGNS.get(each.form, "clipboard-list"),
                form=each.form, record=each.id, inside=True)


def _task(task: Record, decision: Record | None) -> Said:
    """Return a task; its words only where they are not those of the decision."""
    said = _decision(task)
    own = told(task, "text") if decision is None or told(task, "text") != told(decision, "text") else ""
    note = joined(own, told(task, "responsible"), told(task, "outcome"))
    return replace(said, title=told(task, "institution") or say("Tugas"), note=note, form=Task.key, inside=True)


def _decision(decision: Record) -> Said:
    late, waits = meetings.is_late(decision), meetings.is_open(decision)
    icon, tone = ("circle", Token.WARN if late else Token.TEXT2) if waits else ("circle-check", Token.OK)
    if str(decision.answers.get("done")) == meetings.DROPPED:
        icon, tone = "ban", Token.TEXT3
    note = joined(told(decision, "responsible"), told(decision, "element"), told(decision, "role"))
    return Said(told(decision, "text") or say("Keputusan tanpa isi"), note, (due(decision),), icon, tone, Decision.key,
                decision.id, figure_tone=Token.WARN if late else Token.TEXT2)


def _talk(talk: Record) -> Said:
    who = joined(told(talk, "institution"), told(talk, "speaker"), told(talk, "post"))
    number = told(talk, "order")
    return Said(f"{number}. {who}" if number else who or say("Paparan"), told(talk, "topics"),
                form=Talk.key, record=talk.id, bold=True)


def _attendance(whole: WholeMeeting) -> list[Said]:
    """Return a head, who came by element with a sum for an element of several lines, and the sum of all.

    Where nobody was counted by element there are no figures but those of all.
    """
    if all(head_of(each) == Turnout() for each in whole.attendance):
        lines = [_counted(each, ()) for each in whole.attendance]
        everyone = Said(say("Semua"), figures=(written.number(whole.came.people),), bold=True,
                        figure_tone=Token.TEXT)
        return [*lines, everyone] if whole.came.people else lines
    titles = (say("L"), say("P"), say("Jumlah"), say("MBR"))
    lines = [Said(say("Unsur"), figures=titles, wide=_FIGURE, figure_tone=Token.TEXT3)]
    for _element, same in groupby(whole.attendance, key=lambda each: each.answers.get("element")):
        group = list(same)
        lines += [_counted(each, counted(each)) for each in group]
        if len(group) > 1:
            both = sum((head_of(each) for each in group), Turnout())
            lines.append(Said(say("{element}, bersama", element=told(group[0], "element")), figures=people(both),
                              wide=_FIGURE, figure_tone=Token.TEXT3))
    return [*lines, Said(say("Semua"), figures=people(whole.came), bold=True, wide=_FIGURE, figure_tone=Token.TEXT)]


def _counted(attendance: Record, figures: tuple[str, ...]) -> Said:
    invited = attendance.answers.get("invited")
    note = joined(told(attendance, "institution"), told(attendance, "delegation"),
                  say("diundang {number}", number=invited) if invited is not None else "")
    return Said(told(attendance, "element") or say("Unsur belum diisi"), note, figures,
                form=Attendance.key, record=attendance.id, wide=_FIGURE, figure_tone=Token.TEXT)


def _attendee(place: int, attendee: Record) -> Said:
    note = joined(told(attendee, "element"), told(attendee, "address"))
    return Said(f"{place}. {told(attendee, 'name')}", note, (told(attendee, "sex"),), form=Attendee.key,
                record=attendee.id)
