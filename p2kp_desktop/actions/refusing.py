"""What is refused as a record is given: which question, and why, in words for whoever gave it."""

from p2kp_desktop.schema import Unreadable


class Refused(Unreadable):
    """A line that cannot be read; says which question, and why."""

    def __init__(self, question: str, message: str) -> None:
        super().__init__(message)
        self.question = question
