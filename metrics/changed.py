"""What differs between two pictures of the same places: states before and after, why, and who moved in a ranking."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from metrics.columns import Bools, as_names, first_rule, numbers, require
from metrics.comparison import against_benchmark
from metrics.places import benchmarks, latest_of, well_covered

WAS = "was_"
MUCH = 0.2
LIMITS = ["adjusted_lower_998", "adjusted_upper_998"]
GONE = "a figure was withdrawn"
CORRECTED = "the latest figure was corrected"
BASELINE_CORRECTED = "the baseline was corrected"
NEW_BASELINE = "another period is the baseline"
NEW_FIGURE = "a new figure"
POPULATION = "the population estimate changed"
OTHER_AREAS = "the sum holds other areas"
OTHERWISE = "the definition or the method changed"
ENGLAND_MOVED = "England’s figure changed"
AREAS_MOVED = "other areas’ figures changed"
FIGURES = ["numerator", "denominator", "value", "lower", "upper"]
RAW = ["numerator", "denominator", "value", "note"]
FACT = ["indicator", "area_code", "period_start", "period_end"]
PARTS = ["breakdown_type", "breakdown", "organisation"]


def compared(before: pd.DataFrame, after: pd.DataFrame, keys: str | Sequence[str], state: str) -> pd.DataFrame:
    """The keys whose state differs between two frames, with everything that is known of them before and after.

    Parameters
    ----------
    before, after : the columns of ``keys``, which no two rows share, and ``state``; a missing state is a state too.

    Returns
    -------
    One row per key that differs, in the order of ``after`` and then of ``before``: the columns of ``after``, and those
    of ``before`` after ``was_``, missing where a frame has no such key.

    Examples
    --------
    >>> before = pd.DataFrame({"area": ["A", "B"], "change": ["improved", "worsened"]})
    >>> after = pd.DataFrame({"area": ["A", "B"], "change": ["improved", "improved"]})
    >>> compared(before, after, "area", "change").to_dict("records")
    [{'area': 'B', 'change': 'improved', 'was_change': 'worsened'}]
    """
    names = as_names(keys)
    for frame in (before, after):
        require(frame, *names, state)
    former = before.rename(columns={name: f"{WAS}{name}" for name in before.columns if name not in names})
    both = after.merge(former, on=names, how="outer", sort=False, validate="one_to_one")
    order = pd.concat([after[names], before[names]]).drop_duplicates()
    both = order.merge(both, on=names, how="left")
    differs = ~same(both[state], both[f"{WAS}{state}"])
    return both[differs].reset_index(drop=True)


def same(one: "pd.Series[Any]", other: "pd.Series[Any]") -> Bools:
    """Where two columns hold the same, two missing values included."""
    equal = (one == other).fillna(False).to_numpy(dtype=bool)
    return np.asarray(equal | (one.isna() & other.isna()).to_numpy(dtype=bool))


def cause(frame: pd.DataFrame) -> pd.DataFrame:
    """Add what made the change since the baseline another than it was.

    Parameters
    ----------
    frame : as ``compared`` makes it of two frames of ``baseline.change_since``: ``period_end``, ``value``,
        ``numerator``, the same of the baseline after ``earlier_``, ``areas_included`` (missing: no sum), and all of
        them once more after ``was_``; ``resident_population``.

    Returns
    -------
    The frame with ``why``: one of the sentences above. It names what differs in the data, not what caused it outside.
    """
    return frame.assign(why=first_rule([*_figure_rules(frame), *_baseline_rules(frame)], len(frame))).fillna(
        {"why": OTHERWISE}
    )


def _figure_rules(frame: pd.DataFrame) -> list[tuple[Bools, str]]:
    """New and withdrawn figures: the periods themselves tell."""
    now, was = frame["period_end"], frame[f"{WAS}period_end"]
    base, was_base = frame["earlier_period_end"], frame[f"{WAS}earlier_period_end"]
    gone = (was.notna() & ~(now >= was)) | (was_base.notna() & base.isna())
    new = (now.notna() & ~(now <= was)) | (base.notna() & was_base.isna())
    return [
        (gone.to_numpy(dtype=bool), GONE),
        (new.to_numpy(dtype=bool), NEW_FIGURE),
        (~same(base, was_base), NEW_BASELINE),
    ]


def _baseline_rules(frame: pd.DataFrame) -> list[tuple[Bools, str]]:
    """Corrections: the same period with another number. A sum may also be of other areas, a rate of other people."""
    counts, values = (
        {prefix: same(frame[f"{prefix}{name}"], frame[f"{WAS}{prefix}{name}"]) for prefix in ("", "earlier_")}
        for name in ("numerator", "value")
    )
    resident = frame["resident_population"].eq(True).to_numpy(dtype=bool)
    known = frame["numerator"].notna().to_numpy(dtype=bool)
    estimate = resident & known & counts[""] & counts["earlier_"] & ~(values[""] & values["earlier_"])
    return [
        (~same(frame["areas_included"], frame[f"{WAS}areas_included"]), OTHER_AREAS),
        (estimate, POPULATION),
        (~values[""] | ~counts[""], CORRECTED),
        (~values["earlier_"] | ~counts["earlier_"], BASELINE_CORRECTED),
    ]


def cause_of_figure(frame: pd.DataFrame) -> pd.DataFrame:
    """Add what made the word of a latest figure against its benchmark another than it was.

    Parameters
    ----------
    frame : as ``compared`` makes it of two frames of ``latest_beside``: ``period_end``, ``value``, ``lower``,
        ``upper``, ``numerator``, ``benchmark``, the same after ``was_``, and ``resident_population``.

    Returns
    -------
    The frame with ``why``: one of the sentences above.
    """
    moved = ~same(frame["benchmark"], frame[f"{WAS}benchmark"])
    rules = [*_own_rules(frame), (moved, ENGLAND_MOVED)]
    return frame.assign(why=first_rule(rules, len(frame))).fillna({"why": OTHERWISE})


def cause_of_rank(frame: pd.DataFrame) -> pd.DataFrame:
    """Add what made the rank of a latest figure another than it was: itself, or else the figures beside it.

    ``frame`` is as for ``cause_of_figure``; the benchmark is not asked for. Returned with ``why``.
    """
    return frame.assign(why=first_rule(_own_rules(frame), len(frame))).fillna({"why": AREAS_MOVED})


def _own_rules(frame: pd.DataFrame) -> list[tuple[Bools, str]]:
    """What differs in a latest figure itself: its period, the population beneath it, or its number."""
    now, was = frame["period_end"], frame[f"{WAS}period_end"]
    count, value, lower, upper = (
        same(frame[name], frame[f"{WAS}{name}"]) for name in ("numerator", "value", "lower", "upper")
    )
    counted = frame["numerator"].notna().to_numpy(dtype=bool)
    estimate = frame["resident_population"].eq(True).to_numpy(dtype=bool) & counted & count & ~value
    # Limits of counts are made here, so that only those that came without counts can have been corrected.
    return [
        ((was.notna() & ~(now >= was)).to_numpy(dtype=bool), GONE),
        ((now.notna() & ~(now <= was)).to_numpy(dtype=bool), NEW_FIGURE),
        (estimate, POPULATION),
        (~value | ~count | (~counted & ~(lower & upper)), CORRECTED),
    ]


def latest_beside(
    everywhere: pd.DataFrame, codes: Sequence[str], benchmark: str, same_period: bool = False
) -> pd.DataFrame:
    """The latest figure of each indicator in each area, with the word between it and the benchmark's.

    Parameters
    ----------
    everywhere : every place's figures, as ``places.every_place`` returns them.
    codes : the areas to compare.
    benchmark : the ``area_code`` that they are compared with, where ``places.benchmarks`` has a figure of it.
    same_period : keep only figures of the latest period that the benchmark has.

    Returns
    -------
    One row per indicator and area with ``benchmark``, ``comparison`` and ``reason``, as
    ``comparison.against_benchmark`` adds them. A count is not compared with a total.
    """
    keys = ["indicator", "period_start", "period_end"]
    line = benchmarks(everywhere, benchmark)[[*keys, "value"]].rename(columns={"value": "benchmark"})
    # Rows are chosen by their keys alone, because a frame of every place is wide.
    own = everywhere.loc[everywhere["area_code"].isin(codes), [*keys, "area_code", "areas_included"]]
    own = own[well_covered(own)]
    if same_period:
        newest = pd.MultiIndex.from_frame(latest_of(line, ["indicator"])[keys])
        own = own[pd.MultiIndex.from_frame(own[keys]).isin(newest)]
    chosen = latest_of(own, ["indicator", "area_code"]).index
    beside = everywhere.loc[chosen].merge(line, on=keys, how="left")
    return against_benchmark(beside.assign(benchmark=beside["benchmark"].mask(beside["measure"] == "count")))


def figures_of_both(
    rows: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame, open_rules: Sequence[str]
) -> pd.DataFrame:
    """Put figures that may be shown beside facts that differ between two versions.

    Parameters
    ----------
    rows : one row per fact: ``FACT``, ``PARTS`` (empty for the whole area), ``state`` (``new``, ``corrected``,
        ``withdrawn``, ``reworded``), ``RAW`` and the same after ``was_``.
    before, after : the protected figures of both versions, as ``disclosure.protect`` leaves them, with ``FACT``.
    open_rules : the indicators of which nothing is hidden.

    Returns
    -------
    ``rows`` with ``FIGURES`` now and after ``was_``, ``hidden``, and ``moved`` and ``much`` of ``moved_by``.

    Notes
    -----
    A figure that is hidden at one version is hidden at both: the other would tell what it was about. Of an indicator
    whose small numbers are hidden, no figure of a part of an area is shown.
    """
    whole = (rows[PARTS] == "").all(axis=1)
    found = pd.concat([_totals(rows[whole], before, after), _parts(rows[~whole], open_rules)]).loc[rows.index]
    for prefix, absent in (("", "withdrawn"), (WAS, "new")):
        names = [f"{prefix}{name}" for name in FIGURES]
        found[names] = found[names].astype("float64").mask(found["hidden"] | (found["state"] == absent))
    return moved_by(found)


def _totals(rows: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Whole areas with the protected figures of both versions."""
    kept = rows[[*FACT, *PARTS, "state", "note", f"{WAS}note"]]
    former = _own(before).rename(columns={name: f"{WAS}{name}" for name in [*FIGURES, "hidden"]})
    found = kept.merge(_own(after), on=FACT, how="left").merge(former, on=FACT, how="left").set_axis(rows.index)
    hidden = found["hidden"].eq(True) | found[f"{WAS}hidden"].eq(True)
    return found.drop(columns=f"{WAS}hidden").assign(hidden=hidden.astype(bool))


