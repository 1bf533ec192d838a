"""The keys of the form along its bottom: those that do something now, as many as fit."""

from dataclasses import dataclass

from typing_extensions import override

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit.legend import Key, KeyLegend

_UNDO, _LIST = ("Ctrl", "Z"), ("Esc",)
_UNDONE = 22  # letters of the answer that is taken back
_FEW = 2  # letters that are both named


@dataclass(frozen=True)
class Works:
    """Which keys do something now: the letters of the options, F8, F4, what Ctrl+Z takes back, "" for nothing, F2.

    F8 leads to problems; where there is none, to questions that are still empty.
    """

    letters: tuple[str, ...] = ()
    troubles: bool = False
    empty: bool = False
    history: bool = False
    undoes: str = ""
    notes: bool = True


class Legend(KeyLegend):
    """A line of keys and what they do; only those that do something here."""

    def __init__(self) -> None:
        super().__init__()
        self._works = Works()
        self.show_keys(self._there())

    def show_works(self, works: Works) -> None:
        """Show the keys that work now."""
        if works == self._works:
            return
        self._works = works
        undone = say("urungkan {answer}", answer=works.undoes) if works.undoes else ""
        self.setAccessibleDescription(undone)
        self.show_keys(self._there())

    def _there(self) -> list[Key]:
        """Return keys and words in order."""
        works, letters = self._works, self._works.letters
        shown = letters if len(letters) <= _FEW else (letters[0], "…", letters[-1])
        found = [
            (shown, say("pilih"), bool(letters)), (("Enter",), say("maju"), True),
            (("Shift", "Enter"), say("mundur"), True),
            (("F8",), say("masalah") if works.troubles else say("yang kosong"), works.troubles or works.empty),
            (("F7",), say("informasi umum"), True), (("F1",), say("petunjuk"), True),
            (("F2",), say("catatan"), works.notes), (("F4",), say("riwayat"), works.history),
            (_UNDO, say("urungkan"), bool(works.undoes)),
            (_LIST, say("kembali"), True),
        ]
        return [(keys, word) for keys, word, there in found if there]

    def keys(self, undone: str) -> list[Key]:
        """Return keys and words in order, naming so much of the answer that is taken back."""
        if not undone:
            return self._keys
        named = say("urungkan {answer}", answer=undone)
        return [(keys, named if keys == _UNDO else word) for keys, word in self._keys]

    @override
    def in_sight(self) -> list[Key]:
        """Return the keys that the window has room for: the name of the undone answer gives way before a key does."""
        whole, number = self._works.undoes, self._works.undoes.partition(" ")[0]
        brief = whole if len(whole) <= _UNDONE else f"{whole[:_UNDONE].rstrip()}…"
        short = number if number[:1].isdigit() else ""
        shown = next((keys for undone in (brief, short) if self.fits(keys := self.keys(undone))), self.keys(""))
        return self.fitting(shown)
