"""The tables: one per form, derived from its questions, and those of the workspace itself."""

from dataclasses import fields
from typing import Any

import sqlalchemy as sa

from p2kp_desktop.forms import FORMS
from p2kp_desktop.rules.census import Tally
from p2kp_desktop.schema import ADDRESS, ALIVE, STATUS, Form

from .columns import TEXT, WHOLE, Column, Whole, column_of

metadata = sa.MetaData()

# Columns that every record has, whatever its form.
COMMON: dict[str, Column] = {**dict.fromkeys(ADDRESS, TEXT), STATUS: TEXT, ALIVE: WHOLE}

REVIEW = "review"  # the column of the review status in force, which follows from the answers: schema/review.py


def answer_columns(form: type[Form]) -> dict[str, Column]:
    """Return the columns of a form's answers by key, those of every record first."""
    return COMMON | {question.key: column_of(question) for question in form.stored()}


def _form_table(form: type[Form]) -> sa.Table:
    return sa.Table(
        form.key,
        metadata,
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(key, column.type()) for key, column in answer_columns(form).items()),
        sa.Column("extra", sa.Text),  # answers that no column keeps: of questions this release does not know
        sa.Column("state", sa.Text, nullable=False),  # schema/state.py
        sa.Column("seal", sa.Text, nullable=False),  # SHA-256 of the whole version, to see edits outside the program
        sa.Column(REVIEW, sa.Text),
        sa.Index(f"{form.key}_by_place", "region", "rt", "period"),
        sqlite_strict=True,
    )


RECORDS: dict[str, sa.Table] = {form.key: _form_table(form) for form in FORMS}


def _table(name: str, *columns: sa.Column[Any] | sa.Index) -> sa.Table:
    return sa.Table(name, metadata, *columns, sqlite_strict=True)


def _text(name: str, *, key: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=not key)


def _whole(name: str, *, key: bool = False) -> sa.Column[object]:
    return sa.Column(name, Whole, primary_key=key, autoincrement=False, nullable=False)


meta = _table("workspace", _text("key", key=True), _text("value"))

# Records of forms that this release does not know, kept to be passed on.
other_records = _table(
    "other_record", _text("form", key=True), _text("id", key=True), _text("region"), _text("extra"), _text("state"),
    _text("seal"),
)

history = _table(
    "history",
    _text("node", key=True), _whole("tick", key=True),
    _text("person"), _text("role"), _text("workspace"), _text("time"),
    _text("place"), _whole("number"), _text("form"), _text("record"), _text("changes"),
    _text("origin"), _text("previous"), _text("hash"),
    sa.Column("mark", sa.Text),  # schema/save_signing.py; nothing for saves of earlier releases
    sa.Index("history_by_record", "record"),
    sa.Index("history_by_chain", "node", "place", "number"),
)

conflicts = _table("conflict", _text("form", key=True), _text("record", key=True), _text("question", key=True))

# Answers that only the program can judge and finds unlikely: schema.checks.Judgement.
oddities = _table("oddity", _text("form", key=True), _text("record", key=True), _text("question", key=True))

# What is known of each node's edits, per kelurahan; `holder` is "" for this workspace.
knowledge = _table(
    "knowledge", _text("holder", key=True), _text("place", key=True), _text("node", key=True), _whole("tick")
)

# Saves of a node in a place, after `since` up to `tick`, that an import brought before what precedes them came:
# schema/knowing.py. They stay while taking an import back may open the hole again.
spans = _table(
    "span", _text("transfer", key=True), _text("place", key=True), _text("node", key=True), _whole("since"),
    _whole("tick"),
)

# Other workspaces that sent something here; `serial` is that of the newest bundle they were met in, `key` the
# public key that first signed one («» while none did).
acquaintances = _table(
    "acquaintance", _text("node", key=True), _text("name"), _text("role"), _text("person"), _whole("serial"),
    _text("time"), _text("key"),
)

# Whose bundles may act in which role, in which regions («» for all): a key, and who said so («» where it was the first
# of its role). `transfer` is the import that brought it, with which that is taken back.
trusted = _table(
    "trusted", _text("key", key=True), _text("role", key=True), _text("region", key=True), _text("transfer"),
    _text("person"), _text("reason"), _text("time"),
)

# By which keys the saves of a node are signed, and whether its own workspace said so (store/signers.py).
signers = _table("signer", _text("node", key=True), _text("key", key=True), _text("said"), _text("transfer"))

# Which keys brought saves of a node: others have none to tell of it.
brought = _table("brought", _text("node", key=True), _text("key", key=True), _text("transfer"))

# What offices signed of whose key is whose, and of which counts no more; each proves itself, whoever brought it
# (`transfer`, «» where it was made here). `content` is schema/certificates.py.
certificates = _table(
    "certificate", _text("signature", key=True), _text("key"), _text("issuer"), _text("content"), _text("transfer"),
    _text("time"), sa.Index("certificate_by_key", "key"),
)
revocations = _table(
    "revocation", _text("signature", key=True), _text("key"), _text("issuer"), _text("content"), _text("transfer"),
    _text("time"), sa.Index("revocation_by_key", "key"),
)

# The roots of all certificates that a person here compared; the one of the highest number counts.
roots = _table("root", _whole("number", key=True), _text("key"), _text("person"), _text("reason"), _text("time"))

