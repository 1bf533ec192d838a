"""A damaged workspace: seeing that it is, finding the good backups, and saving what can still be read."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from p2kp_desktop import environment, held_files
from p2kp_desktop.actions.common import backups, events
from p2kp_desktop.actions.common.backups import Backup
from p2kp_desktop.actions.common.bench import bench
from p2kp_desktop.actions.common.long_work import Report
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.causality import Version, merge
from p2kp_desktop.store import (
    Connection,
    Workspace,
    branching,
    copies,
    create,
    enciphering,
    facts,
    files,
    history,
    key_files,
    migrations,
    node,
    open_workspace,
    oversight,
    pages,
    records,
    remains,
)
from p2kp_desktop.store.remains import Remains
from p2kp_desktop.store.workspace import SIDES, is_server

AT_ONCE = 500
OFFERED = 5  # good backups shown to choose from


def is_damaged(workspace: Workspace) -> bool:
    """Read every page of an open workspace's file and say whether one is damaged; for the background."""
    if is_server(workspace.name):
        return False
    try:
        with workspace.asking() as connection:
            return bool(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok")
    except Trouble as trouble:
        return trouble.code in backups.DAMAGE


@dataclass(frozen=True)
class Damage:
    """A file that cannot be opened, and the newest backups of it that were opened and found whole.

    Of one that is `newer` nothing is broken: only a newer program opens it.
    """

    file: Path
    good: tuple[Backup, ...]
    there: bool  # whether there is a file at all, from which something may be salvaged
    newer: bool = False


def examine(file: Path, *, newer: bool = False) -> Damage:
    """Find the good backups of a workspace that cannot be opened, checking each; here and in the second folder."""
    whole = (each for each in backups.listed(file, backups.second_folder_of(file)) if _is_whole(each.path))
    return Damage(file, tuple(islice(whole, OFFERED)), copies.was_ours(file) and not newer, newer)


def _is_whole(backup: Path) -> bool:
    try:
        return pages.is_sound(backup) and migrations.is_for_us(backup)
    except Trouble:  # another program holds it now
        return False


@dataclass(frozen=True)
class Salvaged:
    """What was saved: living records by form, over the backup it began with (if any), and what is left to check."""

    records: dict[str, int]
    added: int  # records that the backup lacked or held in an older state
    doubtful: tuple[str, ...]  # read, but not as they were saved: to be held against the paper
    lost: int  # records of which only the history is left
    aside: Path  # the damaged file under its new name
    listed: Path | None  # the text file that names the doubtful ones

    @property
    def households(self) -> int:
        """Return how many households there are now."""
        return self.records.get(Household.key, 0)


def salvage(damaged: Path, base: Path | None = None, report: Report | None = None) -> Salvaged:
    """Put a new workspace in the place of a damaged one: the last good backup, and all that can still be read.

    Readable records are merged into the backup as if they had arrived in a bundle, so that nothing older wins.
    The damaged file stays beside it under another name. The new workspace has a new node and claims to know
    nothing that it cannot prove, so that other offices send again what was lost. Raises Trouble when nothing
    can be read; then nothing has changed.
    """
    part = damaged.with_name(f"{damaged.name}.selamat.part")
    part.unlink(missing_ok=True)
    try:
        with (
            pages.told(damaged.parent),
            bench() as place,
            remains.opened(damaged, place) as found,
        ):
            noted = found.noted()
            with _begun(part, damaged, base, noted) as workspace:
                outcome = _bring(workspace, found, noted, report)
        copies.must_be_sound(part)
        aside = backups.aside(damaged)
        held_files.put(part, damaged)
    finally:
        for end in ("", *SIDES):
            part.with_name(f"{part.name}{end}").unlink(missing_ok=True)
    node.enlist(outcome.identity, str(damaged))
    return Salvaged(outcome.counts, outcome.added, outcome.doubtful, outcome.lost, aside,
                    _listed(damaged, outcome.doubtful))


@dataclass
class _Outcome:
    identity: dict[str, str]
    counts: dict[str, int]
    added: int
    doubtful: tuple[str, ...]
    lost: int


def _begun(part: Path, damaged: Path, base: Path | None, noted: dict[str, str]) -> Workspace:
    """Open the workspace that the rest is brought into: the backup's, or a new one of the same name and area."""
    lock = files.lock_with(key_files.meant_salt(damaged), damaged)  # what was behind a password stays so
    if base is not None:
        copies.must_be_sound(base)
        fetched = copies.fetch(base, part)
        if lock is not None and not files.is_enciphered(fetched):
            fetched = enciphering.in_its_place(lock, fetched)
        held_files.put(fetched, part)
        return open_workspace(part)
    if not noted:
        raise Trouble(
            "Dari berkas ini tidak ada yang masih terbaca.", safe="Berkas yang rusak tidak disentuh.",
            remedy="Pulihkan cadangan, atau terima lagi berkas yang pernah Anda kirim.", code="C07",
        )
    usual = {"name": damaged.stem, "role": "facilitator", "person": damaged.stem, "regions": "16",
             "period": str(environment.this_year()), "made": environment.now()}
    kept = {key: noted.get(key) or value for key, value in usual.items()}
    more = {key: value for key, value in noted.items() if key.startswith("practice") or key == branching.BRANCHES}
    return create(part, {**more, **kept, **node.fresh()}, lock=lock)


def _bring(
    workspace: Workspace, found: Remains, noted: dict[str, str], report: Report | None
) -> _Outcome:
    added, doubtful, done = 0, [], 0
    with_names = not files.is_enciphered(Path(workspace.name))
    versions = found.versions()
    with workspace.changing() as connection:
        identity = _renew(connection, noted)
        while some := list(islice(versions, AT_ONCE)):
            added += _merge_in(connection, [version for version, _whole in some])
            doubtful += [_named(version, with_names=with_names) for version, whole in some if not whole]
            done += len(some)
            if report is not None:
                report(done, done)
        remains.take_over_rest(connection, found)
        remains.take_over_events(connection, found)
        events.note_return(connection, events.SALVAGED, records=added)
        counts = oversight.living(connection)
        lost = oversight.only_in_history(connection)
    if not counts and not added:
        raise Trouble(
            "Dari berkas ini tidak ada catatan yang masih terbaca.", safe="Berkas yang rusak tidak disentuh.",
            remedy="Pulihkan cadangan, atau terima lagi berkas yang pernah Anda kirim.", code="C07",
        )
    return _Outcome(identity, counts, added, tuple(doubtful), lost)


def _renew(connection: Connection, noted: dict[str, str]) -> dict[str, str]:
    """Give the workspace a new node; what its former nodes did it knows only as far as its backup goes."""
    before = facts.everything(connection)
    mine = before[node.OWN].split()
    for name, place in oversight.chain_places(connection, mine):
        facts.learn(connection, place, {name: history.last_tick(connection, name)})
    identity = node.fresh()
    former = [*mine, *before.get(node.FORMER, "").split(), *noted.get(node.OWN, "").split(),
              *noted.get(node.FORMER, "").split()]
    for key, value in {**identity, node.FORMER: " ".join(dict.fromkeys(former))}.items():
        facts.note(connection, key, value)
    return identity


def _merge_in(connection: Connection, versions: list[Version]) -> int:
    """Merge records as if they had arrived; return how many of them were news."""
    news = []
    for form, some in _by_form(versions).items():
        here = records.read(connection, form, [version.id for version in some])
        for version in some:
            known = here.get(version.id)
            joined = merge(known, version) if known else version
            if joined != known:
                news.append(joined)
    records.write(connection, news)
    return len(news)


def _by_form(versions: Iterable[Version]) -> dict[str, list[Version]]:
    found: dict[str, list[Version]] = {}
    for version in versions:
        found.setdefault(version.form, []).append(version)
    return found


def _named(version: Version, *, with_names: bool) -> str:
    """Return the words by which a person finds a record: its form, RT, number, and name where that may lie in clear."""
    values = version.values()
    told = ("rt", Household.building.key, *([Household.head_name.key] if with_names else []))
    words = [str(values[key]) for key in told if values.get(key)]
    return " · ".join([version.form, *words])


def _listed(damaged: Path, doubtful: tuple[str, ...]) -> Path | None:
    if not doubtful:
        return None
    path = damaged.with_name(f"{damaged.stem} perlu diperiksa.txt")
    count = Counter(doubtful)
    path.write_text("\n".join(f"{name} ({number})" if number > 1 else name for name, number in count.items()) + "\n",
                    encoding="utf-8")
    return path
