"""Regions over two periods, and two places' changes side by side: the frames that the methods are asked with."""

from collections.abc import Sequence

import pandas as pd

from metrics.aggregation import NOBODY_TWICE
from metrics.baseline import KEPT, PERIODS, SERIES, change_of_sums
from metrics.change import OTHER, OWN, difference_in_change
from metrics.columns import require
from metrics.spread import narrowing, spread

PERIOD = ["period_start", "period_end"]
BOTH = ["standard_deviation", "interquartile_range"]
LIMITED = [f"{name}{end}" for name in BOTH for end in ("", "_lower", "_upper")]
NOT_EXPECTED = "no area of it is expected to report this indicator"
OTHER_PERIODS = "the two changes are not over the same periods"


def separate_periods(frame: pd.DataFrame) -> pd.DataFrame:
    """The periods of a series of which no two overlap, chosen from the newest backwards.

    Parameters
    ----------
    frame : columns ``period_start`` and ``period_end``, in any order, a period as often as it has rows.

    Returns
    -------
    The two columns, one row per period, oldest first. Of periods that overlap the newest stays, then the next that
    had ended before it began.

    Examples
    --------
    >>> years = [("2023-01-01", "2023-12-31"), ("2023-07-01", "2024-06-30"), ("2022-07-01", "2023-06-30")]
    >>> separate_periods(pd.DataFrame(years, columns=["period_start", "period_end"]))
      period_start  period_end
    0   2022-07-01  2023-06-30
    1   2023-07-01  2024-06-30
    """
    require(frame, *PERIOD)
    periods = frame[PERIOD].drop_duplicates().sort_values(["period_end", "period_start"], ascending=False)
    kept: list[tuple[object, object]] = []
    begins = None
    for start, end in periods.itertuples(index=False):
        if begins is None or end < begins:
            kept.append((start, end))
            begins = start
    return pd.DataFrame(kept[::-1], columns=PERIOD)


def earlier_periods(frame: pd.DataFrame, start: pd.Timestamp) -> pd.DataFrame:
    """The periods of ``frame`` that had ended before ``start``, newest first: those that a change may begin with."""
    require(frame, *PERIOD)
    periods = frame.loc[frame["period_end"] < start, PERIOD].drop_duplicates()
    return periods.sort_values(["period_end", "period_start"], ascending=False, ignore_index=True)


def change_between(own: pd.DataFrame, areas: pd.DataFrame, later: pd.Series, earlier: pd.Series) -> pd.DataFrame:
    """Change of each region and of England between two periods, over the areas that have both.

    Parameters
    ----------
    own : one indicator's observations of areas as ``values.evaluate`` leaves them, with ``area_code``, ``SERIES``,
        ``counts_add_up`` and ``baseline.KEPT``.
    areas : ``area_code`` and ``region_code``, an area once for its region and once for England.
    later, earlier : the two periods, each with ``period_start`` and ``period_end``.

    Returns
    -------
    As ``baseline.change_of_sums`` returns it; nothing where no area has both periods.
    """
    require(own, "area_code", "counts_add_up", *SERIES, *KEPT)
    now, then = (own[(own[PERIOD] == period[PERIOD]).all(axis=1)] for period in (later, earlier))
    before = then[["area_code", *KEPT]].rename(columns={name: f"earlier_{name}" for name in KEPT})
    return change_of_sums(now.merge(before, on="area_code"), areas)


def spread_between(both: pd.DataFrame, measure: str = "standard_deviation") -> pd.DataFrame:
    """Whether the spread between regions narrowed, from their changes over the areas that have both periods.

    Parameters
    ----------
    both : regions as ``change_between`` returns them, without England: ``area_code``, the value with its limits and
        the same after ``earlier_``.
    measure : ``standard_deviation`` or ``interquartile_range``.

    Returns
    -------
    One row: what ``spread.spread`` says of the later period, the sizes and limits of the earlier one after
    ``earlier_``, and what ``spread.narrowing`` adds. Only regions with a value in both periods are in it. No row
    where ``both`` has none.
    """
    in_both = both["value"].notna() & both["earlier_value"].notna()
    now = spread(both.assign(value=both["value"].where(in_both)))
    earlier = {name: both[f"earlier_{name}"].where(in_both) for name in ("value", "lower", "upper")}
    before = spread(both.assign(**earlier))[LIMITED].add_prefix("earlier_")
    found = narrowing(pd.concat([now, before], axis=1), measure)
    return found.assign(reason=now["reason"].fillna(found["reason"]))


def two_changes(changed: pd.DataFrame, first: Sequence[str], second: Sequence[str]) -> pd.DataFrame:
    """The changes since the baseline of two places, each made of one or more areas.

    Parameters
    ----------
    changed : one indicator's pairs as ``baseline.change_since`` returns them, with ``SERIES`` and ``counts_add_up``.
    first, second : codes of the areas that make up each place; none may be in both.

    Returns
    -------
    Two rows, ``first`` and ``second`` in ``area_code``: value, limits and periods of both figures, ``difference``,
    its limits, ``change`` and ``reason``. Two single areas are taken as they are; otherwise areas are summed as
    ``baseline.change_of_sums`` does, with ``areas_included`` and ``areas_expected``.
    """
    require(changed, "area_code", *SERIES, *PERIODS, *OWN, "reason")
    places = pd.DataFrame(
        [(code, name) for name, codes in (("first", first), ("second", second)) for code in codes],
        columns=["area_code", "region_code"],
    )
    within = changed[changed["area_code"].isin(places["area_code"])]
    if len(places) == 2:
        found = within.assign(area_code=within["area_code"].map(dict(places.to_numpy())))
    else:
        found = change_of_sums(within, places)
    return _with_reasons(found, within, places)


def in_contrast(two: pd.DataFrame, polarity: str) -> pd.DataFrame:
    """How far the first place's change differs from the second's: what ``change.difference_in_change`` adds.

    ``two`` is as ``two_changes`` returns it. One row; where there is no difference, ``reason`` says why.
    """
    first, second = (two[two["area_code"] == name].reset_index(drop=True) for name in ("first", "second"))
    beside = first.assign(**{other: second[own] for own, other in zip(OWN, OTHER, strict=True)}, polarity=polarity)
    same = (first[PERIODS] == second[PERIODS]).all(axis=1)
    why = first["reason"].fillna(second["reason"])
    why = why.mask(why.isna() & ~same, OTHER_PERIODS)
    usable = beside.assign(**{name: beside[name].where(why.isna()) for name in OWN})
    found = difference_in_change(usable)
    return found.assign(reason=why.fillna(found["reason"]))


def _with_reasons(found: pd.DataFrame, changed: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Both places, each once; one that no area reported twice has the commonest reason of its areas."""
    both = found.drop_duplicates("area_code").set_index("area_code").reindex(["first", "second"])
    of_place = places.groupby("region_code")["area_code"]
    why = {str(name): _commonest(changed[changed["area_code"].isin(codes)]) for name, codes in of_place}
    missing = both["difference"].isna() & both["reason"].fillna(NOBODY_TWICE).eq(NOBODY_TWICE)
    reason = both["reason"].mask(missing, pd.Series(why, dtype="str").reindex(both.index))
    return both.assign(reason=reason).reset_index()


def _commonest(changed: pd.DataFrame) -> str:
    """The reason that most areas have, or that none of them is expected to report."""
    reasons = changed["reason"].dropna()
    if changed.empty:
        return NOT_EXPECTED
    return str(reasons.mode().iloc[0]) if len(reasons) else NOBODY_TWICE
