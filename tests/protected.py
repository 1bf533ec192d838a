"""Workspaces behind a password, at the least effort that Argon2id takes: the tests open hundreds."""

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.protection import password
from p2kp_desktop.store import keyring
from p2kp_desktop.store.slots import Effort
from tests.conftest import KELURAHAN

LEAST = Effort(memory=8, passes=1)
PASSWORD = "empat kuda biru 12"


def a_protected(file, name="Siti"):
    """Make a protected workspace; give it, open, and its protection."""
    protection = password.chosen(name, PASSWORD, LEAST)
    password.put_up(file, protection)
    made = workspaces.init(file, role="facilitator", name=name, regions=[KELURAHAN], lock=protection.lock)
    return made, protection


def forgotten(protection):
    """Let this process forget the key, as another one never had it."""
    keyring.forget(protection.lock.salt)


def holding(folder, *words):
    """Give the files anywhere below a folder that hold one of these words, as text of any usual kind or in a zip."""
    wanted = [form for word in words for form in (word.encode(), word.encode("utf-16-le"))]
    return [path for path in sorted(folder.rglob("*")) if path.is_file()
            and any(form in path.read_bytes() for form in wanted)]
