"""Tables that ODK, Kobo and their kin export: headings under the names of their groups, and columns of their own.

`grup/q12`, `A.3 Air minum/12. Sumber air`, `data-rumah-nama_kk`; beside them `_uuid`, `_index`, `meta/instanceID`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from p2kp_desktop.schema import Form

from .headings import SURE, alike

MOST = 94  # percent that a heading within a group is worth at most: one that says it by itself goes before it
BY_NUMBER = SURE - 1  # percent of one of which the printed number alone says what it is
_OWN = re.compile(r"_(?!.*(latitude|longitude|altitude|precision)$)[a-z_]+|__version__|(meta|formhub|orx)[/:-].*"
                  r"|set-of-.*|parent_key|submissiondate|(meta)?instance_?(id|name)", re.IGNORECASE)
_OWN_IN_EXPORTS = re.compile(
    r"start|end|today|deviceid|subscriberid|simserial|simid|devicephonenum|phonenumber|username|audit|submitter(id|name)"
    r"|attachments(present|expected)|status|reviewstate|edits|formversion|key", re.IGNORECASE,
)
_SURE = re.compile(  # of these one is enough to know an export by
    r"_(uuid|index|parent_index|submission_time|submission__id|validation_status|submitted_by)|__version__"
    r"|(meta|formhub)[/:-]\w+|(meta)?instanceid|submissiondate|set-of-.*|parent_key", re.IGNORECASE,
)
_CALLED = re.compile(r"(?:q|p|no|nomor|soal|pertanyaan)[\s_.]*(\d{1,2}[a-z]?)", re.IGNORECASE)  # q12, p_6a
_NUMBERED = re.compile(r"(\d{1,2}[a-z]?)\s*[.)]\s*(\D.*)")  # 12. Sumber air minum
_WORDED = re.compile(r"[^\W\d_]{2}|^\d{1,2}[a-z]?$")
_SHARED = 2  # headings of one group by which it is known as one
_AGREE = 3  # headings whose printed number is that of the question they word, by which a table has our numbers

Meant = tuple[tuple[str, int], ...]  # keys of questions with how alike, in percent


def own(headings: tuple[str, ...]) -> frozenset[int]:
    """Return the columns of the program that collected the data, which answer no question: _uuid, _index."""
    exported = _is_export(headings)
    return frozenset(
        at for at, each in enumerate(headings)
        if _OWN.fullmatch(each.strip()) or (exported and _OWN_IN_EXPORTS.fullmatch(each.strip()))
    )


def ungrouped(form: type[Form], headings: tuple[str, ...]) -> dict[int, Meant]:
    """Return the questions that headings within groups are surely one of, with how alike, by column.

    A group is known by several headings under it, or where the table comes out of such a program. What is under the
    heading of another question is one of its options, and nothing is known of it.
    """
    exported = _is_export(headings)
    names = {at: _name(form, each, headings, exported=exported) for at, each in enumerate(headings)}
    found = {at: meant for at, name in names.items() if name and (meant := _meant(form, name))}
    numbers = {at: numbered[1] for at, name in names.items() if name and (numbered := _NUMBERED.fullmatch(name))}
    if _has_our_numbers(form, numbers, found):
        found = {at: meant for at, number in numbers.items() if (meant := _by_number(form, number))} | found
    return {at: tuple((key, min(percent, MOST)) for key, percent in meant) for at, meant in found.items()}


@lru_cache
def _is_export(headings: tuple[str, ...]) -> bool:
    """Say whether a table comes out of such a program: by a column of its own, or since most stands in groups."""
    if any(_SURE.fullmatch(each.strip()) for each in headings):
        return True
    groups = Counter(each.partition("/")[0] for each in headings if "/" in each.strip("/ "))
    shared = sum(count for count in groups.values() if count >= _SHARED)
    return shared > _SHARED and 2 * shared >= sum(map(bool, headings))


def _name(form: type[Form], heading: str, headings: Sequence[str], *, exported: bool) -> str:
    """Return the heading without its group, the longest part that means a question first; «» where it has none."""
    names = [
        name for group, name in _parted(heading, exported=exported)
        if (exported or sum(each.startswith(group) for each in headings) >= _SHARED) and not _asks(form, group[:-1])
    ]
    whole = [heading.strip()] if exported else []
    return next((name for name in (*names, *whole) if _meant(form, name)), names[-1] if names else "".join(whole))


def _parted(heading: str, *, exported: bool) -> Iterator[tuple[str, str]]:
    """Yield a heading as its group, with the sign after it, and its name, the longest name first."""
    signs = "/-.:" if exported and " " not in heading else "/"  # other programs write group-name
    if not any(sign in heading for sign in signs):
        return
    for at, sign in enumerate(heading):
        if sign in signs and heading[:at].strip() and heading[at + 1 :].strip():
            yield heading[: at + 1], heading[at + 1 :].strip()


def _asks(form: type[Form], group: str) -> bool:
    """Say whether a group bears the name of a question, or the innermost one of several does: its parts are options."""
    return any(_meant(form, name.strip()) for name in (group, group.rpartition("/")[2]))


def _meant(form: type[Form], name: str) -> Meant:
    """Return the questions that a name is surely one of: by its words, or called by the printed number."""
    called = _CALLED.fullmatch(name)
    if called:
        return _by_number(form, called[1])
    return _alike(form, name) if _WORDED.search(name) else ()


def _has_our_numbers(form: type[Form], numbers: Mapping[int, str], found: Mapping[int, Meant]) -> bool:
    """Say whether headings that word a question have its printed number: then a number alone says which one it is."""
    known = {at: {key for key, _ in found[at]} for at in numbers if at in found}
    return len(known) >= _AGREE and all(
        keys & {key for key, _ in _alike(form, numbers[at])} for at, keys in known.items()
    )


def _by_number(form: type[Form], number: str) -> Meant:
    return tuple((key, BY_NUMBER) for key, _ in _alike(form, number))


def _alike(form: type[Form], name: str) -> Meant:
    return alike(form, name) if name else ()  # type: ignore[arg-type]  # a class is hashable
