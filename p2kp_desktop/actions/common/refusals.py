"""What is refused as a record is given: which question, and why, in words for whoever gave it."""

from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import STATUS, Unreadable
from p2kp_desktop.schema.causality import Version
from p2kp_desktop.schema.review import is_locked


class Refused(Unreadable):
    """A line that cannot be read; says which question, and why."""

    def __init__(self, question: str, message: str) -> None:
        super().__init__(message)
        self.question = question


def refuse_locked(version: Version, reason: str) -> None:
    """Raise Refused for a verified record without a reason; with one the verification loses its force by itself."""
    if is_locked(version) and not reason.strip():
        raise Refused(STATUS, "Data ini sudah diverifikasi dan terkunci. Sebutkan alasan mengubahnya.")


def must_be_explained(reason: str) -> None:
    """Raise Trouble for a record that is to go into the trash without a reason."""
    if not reason.strip():
        raise Trouble(say("Alasan belum diisi."), remedy=say("Tuliskan mengapa catatan ini dihapus."), code="R31")
