"""HiGHS, the solver, by its C interface: one question in floating point, one answer, and nothing on standard output.

Its own package for Python counts in numpy, of which nothing else here has any use: 30 MB on every laptop.
"""

import ctypes
import math
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

Beat = Callable[[], None]  # called now and then during the search; what it raises stops that
Row = tuple[Mapping[int, float], float]  # numbers by the place of their choice; these add up to at least this much

_TAKEN = 0.5
# Of highs_c_api.h.
_ROWWISE, _SMALL, _WHOLE_NUMBER, _FEASIBLE, _STOPPABLE = 2, 1, 1, 2, 6
_EXHAUSTED = frozenset({7, 8, 9})  # optimal, infeasible, infeasible or unbounded; choices are bounded


@dataclass(frozen=True)
class Answer:
    """The places that are taken, None where nothing was found, and below what the sum cannot come.

    `exhausted`: there is nothing more to find.
    """

    taken: frozenset[int] | None
    bound: float
    exhausted: bool


class _Wish(ctypes.Structure):
    """The beginning of what a caller may tell a search that runs."""

    _fields_ = (("user_interrupt", ctypes.c_int),)


_Heard = ctypes.CFUNCTYPE(
    None, ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p, ctypes.POINTER(_Wish), ctypes.c_void_p)


def search(costs: Sequence[float], rows: Sequence[Row], seconds: float, beat: Beat | None) -> Answer:
    """Search for the choices of the least cost that keep the rows, the same way every time."""
    library = _library()
    engine, stopped = ctypes.c_void_p(library.Highs_create()), list[BaseException]()
    try:
        _prepare(library, engine, seconds)
        heard = _listener(beat, stopped)  # named, so that it lives as long as the search may call it
        if beat is not None:
            library.Highs_setCallback(engine, heard, None)
            library.Highs_startCallback(engine, _STOPPABLE)
        _pass(library, engine, costs, rows)
        library.Highs_run(engine)
        if stopped:
            raise stopped[0]
        return _read(library, engine, len(costs))
    finally:
        library.Highs_destroy(engine)


@cache
def _library() -> ctypes.CDLL:
    import highsbox

    place = Path(highsbox.highs_dist_dir())
    library = ctypes.CDLL(str(place / "bin" / "highs.dll" if os.name == "nt" else place / "lib" / "libhighs.so"))
    library.Highs_create.restype = ctypes.c_void_p
    return library


def _prepare(library: ctypes.CDLL, engine: ctypes.c_void_p, seconds: float) -> None:
    library.Highs_setBoolOptionValue(engine, b"output_flag", 0)  # JSON is to stand on standard output
    library.Highs_setIntOptionValue(engine, b"threads", 1)
    for name, value in ((b"time_limit", seconds), (b"mip_rel_gap", 0.0), (b"mip_abs_gap", 0.5)):
        library.Highs_setDoubleOptionValue(engine, name, ctypes.c_double(value))


def _listener(beat: Beat | None, stopped: list[BaseException]) -> "ctypes._FuncPointer":
    """Stop the search where the beat raises; the error must not pass through the searching library."""
    def hear(_kind: int, _words: bytes, _seen: int, wish: "ctypes._Pointer[_Wish]", _ours: int) -> None:
        try:
            if beat is not None and not stopped:
                beat()
        except BaseException as error:  # raised again once the search is over
            stopped.append(error)
        wish.contents.user_interrupt = int(bool(stopped))

    return _Heard(hear)


def _pass(library: ctypes.CDLL, engine: ctypes.c_void_p, costs: Sequence[float], rows: Sequence[Row]) -> None:
    cells = [cell for terms, _least in rows for cell in terms.items()]
    starts = [0, *accumulate(len(terms) for terms, _least in rows)][:-1]
    count = len(costs)
    library.Highs_passMip(
        engine, count, len(rows), len(cells), _ROWWISE, _SMALL, ctypes.c_double(0),
        _doubles(costs), _doubles([0] * count), _doubles([1] * count),
        _doubles([least for _terms, least in rows]), _doubles([math.inf] * len(rows)),
        _integers(starts), _integers([place for place, _number in cells]),
        _doubles([number for _place, number in cells]), _integers([_WHOLE_NUMBER] * count),
    )


def _doubles(numbers: Sequence[float]) -> "ctypes.Array[ctypes.c_double]":
    return (ctypes.c_double * len(numbers))(*numbers)


def _integers(numbers: Sequence[int]) -> "ctypes.Array[ctypes.c_int]":
    return (ctypes.c_int * len(numbers))(*numbers)


def _read(library: ctypes.CDLL, engine: ctypes.c_void_p, count: int) -> Answer:
    exhausted = library.Highs_getModelStatus(engine) in _EXHAUSTED
    found, bound, values = ctypes.c_int(), ctypes.c_double(), _doubles([0] * count)
    library.Highs_getIntInfoValue(engine, b"primal_solution_status", ctypes.byref(found))
    if found.value != _FEASIBLE:
        return Answer(None, math.nan, exhausted)
    library.Highs_getDoubleInfoValue(engine, b"mip_dual_bound", ctypes.byref(bound))
    library.Highs_getSolution(engine, values, None, None, None)
    return Answer(frozenset(place for place, value in enumerate(values) if value > _TAKEN), bound.value, exhausted)
