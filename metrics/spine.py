"""One place beside the range of all places of its kind, for many indicators at once: the frame of a spine chart."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from metrics.columns import as_names, has, numbers, require, signs

RANGE = ["lowest", "lower_quartile", "upper_quartile", "highest"]
PLACED = ["value", *RANGE]


def ranges(frame: pd.DataFrame, by: str | Sequence[str]) -> pd.DataFrame:
    """The range of the places of one kind, and the range of the middle half of them.

    Parameters
    ----------
    frame : one row per place: ``value`` and the columns of ``by``, such as indicator and period.
    by : columns that tell the ranges apart.

    Returns
    -------
    One row per range: ``by``, ``places`` (how many have a value), ``lowest``, ``lower_quartile``, ``upper_quartile``,
    ``highest`` in the value's unit. Quartiles by linear interpolation.

    Examples
    --------
    >>> frame = pd.DataFrame({"indicator": ["A"] * 5, "value": [1.0, 2, 3, 4, None]})
    >>> ranges(frame, "indicator")[["places", "lowest", "lower_quartile", "highest"]]
       places  lowest  lower_quartile  highest
    0       4     1.0            1.75      4.0
    """
    names = as_names(by)
    require(frame, "value", *names)
    groups = frame.assign(value=numbers(frame, "value")).groupby(names, sort=False)["value"]
    found = groups.agg(places="count", lowest="min", highest="max").reset_index()
    middle = [groups.quantile(share).to_numpy() for share in (0.25, 0.75)]
    return found.assign(lower_quartile=middle[0], upper_quartile=middle[1])[[*names, "places", *RANGE]]


def placed(frame: pd.DataFrame) -> pd.DataFrame:
    """Put each value and its range on one scale: 0 is the benchmark, right of it is better (or higher, unjudged).

    Parameters
    ----------
    frame : ``value``, ``benchmark``, ``RANGE`` in one unit per row, and ``polarity``.

    Returns
    -------
    The frame with ``<name>_at`` for the value and each of ``RANGE``: the distance from the benchmark as a share of that
    of the place farthest from it, from -1 to 1. Missing without a benchmark, or where all places equal it.

    Notes
    -----
    Lower values stand right where lower is better, so ``lowest_at`` may be right of ``highest_at``.

    References
    ----------
    Fingertips technical guidance, "Spine charts" (Office for Health Improvement and Disparities).

    Examples
    --------
    >>> row = {"value": [3.0], "benchmark": [2.0], "lowest": [1.0], "lower_quartile": [1.5], "upper_quartile": [3.0]}
    >>> placed(pd.DataFrame({**row, "highest": [6.0], "polarity": ["lower_is_better"]}))["value_at"].tolist()
    [-0.25]
    """
    require(frame, *PLACED, "benchmark", "polarity")
    benchmark = numbers(frame, "benchmark")
    farthest = np.fmax(numbers(frame, "highest") - benchmark, benchmark - numbers(frame, "lowest"))
    direction = np.where(signs(frame) < 0, -1.0, 1.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = direction / np.where(farthest > 0, farthest, np.nan)
    return frame.assign(**{f"{name}_at": (numbers(frame, name) - benchmark) * scale for name in PLACED})


def worst_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order in which they should be read: worse than the benchmark first, and of those the worsening ones.

    Parameters
    ----------
    frame : ``comparison`` as ``comparison.against_benchmark`` gives it, and ``value_at``. Optional ``meaning`` as
        ``trend.recent_trends`` gives it.

    Returns
    -------
    The rows in a new order: worse, then the rest that is judged, then what differs without a judgement, then what is
    not compared. Within each, getting worse first, then the farthest on the worse side.
    """
    require(frame, "comparison", "value_at")
    order = {"worse": 0, "similar": 1, "better": 2, "higher": 3, "lower": 3}
    word = frame["comparison"].map(order).fillna(4)
    moving = frame["meaning"] if has(frame, "meaning") else pd.Series("", index=frame.index)
    worsening = moving.map({"getting_worse": 0, "getting_better": 2}).fillna(1)
    ranked = frame.assign(word_=word, worsening_=worsening).sort_values(
        ["word_", "worsening_", "value_at"], kind="stable", na_position="last"
    )
    return ranked.drop(columns=["word_", "worsening_"])
