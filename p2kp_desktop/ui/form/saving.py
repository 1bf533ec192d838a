"""Saving the record under the hands and settling its conflicts, without one dialog; a failure keeps the answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from p2kp_desktop.actions.keying import keyed_drafts, next_record, sittings
from p2kp_desktop.actions.keying.conflict_choices import BESIDE
from p2kp_desktop.actions.keying.keyed_drafts import Filled, Opened, Place
from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.keying.session import Session
from p2kp_desktop.actions.recording import conflicts, record_names
from p2kp_desktop.environment import now
from p2kp_desktop.language import say
from p2kp_desktop.schema import ALIVE, HARD, written
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.hands import Hands
from p2kp_desktop.ui.form.keeper import DRAFTS, DraftKeeper, only_here
from p2kp_desktop.ui.form.sheet import FormSheet
from p2kp_desktop.ui.form.strip import asking, error_card
from p2kp_desktop.ui.form.viewing import title
from p2kp_desktop.ui.unsaved import Sheet

NEXT, STAY, BACK = "next", "stay", "back"  # what follows a save
AGAIN = "again"  # the next household of the period before that is left in this RT
OPERATORS = "operators"  # what a change of their figures touches
SUBMIT, VERIFY = "submit", "verify"  # the record is taken a step on in the review
_NAMED = 3  # questions that have to be mended, for as many the head has room


@dataclass
class UnderWay:
    """A save in line: the session that was handed over, and what is to follow."""

    session: Session
    sheet: Sheet
    filled: Filled
    wrong: Sequence[str]  # the questions whose answers cannot be right
    then: str


class Saving(QObject):
    """Saves in line behind the last draft; what follows is said to the place."""

    told = Signal(str)  # words about the disk
    goes_on = Signal(object)  # the next record of the stack, Opened
    finished = Signal(object)  # the Session that is done: back to the list
    reopened = Signal(object, str)  # Opened again from disk, and the question
    wants_draft = Signal(str, str)  # a record whose draft is to be taken up, and the question
    advances = Signal(object, str)  # the Keying that is on disk now, SUBMIT or VERIFY
    saved = Signal(object)  # the Keying that is on disk now and stays under the hands
    taken_up = Signal(object)  # the Session that is under the hands again, since it could not be saved

    def __init__(self, desk: Desk, sheet: FormSheet, hands: Hands, keeper: DraftKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._sheet, self._hands, self._keeper = desk, sheet, hands, keeper
        self._under_way: dict[str, UnderWay] = {}  # saves in line, by record

    @property
    def _keying(self) -> Keying | None:
        return self._hands.keying

    def save(self, then: str) -> None:
        """Save the record; what saving would clear or leave out is listed before."""
        self._hands.stay()
        if self._keying is None or self._is_locked() or self._is_hindered(self._keying):
            return
        strip = asking(self._keying)
        if strip is None:
            self._save(then)
            return
        strip.confirmed.connect(lambda: self._save(then))
        strip.refused.connect(self._hands.stay)
        self._sheet.show_strip(strip)
        strip.setFocus()

    def _is_locked(self) -> bool:
        """Ask why a verified record is changed, where a draft from before changes it; the draft is kept."""
        session = self._hands.session
        if session is None or not (session.is_locked and session.keying.is_touched):
            return False
        self._keeper.flush()
        self._sheet.banner.ask()
        self._sheet.banner.object_to(say("Belum dapat disimpan: tuliskan dahulu mengapa diubah. Isiannya tetap ada."))
        return True

    def _is_hindered(self, keying: Keying) -> bool:
        """Go to what has to be put right before anything is saved; the draft is kept, and its note says so."""
        key = keying.hindrance() if keying.is_touched else None
        if key is None:
            return False
        self._hands.go(key)
        self._keeper.flush()
        if key == ALIVE:
            self._sheet.column.decision.object_to(say("Belum dapat disimpan: putuskan ini dahulu. Isiannya tetap ada."))
        return True

    def _save(self, then: str) -> None:
        session = self._hands.session
        if session is None:
            return
        keying = session.keying
        self._sheet.show_strip(None)
        touched = (keying.is_touched or bool(session.beside.apart)) and not keying.is_empty
        if not touched and keying.is_new:
            self._desk.hinted.emit(say("Belum ada yang diisi."))
            self._sheet.column.give_focus()
            return
        if touched:
            self._hand_over(session, then)
        if then == NEXT and (not touched or self._keeper.is_well):
            self.goes_on.emit(session.opened.following())
        elif not touched and then == BACK:
            self.finished.emit(session)
        elif not touched and then == AGAIN:
            self._to_next_before(session)
        elif not touched and then in (SUBMIT, VERIFY):
            self.advances.emit(keying, then)

    def _hand_over(self, session: Session, then: str) -> None:
        """Put the save in line behind the last draft; what is typed is held until one of them is on disk."""
        keying, record, beside = session.keying, session.record, session.beside
        under_way = self._under_way.get(record)
        if under_way is not None and _is_same(under_way.session, session):
            under_way.then = then
            return
        form, is_new, filled = keying.form, keying.is_new, Filled.of(keying, session.focus, beside)
        sheet = self._keeper.hand_over(session)
        self._hands.take_on(record, Session.handed_over)
        self._under_way[record] = save = UnderWay(session, sheet, filled, _wrong(keying), then)
        touches = {form.key, DRAFTS} | (set() if is_new else {"conflicts"})
        self._desk.change(
            self,
            lambda workspace: keyed_drafts.save_filled(
                workspace, form, record, filled, is_new=is_new, reason=beside.reason
            ),
            lambda recorded: self._saved(save, recorded.contested), lambda error: self._refused(save, error),
            touches=touches,
        )

    def _end(self, save: "UnderWay") -> None:
        record = save.session.record
        if self._under_way.get(record) is save:
            del self._under_way[record]

    def _saved(self, save: "UnderWay", contested: Sequence[str]) -> None:
        """Take the record as it was handed over for saved, and do what was to follow.

        With answers `contested`, which somebody else changed meanwhile, it is read again, for they are a conflict now.
        """
        self._end(save)
        session, record, form = save.session, save.session.record, save.session.keying.form.key
        self._desk.change(
            self, lambda workspace: sittings.note(workspace, form, record, session.sitting), touches={OPERATORS}
        )
        if save.filled.left:
            self._keeper.knows(record)
        self._keeper.saved(save.sheet)
        is_here = self._hands.take_on(record, lambda now: now.saved(session))
        self.told.emit(_saved_words(save, contested, small=self._sheet.small))
        now = self._hands.session
        if is_here and now is not None:
            if self._keeper.held(record) is not None:
                self._keeper.note(now)  # what was typed since is a draft of a saved record
            elif contested and save.then not in (NEXT, BACK, AGAIN):
                self._read_again(now, contested[0])
                return
            self._follow(now, save.then)

    def _read_again(self, session: Session, key: str) -> None:
        """Show the record as it stands on disk, at the answer that is in conflict now."""
        form, answers = session.keying.form, session.keying.record.answers
        place = Place(*(str(answers.get(part) or "") for part in ("region", "rt", "period")))
        self._desk.ask(self, lambda workspace: keyed_drafts.open_record(workspace, form, place, session.record),
                       lambda opened: self.reopened.emit(opened, key))

    def _follow(self, session: Session, then: str) -> None:
        """Do what was to follow once the record under the hands is on disk."""
        keying = session.keying
        if then == BACK:
            self.finished.emit(self._hands.put_down())
        elif then == NEXT:
            self.goes_on.emit(session.opened.following())
        elif then == AGAIN:
            self._to_next_before(session)
        elif then in (SUBMIT, VERIFY):
            self.advances.emit(keying, then)
        else:
            self._hands.show()
            self._keeper.note(session)
            self.saved.emit(keying)

    def _to_next_before(self, session: Session) -> None:
        """Take up the next household of the period before; once all of this RT are, go back to the list."""
        record = session.keying.record

        def found(opened: Opened | None) -> None:
            if opened is not None:
                self.goes_on.emit(opened)
            elif self._hands.holds(session.record):
                self.told.emit(say("Semua rumah periode lalu di RT ini sudah didata lagi"))
                self.finished.emit(self._hands.put_down())

        self._desk.change(self, lambda workspace: next_record.following_before(workspace, record), found,
                          touches={DRAFTS})

    def _refused(self, save: "UnderWay", error: Exception) -> None:
        """Let the answers lie in the form as they are, keep them as a draft, and tell how that went."""
        self._end(save)
        session = save.session
        if self._hands.holds(session.record):
            self._hands.take_on(session.record, lambda now: now.with_keys_of(session))
        self._keeper.not_saved(save.sheet, lambda is_kept: self._not_saved(session, error, is_kept=is_kept))

    def _not_saved(self, session: Session, error: Exception, *, is_kept: bool) -> None:
        """Say so in four lines; the answers are still there, and a button leads back to them."""
        record, here = session.record, self._hands.session
        focus = here.focus if here is not None and here.record == record else session.focus
        safe = say("Data Anda aman: drafnya tersimpan.") if is_kept else only_here()
        if self._hands.holds(record):
            if is_kept:
                self._take_up_again(record, focus, error)
            else:
                self._keeper.show_refusal(self._sheet, error_card(error, safe))
            return
        if not is_kept and self._hands.is_at_beginning():
            self.taken_up.emit(self._keeper.held(record) or session)
            self._keeper.show_refusal(self._sheet, error_card(error, safe))
            return
        card = error_card(error, safe, say("Buka lagi"))
        card.pressed.connect(lambda: self.wants_draft.emit(record, focus))
        if is_kept:
            self._sheet.show_strip(card)
        else:
            self._keeper.show_refusal(self._sheet, card)

    def _take_up_again(self, record: str, focus: str, error: Exception) -> None:
        """Read the record again, for somebody else may have changed it, with its draft."""
        self._hands.keep_typed()
        self._keeper.flush()
        card = error_card(error, self._keeper.safe_words())

        def open_again(opened: Opened | None) -> None:
            if opened is not None and self._keeper.held(record) is None:
                self.reopened.emit(opened, focus)
            self._keeper.show_refusal(self._sheet, card)

        def read() -> None:
            self._desk.ask(self, lambda workspace: keyed_drafts.open_draft(workspace, record), open_again,
                           lambda _error: self._keeper.show_refusal(self._sheet, card))

        self._desk.change(self, lambda _workspace: None, lambda _nothing: read(), touches=())

    def settle(self) -> None:
        """Settle the conflict in focus for the answer chosen; without one, or a reason, say what is missing."""
        self._hands.keep_typed()
        session, decision = self._hands.session, self._sheet.column.decision
        if session is None or not session.in_conflict:
            return
        choices = session.keying.choices
        if session.focus not in choices.picks:
            decision.object_to(say("Belum ada jawaban yang dipilih: tekan Alt dan angkanya."))
        elif session.focus not in choices.decided():
            decision.object_to(say("Alasan belum diisi."))
            self._hands.to_reason()
        else:
            self._settle(session.keying, session.focus)

    def _settle(self, keying: Keying, key: str) -> None:
        form, record = keying.form, keying.record.id
        value, reason = keying.choices.decided()[key]
        among = keying.choices.values(key)

        def settled(_decided: str) -> None:
            time = written.clock(now(), seconds=not self._sheet.small)
            self.told.emit(say("Konflik diputuskan {clock}", clock=time))
            if not self._hands.take_on(record, lambda session: session.settled(key, value)):
                return
            if key == ALIVE and value == 0:
                self.finished.emit(self._hands.put_down())
            else:
                self._hands.stay()

        self._keeper.flush()
        self._desk.change(
            self,
            lambda workspace: conflicts.settle(workspace, form.key, record, key, value, reason=reason, among=among),
            settled, self._unsettled(record, key), touches={form.key, "conflicts"},
        )

    def _unsettled(self, record: str, key: str) -> Callable[[Exception], None]:
        """Return the function for a refused decision: the record is read again, for somebody else changed it."""
        def failed(error: Exception) -> None:
            if self._hands.holds(record):
                self._take_up_again(record, key, error)

        return failed


def _is_same(one: Session, other: Session) -> bool:
    """Say whether saving both would save the same."""
    first, second = ((each.keying.record, each.keying.typed, each.keying.choices, each.beside) for each in (one, other))
    return first == second


def _conflict_left(filled: Filled) -> bool:
    return any(not key.startswith(BESIDE) for key in filled.left)


def _wrong(keying: Keying) -> list[str]:
    return list(dict.fromkeys(each.question for each in keying.problems() if each.severity == HARD))


def _saved_words(save: UnderWay, contested: Sequence[str], *, small: bool) -> str:
    """Say what is on disk, and what of it cannot be right: it is kept, but counts for nothing until it is mended."""
    name = title(save.session.opened, small=small).split(" · ")[0]
    said = say("{name} tersimpan {clock}", name=name, clock=written.clock(now(), seconds=not small))
    told = [say("konfliknya belum diputuskan")] if _conflict_left(save.filled) else []
    told += _contested_words(save.session.keying.form.key, contested)
    return ", ".join([said, *told, *([_wrong_words(save.session.keying, save.wrong)] if save.wrong else [])])


def _contested_words(form: str, keys: Sequence[str]) -> list[str]:
    """Say which answers somebody else changed since the record was opened."""
    asked = [" ".join(record_names.asked(form, key)).strip() for key in keys if key != ALIVE]
    told = [say("{questions} sementara itu diubah orang lain: keduanya disimpan, putuskan",
                questions=", ".join(asked))] if asked else []
    return told + ([say("sementara itu dihapus orang lain: putuskan")] if ALIVE in keys else [])


def _wrong_words(keying: Keying, keys: Sequence[str]) -> str:
    """Name the questions to be mended by their printed numbers, where all of them have one and they are few."""
    numbers = [record_names.asked(keying.form.key, key)[0] for key in keys]
    if all(numbers) and len(numbers) <= _NAMED:
        return say("harus diperbaiki: {questions}", questions=", ".join(numbers))
    return say("{count} isian harus diperbaiki", count=len(keys))
