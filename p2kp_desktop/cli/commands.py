"""The commands on workspaces, bundles, conflicts, scores and backups."""

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from p2kp_desktop.actions.bundles import forks, sending
from p2kp_desktop.actions.common import backups, soundness, workspaces
from p2kp_desktop.actions.protection import password
from p2kp_desktop.actions.protection.password import Keys
from p2kp_desktop.actions.recording import conflicts
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.scores import area_sums, slum_scores
from p2kp_desktop.actions.scripts import script_shapes
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema import Form
from p2kp_desktop.schema.places import normal_rt
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import Workspace, is_taken
from p2kp_desktop.store import open_workspace as opened
from p2kp_desktop.store.workspace import is_server

from .beyond import beyond
from .opening import open_workspace
from .passwords import password_of
from .printing import put_out, tell
from .protecting import words_written

Arguments = argparse.Namespace


def init(arguments: Arguments) -> int:
    """Create a workspace."""
    with _protected(arguments) as fresh:
        workspaces.init(
            arguments.file, role=arguments.role, name=arguments.name, regions=arguments.region,
            lock=fresh.lock if fresh else None,
        ).close()
    if fresh is None and not is_server(arguments.file):
        tell(say("Tanpa kata sandi: siapa pun yang memegang {name} dapat membacanya.", name=Path(arguments.file).name))
    print(arguments.file)
    return 0


@contextmanager
def _protected(arguments: Arguments) -> Iterator[Keys | None]:
    """Put up the keys of a workspace that is made meanwhile behind a password; None where none was given."""
    file = Path(arguments.file)
    fresh = _protection(arguments)
    if fresh is None:
        yield None
        return
    with ExitStack() as undone:
        if arguments.recovery_file is not None:
            undone.enter_context(words_written(Path(arguments.recovery_file), fresh.words, file))
        else:
            tell(say("Kata pemulihan belum ditulis: p2kp protection {name} words BERKAS.", name=file.name))
        password.put_up(file, fresh)
        yield fresh


def _protection(arguments: Arguments) -> Keys | None:
    """Choose the keys of a workspace that is to be made; None where no password was given, or it is there already."""
    given = password_of(arguments)
    if not given:
        return None
    if is_server(arguments.file):
        raise Trouble(say("Ruang kerja di server dilindungi oleh servernya."), safe=say("Tidak ada yang dibuat."),
                      remedy=say("Buat tanpa --password-file."), code="K31")
    if is_taken(Path(arguments.file)):
        return None  # making it says so
    return password.chosen(arguments.name, given)


def forms(arguments: Arguments) -> int:
    """Print the form definitions."""
    if arguments.form:
        described: dict[str, Any] = script_shapes.describe(form_named(arguments.form))
        return _forms_out([described], described, as_json=arguments.json)
    all_forms = script_shapes.describe_all()
    return _forms_out(all_forms, {"forms": all_forms}, as_json=arguments.json)


def _forms_out(described: list[dict[str, Any]], document: object, *, as_json: bool) -> int:
    if as_json:
        put_out(document)
    else:
        print("\n".join(line for form in described for line in script_shapes.form_lines(form)))
    return 0


def score(arguments: Arguments) -> int:
    """Score a table of volumes, or a workspace."""
    if (arguments.table is None) == (arguments.workspace is None):
        tell(say("Sebutkan satu berkas CSV, atau --workspace BERKAS."))
        return 2
    if arguments.table is not None and Path(arguments.table).suffix == ".p2kp":
        arguments.workspace, arguments.table = arguments.table, None  # as every other command takes one
    if arguments.table is not None:
        document, refused = slum_scores.score_table(Path(arguments.table), arguments.rules)
        put_out(document)
        for refusal in refused:
            tell(refusal)
        return 1 if refused else 0
    with open_workspace(arguments.workspace, "score") as workspace:
        put_out(slum_scores.score_workspace(
            workspace, area=arguments.region, period=arguments.period, method=arguments.method
        ))
        for unknown in beyond(workspace, Scope(arguments.region or "", None, arguments.period or "")):
            tell(unknown)
    return 0


def send(arguments: Arguments) -> int:
    """Write a bundle."""
    with open_workspace(arguments.file, "send") as workspace:
        sent = sending.send(
            workspace, arguments.folder, to=arguments.to, areas=arguments.region or (),
            withhold=arguments.without_names, password=password_of(arguments), full=arguments.full,
            in_clear=arguments.in_clear,
        )
    if remark := sent.remark():
        tell(remark)
    if arguments.json:
        put_out({"path": str(sent.path), "records": sent.records, "sealed_for": list(sent.sealed_for)})
        return 0
    if sent.sealed_for:
        tell(say("Disegel untuk {offices}: orang lain tidak dapat membukanya.", offices=", ".join(sent.sealed_for)))
    print(sent.path)
    return 0


def list_conflicts(arguments: Arguments) -> int:
    """Print the open conflicts."""
    with open_workspace(arguments.file, "conflicts") as workspace:
        found = conflicts.open_conflicts(workspace)
    if arguments.json:
        put_out({"conflicts": [script_shapes.conflict(one) for one in found]})
        return 0
    for one in found:
        sides = " | ".join(f"{side.shown} ({side.person}, {side.workspace}, {side.time})" for side in one.sides)
        print(f"{one.form} {one.id} {one.question}: {sides}")
    tell(say("{number} konflik terbuka.", number=len(found)))
    return 0


