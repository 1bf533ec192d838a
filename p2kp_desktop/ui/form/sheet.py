"""The parts of the form put together: head, sections, questions, problems and assessment, keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from p2kp_desktop.actions.keying.answer_history import AnswerStep
from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.forms import Household
from p2kp_desktop.language import say
from p2kp_desktop.rules import live
from p2kp_desktop.schema import Form
from p2kp_desktop.ui.attachments.card import AttachmentsCard
from p2kp_desktop.ui.form import asides, viewing
from p2kp_desktop.ui.form.assessed import Assessed, text_line
from p2kp_desktop.ui.form.banner import BannerLine
from p2kp_desktop.ui.form.column import Column
from p2kp_desktop.ui.form.folded import notes
from p2kp_desktop.ui.form.head import Head
from p2kp_desktop.ui.form.legend import Legend, Works
from p2kp_desktop.ui.form.past import Past
from p2kp_desktop.ui.form.strip import AskingStrip, place_over
from p2kp_desktop.ui.form.troubled import Troubles
from p2kp_desktop.ui.kit.labels import surface
from p2kp_desktop.ui.kit.painting import painting
from p2kp_desktop.ui.kit.sections import Section, SectionItem, SectionRail
from p2kp_desktop.ui.look.measures import NARROW_WINDOW, RAIL_FOLDED, SPACE_12, SPACE_16
from p2kp_desktop.ui.look.theme import colour
from p2kp_desktop.ui.look.tokens import Token

VERIFYING, SUBMITTING = ("Ctrl", "Shift", "V"), ("Ctrl", "Shift", "S")  # what the primary button may do, by its keys


def primary(session: Session, *, small: bool) -> tuple[str, tuple[str, ...]]:
    """Return the words and keys of the primary button, what is done next with the record; none where it is nothing."""
    review = session.review
    if not session.opened.may_type:
        return "", ()
    if review.is_mine and review.waits and session.opened.may_verify:
        return say("Verifikasi") if small else say("Verifikasi, berikutnya"), VERIFYING
    if review.is_returned and not review.is_mine:
        return say("Serahkan lagi"), SUBMITTING
    if session.keying.form is not Household or (review.is_mine and not session.keying.is_new):
        return say("Simpan"), ("Ctrl", "Enter")
    if session.opened.line:
        return say("Simpan, ke daftar") if small else say("Simpan, ke daftar warga"), ("Ctrl", "Enter")
    return say("Simpan, berikutnya") if small else say("Simpan, rumah berikutnya"), ("Ctrl", "Enter")


@dataclass(frozen=True)
class Widths:
    """The widths of the side columns in logical pixels, and their margin."""

    sections: int
    side: int
    margin: int


_FEWEST, _FEWEST_FILES = 2, 4  # lines of problems in sight above the attachments of a household, and of these
_WITH_PICTURES = 210  # logical pixels of height from which attachments show their pictures
_LARGE, _SMALL = Widths(216, 312, SPACE_16), Widths(178, 262, SPACE_12)


class Sections(QScrollArea):
    """The section rail of any form, tight in a small window."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._rail: SectionRail | None = None
        self._small = False

    def show_sections(self, sections: tuple[Section, ...], current: int, *, small: bool) -> None:
        """Show how the sections stand and which one has the focus."""
        if self._rail is None or small != self._small:
            self._small = small
            self._rail = SectionRail(sections, current, counts=not small)
            surface(self._rail, Token.WINDOW)
            self._rail.section_opened.connect(self.opened)
            self.setWidget(self._rail)
        self._rail.show_sections(sections, current)
        items = self._rail.findChildren(SectionItem)
        if 0 <= current < len(items):
            self.ensureWidgetVisible(items[current], 0, items[current].height())

    @override
    def sizeHint(self) -> QSize:
        return QSize(216, 400)


