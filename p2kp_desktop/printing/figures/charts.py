"""A chart of schema/chart.py on paper: what charts.typ draws, as plain figures."""

from collections.abc import Mapping
from fractions import Fraction

from p2kp_desktop.schema.chart import Chart, Point, Series

from .blocks import Block, runs

_COLUMNS = 4  # of the names of parts


def drawn(chart: Chart, *, columns: int = _COLUMNS) -> Block:
    """Return the block of a chart; hints for keys and ways that a window has are left out."""
    return {
        "kind": "chart", "shape": chart.shape.value, "title": chart.title, "told": chart.told,
        "series": [_series(each) for each in chart.series], "whole": _plain(chart.whole), "columns": columns,
        "notes": [runs(note) for note in chart.notes], "empty": chart.is_empty, "why": chart.empty,
    }


def _series(series: Series) -> Mapping[str, object]:
    return {"name": series.name, "points": [_point(each) for each in series.points], "aim": _plain(series.aim),
            "wanted": [_plain(each) for each in series.wanted]}


def _point(point: Point) -> Mapping[str, object]:
    return {"label": point.label, "value": _plain(point.value), "shown": point.shown, "told": point.told,
            "look": point.look, "sure": point.sure}


def _plain(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
