"""Pendaftaran: how this workspace is enrolled, who asks to be, and whose laptop counts no more."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from p2kp_desktop.actions.common.office_words import role_words
from p2kp_desktop.actions.trust import enrolling, members
from p2kp_desktop.actions.trust.enrolling import Terms
from p2kp_desktop.actions.trust.members import CONTESTED, ENROLLED, OFFERED, ROOT, WAITING, Member, Own
from p2kp_desktop.exchange import signing
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.printing.pages import qr
from p2kp_desktop.schema import written
from p2kp_desktop.schema.causality import RANKS
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.roles import Deed
from p2kp_desktop.store import Workspace
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.controls import Choice
from p2kp_desktop.ui.kit.flow import Flow
from p2kp_desktop.ui.kit.labels import CARD_TITLE, NOTE, SECONDARY, Label
from p2kp_desktop.ui.kit.layouts import Stretch, across, clear, down
from p2kp_desktop.ui.kit.messages import ErrorCard, fault_of
from p2kp_desktop.ui.kit.sight import bring_into_sight
from p2kp_desktop.ui.look.measures import CARD_SIDE, CARD_TOP, SPACE_8, SPACE_12
from p2kp_desktop.ui.look.tokens import Token

_DRAWN, _QUIET = 8, 16  # pixels of a square as it is drawn, and of the white border that a telephone wants to see
_SMALL, _LARGE, _DENSE = 3, 4, 90  # pixels of a square on the screen: small for codes of more squares a side


@dataclass(frozen=True)
class Enrolments:
    """How this workspace stands, and everybody else."""

    own: Own
    everybody: tuple[Member, ...]


class Done(NamedTuple):
    """What was done, in a sentence, and the line of the answer where there is one to send."""

    said: str
    line: str = ""


def found(workspace: Workspace) -> Enrolments:
    """Return state, people and requests as the card shows them."""
    return Enrolments(members.own(workspace), tuple(members.members(workspace)))


class EnrolmentCard(QFrame):
    """Asks or takes the answer, approves who asks, and revokes; each on its own line, none needs a network."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setProperty("frame", "card")
        self.told, self.words = Label("", SECONDARY, wraps=True), Label("", NOTE, wraps=True)
        self.begin = Button(say("Jadikan kantor ini induk pendaftaran"), icon="shield-check")
        self.ask = Button(say("Minta didaftarkan"), Kind.PRIMARY, icon="shield-check")
        self.same = Button(say("Enam kata induk sama: terima"), Kind.PRIMARY)
        self.line, self.picture = _read_only(say("Baris pendaftaran")), QLabel()
        self.copy, self.pasted = Button(say("Salin baris")), QLineEdit()
        self.heard, self.take = QLineEdit(), Button(say("Terima"))
        self.requests = QVBoxLayout()
        self.who, self.reason, self.revoke = Choice(), QLineEdit(), Button(say("Cabut"), Kind.DANGER)
        self.done = Label("", NOTE, wraps=True)
        self.done.colour(Token.OK)
        self._answering, self._revoking, self._shown_line = QWidget(), QWidget(), QWidget()
        self._faults = QVBoxLayout()
        self._own: Own | None = None
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.pasted.setPlaceholderText(say("Tempel baris permintaan atau jawaban"))
        self.pasted.setAccessibleName(self.pasted.placeholderText())
        self.heard.setPlaceholderText(say("Enam kata yang dibacakan"))
        self.heard.setAccessibleName(self.heard.placeholderText())
        self.reason.setPlaceholderText(say("Alasan, misalnya: laptop dicuri"))
        self.reason.setAccessibleName(say("Alasan pencabutan"))
        self.who.setAccessibleName(say("Siapa yang dicabut"))
        self.picture.setAccessibleName(say("Kode QR baris pendaftaran"))
        buttons = QWidget()
        row = Flow(buttons)
        for button in (self.ask, self.begin, self.same):
            row.addWidget(button)
        down(across((self.line, 1), self.copy, gap=SPACE_8), (self.picture, 0, Qt.AlignmentFlag.AlignLeft),
             into=self._shown_line, gap=SPACE_8)
        down(across((self.pasted, 2), (self.heard, 1), self.take, gap=SPACE_8), into=self._answering)
        down(across((self.who, 1), (self.reason, 1), self.revoke, gap=SPACE_8), into=self._revoking)
        down(Label(say("Pendaftaran"), CARD_TITLE), self.told, self.words, buttons, self.done, self._shown_line,
             self.requests, self._answering, self._revoking, self._faults,
             into=self, gap=SPACE_12, margins=(CARD_SIDE, CARD_TOP))

    def _connect(self) -> None:
        self.desk.rights.guard(Deed.ENROL, self.begin, self.ask, self.same, self._answering, self._revoking)
        self.begin.clicked.connect(self._begin)
        self.ask.clicked.connect(self._ask)
        self.same.clicked.connect(self._accept)
        self.copy.clicked.connect(self._copy)
        self.take.clicked.connect(self._take)
        self.revoke.clicked.connect(self._revoke)
        for field in (self.pasted, self.heard, self.reason):
            field.textChanged.connect(self._judge)
        self.pasted.returnPressed.connect(self.heard.setFocus)
        self.heard.returnPressed.connect(self._take)
        self.reason.returnPressed.connect(self._revoke)

    # What is shown

    def enter(self) -> None:
        """Show how things stand now."""
        clear(self._faults)
        self.done.hide()
        self.desk.ask(self, found, self._show)

    def _show(self, shown: Enrolments) -> None:
        own = self._own = shown.own
        self.told.say(_standing(own))
        self.told.colour(Token.TEXT2 if own.state in (ENROLLED, ROOT) else Token.WARN)
        self.words.say(_words(own))
        highest = RANKS.get(own.role, 0) == max(RANKS.values())
        self.begin.setVisible(highest and own.state not in (ENROLLED, ROOT))
        self.ask.setVisible(own.state not in (ENROLLED, ROOT, WAITING, OFFERED))
        self.same.setVisible(bool(own.offer))
        self._show_line(own.line)
        self._show_requests([each for each in shown.everybody if each.state == WAITING], may_enrol=own.may_enrol)
        for each in (each for each in shown.everybody if each.state == CONTESTED):
            self.requests.addWidget(self._contested(each))
        self._show_revocable([each for each in shown.everybody if each.state in (ENROLLED, CONTESTED)], own)
        self._answering.setVisible(own.may_enrol or own.state not in (ENROLLED, ROOT))
        self._judge()

    def _show_line(self, line: str) -> None:
        self._shown_line.setVisible(bool(line))
        if line:
            self.line.setText(line)
            self.line.setCursorPosition(0)
            self.picture.setPixmap(_picture(line))

    def _show_requests(self, asking: list[Member], *, may_enrol: bool) -> None:
        clear(self.requests)
        if asking:
            self.requests.addWidget(Label(members.waiting_words(len(asking)), SECONDARY))
        for each in asking:
            self.requests.addWidget(self._request(each, may_enrol=may_enrol))

    def _request(self, each: Member, *, may_enrol: bool) -> QWidget:
        """Return the row of somebody who asks: who it is, the six words, yes and no."""
        row = QWidget()
        where = ", ".join(map(region_name, each.regions))
        said = f"**{each.name}** · {role_words(each.role)} · {where}: {each.words}"
        if each.replaces:
            said += " · " + say("menggantikan {names}", names=", ".join(each.replaces))
        yes = Button(say("Enam katanya sama: daftarkan"), Kind.PRIMARY)
        no = Button(say("Tolak"))
        for button, act in ((yes, self._approve), (no, self._refuse)):
            button.clicked.connect(partial(act, each))
            button.setAccessibleDescription(each.name)
        yes.setEnabled(may_enrol)
        self.desk.rights.guard(Deed.ENROL, yes, no)
        down(Label(said, wraps=True), across(yes, no, Stretch(), gap=SPACE_8), into=row, gap=SPACE_8)
        return row

    def _contested(self, each: Member) -> QWidget:
        """Return the row of somebody whose node is known here by another key: who is right, a person says."""
        row = QWidget()
        said = say("{name} didaftarkan oleh {office} dengan kode ruang kerja yang di sini sudah dikenal dengan kunci "
                   "lain, sebagai {others}. Telepon {office} dan {others}; bila bukan laptop yang sama, cabut di "
                   "bawah.",
                   name=f"**{each.name}**", office=each.by, others=", ".join(each.replaces))
        words = say("Enam katanya: {words}", words=each.words)
        yes = Button(say("Laptop yang sama: pakai kuncinya"))
        yes.clicked.connect(partial(self._confirm, each))
        yes.setAccessibleDescription(each.name)
        self.desk.rights.guard(Deed.ENROL, yes)
        down(Label(f"{said} {words}", wraps=True), across(yes, Stretch(), gap=SPACE_8), into=row, gap=SPACE_8)
        return row

    def _show_revocable(self, enrolled: list[Member], own: Own) -> None:
        below = [each for each in enrolled if not each.own
                 and (RANKS[each.role] < RANKS.get(own.role, 0) or own.state == ROOT)]
        self._revoking.setVisible(own.may_enrol and bool(below))
        self.who.clear()
        for each in below:
            self.who.addItem(f"{each.name} · {', '.join(map(region_name, each.regions))} · {each.words}", each.words)

    def _judge(self) -> None:
        self.take.setEnabled(bool(self.pasted.text().strip()))
        self.revoke.setEnabled(bool(self.reason.text().strip()))

    # What is done

    def _begin(self) -> None:
        def begun(workspace: Workspace) -> Done:
            return Done(say("Kantor ini induk pendaftaran. Kabupaten/kota membandingkan enam kata ini: {words}",
                            words=signing.fingerprint(enrolling.make_root(workspace).key)))

        self._do(begun)

    def _ask(self) -> None:
        def asked(workspace: Workspace) -> Done:
            enrolling.request(workspace)
            return Done(say("Kirim baris ini lewat WhatsApp, atau tunjukkan kodenya, dan bacakan enam katanya. "
                            "Permintaan ini juga ikut di paket berikutnya."))

        self._do(asked)

    def _accept(self) -> None:
        """Take the answer that a bundle brought: the person says that the words of its root are as heard."""
        if self._own is not None and self._own.offer:
            words = signing.fingerprint(self._own.offer[-1].key)
            self._do(lambda workspace: _taken(workspace, "", words))

    def _take(self) -> None:
        text, words = self.pasted.text(), self.heard.text()
        if not text.strip():
            return
        self._do(lambda workspace: _given(workspace, text, words))

    def _approve(self, each: Member) -> None:
        self._do(lambda workspace: _approved(workspace, each.words, replaces=bool(each.replaces), name=each.name))

    def _refuse(self, each: Member) -> None:
        def refused(workspace: Workspace) -> Done:
            enrolling.refuse(workspace, each.words, reason=say("ditolak di Pengaturan"))
            return Done(say("Permintaan {name} ditolak. Ia boleh meminta lagi.", name=each.name))

        self._do(refused)

    def _confirm(self, each: Member) -> None:
        def confirmed(workspace: Workspace) -> Done:
            enrolling.confirm(workspace, each.words, reason=say("dipastikan di Pengaturan"))
            return Done(enrolling.confirmed_words(each.name))

        self._do(confirmed)

    def _revoke(self) -> None:
        words, reason = str(self.who.currentData() or ""), self.reason.text()
        if not self.revoke.isEnabled() or not words:
            return

        def revoked(workspace: Workspace) -> Done:
            gone = enrolling.revoke(workspace, words, reason=reason)
            return Done(say("{name} dicabut. Pencabutan ikut di setiap paket; yang sudah diterima tetap ada.",
                            name=gone.name))

        self._do(revoked)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.text())
        self._say(say("Baris disalin."))

    def _do(self, act: Callable[[Workspace], Done]) -> None:
        clear(self._faults)
        self.desk.change(self, act, self._finish, self._failed, touches=())

    def _finish(self, done: Done) -> None:
        """Say what was done, and show how things stand now, with the line of an answer where there is one to send."""
        for field in (self.pasted, self.heard, self.reason):
            field.clear()

        def shown(now: Enrolments) -> None:
            self._show(now)
            if done.line:
                self._show_line(done.line)
            self._say(done.said)

        self.desk.ask(self, found, shown)

    def _say(self, words: str) -> None:
        self.done.say(words)
        self.done.show()
        bring_into_sight(self.done)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Trouble):
            fault = ErrorCard(fault_of(error))
            self._faults.addWidget(fault)
            bring_into_sight(fault)
        else:
            self.desk.failed.emit(error)


