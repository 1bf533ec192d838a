"""What the card of F12 may ask: the fields to fill in, and what is done with them."""

from collections.abc import Callable
from dataclasses import dataclass

from p2kp_desktop.actions.keying import persons
from p2kp_desktop.actions.keying.persons import Colleague
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.store import Workspace

Answers = dict[str, str]
SECRET = ("old", "by_pin", "pin", "again")  # what is typed there is hidden


@dataclass(frozen=True)
class Sheet:
    """Some fields by key and name, and what is done with them: it returns who works from now on, «» for no change."""

    title: str
    fields: tuple[tuple[str, str], ...]
    carry_out: Callable[[Workspace, Answers], str]
    note: str = ""


def taking_over(person: Colleague) -> Sheet:
    """Ask for the PIN of whoever takes over."""
    def take_over(workspace: Workspace, given: Answers) -> str:
        return persons.change_to(workspace, person.name, given["pin"])

    return Sheet(person.name, (("pin", say("PIN")),), take_over, persons.forgotten())


def adding() -> Sheet:
    """Ask for a new person, who takes over at once."""
    def add(workspace: Workspace, given: Answers) -> str:
        _agree(given)
        added = persons.add(workspace, given["name"], given["pin"])
        return persons.change_to(workspace, added.name, given["pin"])

    return Sheet(say("Tambah petugas"), (("name", say("Nama lengkap")), *_twice()), add,
                 say("Sesudah ini petugas baru langsung bekerja."))


def changing(person: Colleague) -> Sheet:
    """Ask whoever works now for another PIN."""
    def change(workspace: Workspace, given: Answers) -> str:
        _agree(given)
        persons.change_pin(workspace, person.name, given.get("old", ""), given["pin"])
        return ""

    old = (("old", say("PIN sekarang")),) if person.has_pin else ()
    return Sheet(say("Ganti PIN {person}", person=person.name), (*old, *_twice()), change)


def resetting() -> Sheet:
    """Ask an officer to give somebody another PIN."""
    def reset(workspace: Workspace, given: Answers) -> str:
        _agree(given)
        persons.reset_pin(workspace, given["name"], given["pin"], by=given["by"], by_pin=given["by_pin"])
        return ""

    fields = (("name", say("Siapa yang lupa")), ("by", say("Nama petugas kantor")),
              ("by_pin", say("PIN petugas kantor")), *_twice())
    return Sheet(say("Lupa PIN"), fields, reset, persons.forgotten())


def _twice() -> tuple[tuple[str, str], ...]:
    words = say("PIN baru ({least} sampai {most} angka)", least=persons.SHORTEST, most=persons.LONGEST)
    return ("pin", words), ("again", say("PIN baru sekali lagi"))


def _agree(given: Answers) -> None:
    if given["pin"] != given["again"]:
        raise Trouble(say("Kedua PIN tidak sama."), remedy=say("Ketik lagi keduanya."), code="G09")
