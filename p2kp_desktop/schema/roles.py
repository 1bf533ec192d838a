"""Who may do what on one laptop: the table of roles and acts, stated once; window and command line ask it alike.

Whoever works alone is the office of their own laptop and may do everything.
"""

from enum import StrEnum
from types import MappingProxyType

from p2kp_desktop.language import say

VIEWER, KEYER, OFFICE = ROLES = ("viewer", "keyer", "office")


class Deed(StrEnum):
    """What somebody does that not everybody may."""

    READ_NAMES = "read_names"  # names and identity numbers in full
    CHANGE = "change"  # answers, drafts, comments
    DELETE = "delete"  # into the trash, and out of it
    SEND = "send"
    RECEIVE = "receive"
    SETTLE = "settle"  # conflicts of answers, likely doubles
    BACK_UP = "back_up"
    EXPORT = "export"  # reports, tables, what is copied
    PRINT_NAMES = "print_names"
    ADMIT = "admit"  # what strangers sent, and whose word counts
    REVIEW = "review"  # verify and return
    ERASE = "erase"  # a person
    RESTORE = "restore"  # a backup in the place of the file
    RULE = "rule"  # periods, targets, prices, the office, official results
    PERSONS = "persons"  # who works here, passwords of others, recovery words
    ENROL = "enrol"


_KEYING = frozenset({
    Deed.READ_NAMES, Deed.CHANGE, Deed.DELETE, Deed.SEND, Deed.RECEIVE, Deed.SETTLE, Deed.BACK_UP, Deed.EXPORT,
})

MAY = MappingProxyType({VIEWER: frozenset[Deed](), KEYER: _KEYING, OFFICE: frozenset(Deed)})

_RULES = ("period", "policy", "price", "target", "milestone", "readiness_rule", "edition")  # forms that rule others


def may(role: str, deed: Deed) -> bool:
    """Say whether a role may do something; one that nobody knows may nothing."""
    return deed in MAY.get(role, ())


def least(*named: str) -> str:
    """Give the one of these roles that may do the least, passing over «»."""
    return min(filter(None, named), key=lambda role: ROLES.index(role) if role in ROLES else -1, default=OFFICE)


def deed_of(form: str) -> Deed:
    """Give what it is to change a record of a form."""
    return Deed.RULE if form in _RULES else Deed.CHANGE


def role_words(role: str) -> str:
    """Give a role in words."""
    return {VIEWER: say("pelihat"), KEYER: say("pengetik"), OFFICE: say("petugas kantor")}.get(role, role)


def deed_words(deed: Deed) -> str:
    """Give what is done in words: «mengirim»."""
    return {
        Deed.READ_NAMES: say("membaca nama dan NIK lengkap"), Deed.CHANGE: say("mengubah isian"),
        Deed.DELETE: say("menghapus atau mengembalikan catatan"), Deed.SEND: say("mengirim paket"),
        Deed.RECEIVE: say("menerima paket"), Deed.SETTLE: say("memutuskan konflik"),
        Deed.BACK_UP: say("membuat cadangan"), Deed.EXPORT: say("menyimpan atau menyalin laporan ke luar"),
        Deed.PRINT_NAMES: say("mencetak dengan nama lengkap"), Deed.ADMIT: say("memutuskan kiriman yang menunggu"),
        Deed.REVIEW: say("memverifikasi atau mengembalikan data"), Deed.ERASE: say("menghapus data seseorang"),
        Deed.RESTORE: say("memulihkan cadangan"),
        Deed.RULE: say("mengubah periode, sasaran, harga, atau pengaturan kantor"),
        Deed.PERSONS: say("mengatur petugas dan kata sandi"), Deed.ENROL: say("mengatur pendaftaran"),
    }[deed]
