"""What is said beside the questions of an open record: of its review, and of households like it. No widgets."""

from collections.abc import Iterator
from dataclasses import dataclass

from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.keying.session import NAME, Session
from p2kp_desktop.actions.recording.doubles import Alike
from p2kp_desktop.actions.review.comments import Said, Thread
from p2kp_desktop.actions.review.review_state import CHANGED, READY, RETURNED, VERIFIED, Review
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import say
from p2kp_desktop.schema import Record, written
from p2kp_desktop.ui.form.folded import NoteText, Voice
from p2kp_desktop.ui.kit.chip import ChipLook, Status
from p2kp_desktop.ui.kit.note import Weight

_AT_MOST = 150  # letters of a comment that are shown where it is only mentioned


@dataclass(frozen=True)
class Trouble:
    """One line of the list of problems."""

    key: str
    number: str
    text: str
    remedy: str
    weight: Weight | None  # None: in conflict, or a comment
    voice: Voice = Voice.RULES


@dataclass(frozen=True)
class Banner:
    """What is said of the whole record above its questions: the status, the words, and what may be done."""

    status: Status
    words: str
    unlocks: bool = False
    returns: bool = False


def notes(session: Session) -> dict[str, list[NoteText]]:
    """Return the notes by question; the thread of the open question is laid out instead."""
    focus, kept = session.focus, session.beside.notes
    found = {key: [_remark(thread)] for key, thread in session.threads.items() if key != focus}
    for key in kept:
        if key != focus:
            text = _brief(kept[key])
            found.setdefault(key, []).append(NoteText(None, text, say("Catatan, ikut tersimpan:"), Voice.SETTLED))
    if session.alike:
        alike = [_alike(other, session.beside.apart.get(other.id, "")) for other in session.alike]
        found[NAME] = [*found.get(NAME, []), *alike]
    return found


def _alike(other: Alike, reason: str) -> NoteText:
    if reason:
        told = say("Bukan rumah {number} {name}: {reason}", number=_number(other), name=other.name, reason=reason)
        return NoteText(Weight.EXPLAINED, told)
    lead = say("Mirip dengan rumah {number} {name}", number=_number(other), name=other.name)
    reasons = ", ".join(say(reason) for reason in other.reasons)
    return NoteText(Weight.SOFT, f"({reasons}).", lead, Voice.ALIKE, other.id)


def troubles(session: Session) -> dict[str, list[Trouble]]:
    """Return the comments and similar households that somebody has to answer or explain, by question."""
    found: dict[str, list[Trouble]] = {}
    for key, thread in session.threads.items():
        if thread.is_open:
            text = _brief(_asking(thread).text)
            number = thread.number or thread.wording or say("Seluruh data")
            found[key] = [Trouble(key, number, text, _wanted(session.review), None, Voice.REMARK)]
    for other in session.unlike:
        number = say(Household.head_name.label)
        text = say("mirip rumah {number}", number=_number(other))
        remedy = say("Buka, atau beri alasan")
        found.setdefault(NAME, []).append(Trouble(NAME, number, text, remedy, Weight.SOFT, Voice.ALIKE))
    return found


def chips(review: Review) -> tuple[ChipLook, ...]:
    """Return the chip of the review status."""
    known = {
        READY: Status.WAITING, RETURNED: Status.RETURNED, VERIFIED: Status.VERIFIED, CHANGED: Status.CHANGED,
    }
    status = known.get(review.standing)
    return () if status is None else (status.look,)


def banner(session: Session) -> Banner | None:
    """Return the banner above the questions; None for a record that nobody needs to say anything about."""
    review, reason = session.review, session.beside.reason
    if not session.opened.may_type:
        return Banner(Status.VERIFIED, say("**Hanya dapat dilihat.** Untuk mengubahnya, minta petugas kantor, atau "
                                           "ganti petugas (F12)."))
    who = {"person": review.person, "moment": written.moment(review.time)}
    if review.is_locked and reason:
        words = say("**Dibuka untuk diubah:** {reason}. Sesudah disimpan, data ini perlu diverifikasi lagi.",
                    reason=reason.rstrip("."))
        return Banner(Status.CHANGED, words)
    if review.standing == VERIFIED:
        words = say("**Diverifikasi** oleh {person}, {moment}. Isian terkunci.", **who)
        return Banner(Status.VERIFIED, words, unlocks=True)
    if review.is_returned:
        return Banner(Status.RETURNED, _returned(review))
    if review.standing == CHANGED:
        words = say("**Berubah sesudah diverifikasi** oleh {person}, {moment}.", **who)
        changed = ", ".join(_named(session.keying, review.changed))
        more = say("Yang berubah: {questions}.", questions=changed) if changed else ""
        words = " ".join(part for part in (words, more, say("Mengubahnya lagi perlu alasan.")) if part)
        return Banner(Status.CHANGED, words, unlocks=True, returns=review.is_mine)
    if review.waits:
        return Banner(Status.WAITING, say("**Siap diperiksa.** Diserahkan oleh {person}, {moment}.", **who),
                      returns=True)
    return _typed_beside(session.opened.typists) or _since(session.keying)