# Who asks to be certified; `decided` says how that ended, «» while it waits.
requests = _table(
    "enrolment_request", _text("key", key=True), _text("content"), _text("transfer"), _text("time"), _text("decided"),
    _text("person"), _text("reason"),
)

# Records of bundles that wait for a person: what they hold, whose they are, why (actions/trust/protection.py).
held = _table(
    "held", _text("transfer", key=True), _text("form", key=True), _text("record", key=True), _text("why"),
    _text("version"), _text("saves"), _text("node"), _text("workspace"), _text("role"), _text("person"), _text("key"),
    _text("sent"), _text("time"), _text("left"), _text("taken"),
    sa.Index("held_by_record", "record"),
)

# Records of which others erased what is others' work: when the copies beside them go, history among them.
forgetting = _table("forgetting", _text("form", key=True), _text("record", key=True), _text("transfer"), _text("due"))

# What is being typed, by record and by whoever types it.
drafts = _table(
    "draft", _text("id", key=True), _text("form"), _text("answers"), _text("question"), _text("person", key=True),
    _text("time"),
)

# One row per file received or sent: what it was and how it ended.
transfers = _table(
    "transfer",
    _text("id", key=True), _text("direction"), _text("bundle"), _text("file"), _text("sha256"), _text("person"),
    _text("time"), _text("result"), _whole("step"),
)

# Bulk acts of a person here (an import of a table, a change of many records): what, how many, when taken back.
acts = _table(
    "act", _text("id", key=True), _text("name"), _text("file"), _text("person"), _text("time"), _whole("records"),
    _text("undone"), _whole("step"), _text("undoes"),
)

# What left this workspace on paper, and the versions of records that were on it (store/prints.py).
printed = _table(
    "printed", _text("id", key=True), _text("what"), _text("title"), _text("digest"), _whole("names"), _text("reason"),
    _whole("pages"), _text("person"), _text("time"),
)
printed_records = _table(
    "printed_record", _text("printed", key=True), _text("form", key=True), _text("record", key=True), _text("version"),
    sa.Index("printed_record_by_record", "record"),
)

# What people did here with what the workspace holds (audit.py): rows are added and never changed.
audit = _table(
    "audit", _whole("number", key=True), _text("time"), _text("person"), _text("act"), _text("what"),
    _text("previous"), _text("hash"), _text("signature"),
)

# How far the events of other workspaces reached as their bundles said («of» theirs), and how far others say that they
# know those of this one («of» ours): actions/trust/checkpoints.py.
checkpoints = _table(
    "checkpoint", _text("transfer", key=True), _text("of", key=True), _text("node"), _text("key"), _whole("number"),
    _text("hash"), _whole("serial"), _text("standing"), _text("time"), _whole("step"),
)

# What it takes to take an import back: each touched record as it was («» for none) and its seal after, and
# the saves whose history came with it; `hidden` says which answers of a save that was here already were told
# by it, and how they had been kept back («» for a save that was new).
undo_records = _table(
    "undo_record", _text("transfer", key=True), _text("form", key=True), _text("id", key=True), _text("before"),
    _text("after"),
)
undo_history = _table(
    "undo_history", _text("transfer", key=True), _text("node", key=True), _whole("tick", key=True), _text("hidden")
)

summaries = _table(
    "rt_summary",
    _text("region", key=True), _text("rt", key=True), _text("period", key=True),
    *(_whole(field.name) for field in fields(Tally)),
)

# What adds up over RTs (rules/sums.py), as JSON: of an RT, and with the RT "" of each area around it; and the RTs whose
# records changed since.
area_sums = _table("area_sum", _text("area", key=True), _text("rt", key=True), _text("period", key=True),
                   _text("amounts"))
unsummed = _table("unsummed", _text("region", key=True), _text("rt", key=True))

# The households of an RT by everything that is told of them, by a `version` of what is counted.
profiles = _table(
    "rt_profile",
    _text("region", key=True), _text("rt", key=True), _text("period", key=True), _text("version"), _text("counts"),
)

# Who may work on this laptop. The PIN guards whose name an edit bears, not the data; none of this ever travels.
persons = _table(
    "person", _text("name", key=True), _text("role"), _text("pin"), _whole("active"), _text("time"),
)

# How records were keyed in the window here: for the figures of operators, which stay on this laptop.
keyed = _table(
    "keyed", _text("record", key=True), _text("ended", key=True), _text("form"), _text("person"), _text("started"),
    _whole("keystrokes"), _whole("corrections"),
)

# Records drawn to be keyed a second time: whose they were, the second answers, and who was right, by question.
rechecks = _table(
    "recheck", _text("record", key=True), _text("form"), _text("operator"), _text("drawn"), _text("answers"),
    _text("question"), _text("person"), _text("time"), _text("decided"),
)

# The boundaries that the office keeps (boundaries.py): of a region, its RT "" then, or of an RT; whole and thinned.
boundaries = _table(
    "boundary", _text("region", key=True), _text("rt", key=True), _text("name"), _text("file"), _text("time"),
    _whole("derived"), *(sa.Column(name, sa.LargeBinary, nullable=False) for name in ("coarse", "middle", "whole")),
)
