"""Figures of a region or of England from its areas' counts: sums over sums, never averages of percentages."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.columns import Bools, as_names, first_rule, group_codes, numbers, require, series_keys

# Sums are told apart by a number: comparing the texts that name them takes several times as long.
KEYS = ["series", "region_code"]
NOT_ADDITIVE = "the indicator's counts do not add up across areas"
TWICE = "an area is given more than once"
NOBODY = "no area reported"
NOBODY_TWICE = "no area reported both periods"


def sums(frame: pd.DataFrame, areas: pd.DataFrame, by: str | Sequence[str] = ()) -> pd.DataFrame:
    """Add up the areas of each region.

    Parameters
    ----------
    frame : one row per area: ``area_code``, ``numerator``, ``denominator`` (all missing for plain counts),
        ``counts_add_up`` (true or false, as the indicator says), and the columns of ``by``.
    areas : the areas expected: ``area_code`` and ``region_code`` (or England's code).
    by : columns that tell separate sums apart, such as indicator and period.

    Returns
    -------
    One row per sum and region: ``by``, ``area_code`` (the region's), ``numerator``, ``denominator``,
    ``areas_included``, ``areas_expected`` and ``reason``. Areas that are not expected are left out.

    Notes
    -----
    An area counts as included when both its counts can be used. No figure is made where counts do not add up, an
    area appears twice, or no area reported.

    Examples
    --------
    >>> areas = pd.DataFrame({"area_code": ["A", "B", "C"], "region_code": ["R", "R", "R"]})
    >>> counts = {"area_code": ["A", "B"], "numerator": [2.0, 3.0], "denominator": [10.0, 40.0]}
    >>> sums(pd.DataFrame({**counts, "counts_add_up": True}), areas).drop(columns="reason")
      area_code  numerator  denominator  areas_included  areas_expected
    0         R        5.0         50.0               2               3
    """
    return added_up(frame, areas, as_names(by), [("numerator", "denominator")], NOBODY)


def sums_of_both_periods(frame: pd.DataFrame, areas: pd.DataFrame, by: str | Sequence[str] = ()) -> pd.DataFrame:
    """Add up the areas of each region that are there in both periods, so that a gap never looks like a fall.

    Parameters
    ----------
    frame : as for ``sums``, with ``earlier_numerator`` and ``earlier_denominator``.
    areas, by : as for ``sums``.

    Returns
    -------
    As ``sums``, with ``earlier_numerator`` and ``earlier_denominator`` summed over the same areas.
    """
    pairs = [("numerator", "denominator"), ("earlier_numerator", "earlier_denominator")]
    return added_up(frame, areas, as_names(by), pairs, NOBODY_TWICE)


def added_up(
    frame: pd.DataFrame, areas: pd.DataFrame, by: list[str], pairs: list[tuple[str, str]], nobody: str
) -> pd.DataFrame:
    """The sums of each pair of columns over the areas for which every pair can be used."""
    names = [name for pair in pairs for name in pair]
    require(frame, "area_code", "counts_add_up", *names, *by)
    require(areas, "area_code", "region_code")
    codes, series = group_codes(frame, by)
    rows = frame[["area_code", "counts_add_up"]].assign(series=codes, **{name: numbers(frame, name) for name in names})
    rows = rows.merge(areas[["area_code", "region_code"]].drop_duplicates(), on="area_code")
    usable = np.all([usable_counts(rows, pair) for pair in pairs], axis=0)
    rows = rows.assign(
        **{name: np.where(usable, rows[name], np.nan) for name in names},
        areas_included=usable,
        twice=rows.duplicated([*KEYS, "area_code"]),
        refused=~rows["counts_add_up"].eq(True),
    )
    how = dict.fromkeys((*names, "areas_included"), "sum") | dict.fromkeys(("twice", "refused"), "max")
    found = grid(series if by else 1, areas).merge(rows.groupby(KEYS, sort=False).agg(how), on=KEYS, how="left")
    named = series_keys(frame, by, series).reindex(found["series"]).set_axis(found.index)
    return finished(pd.concat([named, found], axis=1), areas, by, pairs, nobody)


def grid(series: int, areas: pd.DataFrame) -> pd.DataFrame:
    """Every sum for every region, also where no area of the region has a row."""
    regions = areas[["region_code"]].drop_duplicates()
    return pd.DataFrame({"series": np.arange(series)}).merge(regions, how="cross")


def usable_counts(rows: pd.DataFrame, pair: tuple[str, str]) -> Bools:
    """Which areas' counts can be added up; where no area has a denominator the figure is a plain count."""
    x, n = numbers(rows, pair[0]), numbers(rows, pair[1])
    plain = pd.Series(np.isnan(n), index=rows.index).groupby([rows[key] for key in KEYS]).transform("all")
    return np.asarray((x >= 0) & (x < np.inf) & (((n > 0) & (n < np.inf)) | plain.to_numpy()))


def finished(
    found: pd.DataFrame, areas: pd.DataFrame, by: list[str], pairs: list[tuple[str, str]], nobody: str
) -> pd.DataFrame:
    """The sums with their completeness, and the reason where there is no figure."""
    expected = areas.drop_duplicates(["area_code", "region_code"])["region_code"].value_counts()
    included = numbers(found, "areas_included")
    rules = [
        (found["refused"].eq(True).to_numpy(), NOT_ADDITIVE),
        (found["twice"].eq(True).to_numpy(), TWICE),
        (~(included > 0), nobody),
    ]
    reason = first_rule(rules, len(found))
    refused = pd.notna(reason)
    added = {name: np.where(refused, np.nan, numbers(found, name)) for pair in pairs for name in pair}
    for _, denominator in pairs:
        added[denominator] = np.where(added[denominator] > 0, added[denominator], np.nan)
    return found[by].assign(
        area_code=found["region_code"],
        **added,
        areas_included=np.nan_to_num(included).astype(np.int64),
        areas_expected=found["region_code"].map(expected),
        reason=reason,
    )
