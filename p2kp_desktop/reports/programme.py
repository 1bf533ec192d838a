"""Who takes part in the programme since when, and who is proposed."""

from collections.abc import Sequence

from p2kp_desktop.actions.collaboration import programme as community_programme
from p2kp_desktop.actions.collaboration.programme import ExpectedSender, Participant
from p2kp_desktop.forms.programme import Participation
from p2kp_desktop.language import say
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.schema.table import Column, Kind, Mark, Scope, Table
from p2kp_desktop.store import Workspace

from .funding import year_of
from .marks import ASKED, FIT, OPEN
from .registry import Group, reports_of

report = reports_of(Group.OFFICES)


def _participants_of(workspace: Workspace, asked: Scope) -> list[Participant]:
    found = community_programme.participants(workspace, asked.area)
    return [each for each in found if each.takes_part(year_of(asked))]


def _sure(line: Participant) -> Mark:
    if not line.id:
        return Mark("offered", say("usulan, belum tercatat"))
    if line.sure is None:
        return Mark("unsaid", say("belum disebut"))
    return Mark("sure", say("dipastikan")) if line.sure else Mark("doubtful", say("belum pasti (?)"))


def _sign(line: Participant) -> str:
    return FIT if line.sure and line.id else ASKED if line.sure is False else OPEN


@report(_participants_of)
def programme(lines: Sequence[Participant] = ()) -> Table[Participant]:
    """Return the participants of the programme in an area; the window shows those proposed after them."""
    return Table(
        "programme", say("Peserta program"), (
            Column("region", say("Peserta"), Kind.NAME, lambda line: line.region, shown=lambda line: line.name,
                   sample="n" * 18, stretches=True, wraps=True, is_fixed=True),
            Column("programme", say("Program"), Kind.TEXT, is_fixed=True, sample="Program lain",
                   of=lambda line: Mark(line.programme, say(Participation.programme.show(line.programme)))),
            Column("since", say("Sejak"), Kind.WHOLE, lambda line: line.since, sample="2015", is_fixed=True,
                   shown=lambda line: str(line.since or "")),
            Column("until", say("Sampai"), Kind.WHOLE, lambda line: line.until, is_aside=True,
                   shown=lambda line: str(line.until or "")),
            Column("decree", say("Dasar"), Kind.TEXT, lambda line: line.decree, sample="n" * 10, gives_way=2,
                   varies=True, wraps=True, is_fixed=True),
            Column("source", say("Sumber"), Kind.TEXT, lambda line: line.source, is_aside=True),
            Column("sure", say("Pasti?"), Kind.VERDICT, _sure, icon=_sign, sample=say("usulan, belum tercatat"),
                   is_fixed=True),
        ),
        lines, known_by=lambda line: (line.id, line.region), every_period=True,
        empty=say("Belum ada peserta program. P mencatatnya."), explains=lambda line: line.source,
    )


@report(lambda workspace, asked: community_programme.expected_senders(workspace, asked.area, asked.period))
def expected_senders(lines: Sequence[ExpectedSender] = ()) -> Table[ExpectedSender]:
    """Return from whom this office expects bundles, by the programme list and its role."""
    words = {"district": say("Kabupaten/kota"), "facilitator": say("Fasilitator")}
    return Table(
        "expected_senders", say("Pengirim yang ditunggu"), (
            Column("region", say("Wilayah"), Kind.REGION, lambda line: line.region, sample="n" * 20, stretches=True,
                   shown=lambda line: region_name(line.region)),
            Column("role", say("Peran"), Kind.TEXT, lambda line: Mark(line.role, words.get(line.role, line.role)),
                   sample="Kabupaten/kota"),
        ),
        lines, known_by=lambda line: (line.role, line.region),
        empty=say("Belum ada yang ditunggu: daftar peserta program masih kosong."),
    )