def _parts(rows: pd.DataFrame, open_rules: Sequence[str]) -> pd.DataFrame:
    """Parts of areas as they were reported, if nothing is hidden of their indicator."""
    limits = dict.fromkeys(["lower", "upper", f"{WAS}lower", f"{WAS}upper"], np.nan)
    return rows.assign(**limits, hidden=~rows["indicator"].isin(open_rules))


def _own(frame: pd.DataFrame) -> pd.DataFrame:
    """What was reported of whole areas, without the sums that stand beside it."""
    own = frame[frame["areas_included"].isna()]
    return own[[*FACT, *FIGURES, "hidden"]]


def moved_by(frame: pd.DataFrame) -> pd.DataFrame:
    """Add how far corrected figures moved.

    Parameters
    ----------
    frame : ``value`` and ``was_value`` in one unit.

    Returns
    -------
    The frame with ``moved`` (later minus earlier) and ``much`` (by more than a fifth of what it was; from zero, any).

    Examples
    --------
    >>> moved_by(pd.DataFrame({"was_value": [50.0, 50.0], "value": [55.0, 75.0]}))["much"].tolist()
    [False, True]
    """
    value, was = numbers(frame, "value"), numbers(frame, f"{WAS}value")
    moved = value - was
    with np.errstate(invalid="ignore"):
        return frame.assign(moved=moved, much=np.abs(moved) > MUCH * np.abs(was))


