"""Every place on one frame: areas, and the regions and England made from the sums of their areas."""

import pandas as pd

from metrics.aggregation import sums
from metrics.columns import has, require
from metrics.values import evaluate

SERIES = [
    "indicator",
    "measure",
    "multiplier",
    "polarity",
    "period_type",
    "resident_population",
    "period_start",
    "period_end",
]
BY = [*SERIES, "population_year"]
PERIOD = ["indicator", "area_code", "period_start", "period_end"]


def every_place(own: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Add regions and England to the evaluated observations of areas.

    Parameters
    ----------
    own : observations as ``values.evaluate`` leaves them, with ``SERIES``, ``area_code`` and ``counts_add_up``.
    areas : the areas that make up each region and England: ``area_code`` and ``region_code``; an area stands once for
        its region and once for England.

    Returns
    -------
    ``own`` followed by one row per series and larger place, with ``areas_included`` and
    ``areas_expected``. A value that a region or England reported itself stands in place of the sum. Where ``own``
    has ``population_year``, a sum has the year that its areas share.

    Notes
    -----
    Sums over sums: see ``aggregation.sums``. Where no figure can be made, ``reason`` says why.

    Examples
    --------
    >>> series = dict.fromkeys([*SERIES, "area_code", "counts_add_up", "value"], [])
    >>> every_place(pd.DataFrame(series), pd.DataFrame({"area_code": [], "region_code": []})).empty
    True
    """
    require(own, *SERIES, "area_code", "counts_add_up", "value")
    if own.empty:
        return own.assign(areas_included=pd.Series(dtype="Int64"), areas_expected=pd.Series(dtype="Int64"))
    summed = sums(_with_shared_year(own), areas, by=[name for name in BY if has(own, name)])
    larger = evaluate(summed.assign(value=None, lower=None, upper=None, note=None, rates_given=True).astype(
        {"value": "float64", "lower": "float64", "upper": "float64"}))  # fmt: skip
    larger["reason"] = summed["reason"].fillna(larger["reason"])
    both = pd.concat([own, larger], ignore_index=True)
    order = both["value"].isna().to_numpy().argsort(kind="stable")
    twice = both[PERIOD].iloc[order].duplicated()
    return both.loc[~twice.sort_index()].reset_index(drop=True) if twice.any() else both


def well_covered(frame: pd.DataFrame) -> "pd.Series[bool]":
    """Which rows rest on more than half as many areas as their series ever has; a row that is no sum always does.

    ``frame`` is as ``every_place`` returns it. It keeps an area that reports ahead of the others from standing alone
    for its region or for England.
    """
    included = frame["areas_included"].astype("float64")
    if included.isna().all():
        return included.isna()
    most = included.groupby([frame["indicator"], frame["area_code"]]).transform("max")
    return included.isna() | (included * 2 > most)


def latest_of(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The row of the latest period for each of the keys, and of several with the same end the last; latest last.

    Only the keys are put in order, because a frame of every place is wide.
    """
    ordered = frame[[*keys, "period_end"]].sort_values("period_end", kind="stable")
    return frame.loc[ordered.drop_duplicates(keys, keep="last").index]


def benchmarks(everywhere: pd.DataFrame, country: str) -> pd.DataFrame:
    """The figures of a country that its places may be held against: a value, and not made of one area or of few.

    Parameters
    ----------
    everywhere : as ``every_place`` returns it, of all periods: the best covered one tells what few are.
    country : the ``area_code`` of the country.

    Returns
    -------
    Its rows that have a value, are ``well_covered``, and are either no sum or one of two areas or more: one area would
    meet itself.
    """
    require(everywhere, "area_code", "value", "areas_included")
    own = everywhere.loc[everywhere["area_code"] == country]
    sums = own["areas_included"].astype("float64").fillna(2) >= 2
    return own.loc[own["value"].notna() & sums & well_covered(own)]


def _with_shared_year(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with each series' year of population estimates, missing where its areas have different ones."""
    if not has(frame, "population_year"):
        return frame
    years = frame.groupby(SERIES)["population_year"]
    return frame.assign(population_year=years.transform("max").where(years.transform("nunique") == 1))
