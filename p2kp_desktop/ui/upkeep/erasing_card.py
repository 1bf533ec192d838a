"""Erasing a person's data: look the person up, see what is held, say why, confirm."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from p2kp_desktop.actions.review import person_erasure
from p2kp_desktop.actions.review.person_erasure import Erased, Personal
from p2kp_desktop.actions.upkeep import copies_left
from p2kp_desktop.actions.upkeep.copies_left import Cleared, Remain
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import say
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button
from p2kp_desktop.ui.kit.controls import CheckBox
from p2kp_desktop.ui.kit.labels import NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import down
from p2kp_desktop.ui.look.measures import SPACE_8

from .sure import Sure
from .upkeep_card import UpkeepCard, in_order

LONGEST = 40  # letters of a name on a button


class Erasing(UpkeepCard):
    """Search, choose one person's record, tick what belongs to it, erase; then the old copies."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, say("Hapus data pribadi atas permintaan"), say(
            "Nama, NIK, dan catatan seseorang dihapus di sini dan di setiap kantor yang menerima paket berikutnya, "
            "juga dari riwayatnya. Jawaban lain tetap. Tercatat siapa yang menghapus, kapan, dan mengapa."
        ), Sure(
            say("Hapus data…"), say("surat permintaan 5 Oktober"), say("Ya, hapus untuk selamanya"), dangerous=True
        ), Deed.ERASE)
        self.words = QLineEdit()
        self.words.setPlaceholderText(say("Nama atau NIK"))
        self.add_field(say("Cari orang"), self.words)
        self._found = QWidget()
        self._list = down(into=self._found, gap=SPACE_8)
        self.body.addWidget(self._found)
        self.body.addWidget(self.sure)
        self.copies = Label("", SECONDARY, wraps=True)
        self.clear = Button(say("Hapus salinan lama itu…"), icon="shield-check")
        desk.rights.guard(self.deed, self.clear)
        self.body.addWidget(self.copies)
        self.body.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addStretch(1)
        self.chosen: list[Personal] = []
        self.ticks: list[CheckBox] = []
        self._clearing = False
        self.sure.hide()
        self._show_remains([])
        self.words.textEdited.connect(self._search)
        self.sure.wanted.connect(self._ask)
        self.sure.given.connect(self._give)
        self.clear.clicked.connect(self._ask_to_clear)

    def refresh(self) -> None:
        """Ask which copies still hold what was erased."""
        self.desk.ask(self, copies_left.remains, self._show_remains)

    def _search(self, words: str) -> None:
        self._forget()
        self.desk.ask(self, lambda workspace: person_erasure.people(workspace, words), partial(self._offer, words))

    def _forget(self) -> None:
        self.chosen, self.ticks = [], []
        while self._list.count():
            widget = self._list.takeAt(0).widget()
            if isinstance(widget, QWidget):
                widget.hide()
                widget.deleteLater()
        self.sure.hide()

    def _offer(self, words: str, found: list[Personal]) -> None:
        if words != self.words.text():
            return
        self._forget()
        buttons = []
        for each in found:
            button = Button(_short(each.name))
            button.clicked.connect(partial(self._open, each))
            self._list.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(Label(f"{each.title} · {each.place}", NOTE, wraps=True))
            buttons.append(button)
        in_order(self.words, buttons)
        if not found and len(words.strip()) >= person_erasure.SHORTEST:
            self._list.addWidget(Label(say("Tidak ada yang cocok."), SECONDARY))

    def _open(self, one: Personal) -> None:
        form = form_named(one.form)
        self.desk.ask(self, lambda workspace: person_erasure.found(workspace, form, one.id), self._show)

    def _show(self, found: list[Personal]) -> None:
        self._forget()
        self.chosen = found
        for number, each in enumerate(found):
            tick = CheckBox(_short(each.name or each.title))
            tick.setChecked(each.why != person_erasure.MENTION)
            tick.setEnabled(number > 0)
            tick.setAccessibleDescription(_held(each))
            self._list.addWidget(tick)
            self._list.addWidget(Label(_held(each), NOTE, wraps=True))
            self.ticks.append(tick)
        in_order(self.words, self.ticks)
        self.sure.go.say(say("Hapus data…"))
        self._clearing = False
        self.sure.show()
        self.sure.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        named = sum(tick.isChecked() for tick in self.ticks)
        self.sure.yes.say(say("Ya, hapus untuk selamanya"))
        self.sure.ask(say("Data pribadi di {count} catatan dihapus dan tidak dapat dikembalikan.", count=named))

    def _give(self, reason: str) -> None:
        if self._clearing:
            self._clearing = False
            self.do(copies_left.clear_remains, self._cleared)
            return
        asked, *rest = self.chosen
        others = [(each.form, each.id) for each, tick in zip(rest, self.ticks[1:], strict=True) if tick.isChecked()]
        form = form_named(asked.form)
        self.do(
            lambda workspace: person_erasure.erase(workspace, form, asked.id, reason=reason, others=others),
            self._erased,
        )

    def _erased(self, done: Erased) -> None:
        self.words.clear()
        self._forget()
        self.sure.show()
        self.sure.tell(say("Data pribadi di {count} catatan sudah dihapus. Kirim paket ke kantor lain supaya dihapus "
                           "juga di sana.", count=len(done.records)))
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()
        self.changed.emit()

    def _show_remains(self, found: list[Remain]) -> None:
        self.copies.say(" ".join(words(found)))
        self.copies.setVisible(bool(found))
        self.clear.setVisible(bool(found))

    def _ask_to_clear(self) -> None:
        self._clearing = True
        self.sure.show()
        self.sure.yes.say(say("Ya, hapus salinannya"))
        self.sure.ask(say("Cadangan baru dibuat dulu, lalu salinan lama itu dihapus dari laptop ini."))

    def _cleared(self, done: Cleared) -> None:
        words = say("{count} salinan lama dihapus; cadangan baru sudah dibuat.", count=len(done.deleted))
        if done.left:
            words += " " + say("{count} tidak dapat dihapus; periksa izinnya.", count=len(done.left))
        if done.away:
            words += " " + away(done.away)
        self.sure.tell(words)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[:LONGEST]}…"


