"""How a backup is called on the screen."""

from p2kp_desktop import environment
from p2kp_desktop.actions.common.backups import Backup, Holdings
from p2kp_desktop.language import say
from p2kp_desktop.schema import written


def moment(backup: Backup) -> str:
    """Return when it was made: 24 November 2026, 14.00.07; several may be of one minute."""
    shown = written.moment(backup.made, seconds=True)
    if backup.made.date() > environment.today():
        return say("{moment} (jam laptop waktu itu salah)", moment=shown)
    return shown


def holdings(held: Holdings | None) -> str:
    """Return how many households and other records there are, or that they cannot be read."""
    if held is None:
        return say("tidak terbaca")
    houses = say("{number} rumah", number=written.number(held.households))
    if not held.others:
        return houses
    return say("{houses} · {others} catatan lain", houses=houses, others=written.number(held.others))


def where(backup: Backup) -> str:
    """Return where it lies."""
    return say("Folder kedua") if backup.second else say("Laptop ini")
