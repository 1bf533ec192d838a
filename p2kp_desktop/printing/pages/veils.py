"""Who somebody is, hidden on paper: a sheet lies on a table where neighbours read it.

A name becomes its initials, an identity number its ends; of a table any other column that tells it is left out. What
people type may name somebody too. Of the people of the record at hand every word of a name is hidden there
(`unnamed`); of everybody else who is recorded in the area, two words of a name one after the other (`NamesHere`), for
a single word is many people's, and a street's. **What cannot be known**: a nickname, a name spelt otherwise, the first
name alone of somebody who is not of that record, somebody whom nobody recorded. A filled form says so.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Any

from p2kp_desktop.actions.recording.record_names import masked
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import say
from p2kp_desktop.schema import Form, Person
from p2kp_desktop.schema.table import Column, Kind, Table, Value
from p2kp_desktop.schema.table_words import words
from p2kp_desktop.schema.veils import initials as initials
from p2kp_desktop.store import Connection, Workspace, records, views
from p2kp_desktop.store.facts import facts

from .document import Asked

_PART = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")  # a word of a name, without the stop after it
_BETWEEN = re.compile(r"[\s.,]{1,3}")  # two words of one name
_IDENTITY = re.compile(r"(?<!\d)\d{16}(?!\d)")
_SHORTEST = 3  # letters of a word that is hidden by itself
_CALLED = frozenset({"almarhum", "almarhumah", "bapak", "bin", "binti", "haji", "hajah", "ibu", "ketua", "keluarga",
                     "nenek", "nyonya", "pak", "saudara", "tuan", "warga"})  # before a name or in it, and nobody's own
_BODIES = frozenset({"badan", "bank", "bkm", "camat", "csr", "cv", "desa", "dinas", "fasilitator", "forum", "kader",
                     "kantor", "kecamatan", "kelompok", "kelurahan", "koperasi", "kpp", "ksm", "lkm", "lurah",
                     "masyarakat", "opd", "pemerintah", "pengurus", "pkk", "pokja", "posyandu", "pt", "puskesmas", "rt",
                     "rw", "skpd", "tim", "tipp", "toko", "universitas", "upk", "upl", "ups", "warga",
                     "yayasan"})  # typed where a name is asked for: «Ketua RT» is nobody's, and stands on every form
_OTHERS = frozenset({"head", "stamp", "paper", "page_words", "digest", "printed", "short", "code", "codes",
                     "svg", "made"})  # of a document's data: what no person typed


def unnamed(text: object, own: Collection[str]) -> str:
    """Return a typed text without identity numbers and without the words of these names."""
    hidden = {word for name in own for word in _parts(name) if len(word) >= _SHORTEST and word not in _CALLED}
    told = _IDENTITY.sub(lambda found: masked(found[0]), unicodedata.normalize("NFC", str(text)))
    return _PART.sub(lambda found: _veil(found[0]) if _folded(found[0]) in hidden else found[0], told)


@dataclass(frozen=True)
class NamesHere:
    """The names of people who are recorded in an area, as they are looked for in what paper says."""

    names: frozenset[str]

    @cached_property
    def _pairs(self) -> frozenset[tuple[str, str]]:
        return frozenset(pair for name in self.names if _BODIES.isdisjoint(_parts(name))
                         for pair in pairwise(_parts(name)))

    def hidden_in(self, data: Mapping[str, Any], told: Collection[str] = ()) -> dict[str, Any]:
        """Return the data of a template without these names and identity numbers; who is `told` on purpose stays."""
        spared = frozenset(pair for name in told for pair in pairwise(_parts(name)))
        return {key: self._through(value, spared) for key, value in data.items() if key not in _OTHERS} | {
            key: value for key, value in data.items() if key in _OTHERS}

    def _through(self, value: Any, spared: frozenset[tuple[str, str]]) -> Any:
        if isinstance(value, str):
            return self.hidden(value, spared)
        if isinstance(value, Mapping):
            return {key: each if key in _OTHERS else self._through(each, spared) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self._through(each, spared) for each in value]
        return value

    def hidden(self, text: str, spared: Collection[tuple[str, str]] = ()) -> str:
        """Return a text in which two words of such a name one after the other are initials."""
        if len(text) < _SHORTEST:
            return text
        text = _IDENTITY.sub(lambda found: masked(found[0]), text)
        found = [*_PART.finditer(text)]
        folded = [_folded(each[0]) for each in found]
        whose = {place + half for place, pair in enumerate(pairwise(folded)) if pair in self._pairs
                 and pair not in spared and _BETWEEN.fullmatch(text, found[place].end(), found[place + 1].start())
                 for half in (0, 1) if folded[place + half] not in _CALLED}
        for place in sorted(whose, reverse=True):
            text = f"{text[:found[place].start()]}{_veil(found[place][0])}{text[found[place].end():]}"
        return text


def names_here(workspace: Workspace, asked: Asked) -> NamesHere:
    """Return the names of the people who are recorded where something is asked: in the kelurahan of its records."""
    found: set[str] = set()
    with workspace.asking() as connection:
        area = _area(connection, asked)
        for form in FORMS:
            keys = people(form)
            found |= views.texts(connection, form, keys, views.Where(area=area or None)) if keys else set()
        printing = facts(connection).person  # stands in the foot
    return NamesHere(frozenset(found - {printing}))


def people(form: type[Form]) -> list[str]:
    """Return the keys of the answers of a form that are names of people."""
    return [question.key for question in form.stored() if isinstance(question, Person)]


def _area(connection: Connection, asked: Asked) -> str:
    regions = {str(version.values().get("region") or "") for each in asked.records
               if (form := records.form_of(connection, each))
               for version in records.read(connection, form, [each]).values()}
    return regions.pop() if len(regions) == 1 else asked.scope.area


def _veil(word: str) -> str:
    return f"{word[0]}•••"


def _parts(name: str) -> Iterator[str]:
    return (_folded(found[0]) for found in _PART.finditer(unicodedata.normalize("NFC", name)))


def _folded(word: str) -> str:
    if word.isascii():
        return word.casefold()
    return "".join(each for each in unicodedata.normalize("NFKD", word) if not unicodedata.combining(each)).casefold()


def veiled_table(table: Table[Any]) -> Table[Any]:
    """Return a table as paper has it without names, which says so."""
    if not any(column.is_private or column.private_in for column in table.printed):
        return table
    by_pen = any(column.kind is Kind.BOX for column in table.columns)  # what is left out then is room to write in
    named = [column for column in table.columns if column.is_private and column.kind is Kind.NAME]
    columns = tuple(_veiled(column, named) for column in table.columns
                    if by_pen or not column.is_private or column.kind in _VEILS)
    told = (say("Nama ditulis dengan huruf awalnya; keterangan lain yang menunjuk orang tidak dicetak."),)
    return replace(table, columns=columns, notes=(*table.notes, *(told if table.lines else ())))


def _nothing(_words: object) -> str:
    return ""


_VEILS: dict[Kind, Callable[[object], str]] = {Kind.NAME: initials, Kind.IDENTITY: masked}


def _veiled(column: Column[Any], named: Iterable[Column[Any]]) -> Column[Any]:
    of_some = column.private_in
    if not column.is_private and of_some is None:
        return _of_texts(column, [*named]) if column.kind is Kind.TEXT else column
    veil = _VEILS.get(column.kind, _nothing) if column.is_private else lambda _words: say("(disamarkan)")

    def told(line: Any) -> str:
        said = words(column, line)
        return veil(said) if said and (of_some is None or of_some(line)) else said

    def value(line: Any) -> Value:
        return told(line)

    return replace(column, of=value, shown=told, remark=None, bar=None)


def _of_texts(column: Column[Any], named: Collection[Column[Any]]) -> Column[Any]:
    """Return a column of words without the names that its line has elsewhere."""
    def told(line: Any) -> str:
        said = words(column, line)
        return unnamed(said, [words(each, line) for each in named]) if said else said

    def value(line: Any) -> Value:
        return told(line)

    return replace(column, of=value, shown=told)
