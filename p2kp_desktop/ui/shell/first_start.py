"""The first start: three questions on one page and a fourth that may wait, then two doors."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from p2kp_desktop import environment, portable
from p2kp_desktop.environment import VILLAGE
from p2kp_desktop.language import say
from p2kp_desktop.settings import LONGEST_NAME
from p2kp_desktop.ui.kit.bowl import draw_bowl
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.keycap import KeyHints
from p2kp_desktop.ui.kit.labels import CARD_TITLE, NOTE, WELCOME, Label, surface
from p2kp_desktop.ui.kit.layouts import Stretch, across, down
from p2kp_desktop.ui.kit.link import IconLine, Link
from p2kp_desktop.ui.kit.messages import ErrorCard, Fault, NoticeCard
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import (
    ICON_TEXT,
    NARROW_WINDOW,
    SPACE_4,
    SPACE_8,
    SPACE_12,
    SPACE_16,
    SPACE_28,
    STATUS_LINE,
)
from p2kp_desktop.ui.look.tokens import Token

from .area_picker import ROWS, AreaPicker
from .role_card import ROLES, RoleCards

_LOW = 600  # below this height the list shows a row less


class FirstStart(QWidget):
    """Asks name, task and area, and whether to ask the office above for enrolment; the doors bring the answers."""

    begins = Signal(str, str, tuple, Path, bool)  # name, role, codes, folder, whether it asks to be enrolled
    practises = Signal(str, Path)
    practises_again = Signal(str, Path)  # the file of the village that is made anew
    opens = Signal(str)  # a workspace that stands already
    speaks = Signal(str)  # another language

    def __init__(self, folder: Path, language: str, left: str = "") -> None:
        """`left` is the workspace from which somebody came here, "" for none: Esc leads back to it."""
        super().__init__()
        self.folder, self._language, self._left = folder, language, left
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.roles = RoleCards()
        self.areas = AreaPicker()
        self.enrols = Choice()
        self.begin = Button(say("Isi rumah pertama"), Kind.PRIMARY, icon="door-open", keys=("Enter",), tall_one=True)
        self.practise = Button(say("Coba di desa latihan"), icon="graduation-cap", tall_one=True)
        self._anew = Link(say("Mulai latihan lagi"))
        self._why_there = Label("", NOTE, wraps=True)
        self._why_there.setContentsMargins(0, SPACE_8, 0, 0)
        self._promise = Label("", NOTE, wraps=True)
        self._marks = [StepMark(number) for number in (1, 2, 3, 4)]
        self._role = ""
        self._met: set[int] = set()  # questions that had the focus: a usual answer nobody saw is not ticked
        self._greeting = Greeting()
        self._notices = QVBoxLayout()  # above all that scrolls: why a file of theirs is not here must be in sight
        self._fault: ErrorCard | None = None
        self._waiting: NoticeCard | None = None
        self._busy = False
        surface(self, Token.WINDOW)
        self._lay_out()
        self._connect()
        self.roles.choose(0)
        self._judge()
        self.name.setFocus()

    def _connect(self) -> None:
        self.name.textChanged.connect(self._judge)
        self.name.returnPressed.connect(lambda: self.roles.cards[max(ROLES.index(self._role), 0)].setFocus())
        self.roles.chosen.connect(self._take_role)
        self.roles.confirmed.connect(self.areas.field.setFocus)
        self.roles.typed.connect(self._seek_area)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._judge)
        self.areas.picked.connect(self._judge)
        self.areas.completed.connect(self.go)
        self.begin.clicked.connect(self.go)
        self.enrols.activated.connect(self._judge)
        self.practise.clicked.connect(self.try_practice)
        self._anew.clicked.connect(self.practise_again)

    def _lay_out(self) -> None:
        page = across(self._greeting)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._questions())
        page.addWidget(area, 1)
        down(self._notices, (page, 1), self._foot(), into=self)

    def _questions(self) -> QWidget:
        sheet = QWidget()
        sheet.setProperty("surface", "none")
        grid = QGridLayout(sheet)
        self._grid = grid
        grid.setHorizontalSpacing(SPACE_16)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        self.name.setProperty("fit", "tall")
        self.name.setAccessibleName(say("Siapa nama Anda?"))
        self.name.setMaximumWidth(360)
        self._asks_area = Label(say("Kelurahan mana?"), CARD_TITLE)
        self._asks_enrolment = Label("", CARD_TITLE)
        asked = ((Label(say("Siapa nama Anda?"), CARD_TITLE), self.name),
                 (Label(say("Apa tugas Anda?"), CARD_TITLE), self.roles), (self._asks_area, self.areas))
        for row, (words, widget) in enumerate(asked):
            grid.addWidget(self._marks[row], 3 * row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, 3 * row, 1)
            grid.addWidget(widget, 3 * row + 1, 1)
            grid.setRowMinimumHeight(3 * row + 2, SPACE_12 - 2)
        grid.addWidget(self._marks[3], 9, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(across(self._asks_enrolment, self.enrols, Stretch(), gap=SPACE_12), 9, 1)
        grid.setRowMinimumHeight(10, SPACE_12 - 2)
        grid.addLayout(self._doors(), 11, 1)
        grid.addWidget(self._why_there, 12, 1)
        grid.setRowStretch(13, 1)
        return sheet

    def _doors(self) -> QHBoxLayout:
        return across(self.begin, self.practise, self._anew, (self._promise, 1), gap=SPACE_12)

    def _foot(self) -> QWidget:
        foot = QFrame()
        surface(foot, Token.PANEL)
        foot.setFixedHeight(STATUS_LINE + 4)
        style = Style(Type.CAPTION, tone=Token.TEXT2)
        self._where = IconLine("hard-drive", "", style)
        row = across(self._where, into=foot, gap=SPACE_8, margins=(SPACE_16, 1))
        ways = ((say("Ganti folder"), self.choose_folder), (say("Buka ruang kerja yang ada"), self.choose_file))
        for words, act in ways:
            link = Link(words)
            link.clicked.connect(act)
            row.addWidget(link)
        if self._left:
            self._offer_return(row)
        row.addStretch(1)
        other, words = ("en", "English") if self._language == "id" else ("id", "Bahasa Indonesia")
        speak = Link(words)
        speak.clicked.connect(lambda: self.speaks.emit(other))
        row.addWidget(speak)
        self._show_folder()
        return foot

    def _offer_return(self, row: QHBoxLayout) -> None:
        """Put the way back into the row of the foot."""
        back = QAction(say("Kembali ke ruang kerja tadi"), self)
        back.setShortcut(QKeySequence("Esc"))
        back.triggered.connect(lambda: None if self._busy else self.opens.emit(self._left))
        self.addAction(back)
        link = Link(back.text())
        link.clicked.connect(back.trigger)
        row.addWidget(link)
        row.addWidget(KeyHints("Esc"))

    def _show_folder(self) -> None:
        parts = [part for part in self.folder.parts if part != self.folder.anchor][-2:]
        self._where.say(say("Folder data: {folder}", folder=", ".join(parts)))
        self._where.setToolTip(str(self.folder))
        why = _why_there(self.folder)
        self._why_there.say(why)
        self._why_there.setVisible(bool(why))
        village = self._village()
        self.practise.say(say("Lanjutkan latihan") if village else say("Coba di desa latihan"))
        self._anew.setVisible(village is not None)
        self._judge()

    def _village(self) -> Path | None:
        """Return the practice village that stands in the folder already."""
        path = self.folder / f"{VILLAGE}.p2kp"
        return path if path.is_file() else None

    def choose_folder(self) -> None:
        """Let the user put the file elsewhere."""
        picked = QFileDialog.getExistingDirectory(self, say("Folder untuk data"), str(self.folder.parent))
        if picked:
            self.folder = Path(picked)
            self._show_folder()

    def choose_file(self) -> None:
        """Let the user open a workspace that stands already."""
        path, _ = QFileDialog.getOpenFileName(
            self, say("Buka ruang kerja"), str(self.folder), say("Ruang kerja (*.p2kp)")
        )
        if path:
            self.opens.emit(path)

    def _take_role(self, role: str) -> None:
        self._role = role
        asks = {
            "facilitator": say("Kelurahan mana?"), "district": say("Kabupaten atau kota mana?"),
            "province": say("Provinsi mana?"),
        }
        self._asks_area.say(asks[role])
        self.begin.say(say("Isi rumah pertama") if role == "facilitator" else say("Mulai bekerja"))
        self._offer_enrolment(role)
        self.areas.offer(role)
        self._judge()

    def _offer_enrolment(self, role: str) -> None:
        """Ask the fourth question as this role answers it; whoever says nothing begins without."""
        begins = role == "province"
        asks = say("Jadi induk pendaftaran?") if begins else say("Minta didaftarkan kantor di atas?")
        self._asks_enrolment.say(asks)
        self.enrols.setAccessibleName(asks)
        self.enrols.clear()
        self.enrols.addItem(say("Nanti saja"), False)
        self.enrols.addItem(say("Ya, kabupaten/kota mendaftar di sini") if begins else
                            say("Ya, permintaan ikut di paket pertama"), True)

    def _seek_area(self, typed: str) -> None:
        """Begin to seek the area with a letter that was typed a question too early."""
        self.areas.field.setFocus()
        self.areas.field.insert(typed)

    def _asked_now(self, answered: tuple[bool, ...]) -> int:
        """Return the place of the question that has the focus, else of the first without an answer; -1 for none."""
        focused = QApplication.focusWidget()
        for place, question in enumerate((self.name, self.roles, self.areas, self.enrols)):
            if focused is not None and (question is focused or question.isAncestorOf(focused)):
                return place
        return answered.index(False) if False in answered else -1

    def _person(self) -> str:
        return " ".join(self.name.text().split())

    def _judge(self) -> None:
        """Show which questions are answered; the door opens when all are."""
        answered = (bool(self._person()), bool(self._role), bool(self.areas.codes), True)
        here = self._asked_now(answered)
        self._met |= {here}
        for place, mark in enumerate(self._marks):
            mark.show_state(done=answered[place] and place in self._met, here=place == here)
        self.begin.setEnabled(all(answered) and not self._busy)
        self.practise.setEnabled((answered[0] or self._village() is not None) and not self._busy)
        self._anew.setEnabled(answered[0] and not self._busy)
        promise = say("Data latihan tidak pernah tercampur dengan data asli.")
        self._promise.say(say("Menyiapkan ruang kerja…") if self._busy else promise)

    def go(self) -> None:
        """Begin with the answers, or show the question that lacks one."""
        if not self._person():
            self.name.setFocus()
        elif not self.areas.codes:
            self.areas.field.setFocus()
        else:
            self.show_busy(busy=True)
            self.begins.emit(
                self._person(), self._role, self.areas.codes, self.folder, bool(self.enrols.currentData()),
            )

    def try_practice(self) -> None:
        """Go to the practice village, the one that stands in the folder if there is one."""
        village = self._village()
        self.show_busy(busy=True)
        if village is None:
            self.practises.emit(self._person(), self.folder)
        else:
            self.opens.emit(str(village))

    def practise_again(self) -> None:
        """Make the practice village in the folder anew."""
        village = self._village()
        if village is not None:
            self.show_busy(busy=True)
            self.practises_again.emit(self._person(), village)

    def show_fault(self, fault: Fault) -> None:
        """Show why it could not begin."""
        if self._fault is not None:
            self._fault.deleteLater()
        self._fault = ErrorCard(fault)
        self._tell(self._fault)
        self.show_busy(busy=False)

    def show_waiting(self, files: Sequence[str]) -> None:
        """Say that files were brought, which a workspace must stand open to receive."""
        if self._waiting is not None:
            self._waiting.hide()
            self._waiting.deleteLater()
        names = ", ".join(Path(file).name for file in files)
        self._waiting = NoticeCard(
            say("Berkas yang Anda buka menunggu: {names}.", names=names),
            say("Jawab pertanyaan di bawah, atau buka ruang kerja yang sudah ada; sesudah itu isinya ditunjukkan di "
                "Terima. Belum ada yang berubah."),
        )
        self._waiting.closed.connect(self._waiting.hide)
        self._tell(self._waiting)

    def _tell(self, card: QWidget) -> None:
        self._notices.setContentsMargins(SPACE_28, SPACE_12, SPACE_28, 0)
        self._notices.insertWidget(0, card)

    def show_busy(self, *, busy: bool) -> None:
        """Say that the workspace is being made, and take no second order meanwhile."""
        self._busy = busy
        self._judge()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW_WINDOW
        self._greeting.setVisible(not narrow)
        self.areas.show_rows(ROWS - 1 if self.height() < _LOW else ROWS)
        side, top = SPACE_28 * 2, SPACE_12 if self.height() < _LOW else SPACE_28 + SPACE_4
        self._grid.setContentsMargins(side, top, side + SPACE_28, SPACE_12)


def _why_there(folder: Path) -> str:
    """Say why data should not lie among synchronised files, where these are, or the usual folder is among them."""
    if name := environment.synchroniser(folder):
        return say("{folder} disalin {name} ke internet selagi ditulis: ruang kerja di sana dapat terkunci atau "
                   "terbelah dua. Pilih folder lain.", folder=folder, name=name)
    name = environment.synchroniser(environment.documents())
    if name and folder == environment.for_workspaces():
        return say("Data disimpan di {folder}, bukan di Dokumen: {name} menyalin Dokumen selagi ditulis, dan ruang "
                   "kerja di sana dapat terkunci.", folder=folder, name=name)
    return ""


_SIZE = 28


class StepMark(QWidget):
    """A round mark."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number, self._done, self._here = number, False, False
        self.setFixedSize(QSize(_SIZE + 2, _SIZE + 2))

    def show_state(self, *, done: bool, here: bool) -> None:
        """Show whether the question is answered, or asked now."""
        self._done, self._here = done, here
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = QRectF(0, 0, _SIZE, _SIZE)
        fill = Token.ACCENT if self._here else Token.PANEL
        tone = Token.ON_ACCENT if self._here else Token.ACCENT
        with painting(self) as painter:
            box(painter, rect, fill=fill, line=Token.ACCENT, radius=_SIZE / 2)
            if self._done and not self._here:
                draw_icon(painter, "check", (_SIZE - ICON_TEXT) / 2, (_SIZE - ICON_TEXT) / 2, ICON_TEXT, Token.ACCENT)
            else:
                number = Words(str(self._number), Style(bold=True, tone=tone))
                number.draw_in(painter, rect, Qt.AlignmentFlag.AlignHCenter)


_WIDTH = 470


class Greeting(QWidget):
    """The half that greets: program, promise, bowl."""

    def __init__(self) -> None:
        super().__init__()
        surface(self, Token.PANEL)
        self.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(64, 56, 40, 40)
        column.setSpacing(SPACE_8)
        column.addWidget(IconLine("bowl", "P2KP Desktop", Style(Type.PAGE, bold=True, tone=Token.ACCENT_TEXT)))
        column.addSpacing(44)
        column.addWidget(Label(say("Empat pertanyaan, lalu bekerja."), WELCOME, wraps=True))
        column.addWidget(Label(
            say("Semua data tersimpan di flashdisk ini. Tidak perlu jaringan, tidak perlu akun.") if portable.data()
            else say("Semua data tersimpan di laptop ini. Tidak perlu jaringan, tidak perlu akun."),
            Style(Type.TITLE, tone=Token.TEXT2), wraps=True,
        ))
        column.addSpacing(SPACE_28)
        column.addWidget(_EmptyBowl(), 1)


class _EmptyBowl(QWidget):
    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            draw_bowl(painter, self.rect().toRectF().adjusted(20, 0, -20, -20), [False] * 10)
