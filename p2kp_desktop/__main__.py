"""python -m p2kp_desktop opens the window, or says in words why it cannot; a version that waits is begun first."""

import sys

from p2kp_desktop import screen
from p2kp_desktop.language import say
from p2kp_desktop.versions import HERE


def main() -> int:
    """Open the window; 1 with a sentence where the system lacks what it needs. `--help` says what can be named."""
    if {"-h", "--help"} & {*sys.argv[1:]}:
        if sys.stdout is not None:  # a program of Windows without a console has none
            print(usage())  # noqa: T201  (somebody asked for it in a terminal)
        return 0
    objection = screen.objection()
    if objection:
        print(objection, file=sys.stderr)  # noqa: T201  (there is no window to say it in)
        return 1
    ended = HERE.first_start(sys.argv[1:])
    if ended is not None:
        return ended
    from p2kp_desktop.app import main as open_window

    return open_window()


def usage() -> str:
    """List what may stand behind the name of the program."""
    return say("p2kp-desktop [RUANG-KERJA.p2kp] [PAKET.segel ...]\n\nMembuka jendela P2KP Desktop: ruang kerja yang "
               "disebut, atau yang terakhir dipakai; paket yang disebut (.segel atau .xlsx) ditunjukkan di Terima.\n"
               "Perintah tanpa jendela: p2kp --help")


if __name__ == "__main__":
    sys.exit(main())
