"""What goes along with a record under the hands and is no answer of it: kept in its draft, never saved as one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from p2kp_desktop.schema import Answer

from .choosing import BESIDE

_REASON, _REMARK, _APART = f"{BESIDE}reason", f"{BESIDE}remark.", f"{BESIDE}apart."


@dataclass(frozen=True)
class Beside:
    """Why a verified record is changed; comments half written, by question; why other households are not this one."""

    reason: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_touched(self) -> bool:
        """Say whether there is something to keep although no answer was changed."""
        return any(text.strip() for text in self.remarks.values()) or bool(self.apart)

    def with_remark(self, question: str, text: str) -> "Beside":
        """Note a comment while it is written; without a text it is gone."""
        others = {key: kept for key, kept in self.remarks.items() if key != question}
        return replace(self, remarks={**others, question: text} if text else others)

    def with_apart(self, record: str, reason: str) -> "Beside":
        """Note why another household is not this one."""
        return replace(self, apart={**self.apart, record: reason})

    def saved(self) -> "Beside":
        """Return what is left once the record is saved; what is half written stays."""
        return replace(self, apart={})

    def draft(self) -> dict[str, Answer]:
        """Return it as it is put on disk."""
        kept: dict[str, Answer] = {_REASON: self.reason} if self.reason else {}
        kept |= {f"{_REMARK}{key}": text for key, text in self.remarks.items() if text.strip()}
        return kept | {f"{_APART}{key}": reason for key, reason in self.apart.items()}


def taken_up(draft: Mapping[str, Answer]) -> Beside:
    """Return what a draft holds of it."""
    return Beside(
        str(draft.get(_REASON) or ""),
        {key.removeprefix(_REMARK): str(text) for key, text in draft.items() if key.startswith(_REMARK)},
        {key.removeprefix(_APART): str(text) for key, text in draft.items() if key.startswith(_APART)},
    )
