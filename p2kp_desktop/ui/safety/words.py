"""How a backup is called on the screen."""

from p2kp_desktop import environment
from p2kp_desktop.actions.common.backups import Backup, Holdings
from p2kp_desktop.language import say
from p2kp_desktop.schema.values import show_date
from p2kp_desktop.ui.kit.equation import grouped


def moment(backup: Backup) -> str:
    """Return when it was made: 24 November 2026, 14.00.07; several may be of one minute."""
    shown = f"{show_date(backup.made.date().isoformat())}, {backup.made:%H.%M.%S}"
    if backup.made.date() > environment.today():
        return say("{moment} (jam laptop waktu itu salah)", moment=shown)
    return shown


def holdings(held: Holdings | None) -> str:
    """Return how many households and other records there are, or that they cannot be read."""
    if held is None:
        return say("tidak terbaca")
    houses = say("{number} rumah", number=grouped(held.households))
    if not held.others:
        return houses
    return say("{houses} · {others} catatan lain", houses=houses, others=grouped(held.others))


def size(backup: Backup) -> str:
    """Return its size as people read it: 812 KB, 41,3 MB."""
    kilo = backup.size / 1024
    return f"{kilo:.0f} KB" if kilo < 1000 else f"{kilo / 1024:.1f} MB".replace(".", ",")


def where(backup: Backup) -> str:
    """Return where it lies."""
    return say("Folder kedua") if backup.second else say("Laptop ini")
