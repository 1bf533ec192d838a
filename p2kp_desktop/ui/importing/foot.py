"""The bar at the foot of an import: what is safe to know, how far the work is, what can be pressed now."""

from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.ui.files.parts import ActionBar
from p2kp_desktop.ui.kit.buttons import Button, Kind
from p2kp_desktop.ui.kit.progress import ProgressPanel

from .session import Phase, Session


class Foot(ActionBar):
    """Shows for every phase the one thing to press, and a way out."""

    def __init__(self) -> None:
        super().__init__()
        self.progress = ProgressPanel()
        self.copy = Button(say("Salinan dengan catatan…"), icon="file-spreadsheet", keys=("Ctrl", "S"))
        self.cancel = Button(say("Batal"), keys=("Esc",))
        self.button = Button("", Kind.PRIMARY, keys=("Ctrl", "Enter"))
        self.row.addWidget(self.progress, 1)
        for button in (self.copy, self.cancel, self.button):
            self.row.addWidget(button)

    def show_session(self, session: Session) -> None:
        """Show what can be done now."""
        looking = session.phase in (Phase.READY, Phase.FAILED)
        self.setVisible(looking or session.busy)
        self.progress.setVisible(session.busy)
        self.note.setVisible(not session.busy)
        self.note.say(_note(session))
        self.copy.setVisible(session.phase is Phase.READY and session.can_be_annotated)
        self.cancel.setVisible(not session.busy)
        self.button.setVisible(session.phase is Phase.READY)
        self.button.setEnabled(session.to_write > 0)
        self.button.say(say("Masukkan {count} baris", count=written.number(session.to_write)))


    def tell_saved(self, words: str) -> None:
        """Say that the copy with remarks was written."""
        self.note.say(words)


def _note(session: Session) -> str:
    if session.phase is Phase.FAILED:
        return say("Belum ada yang berubah.")
    if session.must_say_drain:
        return say("Belum ada yang berubah. Jawab dulu pertanyaan tentang B28 di atas.")
    if session.refusal:
        return say("Belum ada yang berubah. Beri kolomnya pertanyaan di lembar «Kolom», atau impor tanpa kolom itu.")
    rejected = sum(each.count("rejected", "locked") for each in session.previews)
    parts = [say("Belum ada yang berubah. Cadangan dibuat lebih dulu; impor dapat dibatalkan.")]
    if not session.to_write:
        parts = [say("Belum ada yang berubah, dan tidak ada baris yang perlu dimasukkan.")]
    if rejected:
        parts.append(say("{count} baris ditolak tidak ikut.", count=written.number(rejected)))
    return " ".join(parts)
