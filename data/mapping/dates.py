"""Periods of rows, from the columns that say them in parts or by their first or last day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import pairwise

import pyarrow as pa

from data import periods
from data.catalogue import Indicator
from data.mapping.fitting import definitions
from data.mapping.model import Mapping
from data.mapping.roles import joined
from data.mapping.texts import texts, together
from data.mapping.words import Words, day_in, period

YEAR = 12


def period_strings(table: pa.Table, mapping: Mapping, words: Words) -> dict[str, pa.Array]:
    """The template's columns of periods that columns of the file fill, for each row."""
    if mapping.used("period_start"):
        return {
            column.use: texts(table, column.place).strings(_iso)
            for column in mapping.used("period_start", "period_end")
        }
    columns = mapping.used("period", "period_part", "first_day", "last_day")
    if not columns:
        return {}
    found, which = together([texts(table, column.place) for column in columns], table.num_rows)
    apart = _months_apart([text for text, *_ in found]) if columns[0].use == "first_day" else 0
    meaning = partial(_period, columns[0].use, apart or _months(mapping, words))
    return {"period": pa.array(list(map(meaning, found)), pa.string()).take(pa.array(which))}


def _period(use: str, months: int, found: tuple[str, ...]) -> str:
    text, *part = found
    if use in ("first_day", "last_day"):
        return _around(text, use, months)
    if part and part[0]:
        return joined(period(text), part[0]) or f"{text} {part[0]}"
    return period(text) or text


def _months(mapping: Mapping, words: Words) -> int:
    """How long the periods are that are given by one day: as long as the indicators', a year when these differ."""
    items: list[Indicator] = [item for figure in mapping.figures for item in definitions(figure, mapping, words)]
    lengths = {periods.LENGTHS[item.period_type] for item in items}
    return lengths.pop() if len(lengths) == 1 else YEAR


def _months_apart(days: Sequence[str]) -> int:
    """1 or 3 where first days follow each other by a month or quarter; 0 where they do not tell."""
    months = sorted({found.year * YEAR + found.month for text in days if (found := day_in(text))})
    least = min((later - earlier for earlier, later in pairwise(months)), default=0)
    return least if least in (1, 3) else 0


def _around(text: str, use: str, months: int) -> str:
    """The period of so many whole months that begins or ends on a day; the text itself when the day does neither."""
    found = day_in(text)
    if found is None:
        return text
    first = found.year * YEAR + found.month - 1 - (months - 1 if use == "last_day" else 0)
    whole = periods.span(first, months)
    fits = found == (whole.end if use == "last_day" else whole.start)
    return periods.label(whole.start, whole.end) if fits else text


def _iso(text: str) -> str:
    found: date | None = day_in(text)
    return found.isoformat() if found else text
