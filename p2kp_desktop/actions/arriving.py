"""Terima as the screen asks for it: what a file is, how it ended, and what it changed RT by RT."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from p2kp_desktop.exchange import guard, reading
from p2kp_desktop.exchange.bundle import MACHINE, Manifest
from p2kp_desktop.exchange.front import read_front
from p2kp_desktop.exchange.workbook import opened
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.rules.assessment import RtAssessment
from p2kp_desktop.rules.targets import hundreds
from p2kp_desktop.schema.places import region_name
from p2kp_desktop.store import Workspace, node, transfers

from . import practising, receiving, scoring
from .receiving import Received
from .scoring import RtPlace
from .transferring import role_words, when


@dataclass(frozen=True)
class Recognised:
    """What a file is before it is received: whose bundle, or the trouble with it."""

    path: Path
    trouble: Trouble | None = None
    manifest: Manifest | None = None
    before: str = ""  # when it was received already
    own: bool = False  # written here

    @property
    def sender(self) -> str:
        """Return who sent it, in which role, and when."""
        if self.manifest is None:
            return ""
        return f"{self.manifest.person}, {role_words(self.manifest.role)} · {when(self.manifest.time)}"

    @property
    def area(self) -> str:
        """Return the regions in words."""
        return ", ".join(region_name(code) for code in self.manifest.regions) if self.manifest else ""


def bundles_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files among these paths and the workbooks in the folders among them, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.glob("*.xlsx")) if path.is_dir() else [path]
        found.update(dict.fromkeys(each for each in inside if not each.name.startswith(("~$", "."))))
    return list(found)


def recognise(workspace: Workspace, path: Path) -> Recognised:
    """Look at a file without receiving it; what is wrong with it is told in the answer."""
    try:
        inspected = guard.inspect(path)
        with opened(path, inspected, guard.LIMITS) as book:
            manifest = read_front(path.name, book.rows(MACHINE)).manifest
        with workspace.asking() as connection:
            practising.refuse_mixing(connection, manifest)
    except Trouble as trouble:
        return Recognised(path, trouble)
    with workspace.asking() as connection:
        lines = [line for line in transfers.log(connection) if line.bundle == manifest.bundle]
        own = manifest.node in node.own_nodes(connection)
    received = next((when(line.time) for line in lines if line.direction == "in"), "")
    return Recognised(path, None, manifest, received, own)


@dataclass(frozen=True)
class Outcome:
    """How one file ended: received, or refused with a trouble and nothing changed."""

    file: Recognised
    received: Received | None = None
    trouble: Trouble | None = None

    @property
    def counts(self) -> Counter[str]:
        """Return how many records were new, updated, identical, older, conflict, rejected."""
        return self.received.counts if self.received else Counter()

    @property
    def changed(self) -> int:
        """Return how many records it changed here."""
        return sum(self.counts[name] for name in ("new", "updated", "conflict"))

    @property
    def state(self) -> str:
        """Return failed, warned (something to be told), conflict, nothing (all there already) or whole."""
        if self.received is None:
            return "failed"
        if self.received.notes or self.counts["rejected"]:
            return "warned"
        if self.counts["conflict"]:
            return "conflict"
        return "whole" if self.changed else "nothing"

    def sentence(self) -> str:
        """Return the result in a few words."""
        if self.received is None:
            return say("Ditolak, tidak ada yang berubah")
        if not self.changed and not self.counts["rejected"]:
            return say("Sudah ada · 0 perubahan")
        parts = [say("{count} perubahan", count=self.changed)]
        if self.counts["conflict"]:
            parts.append(say("{count} konflik", count=self.counts["conflict"]))
        if self.counts["rejected"]:
            parts.append(say("{count} ditolak", count=self.counts["rejected"]))
        return " · ".join(parts)


def receive(workspace: Workspace, file: Recognised) -> Outcome:
    """Receive a recognised file in one transaction; a bad one changes nothing and is explained."""
    if file.trouble is not None:
        return Outcome(file, trouble=file.trouble)
    received = receiving.receive(workspace, file.path)
    if received.error is None:
        return Outcome(file, received)
    return Outcome(file, trouble=_trouble(file.path, received.error))


def _trouble(path: Path, error: str) -> Trouble:
    """Return the trouble behind a refused file in its four lines."""
    try:
        for _ in reading.read(path).arrived():
            pass
    except Trouble as trouble:
        return trouble
    return Trouble(error, remedy=say("Terima lagi berkas ini; laporkan kodenya bila tetap gagal."), code="K20")


def together(outcomes: Iterable[Outcome]) -> Counter[str]:
    """Return the counts of several files."""
    return sum((outcome.counts for outcome in outcomes), Counter[str]())


@dataclass(frozen=True)
class Standing:
    """Where an RT stands: households, percent with safe water, slum score with its level."""

    households: int
    water: Decimal | None
    score: int
    level: str
    provisional: bool


@dataclass(frozen=True)
class Movement:
    """An RT before and after; None where it had no data."""

    region: str
    rt: str
    before: Standing | None
    after: Standing | None


def standings(workspace: Workspace, period: str | None = None) -> dict[RtPlace, Standing]:
    """Return where every RT with data stands in a period (default: the current one)."""
    return {(each.region, each.rt): _standing(each) for each in scoring.assessments(workspace, period=period)}


def _standing(rt: RtAssessment) -> Standing:
    level = rt.regulation.level(rt.score.total).name
    return Standing(rt.tally.households, hundreds([rt]).water, rt.score.total, level, rt.score.provisional)


def movements(before: Mapping[RtPlace, Standing], after: Mapping[RtPlace, Standing]) -> list[Movement]:
    """Return the RTs that stand elsewhere now, in order."""
    places = sorted({*before, *after})
    found = (Movement(*place, before.get(place), after.get(place)) for place in places)
    return [each for each in found if each.before != each.after]
