"""Kirim: to whom, what, where to; how far it is; then the file that was made and what to do with it."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from p2kp_desktop.actions.bundles import bundle_selection, outbox, pace
from p2kp_desktop.actions.bundles.outbox import Contents, Order, SaveFolder, Sending
from p2kp_desktop.actions.bundles.sending import Sent
from p2kp_desktop.actions.upkeep import updates
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk, Report, Task
from p2kp_desktop.ui.files import drives
from p2kp_desktop.ui.files.choosing import choose_folder
from p2kp_desktop.ui.files.parts import ActionBar, action
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.layouts import across, clear, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.kit.progress import ProgressPanel
from p2kp_desktop.ui.look.measures import CARD_GAP, PAGE_SIDE, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token
from p2kp_desktop.ui.place import Scope
from p2kp_desktop.versions import HERE

from .contents import ContentsTable
from .ordering import OrderCard
from .result import SentCard


class SendPage(QWidget):
    """Everything needed to send, on one page; Ctrl+Enter sends, Escape stops."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._contents: Contents | None = None
        self._task: Task | None = None
        self._since = 0.0
        self._asking = 0
        self._area = ""
        self._build()
        sending = action(self, say("Kirim paket"), "Ctrl+Return", "Ctrl+Enter")
        sending.triggered.connect(self.send)
        desk.rights.guard(Deed.SEND, sending, self.button)
        action(self, say("Cari flashdisk lagi"), "F5").triggered.connect(self.refresh)
        self._cancelling = action(self, say("Batalkan pengiriman"), "Esc")
        self._cancelling.triggered.connect(self.cancel)
        self._cancelling.setVisible(False)

    def _build(self) -> None:
        self.bar = ActionBar()
        self.progress = ProgressPanel()
        self.progress.cancelled.connect(self.cancel)
        self.button = Button(say("Kirim"), Kind.PRIMARY, icon="send", keys=("Ctrl", "Enter"))
        self.button.clicked.connect(self.send)
        self.bar.row.addWidget(self.progress, 1)
        self.bar.row.addWidget(self.button)
        self.progress.hide()
        self.choices, self.inside, self.result = OrderCard(), ContentsTable(self._desk), SentCard()
        self.choices.asked.connect(self.refresh)
        self.choices.changed.connect(self._show_bar)
        self.choices.folder_wanted.connect(self._want_folder)
        self.result.again.connect(self.start_over)
        form = QWidget()
        across((self.choices, 7), (self.inside, 11), into=form, gap=CARD_GAP)
        self._stack = QStackedWidget()
        self._stack.addWidget(form)
        self._stack.addWidget(self.result)
        self._fault = QVBoxLayout()
        inside = down(self._fault, (self._stack, 1), gap=SPACE_8, margins=(PAGE_SIDE, 0, PAGE_SIDE, SPACE_12))
        down((inside, 1), self.bar, into=self)

    def enter(self, scope: Scope) -> None:
        """Begin with the area in sight, unless it is the one that was in sight before."""
        if scope.area != self._area:
            self._area = scope.area
            self.choices.see(scope.area)

    def begin(self) -> None:
        """Put the focus where work begins."""
        first = self.result.open_folder if self._stack.currentWidget() is self.result else self.choices.folders
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def refresh(self) -> None:
        """Ask again what can be sent and where to."""
        self._asking += 1
        asked, plugged, papers = self._asking, drives.removable(), drives.documents()
        self._desk.ask(
            self, lambda workspace: (
                outbox.choices(workspace), outbox.targets(workspace, plugged, papers), updates.travelling()),
            lambda found: self._show_choices(asked, *found),
        )

    def _show_choices(
        self, asked: int, sending: Sending, targets: list[SaveFolder], update: Path | None
    ) -> None:
        """Show the choices; the bundle is counted for what is chosen among them now."""
        if asked != self._asking:
            return
        self.choices.begin(sending)
        self.choices.show_choices(targets)
        self.choices.offer_program(HERE.running if update else "")
        order = self.choices.order
        self._desk.ask(
            self, lambda workspace: outbox.contents(workspace, order),
            lambda contents: self._show_contents(asked, contents),
        )

    def _show_contents(self, asked: int, contents: Contents) -> None:
        if asked == self._asking:
            self._contents = contents
            self.inside.show_contents(contents)
            self.choices.offer_seal(contents.sealed_for)
            self._show_bar()

    def _show_bar(self) -> None:
        if self._task is not None or self._contents is None:
            return
        total, target = self._contents.total, self.choices.target
        only_receipt = not total and self.choices.is_back
        words = say("Kirim tanda terima") if only_receipt else say("Kirim {count} catatan", count=written.number(total))
        self.button.say(words)
        self.button.setEnabled(bool((total or only_receipt) and target and not self.choices.password.problem()))
        sentence, warns = self._advice(self._contents, target)
        self.bar.note.say(sentence)
        self.bar.note.colour(Token.WARN if warns else Token.TEXT2)

    def _advice(self, contents: Contents, target: SaveFolder | None) -> tuple[str, bool]:
        """Return the advice to read before a bundle is sent, and whether it stands in the way."""
        if not self._desk.rights.may(Deed.SEND):
            return self._desk.rights.why(Deed.SEND), True
        if not contents.whole and not contents.behind:
            return say("Belum ada catatan untuk dikirim. Mulailah di Pendataan."), False
        if not contents.total and contents.behind:
            return bundle_selection.behind_words(contents.behind), True
        if not contents.total and not self.choices.is_back:
            return say("Tidak ada yang baru: semuanya sudah ada tanda terimanya. Pilih «Kirim lengkap» bila penerima "
                       "memintanya."), False
        if target is None:
            return say("Pilih dahulu folder tempat paket disimpan."), False
        if problem := self.choices.password.problem() or outbox.room_sentence(target, contents.size):
            return problem, True
        order = self.choices.order
        if contents.sealed_for and order.in_clear and not order.password and not order.withhold:
            return say("Tanpa segel: siapa pun yang menemukan berkas ini dapat membaca nama dan NIK pada {count} "
                       "catatan.",
                       count=written.number(contents.personal)), True
        return _summary(order, target, contents.sealed_for, passes_on=self.choices.passes_on), False

    def _want_folder(self) -> None:
        start = self.choices.folder if self.choices.targets else None
        choose_folder(self, start, self._take_folder)

    def _take_folder(self, folder: Path) -> None:
        self.choices.take_folder(outbox.picked(folder))

    def send(self) -> None:
        """Write the bundle; the page says how far it is until it is done."""
        if self._task is not None or self._stack.currentWidget() is self.result:
            return
        if not self.button.isEnabled():
            self.bar.note.colour(Token.WARN)  # it says what is missing
            return
        order, folder, passes_on = self.choices.order, self.choices.folder, self.choices.passes_on
        clear(self._fault)
        self._since = monotonic()
        self.show_busy(busy=True)
        self._show_progress(0, 1)

        def write(workspace: Workspace, report: Report) -> tuple[Sent, str]:
            sent = outbox.send_order(workspace, folder, order, report)
            return sent, _beside(sent.path.parent) if passes_on else ""

        self._task = self._desk.work(self, write, self._sent, self._refused, touches=["transfers"])
        self._task.progressed.connect(self._show_progress)
        self._task.ended.connect(self._ended)

    def cancel(self) -> None:
        """Stop the writing; what was written so far is taken away."""
        if self._task is not None:
            self._task.cancel()

    def show_busy(self, *, busy: bool) -> None:
        """Show how far the writing is in place of the button, or the button again."""
        self.choices.setEnabled(not busy)
        self.progress.setVisible(busy)
        self._cancelling.setVisible(busy)
        self.bar.note.setVisible(not busy)
        self.button.setVisible(not busy)
        if busy:
            self.progress.setFocus()

    def _show_progress(self, done: int, total: int) -> None:
        words = pace.left_words(done, total, monotonic() - self._since)
        target = self.choices.target
        text = say("Menulis ke {name} · {words}", name=target.name if target else "", words=words)
        self.progress.show_progress(done / max(total, 1), text)

    def _done(self) -> None:
        self._task = None
        self.show_busy(busy=False)
        self._show_bar()

    def _ended(self) -> None:
        """Notice the end of work that told nothing: it was cancelled."""
        if self._task is not None:
            self._done()
            self.bar.note.say(say("Pengiriman dibatalkan. Tidak ada berkas yang ditinggalkan."))
            self.begin()

    def _sent(self, done: tuple[Sent, str]) -> None:
        sent, beside = done
        order, target = self.choices.order, self.choices.target
        self._done()
        on_stick = target is not None and target.kind == "drive"
        in_use = target is not None and Path(self._desk.workspace.name).is_relative_to(target.folder)
        self.result.show_sent(sent, order, on_stick=on_stick, in_use=in_use, beside=beside)
        self.choices.password.forget()
        self.bar.hide()
        self._stack.setCurrentWidget(self.result)
        self.result.open_folder.setFocus()

    def _refused(self, error: Exception) -> None:
        self._done()
        if not isinstance(error, Trouble):
            self._desk.failed.emit(error)
            return
        card = ErrorCard(fault_of(error), say("Kirim lagi"))
        card.pressed.connect(self.send)
        self._fault.addWidget(card)

    def start_over(self) -> None:
        """Show the choices again."""
        self._stack.setCurrentIndex(0)
        self.bar.show()
        self.refresh()
        self.begin()


def _beside(folder: Path) -> str:
    """Put the update by which the program came here into a folder, and say so, or why not: the bundle is there."""
    try:
        path = updates.pass_on(folder)
    except Trouble as trouble:
        return say("Pembaruan program tidak ikut tersalin. {why}", why=say(trouble.what))
    return say("Di sebelahnya ada {name}: pembaruan program untuk penerima yang memerlukannya.", name=path.name) if (
        path) else ""


def _summary(order: Order, target: SaveFolder, sealed_for: Sequence[str], *, passes_on: bool) -> str:
    """Return in one line where the bundle goes, and what is special about it."""
    parts = [say("Paket disimpan di {folder}", folder=target.folder)]
    if sealed_for and not order.in_clear and not order.password:
        parts.append(say("disegel untuk {offices}", offices=", ".join(sealed_for)))
    if order.withhold:
        parts.append(say("tanpa nama dan NIK"))
    if order.password:
        parts.append(say("dengan kata sandi"))
    if order.full:
        parts.append(say("lengkap"))
    if passes_on:
        parts.append(say("dengan pembaruan program"))
    return " · ".join(parts)
