"""The latest figure that was reported for an area and indicator, in words, for the person who fills in the next one.

A template leaves the program, so it is given figures whose small numbers are hidden and rounded already.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from data import periods
from data.catalogue import Indicator
from data.reading.excel.cells import plain
from data.templates import NOTES

NEEDED = [
    "area_code", "indicator", "period_start", "period_end", "numerator", "denominator", "value", "note", "invented",
    "hidden",
]  # fmt: skip
HIDDEN = "hidden so that no person can be recognised"
DECIMALS = 2


class LastValues:
    """Looks figures up in a frame that `metrics.disclosure.protect` has been over; without one there are no words."""

    def __init__(self, protected: pd.DataFrame | None) -> None:
        self._by_pair: dict[tuple[str, str], list[dict[Any, Any]]] = {}
        if protected is not None:
            lines = protected[NEEDED].sort_values("period_end", ascending=False).to_dict("records")
            for line in lines:
                self._by_pair.setdefault((line["area_code"], line["indicator"]), []).append(line)

    def words(self, code: str, item: Indicator, by: date) -> str:
        """The latest figure for a period that ends by a day, such as `40 of 100, April to June 2026`; blank without."""
        for line in self._by_pair.get((code, item.key), []):
            if pd.Timestamp(line["period_end"]).date() <= by:
                return _words(line, item)
        return ""


def _words(line: dict[Any, Any], item: Indicator) -> str:
    start, end = (pd.Timestamp(line[edge]).date() for edge in ("period_start", "period_end"))
    figure = HIDDEN if line["hidden"] else _figure(line, item)
    invented = " (invented)" if line["invented"] else ""
    return f"{figure}, {periods.label(start, end, item.period_type)}{invented}"


def _figure(line: dict[Any, Any], item: Indicator) -> str:
    """The figure as it is asked for: a mean, a count and what it is out of, a share alone, or why there is none."""
    count, whole, value = (
        line[name] if pd.notna(line[name]) else None for name in ("numerator", "denominator", "value")
    )
    if count is not None and item.measure not in ("mean", "index"):
        out_of = f" of {plain(whole)}" if whole is not None and item.measure == "proportion" else ""
        return f"{'about ' if item.disclosure.startswith('threshold_') else ''}{plain(count)}{out_of}"
    if value is not None:
        return f"{plain(round(value, DECIMALS))} {item.unit}"
    note = line["note"]
    return NOTES.get(note, "no number") if isinstance(note, str) else "no number"
