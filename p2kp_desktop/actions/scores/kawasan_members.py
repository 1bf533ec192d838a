"""Which RTs are looked at where a kawasan is named: those of the newest decree that holds."""

from dataclasses import dataclass

from p2kp_desktop.forms.kawasan import Kawasan
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.decree_ledger import Rts
from p2kp_desktop.store import Connection, decreed


@dataclass(frozen=True)
class Members:
    """A kawasan by its name, with its RTs."""

    name: str
    rts: Rts


def of(connection: Connection, wanted: str) -> Members:
    """Return a kawasan by its record, or by what it is called; raise Trouble where there is none or it was revoked."""
    found = [(each, each.record.show(Kawasan.name)) for each in decreed.kawasan(connection)]
    for each, name in found:
        if wanted in (each.record.id, name):
            if each.decrees.is_revoked:
                raise Trouble(say("SK kawasan «{name}» sudah dicabut, jadi tidak ada lagi RT di dalamnya.", name=name),
                              remedy=say("Pilih kawasan lain, atau tanyakan per RT."), code="Q43")
            return Members(name, each.decrees.rts)
    raise Trouble(say("Kawasan «{name}» tidak ada di sini.", name=wanted),
                  remedy=say("Yang ada: {names}.", names=", ".join(name for _, name in found) or "0"), code="Q43")