def settle(arguments: Arguments) -> int:
    """Settle an open conflict."""
    with open_workspace(arguments.file, "conflicts") as workspace:
        conflicts.settle_by_text(
            workspace, arguments.id, arguments.question, arguments.take, reason=arguments.reason
        )
    return 0


def verify(arguments: Arguments) -> int:
    """Verify records that are clean: those named, or all of an RT or region."""
    rt = normal_rt(arguments.rt) if arguments.rt else None
    named = _named(arguments)
    if named and _area(arguments):
        return _both_named()
    with open_workspace(arguments.file, "verify") as workspace:
        reviewed = verification.verify(
            workspace, ids=named, area=arguments.region, rt=rt, period=arguments.period
        )
    if arguments.json:
        put_out({
            "verified": list(reviewed.verified), "already": list(reviewed.already),
            "refused": [{"form": r.form, "id": r.id, "reasons": list(r.reasons)} for r in reviewed.refused],
        })
    elif reviewed.verified:
        print("\n".join(reviewed.verified))
    for refusal in reviewed.refused:
        told = " ".join(_told(form_named(refusal.form), reason) for reason in refusal.reasons)
        tell(f"{refusal.form} {refusal.id}: {told}")
    tell(say(
        "{verified} diverifikasi, {already} sudah diverifikasi sebelumnya, {refused} belum dapat diverifikasi.",
        verified=len(reviewed.verified), already=len(reviewed.already), refused=len(reviewed.refused),
    ))
    return 1 if reviewed.refused and named else 0


def _told(form: type[Form], reason: str) -> str:
    """Return a reason with the number and the words of the question that it begins with."""
    key, colon, rest = reason.partition(": ")
    question = form.question(key) if colon else None
    return reason if question is None else f"{question.number or ''} {say(question.label)}: {rest}".strip()


def give_back(arguments: Arguments) -> int:
    """Return records to their facilitator with a comment."""
    named = _named(arguments)
    if named and _area(arguments):
        return _both_named()
    if not named and not _area(arguments):
        tell(say("Sebutkan nomor catatan yang dikembalikan, atau wilayah atau RT-nya."))
        return 2
    with open_workspace(arguments.file, "return") as workspace:
        comments = _given_back(workspace, arguments, named)
    if arguments.json:
        put_out({"returned": [{"id": record, "comment": comment} for record, comment in comments.items()]})
    else:
        print("\n".join(comments.values()))
    tell(say("{number} dikembalikan.", number=len(comments)))
    return 0


def _given_back(workspace: Workspace, arguments: Arguments, named: list[str]) -> dict[str, str]:
    if named:
        return verification.give_back_all(workspace, named, comment=arguments.comment, about=arguments.question or "")
    return verification.give_back_area(
        workspace, area=arguments.region, rt=normal_rt(arguments.rt) if arguments.rt else None,
        period=arguments.period, comment=arguments.comment,
    )


def _area(arguments: Arguments) -> bool:
    """Say whether an area, an RT or a period was named."""
    return any(each is not None for each in (arguments.rt, arguments.region, arguments.period))


def _both_named() -> int:
    tell(say("Sebutkan nomor catatan, atau wilayah, RT dan periode; bukan keduanya."))
    return 2


def _named(arguments: Arguments) -> list[str]:
    """Return the ids given one after another or each after --id."""
    return list(dict.fromkeys([*arguments.ids, *(arguments.id or ())]))


def backup(arguments: Arguments) -> int:
    """Make a verified copy of a workspace."""
    with opened(arguments.file) as workspace:
        print(backups.by_hand(workspace))
    return 0


def restore(arguments: Arguments) -> int:
    """Put a backup in the place of a workspace; what stood there is backed up first."""
    saved = backups.restore(arguments.backup, arguments.file)
    if saved:
        tell(say("Yang ada sebelumnya disimpan di {path}.", path=saved))
    print(arguments.file)
    return 0


def digest(arguments: Arguments) -> int:
    """Print the digest of the content."""
    with opened(arguments.file) as workspace:
        print(soundness.digest(workspace))
    return 0


def check(arguments: Arguments) -> int:
    """Look for damage."""
    remarks: list[str] = []
    copies: list[str] = []
    try:
        with opened(arguments.file) as workspace:
            problems = soundness.check(workspace) or area_sums.check(workspace)
            remarks, copies = soundness.remarks(workspace), forks.copies(workspace)
    except Trouble as trouble:
        problems = [str(trouble)]
    if arguments.json:
        told = {"remarks": remarks, "copies": copies}
        put_out({"ok": not problems, "problems": problems, **{key: said for key, said in told.items() if said}})
    else:
        whole = [] if problems or remarks else [say("Utuh: berkas, catatan, riwayat, dan rekap.")]
        print("\n".join([*whole, *problems, *remarks, *copies]))
    return 1 if problems else 0


def demo(arguments: Arguments) -> int:
    """Make the journey on sample data."""
    from p2kp_desktop.actions.practice import demo_journey

    for line in demo_journey.demonstrate(Path(arguments.folder) if arguments.folder else None):
        print(line, flush=True)
    return 0