def _picture(line: str) -> QPixmap:
    """Return the code of a line, black on white whatever the look, every square as large as the others."""
    code = QPixmap()
    code.loadFromData(qr.qr_png(line))
    squares = code.width() // _DRAWN
    side = squares * (_SMALL if squares > _DENSE else _LARGE)
    shown = QPixmap(side + 2 * _QUIET, side + 2 * _QUIET)
    shown.fill(Qt.GlobalColor.white)
    with QPainter(shown) as painter:
        painter.drawPixmap(_QUIET, _QUIET, code.scaled(side, side))
    return shown


def _read_only(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setReadOnly(True)
    field.setAccessibleName(name)
    return field


def _standing(own: Own) -> str:
    """Return how this workspace stands, in a sentence."""
    if own.state == ROOT:
        return say("Kantor ini induk pendaftaran: kabupaten/kota mendaftar di sini.")
    if own.state == ENROLLED:
        return say("Terdaftar oleh {office} sampai {until}.", office=own.by, until=written.day(own.until))
    if own.state == WAITING:
        return say("Menunggu jawaban kantor di atas. Bekerja dan mengirim tetap seperti biasa.")
    if own.state == OFFERED:
        return say("Jawaban sudah datang. Bandingkan enam kata induk lewat telepon: {words}",
                   words=signing.fingerprint(own.offer[-1].key))
    if own.reason:
        return say("Kunci ruang kerja ini dicabut: {reason}. Paketnya menunggu di kantor lain.", reason=own.reason)
    return say("Belum terdaftar: bekerja dan mengirim seperti biasa, dan paket dari sini tiba sebagai «belum dikenal».")


def _words(own: Own) -> str:
    said = [say("Enam kata ruang kerja ini: {words}", words=own.words)] if own.words else []
    if own.root_words and own.state != ROOT:
        said.append(say("Enam kata induk pendaftaran: {words}", words=own.root_words))
    return " · ".join(said)


def _taken(workspace: Workspace, text: str, words: str) -> Done:
    made = enrolling.take(workspace, text, words=words)
    until = written.day(made.until)
    return Done(say("Terdaftar sebagai {role} sampai {until}.", role=role_words(made.role), until=until))


def _given(workspace: Workspace, text: str, words: str) -> Done:
    """Take what was pasted: a request waits, and is approved where its six words were typed; an answer is taken."""
    if not enrolling.is_request(text):
        return _taken(workspace, text, words)
    asked = enrolling.receive_request(workspace, text)
    if not words.strip():
        return Done(say("Permintaan {name} menunggu di bawah.", name=asked.request.name))
    return _approved(workspace, words, replaces=False, name=asked.request.name)


def _approved(workspace: Workspace, words: str, *, replaces: bool, name: str) -> Done:
    answer = enrolling.approve(workspace, words, Terms(replaces=replaces))
    return Done(say("{name} didaftarkan. Kirim baris ini kembali, atau tunggu: jawabannya ikut di paket berikutnya.",
                    name=name), answer)
