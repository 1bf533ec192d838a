"""The rows of the files to receive: whose bundle each is, and how it ended."""

from p2kp_desktop.actions.arriving import Outcome, Recognised
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.look.tokens import Token

from .entries import Entry, Mark

_LOOKS = {
    "whole": ("circle-check", Token.OK), "nothing": ("copy-check", Token.TEXT2),
    "warned": ("triangle-alert", Token.WARN), "failed": ("circle-x", Token.ERR),
    "conflict": ("git-compare", Token.CONF),
}


def entry(file: Recognised, outcome: Outcome | None) -> Entry:
    """Return the row of a file: sender, time, regions, and what became of it."""
    trouble = trouble_of(file, outcome)
    if trouble is not None:
        return Entry(file.path.name, trouble.what, "file-spreadsheet", Mark(*_LOOKS["failed"], say("Ditolak")))
    parts = [file.sender, file.area]
    if outcome is not None:
        mark = Mark(*_LOOKS[outcome.state], outcome.sentence())
        return Entry(file.path.name, " · ".join(parts), "file-spreadsheet", mark)
    if file.before:
        parts.append(say("sudah diterima {time}", time=file.before))
    elif file.own:
        parts.append(say("dibuat di laptop ini"))
    mark = Mark("file-check", Token.ACCENT_TEXT, say("Siap diterima"))
    return Entry(file.path.name, " · ".join(parts), "file-spreadsheet", mark)


def entry_of_all(count: int, refused: int) -> Entry:
    """Return the row that stands for all files."""
    caption = say("{count} diterima, {refused} ditolak", count=count - refused, refused=refused)
    return Entry(say("Semua berkas ({count})", count=count), caption, "layers")


def trouble_of(file: Recognised, outcome: Outcome | None) -> Trouble | None:
    """Return why a file was not received, None where nothing is wrong with it."""
    return file.trouble if outcome is None else outcome.trouble
