"""What goes along with a record under the hands and is no answer of it: kept in its draft, never saved as one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from p2kp_desktop.schema import Answer

from .conflict_choices import BESIDE

_REASON, _REMARK, _NOTE, _APART = (f"{BESIDE}{kind}" for kind in ("reason", "remark.", "note.", "apart."))


@dataclass(frozen=True)
class Beside:
    """Why a verified record is changed; comments half written, by question; why other households are not this one.

    `notes` are the first comments on questions, which are said when the record is saved.
    """

    reason: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_touched(self) -> bool:
        """Say whether there is something to keep although no answer was changed."""
        written = [*self.remarks.values(), *self.notes.values()]
        return any(text.strip() for text in written) or bool(self.apart)

    def with_remark(self, question: str, text: str) -> "Beside":
        """Note a comment while it is written; without a text it is gone."""
        return replace(self, remarks=_with(self.remarks, question, text))

    def with_note(self, question: str, text: str) -> "Beside":
        """Note the first comment on a question; without a text it is gone."""
        return replace(self, notes=_with(self.notes, question, text))

    def with_apart(self, record: str, reason: str) -> "Beside":
        """Note why another household is not this one."""
        return replace(self, apart={**self.apart, record: reason})

    def saved(self, handed: "Beside | None" = None) -> "Beside":
        """Return the notes and reasons left once those handed over, or all, are saved; what is half written stays."""
        taken = handed or self
        apart = {key: reason for key, reason in self.apart.items() if taken.apart.get(key) != reason}
        notes = {key: text for key, text in self.notes.items() if taken.notes.get(key) != text}
        return replace(self, apart=apart, notes=notes)

    def draft(self) -> dict[str, Answer]:
        """Return it as it is put on disk."""
        kept: dict[str, Answer] = {_REASON: self.reason} if self.reason else {}
        kept |= {f"{_REMARK}{key}": text for key, text in self.remarks.items() if text.strip()}
        kept |= {f"{_NOTE}{key}": text for key, text in self.notes.items() if text.strip()}
        return kept | {f"{_APART}{key}": reason for key, reason in self.apart.items()}


def _with(texts: Mapping[str, str], question: str, text: str) -> dict[str, str]:
    others = {key: kept for key, kept in texts.items() if key != question}
    return {**others, question: text} if text else others


def taken_up(draft: Mapping[str, Answer]) -> Beside:
    """Return the notes and reasons that a draft holds beside its answers."""
    remarks, apart, notes = (
        {key.removeprefix(kind): str(text) for key, text in draft.items() if key.startswith(kind)}
        for kind in (_REMARK, _APART, _NOTE)
    )
    return Beside(str(draft.get(_REASON) or ""), remarks, apart, notes)