def ranked(frame: pd.DataFrame) -> pd.DataFrame:
    """Add how far each value lies from the middle of its limits, and its rank among those beyond their limits.

    Parameters
    ----------
    frame : ``value``, ``attention`` and ``LIMITS`` as ``variation.attention`` adds.

    Returns
    -------
    The frame with ``distance`` (1 is at the 99.8 % limit, adjusted for overdispersion) and ``rank`` (1 is farthest;
    missing within the limits; ties share the lowest).

    Notes
    -----
    Distances are in half widths of each value's own limits, so that indicators of different units can be ranked.

    Examples
    --------
    >>> limits = {"adjusted_lower_998": [5.0, 5.0, 5.0], "adjusted_upper_998": [15.0, 15.0, 15.0]}
    >>> frame = pd.DataFrame({"value": [16.0, 11.0, 2.0], "attention": ["high", "within", "low"], **limits})
    >>> ranked(frame)[["distance", "rank"]].fillna(0).to_dict("list")
    {'distance': [1.2, 0.2, 1.6], 'rank': [2, 0, 1]}
    """
    lower, upper = (numbers(frame, name) for name in LIMITS)
    with np.errstate(invalid="ignore", divide="ignore"):
        distance = np.abs(numbers(frame, "value") - (lower + upper) / 2) / ((upper - lower) / 2)
    beyond = frame["attention"].isin(["low", "high"])
    rank = pd.Series(distance, index=frame.index).where(beyond).rank(ascending=False, method="min")
    return frame.assign(distance=distance, rank=rank.astype("Int64"))


def concerning(frame: pd.DataFrame, side: str = "attention") -> Bools:
    """Which rows lie beyond their limits on the side that their ``polarity`` calls worse."""
    require(frame, side, "polarity")
    bad = frame["polarity"].map({"higher_is_better": "low", "lower_is_better": "high"})
    return np.asarray((frame[side] == bad).fillna(False), dtype=bool)
