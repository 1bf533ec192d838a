"""The rows of the files to receive: whose bundle each is, what is special about it, and how it ended."""

from p2kp_desktop.actions.bundles.arrivals import Outcome, Recognised
from p2kp_desktop.actions.bundles.receipt_outcome import CHANGED, NEW, UNSIGNED, Sender
from p2kp_desktop.actions.common.office_words import when
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.ui.look.tokens import Token

from .entries import Entry, Mark

_LOOKS = {
    "whole": ("circle-check", Token.OK), "nothing": ("copy-check", Token.TEXT2),
    "warned": ("triangle-alert", Token.WARN), "failed": ("circle-x", Token.ERR),
    "conflict": ("git-compare", Token.CONF),
}
_SHEET = "file-spreadsheet"


def entry(file: Recognised, outcome: Outcome | None) -> Entry:
    """Return the row of a file: sender and time, what is special about it, what became or would become of it."""
    name = file.path.name
    if file.needs_password:
        return Entry(name, say("Isi kata sandinya untuk membaca berkas ini."), _SHEET,
                     Mark("lock", Token.WARN, say("Dikunci")))
    trouble = trouble_of(file, outcome)
    if trouble is not None:
        return Entry(name, say(trouble.what), _SHEET, Mark(*_LOOKS["failed"], say("Ditolak")))
    if outcome is not None:
        mark = Mark(*_LOOKS[outcome.state], outcome.sentence())
    else:
        mark = Mark("file-check", Token.ACCENT_TEXT, say("Terbaca"))
    return Entry(name, _sender(file), _SHEET, mark, remark(file, outcome))


def _sender(file: Recognised) -> str:
    """Return who sent it and when; the office is told by the file's region and the log."""
    manifest = file.manifest
    return f"{manifest.person} · {when(manifest.time)}" if manifest else ""


def remark(file: Recognised, outcome: Outcome | None) -> str:
    """Return the one thing about a file that helps most to know it."""
    if file.same_as:
        return say("isi sama dengan {file}", file=file.same_as)
    if outcome is not None and outcome.received and outcome.received.gaps:
        return say("paket sebelumnya belum diterima")
    if file.own:
        return say("dibuat di laptop ini")
    if file.before:
        return say("sudah diterima {time}", time=file.before)
    return _signature(file.signer)


def _signature(signer: Sender | None) -> str:
    if signer is None or signer.standing == UNSIGNED:
        return say("tanpa tanda tangan") if signer else ""
    if signer.standing == CHANGED:
        return say("tanda berubah")
    return say("tanda baru dikenal") if signer.standing == NEW else say("tanda dikenal")


def entry_of_all(count: int, refused: int, *, applied: bool) -> Entry:
    """Return the row that stands for all files."""
    if applied:
        caption = say("{count} diterima, {refused} ditolak", count=count - refused, refused=refused)
    else:
        caption = say("{count} dapat diterima, {refused} ditolak", count=count - refused, refused=refused)
    return Entry(say("Semua berkas ({count})", count=count), caption, "layers")


def trouble_of(file: Recognised, outcome: Outcome | None) -> Trouble | None:
    """Return why a file is not received, None where nothing is wrong with it."""
    return file.trouble if outcome is None or outcome.trouble is None else outcome.trouble
