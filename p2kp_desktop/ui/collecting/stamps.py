"""The review of one RT in a row: how it stands, and the three stamps of its forms."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from p2kp_desktop import environment
from p2kp_desktop.actions.review.rollup import RtReview, Stamp
from p2kp_desktop.language import say
from p2kp_desktop.reports.areas import reviewed
from p2kp_desktop.schema import written
from p2kp_desktop.ui.kit.chip import Chip, Status
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import NOTE
from p2kp_desktop.ui.kit.link import IconLine, Link
from p2kp_desktop.ui.look.measures import SPACE_12
from p2kp_desktop.ui.look.tokens import Token


class Stamps(QWidget):
    """Status, diserahkan, diketahui, diverifikasi; each with date and name, and whether it still holds."""

    acknowledges = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.status = Chip(Status.DRAFT.look)
        self.lines = [IconLine("circle-dashed", "", NOTE) for _stamp in range(3)]
        self.link = Link(say("Catat diketahui Ketua RT (D)"))
        self.link.clicked.connect(self.acknowledges)
        for part in (*self.lines, self.link):
            part.setMinimumHeight(self.status.sizeHint().height())
        flow = Flow(self, gap=SPACE_12)
        for part in (self.status, self.lines[0], self.lines[1], self.link, self.lines[2]):
            flow.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_review(self, review: RtReview | None) -> None:
        """Show how the review of an RT stands; nothing for one without records."""
        self.setVisible(review is not None)
        if review is None:
            return
        mark = reviewed(review.records)
        look = (Status[mark.code.upper()] if mark and review.status else Status.DRAFT).look
        self.status.show_look(look)
        self.setToolTip(_counted(review))
        self.setAccessibleName(f"{look.word}: {_counted(review)}")
        words = (say("Diserahkan"), say("Diketahui"), say("Diverifikasi"))
        stamps = (review.submitted, review.acknowledged, review.verified)
        for line, word, stamp in zip(self.lines, words, stamps, strict=True):
            icon, tone = _sign(stamp)
            line.show_icon(icon, tone)
            line.say(_stamp_words(word, stamp))
        self.lines[1].setVisible(review.acknowledged is not None)
        self.link.setVisible(review.acknowledged is None or not review.acknowledged.holds)


def _counted(review: RtReview) -> str:
    counts = review.records
    numbers = (
        (counts.draft, say("{number} dikerjakan", number=written.number(counts.draft))),
        (counts.ready, say("{number} siap", number=written.number(counts.ready))),
        (counts.returned, say("{number} dikembalikan", number=written.number(counts.returned))),
        (counts.changed, say("{number} berubah", number=written.number(counts.changed))),
        (counts.verified, say("{number} terverifikasi", number=written.number(counts.verified))),
    )
    return ", ".join(words for number, words in numbers if number)


def _sign(stamp: Stamp | None) -> tuple[str, Token]:
    if stamp is None:
        return "circle-dashed", Token.TEXT3
    return ("circle-check", Token.OK) if stamp.holds else ("history", Token.WARN)


def _stamp_words(word: str, stamp: Stamp | None) -> str:
    if stamp is None:
        return say("{stamp}: belum", stamp=word)
    when = written.short_day(stamp.date, year=environment.this_year())
    said = ", ".join(part for part in (when, stamp.name) if part)
    line = f"{word} **{said}**"
    return line if stamp.holds else say("{stamp} (sudah berubah)", stamp=line)