def _typed_beside(typists: tuple[str, ...]) -> Banner | None:
    """Return who else has a draft of this record; None for nobody."""
    if not typists:
        return None
    words = say("**{persons} juga punya draf catatan ini yang belum disimpan.** Draf Anda terpisah; jawaban yang "
                "berbeda akan berdiri sebagai konflik, tidak saling menimpa.", persons=", ".join(typists))
    return Banner(Status.DRAFT, words)


def _since(keying: Keying) -> Banner | None:
    """Return the answers of an earlier period that nobody confirmed, and the changes since; None for none."""
    period, waiting = keying.earlier.period, keying.unconfirmed()
    if not period:
        return None
    words = []
    if waiting:
        named = ", ".join(_named(keying, tuple(row.question.key for row in waiting)))
        words.append(say("**Dari {period}, belum dikonfirmasi ({count}):** {questions}. Tekan = di pertanyaannya bila "
                         "masih begitu; yang belum dikonfirmasi tidak ikut tersimpan.", period=period,
                         count=len(waiting), questions=_brief(named)))
    changed = keying.earlier.changed(keying.record)
    if changed:
        then = Record(keying.form, keying.record.id, keying.earlier.answers, keying.record.rules)
        told = "; ".join(f"{question.number or say(question.label)} {say(then.show(question))} → "
                         f"{say(keying.record.show(question))}" for question in changed)
        words.append(say("**Yang berubah sejak {period}:** {changes}.", period=period, changes=_brief(told)))
    elif not waiting:
        words.append(say("**Tidak ada yang berubah sejak {period}.**", period=period))
    return Banner(Status.DRAFT if waiting else Status.COMPLETE, " ".join(words))


def _returned(review: Review) -> str:
    first = review.first
    words = say("**Dikembalikan** oleh {person}, {moment}.", person=review.person, moment=written.moment(review.time))
    if first is None:
        return f"{words} {say('Semua catatan sudah ditandai selesai.')}"
    said = _brief(first.text)
    thread = next(each for each in review.open_threads if first in each.comments)
    about = f"{thread.number or thread.wording}: " if thread.question else ""
    return f"{words} «{about}{said}»"


def _number(other: Alike) -> str:
    return f"{other.number:03d}"


def _named(keying: Keying, keys: tuple[str, ...]) -> Iterator[str]:
    """Yield numbers, or wordings, of the questions among these keys, each once."""
    asked = [question for key in keys if (question := keying.form.question(key)) is not None]
    yield from dict.fromkeys(question.number or say(question.label) for question in asked)


def _asking(thread: Thread) -> Said:
    """Return the comment of a thread that is to be answered: the last that asks, else the last."""
    asking = [said for said in thread.comments if said.asks]
    return (asking or thread.comments)[-1]


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _AT_MOST else f"{line[:_AT_MOST].rsplit(' ', 1)[0]}…"


def _wanted(review: Review) -> str:
    return say("Menunggu fasilitator") if review.is_mine else say("Perbaiki, lalu tandai selesai")


def _remark(thread: Thread) -> NoteText:
    """Return a thread folded to one line: the comment that asks, and how many answers came after it."""
    said = _asking(thread)
    after = len(thread.comments) - thread.comments.index(said) - 1
    text = _brief(said.text)
    if after:
        text = f"{text} {say('({count} jawaban)', count=after)}"
    if thread.is_open:
        return NoteText(None, text, say("Catatan {person}:", person=said.person), Voice.REMARK)
    return NoteText(None, text, say("Selesai:"), Voice.SETTLED)
