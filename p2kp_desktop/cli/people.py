"""The commands on who may work in a workspace, in which role: what F12 does in the window."""

import argparse
import os
from pathlib import Path

from p2kp_desktop.actions.common import passwords
from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.keying.persons import Colleague
from p2kp_desktop.language import say
from p2kp_desktop.schema.roles import role_words
from p2kp_desktop.store import open_workspace

from .passwords import FILE_IN_ENVIRONMENT
from .printing import put_out, tell

Arguments = argparse.Namespace


def show(arguments: Arguments) -> int:
    """Name who may work here, in which role."""
    with open_workspace(arguments.file) as workspace:
        team = persons.team(workspace)
    if arguments.json:
        put_out({"persons": [
            {"name": each.name, "role": each.role, "active": each.active, "works": each.is_current,
             "password": each.has_password, "pin": each.has_pin} for each in team.people
        ]})
    else:
        print("\n".join(_line(each) for each in team.people))
    return 0


def _line(each: Colleague) -> str:
    guard = say("kata sandi") if each.has_password else say("PIN") if each.has_pin else say("tanpa PIN")
    told = (each.name, role_words(each.role), guard, say("sekarang") if each.is_current else "",
            "" if each.active else say("tidak lagi bekerja di sini"))
    return " · ".join(filter(None, told))


def add(arguments: Arguments) -> int:
    """Enter a person, with a PIN or, behind a password, one of their own."""
    with open_workspace(arguments.file) as workspace:
        added = persons.add(workspace, arguments.name, passwords.from_file(Path(arguments.new_password_file)),
                            role=arguments.role, by_password=_own(arguments))
    print(say("{person} ditambahkan sebagai {role}.", person=added.name, role=role_words(added.role)))
    return 0


def reset(arguments: Arguments) -> int:
    """Give a person who forgot it another PIN or password; by an officer."""
    with open_workspace(arguments.file) as workspace:
        persons.reset_pin(workspace, arguments.name, passwords.from_file(Path(arguments.new_password_file)),
                          by=persons.team(workspace).current.name, by_pin=_own(arguments))
    print(say("PIN atau kata sandi {person} sudah diganti.", person=arguments.name))
    return 0


def role(arguments: Arguments) -> int:
    """Let somebody work in another role; behind a password with a new one of theirs."""
    secret = passwords.from_file(Path(arguments.new_password_file)) if arguments.new_password_file else ""
    with open_workspace(arguments.file) as workspace:
        left = persons.set_role(workspace, arguments.name, arguments.role, secret=secret,
                                by_password=_own(arguments))
    print(say("{person} sekarang bekerja sebagai {role}.", person=arguments.name, role=role_words(arguments.role)))
    for path in left:
        tell(say("Masih membuka dengan kata sandi lama: {path}", path=path))
    return 1 if left else 0


def remove(arguments: Arguments) -> int:
    """Take a person off: their password opens the workspace no more; by an officer."""
    with open_workspace(arguments.file) as workspace:
        team = persons.team(workspace)
        left = persons.set_active(workspace, arguments.name, False, by=team.current.name, by_pin=_own(arguments))
    print(say("{person} tidak lagi bekerja di sini.", person=arguments.name))
    if team.is_protected:
        tell(persons.what_removing_means())
    for path in left:
        tell(say("Masih membuka dengan kata sandi lama: {path}", path=path))
    return 1 if left else 0


def _own(arguments: Arguments) -> str:
    """Return the password, or PIN, of whoever gives the command; "" where none was named."""
    named = arguments.workspace_password or os.environ.get(FILE_IN_ENVIRONMENT)
    return passwords.from_file(Path(named)) if named else ""
