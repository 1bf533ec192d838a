"""The bar at the foot of Terima: what to know before pressing, how far the work is, what can be pressed now."""

from p2kp_desktop.actions.bundles.arrivals import Applied
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.files.parts import ActionBar
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.progress import ProgressPanel

from .intake import Intake, Phase
from .steps import APPLY, DONE, READ, REHEARSE
from .taking_back import SHOWN


class Foot(ActionBar):
    """Shows for every phase the one thing to press, and a way out."""

    def __init__(self) -> None:
        super().__init__()
        self.progress = ProgressPanel()
        self.undo = Button(say("Batalkan penerimaan ini"), icon="history", keys=SHOWN)
        self.more = Button(say("Pilih berkas lain"), keys=("Ctrl", "O"))
        self.cancel = Button(say("Batal"), keys=("Esc",))
        self.button = Button("", Kind.PRIMARY, keys=("Ctrl", "Enter"))
        self.row.addWidget(self.progress, 1)
        for button in (self.undo, self.more, self.cancel, self.button):
            self.row.addWidget(button)

    def show_intake(self, intake: Intake) -> None:
        """Show what can be done now."""
        phase, done = intake.phase, intake.phase is Phase.DONE
        self.setVisible(phase is not Phase.EMPTY)
        self.progress.setVisible(intake.busy)
        self.note.setVisible(not intake.busy)
        self.undo.setVisible(done and bool(intake.transfers))
        self.more.setVisible(not intake.busy and phase is not Phase.REHEARSED)
        self.cancel.setVisible(not intake.busy)
        self.cancel.say(say("Selesai") if done else say("Batal"))
        self.button.setVisible(bool(intake.ready) and phase in (Phase.REHEARSED, Phase.LISTED))
        self.button.say(_action(intake))
        self.note.say(_note(intake))


def step_of(intake: Intake) -> tuple[int, str]:
    """Return the step at which receiving is, and what is safe to know there."""
    told = {
        Phase.READING: (READ, say("Belum ada yang berubah. Berkas hanya dibaca.")),
        Phase.LISTED: (REHEARSE if intake.ready else READ, say("Belum ada yang berubah.")),
        Phase.APPLYING: (APPLY, say("Tiap berkas diterima utuh atau tidak sama sekali.")),
        Phase.DONE: (DONE, _safe(intake)),
    }
    return told.get(intake.phase, (REHEARSE, say("Belum ada yang berubah. Ini gladi, datanya masih seperti tadi.")))


def _safe(intake: Intake) -> str:
    if isinstance(intake.ended, Applied) and intake.ended.backup is not None:
        return say("Tersimpan. Cadangan dibuat sebelum penerimaan ini.")
    return say("Tersimpan. Cadangan terakhir masih sama dengan data sebelum penerimaan ini.")


def _action(intake: Intake) -> str:
    if intake.phase is Phase.LISTED:
        return say("Gladi")
    if intake.changes:
        return say("Terapkan {count} perubahan", count=written.number(intake.changes))
    return say("Catat sebagai diterima")


def _note(intake: Intake) -> str:
    if intake.phase is Phase.LISTED:
        return _note_at_rest(intake)
    if intake.phase is Phase.DONE:
        if isinstance(intake.ended, Applied) and intake.ended.stopped:
            return say("Dihentikan. Berkas yang sudah selesai tetap diterima, yang lain tidak mengubah apa pun.")
        return say("Menerima berkas yang sama lagi tidak mengubah apa pun.")
    parts = [say("Cadangan dibuat lebih dulu. Penerimaan ini dapat dibatalkan.")]
    conflicts = sum(each.counts["conflict"] for each in intake.outcomes.values())
    if conflicts:
        parts.append(say("{count} konflik boleh menunggu.", count=conflicts))
    return " ".join(parts)


def _note_at_rest(intake: Intake) -> str:
    if intake.taken_back:
        return say("Penerimaan dibatalkan: {count} catatan kembali seperti sebelumnya. Berkasnya dapat diterima lagi.",
                   count=written.number(intake.taken_back))
    if intake.ready:
        return say("Dihentikan. Belum ada yang berubah.")
    if intake.locked:
        return say("Isi kata sandi untuk membaca berkas ini. Belum ada yang berubah.")
    return say("Tidak ada berkas yang dapat diterima; tidak ada yang berubah.")
