"""Which pages of a workspace's file hold a table, read from the file format: not every SQLite tells them itself."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from p2kp_desktop.databases import library

PAGE = 4096
_INNER, _LEAF = 0x05, 0x0D


def leaves(path: Path, table: str) -> list[int]:
    """The leaf pages of a table of a closed file."""
    with closing(library.connect(path)) as here:
        (root,) = here.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    content = path.read_bytes()
    return sorted(page for page in _tree(content, root) if _head(content, page)[0] == _LEAF)


def lists(content: bytes) -> list[int]:
    """The pages of the list of tables, with those into which its long lines run over."""
    tree = [*_tree(content, 1)]
    over = [page for leaf in tree if _head(content, leaf)[0] == _LEAF for page in _run_over(content, leaf)]
    return sorted([*tree, *over])


def _head(content: bytes, page: int) -> bytes:
    start = (page - 1) * PAGE + (100 if page == 1 else 0)
    return content[start:page * PAGE]


def _cells(content: bytes, page: int) -> Iterator[bytes]:
    head = _head(content, page)
    first = 12 if head[0] == _INNER else 8
    for number in range(int.from_bytes(head[3:5])):
        at = int.from_bytes(head[first + 2 * number:first + 2 * number + 2])
        yield content[(page - 1) * PAGE + at:page * PAGE]


def _tree(content: bytes, page: int) -> Iterator[int]:
    yield page
    if _head(content, page)[0] == _INNER:
        for cell in _cells(content, page):
            yield from _tree(content, int.from_bytes(cell[:4]))
        yield from _tree(content, int.from_bytes(_head(content, page)[8:12]))


def _run_over(content: bytes, leaf: int) -> Iterator[int]:
    for cell in _cells(content, leaf):
        size, at = _number(cell, 0)
        _row, at = _number(cell, at)
        least = (PAGE - 12) * 32 // 255 - 23
        here = least + (size - least) % (PAGE - 4)
        here = here if here <= PAGE - 35 else least
        page = int.from_bytes(cell[at + here:at + here + 4]) if size > PAGE - 35 else 0
        while page:
            yield page
            page = int.from_bytes(content[(page - 1) * PAGE:(page - 1) * PAGE + 4])


def _number(cell: bytes, at: int) -> tuple[int, int]:
    """A number of SQLite's changing length, and where it ends; nine bytes do not come."""
    value = 0
    while True:
        value = value << 7 | cell[at] & 0x7F
        at += 1
        if not cell[at - 1] & 0x80:
            return value, at