def _held(each: Personal) -> str:
    """Return the line on a record that holds a person's data: its title, place, answers and comments."""
    answers = ", ".join(wording for _, wording in each.answers) or say("tidak ada jawaban pribadi")
    comments = say("{count} catatan pemeriksa", count=each.comments) if each.comments else ""
    mention = (
        say("menyebut nama atau nomor yang sama; mungkin orang lain") if each.why == person_erasure.MENTION else ""
    )
    return " · ".join(part for part in (each.title, each.place, answers, comments, mention) if part)


NAMED = 3  # files of a kind; of more there is the number

_COUNTED: dict[str, Callable[[int], str]] = {
    copies_left.BACKUP: lambda count: say("{count} cadangan", count=count),
    copies_left.ORIGINAL: lambda count: say("{count} berkas yang dulu diterima", count=count),
    copies_left.SENT: lambda count: say("{count} berkas yang dulu dikirim", count=count),
    copies_left.PHOTO: lambda count: say("{count} foto atau pindaian", count=count),
    copies_left.HALF: lambda count: say("{count} salinan yang terputus di tengah", count=count),
}


def words(found: Sequence[Remain]) -> Iterator[str]:
    """Yield sentences that name what was found."""
    here = [each for each in found if each.there]
    kinds = [(kind, [each.path for each in here if each.kind == kind]) for kind in _COUNTED]
    told = [f"{_COUNTED[kind](len(paths))} ({_names(paths)})" for kind, paths in kinds if paths]
    if told:
        yield say("Masih memuat data yang sudah dihapus: {copies}.", copies="; ".join(told))
    if any(each.kind == copies_left.UNUSED for each in here):
        yield say("Sisa datanya mungkin masih ada di bagian berkas ruang kerja yang tidak terpakai.")
    gone = [each.path for each in found if not each.there]
    if gone:
        yield away(gone)


def away(paths: Sequence[Path]) -> str:
    """Name files sent that are not where they were put."""
    return say("Pernah dikirim dan tidak terlihat lagi dari sini: {files}. Hapus juga di tempatnya, atau minta "
               "penerimanya menghapus.", files=_names(paths))


def _names(paths: Sequence[Path]) -> str:
    names = ", ".join(path.name for path in paths[:NAMED])
    return names if len(paths) <= NAMED else say("{names}, dan {count} lagi", names=names, count=len(paths) - NAMED)
