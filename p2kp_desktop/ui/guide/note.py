"""The note below the form: which step it is, what to press, how to be rid of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from p2kp_desktop.actions.practice import guide_steps
from p2kp_desktop.actions.practice.guide_steps import Progress
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.keycap import KeyHints
from p2kp_desktop.ui.kit.labels import Label
from p2kp_desktop.ui.kit.layouts import Space, across
from p2kp_desktop.ui.kit.link import Link
from p2kp_desktop.ui.kit.painting import box, draw_icon, painting
from p2kp_desktop.ui.look.measures import ICON, SPACE_4, SPACE_8, SPACE_12, SPACE_16, SPACE_20
from p2kp_desktop.ui.look.tokens import Token

_LEAST = 200  # width of the words before the note is laid out


class GuideNote(QWidget):
    """Says one step; it never takes the focus, and the form works as if it were not there."""

    closed = Signal()
    begun = Signal()
    turned = Signal()  # it was shown or hidden

    def __init__(self) -> None:
        super().__init__()
        self._words = Label("", wraps=True)
        self._begin, self._begin_keys = Link(say("Mulai panduan")), KeyHints("Shift", "F1")
        self._close, self._close_keys = Link(say("Tutup panduan")), KeyHints("Esc")
        for link, told in ((self._begin, self.begun), (self._close, self.closed)):
            link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            link.clicked.connect(told)
        across(
            (self._words, 1), Space(SPACE_12), self._begin, self._begin_keys, self._close, self._close_keys,
            into=self, gap=SPACE_4, margins=(SPACE_20 + ICON + SPACE_12, SPACE_8, SPACE_16, SPACE_8),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def offer(self) -> None:
        """Offer the guide; who goes on without it is not asked again."""
        words = say("Rumah pertama? Panduan delapan langkah dapat menemani di sini sambil Anda mengetik.")
        self._tell(words, begin=True)

    def show_step(self, progress: Progress, period: str) -> None:
        """Say the step that comes next in a questionnaire of a period, or that all are done."""
        if progress.step is None:
            self._tell(say(
                "**Selesai.** Begitulah setiap kuesioner diketik. Panduan ini ada di Menu bila diperlukan lagi."
            ))
            return
        place = say("Langkah {number} dari {count}", number=progress.number, count=len(guide_steps.STEPS))
        self._tell(f"**{place}.** {step_words(progress.step, period)}")

    def _tell(self, words: str, *, begin: bool = False) -> None:
        self._words.say(words)
        for widget in (self._begin, self._begin_keys):
            widget.setVisible(begin)
        for widget in (self._close, self._close_keys):
            widget.setVisible(not begin)
        self.setAccessibleName(self._words.accessibleName())
        self.show()
        self._fit()

    def _fit(self) -> None:
        """Be as high as the words need and no higher."""
        beside = [widget for widget in (self._begin, self._begin_keys, self._close, self._close_keys)
                  if not widget.isHidden()]
        layout = self.layout()
        if layout is None:
            return
        margins = layout.contentsMargins()
        taken = sum(widget.sizeHint().width() + SPACE_4 for widget in beside) + SPACE_12 + SPACE_4
        width = self.width() - margins.left() - margins.right() - taken
        lines = self._words.heightForWidth(max(width, _LEAST))
        self.setFixedHeight(max(lines, ICON) + margins.top() + margins.bottom())
        layout.setGeometry(self.rect())  # Qt leaves the words where they stood in the height of before

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.turned.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.turned.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect().toRectF()
        with painting(self) as painter:
            box(painter, rect, fill=Token.ACCENT_SOFT)
            box(painter, rect.adjusted(0, 0, 0, 1 - rect.height()), fill=Token.ACCENT_LINE)
            draw_icon(painter, "graduation-cap", SPACE_20, rect.center().y() - ICON / 2, ICON, Token.ACCENT_TEXT)


def step_words(step: str, period: str) -> str:
    """Return the instruction for a step of the guide, the keys in bold; the example of a day lies in the period."""
    return {
        guide_steps.RT: say("Tulis RT seperti di kertas, misalnya **2/5**, lalu tekan **Enter**."),
        guide_steps.ENTER: say("Tulis tanggal pendataan, misalnya **{day}**, lalu **Enter**. Enter selalu maju satu "
                           "pertanyaan, **Shift+Enter** mundur.", day=f"4/10/{period[2:4]}"),
        guide_steps.LETTER: say("Pilihan dijawab dengan **huruf yang tercetak**: tekan **a** atau **b**, dan formulir "
                            "maju sendiri. Enter melewati yang kosong."),
        guide_steps.HELP: say("Ragu? **F1** menunjukkan petunjuk pertanyaan ini; **Esc** menutupnya lagi."),
        guide_steps.TROUBLE: say("Yang tidak biasa tercatat di kanan. **F8** membawa Anda ke masalah berikutnya; tanpa "
                             "masalah, ke jawaban yang masih kosong."),
        guide_steps.REASON: say("Jawaban tidak biasa boleh benar. Coba isi Jumlah KK dengan **7**, tekan **F2**, tulis "
                            "alasannya, lalu **Enter**."),
        guide_steps.SAVE: say("Isian tersimpan sendiri sebagai draf. **Ctrl+S** mencatatnya sebagai rumah, walaupun "
                          "belum lengkap."),
        guide_steps.NEXT: say("Kuesioner berikutnya: **Ctrl+Enter** menyimpan dan membuka rumah baru; tanggal dan RT "
                          "terbawa."),
    }[step]
