"""The first start of a version that was just taken: when it counts as begun, what is told, how to start anew."""

import logging

from p2kp_desktop import versions
from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.messages import Fault
from p2kp_desktop.versions import HERE

from .board import Board
from .crash import Watch

log = logging.getLogger(__name__)


class Trial:
    """Whether this process tries a version out; `begins_again` is set where another is to start after this one."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._is_on = HERE.awaited == HERE.running
        self.begins_again = False

    def stands(self, board: Board | None) -> None:
        """Note that the version begins: its first page is there, and nothing broke on the way."""
        if not self._is_on or self._watch.met:
            return
        try:
            HERE.begun()
        except OSError:
            log.warning("the version that runs could not be noted")
            return
        self._is_on = False
        if board is not None:
            board.show_notice(say("P2KP Desktop {version} sudah terpasang.", version=HERE.running),
                              say("Program sebelumnya disimpan; kembali ke sana lewat Perawatan data."))

    def end(self, code: int) -> int:
        """Return the exit code of the process, by which the version before knows whether it is needed again."""
        if self.begins_again:
            HERE.start_anew()
        return versions.NOT_BEGUN if self._watch.met and self._is_on else code


def went_back() -> Fault | None:
    """Return, once, what is told where a version did not start, and this one goes on in its place."""
    failed = HERE.take_failed()
    if not failed:
        return None
    return Fault(
        say("P2KP Desktop {version} tidak dapat dibuka; program kembali ke {before}.", version=failed,
            before=HERE.running),
        say("Data Anda aman."),
        say("Minta berkas pembaruan yang baru, dan sampaikan ini ke kantor yang membagikannya."), "U17")
