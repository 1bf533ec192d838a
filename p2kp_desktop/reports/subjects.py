"""The columns that say which record a line is about: its form, what it is called, where it lies, its code."""

from typing import Any, Protocol

from p2kp_desktop.actions.recording import record_names
from p2kp_desktop.actions.recording.record_names import Subject
from p2kp_desktop.language import say
from p2kp_desktop.schema.table import Column, Kind, Mark


class About(Protocol):
    """A line that is about a record."""

    @property
    def subject(self) -> Subject:
        """Return the record as people name it."""


def _form(line: About) -> Mark:
    return Mark(line.subject.form, say(record_names.form_of(line.subject.form).title))


def record() -> tuple[Column[Any], ...]:
    """Return the columns of form, record, kelurahan and RT."""
    return (
        Column("form", say("Formulir"), Kind.TEXT, _form),
        Column("record", say("Catatan"), Kind.NAME, lambda line: line.subject.title, is_private=True),
        Column("region", say("Kelurahan/desa"), Kind.REGION, lambda line: line.subject.region or None),
        Column("rt", say("RT"), Kind.TEXT, lambda line: line.subject.rt),
    )


def period() -> Column[Any]:
    """Return the column of the period of the record."""
    return Column("period", say("Periode"), Kind.TEXT, lambda line: line.subject.period)


def code() -> Column[Any]:
    """Return the column of the record's id."""
    return Column("id", say("Kode catatan"), Kind.IDENTITY, lambda line: line.subject.id)