class FormSheet(QWidget):
    """Shows a record and what is known of it; it decides nothing."""

    section_wanted = Signal(str)  # its first question
    resized = Signal()  # what is shown depends on the room there is

    def __init__(self) -> None:
        super().__init__()
        surface(self, Token.WINDOW)
        self.head, self.column, self.legend = Head(), Column(), Legend()
        self.troubles, self.assessed, self.past = Troubles(), Assessed(), Past()
        self.sections, self.banner = Sections(), BannerLine()
        self.attachments = AttachmentsCard()
        sides = (self.troubles, self.assessed, self.past, self.attachments)
        for part in (self.sections, self.banner, self.column, self.head, self.legend, *sides):
            part.setParent(self)
        self.past.hide()
        self.banner.hide()
        self.attachments.hide()
        self.attachments.refilled.connect(self._arrange_side)
        self.sections.opened.connect(lambda place: self.section_wanted.emit(self._firsts[place]))
        self._firsts: list[str] = []
        self._strip: QWidget | None = None
        self._form: type[Form] | None = None
        self._rule_at = 0

    @property
    def small(self) -> bool:
        """Whether the window is the small one."""
        return self.width() < NARROW_WINDOW - RAIL_FOLDED

    def open_record(self, session: Session) -> None:
        """Show another record: its button, its opening words."""
        record = session.keying.record
        self._form = record.form
        self.banner.close_field()
        self.column.show_opening(say(record.form.title), viewing.place_of(record))
        self._say_button(session)

    def _say_button(self, session: Session) -> None:
        self.head.show_button(*primary(session, small=self.small))

    def show_record(self, session: Session) -> None:
        """Show the record as it stands now, with the question in focus open."""
        keying, small = session.keying, self.small
        self._say_button(session)
        self.column.name_place(viewing.place_of(keying.record))
        self._show_questions(session)
        self.head.show_standing(viewing.standing(session, small=small), small=small)
        troubles = viewing.troubles(session, small=small)
        self.troubles.show_troubles(troubles, small=small)
        if keying.form is Household:
            self.assessed.show_aspects(live.assess(keying.record), small=small)
        undoes = viewing.answer_words(keying, keying.moments.undoes)
        letters = viewing.letters(keying, session.focus)
        self.legend.show_works(Works(letters, bool(troubles), bool(session.empty()), not keying.is_new, undoes,
                                      session.opened.may_type))
        self._show_sections(session)
        self._show_banner(session)
        self._arrange_side()

    def _show_questions(self, session: Session) -> None:
        focus, small, panel = session.focus, self.small, self.column.panel
        rows, beside = session.keying.rows(), asides.notes(session)
        said = {
            (key := row.question.key): beside.get(key, []) + notes(row, is_open=key == focus, short=small)
            for row in rows if row.conflict or row.problems or row.question.key in beside
        }
        thread = session.threads.get(focus)
        if panel.returning and panel.thread_question == focus:
            thread = thread if thread and thread.question == focus else None
        about, written = thread.question if thread else focus, session.beside
        self.column.show_thread(focus, thread, written.remarks.get(about, ""), written.notes.get(focus, ""))
        self.column.focused.lock(session.is_locked)
        self.column.show_rows(rows, focus, said, helped=session.helped, small=small)

    def _show_banner(self, session: Session) -> None:
        before = self.banner.isHidden(), self.banner.height()
        self.banner.show_banner(asides.banner(session), small=self.small)
        if before != (self.banner.isHidden(), self.banner.wanted_height(self.column.width())):
            self._arrange()

    def _show_sections(self, session: Session) -> None:
        shown, current, self._firsts = viewing.sections(session)
        self.sections.show_sections(shown, current, small=self.small)

    def show_past(self, number: str, steps: Sequence[AnswerStep]) -> None:
        """Show the history of an answer in place of the problems."""
        self.past.show_steps(number, steps)
        self.past.show()
        self._arrange_side()

    def hide_past(self) -> bool:
        """Close the history; say whether it was open."""
        if self.past.isHidden():
            return False
        self.past.hide()
        self._arrange_side()
        return True

    def show_strip(self, strip: QWidget | None) -> None:
        """Lay a strip over the top of the questions, in place of the one there."""
        if self._strip is not None:
            self._strip.hide()
            self._strip.deleteLater()
        self._strip = strip
        if strip is not None:
            place_over(strip, self.column, SPACE_12)

    def close_question(self) -> None:
        """Take a strip away that asks; one that tells of a failure stays until it is closed."""
        if isinstance(self._strip, AskingStrip):
            self.show_strip(None)

    def close_strip(self, strip: QWidget) -> None:
        """Take this strip away, if it is still the one that is shown."""
        if self._strip is strip:
            self.show_strip(None)

    def hide_strip(self) -> bool:
        """Take the strip away; say whether there was one."""
        was_there = self._strip is not None
        self.show_strip(None)
        return was_there

    def show_legend(self, shown: bool) -> None:
        """Show or hide the line of keys."""
        self.legend.setVisible(shown)
        self._arrange()

    def _arrange(self) -> None:
        small, widths = self.small, _SMALL if self.small else _LARGE
        self.legend.show_small(small)
        head, legend = self.head.sizeHint().height(), self.legend.sizeHint().height()
        bottom = self.height() - (0 if self.legend.isHidden() else legend)
        self.head.setGeometry(0, 0, self.width(), head)
        self.legend.setGeometry(0, self.height() - legend, self.width(), legend)
        self.sections.setGeometry(0, head, widths.sections - 1, bottom - head)
        width = self.width() - widths.sections - widths.side
        said = self.banner.wanted_height(width)
        self.banner.setGeometry(widths.sections, head, width, said)
        self.column.setGeometry(widths.sections, head + said, width, bottom - head - said)
        if self._strip is not None:
            place_over(self._strip, self.column, SPACE_12)
        self._arrange_side()

    def _arrange_side(self) -> None:
        """Place the problems, the assessment of a household, which is never cut, and below them the attachments.

        Those of a household stand there once it has any, where there is room.
        """
        widths = _SMALL if self.small else _LARGE
        column = self.column.geometry()
        left = column.right() + 2 + widths.margin
        top = self.head.geometry().bottom() + 1
        room = QRect(left, top + widths.margin - 3, self.width() - left - widths.margin, 0)
        room.setBottom(column.bottom() - 4)
        household = self._form is Household
        reading = not self.past.isHidden()
        self.assessed.setVisible(household and not reading)
        self.troubles.setVisible(not reading)
        self.past.setGeometry(room)
        scored = self.assessed.wanted_height(room.width()) + 2 * widths.margin if household else 0
        filed = 0 if reading else self._height_for_files(room, scored, widths.margin)
        self.attachments.setVisible(filed > 0)
        height = min(self.troubles.wanted_height(room.width()), room.height() - scored - filed)
        self.troubles.setGeometry(room.x(), room.y(), room.width(), height)
        top = room.y() + height + 2 * widths.margin - 4
        self._rule_at = top - widths.margin
        if household:
            self.assessed.setGeometry(room.x(), top, room.width(), room.bottom() - top - filed)
            top = room.bottom() - filed + widths.margin
        wanted = self.attachments.wanted_height(room.width()) if filed else 0
        self.attachments.setGeometry(room.x(), top, room.width(), min(room.bottom() - top, wanted))
        self.update()

    def _height_for_files(self, room: QRect, scored: int, apart: int) -> int:
        """Return the height for the attachments and the space above them, 0 where they are not shown."""
        if self._form is None or not self._form.takes_files or (self._form is Household and not self.attachments.lines):
            return 0
        left = room.height() - scored - _FEWEST * text_line() if self._form is Household else room.height() * 2 // 3
        self.attachments.show_small_ones(shown=left - apart >= _WITH_PICTURES)
        wanted = self.attachments.wanted_height(room.width()) + apart
        is_cut = self._form is Household and left < min(wanted, apart + _FEWEST_FILES * text_line())
        return 0 if is_cut else min(wanted, left)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        column = self.column.geometry()
        with painting(self) as painter:
            for x in (column.left() - 1, column.right() + 1):
                painter.fillRect(x, self.head.height(), 1, column.bottom() + 1 - self.head.height(), colour(Token.LINE))
            if not self.assessed.isHidden():
                painter.fillRect(column.right() + 2, self._rule_at, self.width(), 1, colour(Token.LINE))
