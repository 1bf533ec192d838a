"""The commands on tables: a blank template, and importing one that was filled."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.importing import import_plan, import_preview, layouts, official_workbook
from p2kp_desktop.actions.importing.read_table import CellError, PlaceOfRows
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.language import Trouble, say
from p2kp_desktop.schema.places import normal_rt, region

from .opening import open_workspace
from .printing import put_out, tell

Arguments = argparse.Namespace

_ASKED = {official_workbook.DRAIN: official_workbook.DRAINS, layouts.COLUMNS: (layouts.IGNORED,)}


def template(arguments: Arguments) -> int:
    """Write a blank Excel template of a form."""
    path = Path(arguments.out)
    if path.suffix.lower() != ".xlsx":
        raise Trouble(say("Templat selalu berkas .xlsx, bukan «{name}».", name=path.name),
                      remedy=say("Sebutkan nama yang berakhiran .xlsx."), code="I11")
    if path.exists():
        raise Trouble(say("«{name}» sudah ada.", name=path.name), remedy=say("Sebutkan nama lain."), code="I03")
    import_plan.template(form_named(arguments.form), path)
    print(path)
    return 0


def import_table(arguments: Arguments) -> int:
    """Bring in a filled template, or any table whose headings are known."""
    form, path = form_named(arguments.form), Path(arguments.table)
    address = PlaceOfRows(
        region(arguments.region).code if arguments.region else "",
        normal_rt(arguments.rt) if arguments.rt else "", arguments.period or "",
    )
    with open_workspace(arguments.file, "import") as workspace:
        plans = layouts.plans(workspace, form, path, address, _answers(arguments.answer or ()))
        import_plan.must_be_accepted(plans)
        reason = arguments.reason or ""
        if arguments.rehearse:
            done = import_plan.rehearse(workspace, plans, reason=reason)
        else:
            backups.back_up(workspace)
            done = import_plan.carry_out(workspace, plans, reason=reason)
    warnings = [*done.warnings, *(told for made in plans for told in import_preview.doubles_told(made))]
    for warning in warnings:
        tell(warning)
    errors = [error for made in plans for error in made.objections(reason=reason)]
    for error in errors:
        tell(error.words)
    if arguments.rehearse:
        tell(say("Gladi: belum ada yang berubah."))
    elif done.rejected:
        tell(say("Baris yang ditolak tidak mengubah apa pun. Perbaiki selnya, lalu impor lagi; yang sudah masuk tidak "
                 "digandakan."))
    counts = {
        "rows": done.rows, "new": done.new, "updated": done.updated, "identical": done.identical,
        "skipped": done.skipped, "rejected": done.rejected,
    }
    if arguments.json:
        put_out({**counts, "warnings": warnings, "errors": [_named(error) for error in errors]})
    else:
        print(say("{rows} baris: {new} baru, {updated} diperbarui, {identical} sama, {skipped} dilewati, {rejected} "
                  "ditolak.", **counts))
    return 1 if done.rejected else 0


def _named(error: CellError) -> dict[str, str]:
    return {"sheet": error.place.sheet, "cell": error.place.name, "value": error.value, "question": error.key,
            "rule": error.rule, "remedy": error.remedy, "code": error.code}


def _answers(given: Sequence[str]) -> dict[str, str]:
    """Return the answers to what a layout leaves open; raise Trouble for one that nobody asks."""
    found = {}
    for each in given:
        key, _, value = each.partition("=")
        if value not in _ASKED.get(key, ()):
            raise Trouble(
                say("«{answer}» tidak dimengerti.", answer=each),
                remedy=say("Yang ada: b28=terpisah, b28=tercampur, atau kolom=abaikan."), code="I04",
            )
        found[key] = value
    return found
