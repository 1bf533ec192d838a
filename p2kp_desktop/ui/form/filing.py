"""The attachments of the record under the hands, and the way back from the particulars of one."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from p2kp_desktop.actions.keying.record_keying import Keying
from p2kp_desktop.actions.recording import attachments
from p2kp_desktop.forms.attachment import Attachment
from p2kp_desktop.language import say
from p2kp_desktop.ui.attachments.attaching import Attaching
from p2kp_desktop.ui.desk import Desk
from p2kp_desktop.ui.form.hands import Hands
from p2kp_desktop.ui.form.sheet import FormSheet
from p2kp_desktop.ui.place import Scope


class Filing(Attaching):
    """Shows what is attached to the record; a record that is not on disk yet takes nothing."""

    def __init__(self, desk: Desk, sheet: FormSheet, hands: Hands, place: QWidget) -> None:
        super().__init__(desk, sheet.attachments, place)
        self._hands = hands

    def take_up(self, keying: Keying, scope: Scope | None) -> None:
        """Show the attachments of another record."""
        region = str(keying.record.answers.get("region") or "")
        self.show((keying.record.id,), scope or Scope(region, None, ""),
                  empty=say("Ctrl L melampirkan foto atau pindaian."))

    def choose(self) -> None:
        """Let files be chosen for the record, once it is on disk."""
        keying = self._hands.keying
        if keying is not None and keying.is_new:
            self._desk.hinted.emit(say("Simpan dahulu (Ctrl S), lalu lampirkan."))
        else:
            self.ask()

    def lead_back(self, keying: Keying, go: Callable[[str, str, str], object]) -> None:
        """Tell form, record and parent by which the list of a record is found; of an attachment, what it is part of."""
        record = keying.record
        above = str(record.answers.get("parent") or "")
        if record.form is Attachment:
            self._desk.ask(self, lambda workspace: attachments.form_of(workspace, above),
                           lambda form: go(form or Attachment.key, above if form else record.id, ""))
        else:
            go(record.form.key, record.id, above)
