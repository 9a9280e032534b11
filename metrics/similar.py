"""How alike areas are on stated public characteristics: a nearest-neighbour distance that can be worked by hand."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from metrics.columns import Bools, Floats, check_above_zero, choose, first_rule, numbers, require
from metrics.errors import MetricError

SCALES = ("plain", "log")
LEFT_OUT = "left out of the comparison"
MISSING = "a characteristic is missing"
NOT_POSITIVE = "a characteristic on a log scale is not above zero"


@dataclass(frozen=True)
class Measured:
    """How one characteristic enters the distance: ``log`` where it is skewed, and its weight beside the others."""

    scale: str
    weight: float


def nearest(frame: pd.DataFrame, area: str, characteristics: Mapping[str, Measured]) -> pd.DataFrame:
    """Add how far each area is from one of them, and its rank.

    Parameters
    ----------
    frame : one row per area: ``area_code``, ``left_out`` (true: no part of the comparison) and one column per
        characteristic.
    area : the code of the area that the others are compared with.
    characteristics : scale and weight by column name.

    Returns
    -------
    The frame with ``<name>_score`` for each characteristic (standard deviations from the mean of the areas that take
    part), ``distance`` (0 for the area itself), ``rank`` (1 is the most alike; missing for the area itself; ties take
    the order of the frame) and ``reason`` where there is no distance.

    Notes
    -----
    Score: value, or its natural logarithm, less the mean, over the standard deviation (n − 1). Distance: the square
    root of the weighted mean of the squared differences of the scores, so 1 is a standard deviation apart on average.
    A characteristic that does not vary tells nobody apart and scores 0.

    References
    ----------
    Standardised Euclidean distance, as in the nearest-neighbour models of CIPFA and of Fingertips.

    Examples
    --------
    >>> towns = pd.DataFrame({"area_code": list("ABC"), "left_out": False, "people": [10.0, 20.0, 30.0]})
    >>> nearest(towns, "A", {"people": Measured("plain", 1.0)})[["distance", "rank"]]
       distance  rank
    0       0.0   NaN
    1       1.0   1.0
    2       2.0   2.0
    """
    require(frame, "area_code", "left_out", *characteristics)
    own = _place_of(frame, area)
    values = {name: _scaled(frame, name, how) for name, how in characteristics.items()}
    reason = _reason(frame, values, own)
    used = pd.isna(reason)
    scores = {name: _standardised(found, _taking_part(frame, values)) for name, found in values.items()}
    distance = np.where(used, _distance(scores, characteristics, own), np.nan)
    others = pd.Series(distance, index=frame.index).where(np.arange(len(frame)) != own)
    added = {f"{name}_score": score for name, score in scores.items()}
    return frame.assign(**added, distance=distance, rank=others.rank(method="first"), reason=reason)


def _taking_part(frame: pd.DataFrame, values: Mapping[str, Floats]) -> Bools:
    """The areas that are not left out and have every characteristic."""
    usable = np.all([np.isfinite(found) for found in values.values()], axis=0)
    return np.asarray(usable & ~frame["left_out"].to_numpy(dtype=bool))


def _reason(frame: pd.DataFrame, values: Mapping[str, Floats], own: int) -> ExtensionArray:
    """Why an area has no distance; all have the reason of the area itself, where it has one."""
    out = frame["left_out"].to_numpy(dtype=bool)
    absent = np.any([np.isnan(numbers(frame, name)) for name in values], axis=0)
    unusable = ~_taking_part(frame, values)
    rules = [(out, LEFT_OUT), (absent, MISSING), (unusable, NOT_POSITIVE)]
    return first_rule([(broken | broken[own], words) for broken, words in rules], len(frame))


def _place_of(frame: pd.DataFrame, area: str) -> int:
    places = np.flatnonzero(frame["area_code"].to_numpy() == area)
    if len(places) != 1:
        raise MetricError(f"The area '{area}' must have exactly one row; it has {len(places)}.")
    return int(places[0])


def _scaled(frame: pd.DataFrame, name: str, how: Measured) -> Floats:
    choose(how.scale, SCALES, "scale")
    check_above_zero(how.weight, "weight")
    value = numbers(frame, name)
    if how.scale == "plain":
        return value
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(value > 0, np.log(value), np.nan)


def _standardised(value: Floats, used: Bools) -> Floats:
    """Standard deviations from the mean of the areas that take part; missing for the others."""
    known = value[used]
    deviation = known.std(ddof=1) if len(known) > 1 else 0.0
    if deviation <= 1e-12 * np.abs(known).max(initial=0.0):
        return np.where(used, 0.0, np.nan)
    return np.where(used, (value - known.mean()) / deviation, np.nan)


def _distance(scores: Mapping[str, Floats], characteristics: Mapping[str, Measured], own: int) -> Floats:
    weights = {name: how.weight for name, how in characteristics.items()}
    apart = [weights[name] * (score - score[own]) ** 2 for name, score in scores.items()]
    return np.asarray(np.sqrt(np.sum(apart, axis=0) / sum(weights.values())))


def per_square_kilometre(people: "pd.Series[float]", land: "pd.Series[float]") -> "pd.Series[float]":
    """Residents per square kilometre of land."""
    return people / land


def growth(latest: "pd.Series[float]", earlier: "pd.Series[float]") -> "pd.Series[float]":
    """Change of residents in per cent of the earlier number."""
    return (latest / earlier - 1) * 100
