"""The special causes of an XmR chart, on arrays of many series laid end to end.

``joined`` says for each point whether it follows the one before it without a break: same series, same calculation, no
missing period. A missing value breaks a run too.
"""

import numpy as np

from metrics.columns import Bools, Codes, Floats

RUN = 7
CAUSES = [
    "above_upper_limit",
    "below_lower_limit",
    "seven_rising",
    "seven_falling",
    "two_of_three_high",
    "two_of_three_low",
    "seven_above_mean",
    "seven_below_mean",
    "common_cause",
]


def special_causes(y: Floats, centre: Floats, lower: Floats, upper: Floats, joined: Bools) -> Codes:
    """The first cause that applies to each point, as a place in ``CAUSES``."""
    side = np.sign(y - centre)
    outside = (y > upper) | (y < lower)
    third = (upper - centre) * 2 / 3
    close = ~outside & (np.abs(y - centre) > third)
    trend = seven_trend(y, joined)
    pair = two_of_three(close, side, joined)
    shift = long_runs(side, joined, RUN)
    high, low = side > 0, side < 0
    found = [outside & high, outside & low, trend > 0, trend < 0, pair & high, pair & low, shift & high, shift & low]
    return np.select(found, list(range(len(found))), len(found))


def long_runs(signs: Floats, joined: Bools, length: int) -> Bools:
    """Which points belong to a run of at least so many equal signs; zero and missing make no run."""
    begins = ~joined | (signs != previous(signs))
    run = np.cumsum(begins) - 1
    return np.asarray((signs != 0) & (np.bincount(run, minlength=1)[run] >= length))


def seven_trend(y: Floats, joined: Bools) -> Floats:
    """1 in seven or more points that rise, -1 in seven or more that fall, 0 elsewhere.

    A point that ends one trend and starts another counts with the one it starts.
    """
    step = np.where(joined, np.sign(y - previous(y)), np.nan)
    long = np.where(long_runs(step, joined, RUN - 1), step, 0.0)
    onward = np.append(long[1:], 0.0)[: len(long)]
    return np.where(onward != 0, onward, long)


def two_of_three(close: Bools, side: Floats, joined: Bools) -> Bools:
    """Which points are among two of three in a row close to a limit, all three on one side of the mean."""
    if len(close) < 3:
        return np.zeros(len(close), dtype=bool)
    enough = close[2:] * 1 + close[1:-1] + close[:-2] >= 2
    one_side = np.abs(side[2:] + side[1:-1] + side[:-2]) == 3
    window = enough & one_side & joined[2:] & joined[1:-1]
    member = np.zeros(len(close), dtype=bool)
    for shift in range(3):
        member[shift : len(window) + shift] |= window
    return member & close


def previous(values: Floats) -> Floats:
    """Each point's predecessor, missing for the first."""
    return np.concatenate([[np.nan], values[:-1]])[: len(values)]
