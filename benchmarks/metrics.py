"""How fast the methods are, beside their peers in the same run.

    python benchmarks/metrics.py            a table
    python benchmarks/metrics.py --json     one JSON line

Peers: the same columns in bare NumPy and SciPy, the Wilson interval of statsmodels, SciPy's chi-squared quantiles
alone, and PHStatsMethods (`pip install PHStatsMethods`; without it its lines are left out and the run says so).
Every line is the fastest of several runs of a single call, data already in memory.
"""

import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

# A file is run with its own folder first on the path, where this file would hide the package of the same name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from scipy.stats import chi2, norm  # noqa: E402
from statsmodels.stats.proportion import proportion_confint  # noqa: E402

from metrics.control import xmr  # noqa: E402
from metrics.proportions import wilson  # noqa: E402
from metrics.rates import byar  # noqa: E402

try:
    import PHStatsMethods as peer
except ImportError:
    peer = None

MILLION, PEER_ROWS = 1_000_000, 100_000
SERIES, POINTS = 40_000, 36
WILSON, BYAR = "proportions.wilson", "rates.byar"


def fastest(call: Callable[[], object], runs: int = 7) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        call()
        times.append(time.perf_counter() - begun)
    return min(times)


def counts(rows: int, fewest: int = 0) -> pd.DataFrame:
    """Counts over denominators, half of the counts under 10."""
    random = np.random.default_rng(20250731)
    few, many = random.integers(fewest, 10, rows), random.integers(10, 5000, rows)
    numerator = np.where(random.random(rows) < 0.5, few, many).astype(float)
    return pd.DataFrame({"numerator": numerator, "denominator": numerator + random.integers(1, 100_000, rows)})


def bare_wilson(x: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, ...]:
    """The columns that wilson adds, as arrays, without looking whether the rows keep the rules."""
    z = norm.ppf(0.975)
    share = x / n
    half = z * np.sqrt(z * z + 4 * x * (1 - share))
    middle, width = 2 * x + z * z, 2 * (n + z * z)
    lower, upper = 100 * (middle - half) / width, 100 * (middle + half) / width
    return 100 * share, lower, upper, np.full(len(x), "wilson"), np.full(len(x), None)


def bare_byar(x: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, ...]:
    """The columns that byar adds, as arrays, without looking whether the rows keep the rules."""
    z, few, lower, upper = norm.ppf(0.975), x < 10, np.empty(len(x)), np.empty(len(x))
    many, more, small = x[~few], x[~few] + 1, x[few]
    lower[~few] = many * (1 - 1 / (9 * many) - z / (3 * np.sqrt(many))) ** 3
    upper[~few] = more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    lower[few] = np.where(small > 0, chi2.ppf(0.025, 2 * small) / 2, 0)
    upper[few] = chi2.ppf(0.975, 2 * small + 2) / 2
    method = np.where(few, "exact", "byar")
    return 1e5 * x / n, 1e5 * lower / n, 1e5 * upper / n, method, np.full(len(x), None)


def quantiles(x: np.ndarray) -> None:
    """SciPy's chi-squared quantiles alone, on the rows that need the exact limits."""
    small = x[x < 10]
    chi2.ppf(0.025, 2 * small)
    chi2.ppf(0.975, 2 * small + 2)


def intervals() -> list[dict[str, object]]:
    """Wilson and Byar on a million rows, ours first, then each peer."""
    frame = counts(MILLION)
    x, n = frame["numerator"].to_numpy(), frame["denominator"].to_numpy()
    calls: list[tuple[str, str, Callable[[], object]]] = [
        (WILSON, "this project", lambda: wilson(frame)),
        (WILSON, "bare NumPy, same columns", lambda: bare_wilson(x, n)),
        (WILSON, "statsmodels proportion_confint", lambda: proportion_confint(x, n, method="wilson")),
        (BYAR, "this project", lambda: byar(frame)),
        (BYAR, "bare NumPy and SciPy, same columns", lambda: bare_byar(x, n)),
        (BYAR, "scipy.stats.chi2.ppf alone", lambda: quantiles(x)),
    ]
    return [{"what": what, "rows": MILLION, "who": who, "seconds": fastest(call)} for what, who, call in calls]


def against_peer() -> list[dict[str, object]]:
    """Wilson and Byar on fewer rows beside PHStatsMethods, which works row by row."""
    # It refuses a rate of no events, so every count is at least one.
    frame = counts(PEER_ROWS, fewest=1)
    calls: list[tuple[str, str, Callable[[], object], int]] = [
        (WILSON, "this project", lambda: wilson(frame), 7),
        (BYAR, "this project", lambda: byar(frame), 7),
    ]
    if peer is not None:
        columns = ("numerator", "denominator")
        calls += [
            (WILSON, "PHStatsMethods", lambda: peer.ph_proportion(frame.copy(), *columns, multiplier=100), 1),
            (BYAR, "PHStatsMethods", lambda: peer.ph_rate(frame.copy(), *columns), 1),
        ]
    return [
        {"what": what, "rows": PEER_ROWS, "who": who, "seconds": fastest(call, runs)} for what, who, call, runs in calls
    ]


def charts() -> list[dict[str, object]]:
    """Control charts of many series in one call."""
    months = pd.date_range("2023-01-31", periods=POINTS, freq="ME")
    values = np.random.default_rng(20250731).normal(50, 5, SERIES * POINTS)
    series = np.repeat(np.arange(SERIES), POINTS)
    frame = pd.DataFrame({"series": series, "period_end": np.tile(months, SERIES), "value": values})
    seconds = fastest(lambda: xmr(frame, "higher_is_better", by="series"), 3)
    return [{"what": "control.xmr, 40,000 series", "rows": len(frame), "who": "this project", "seconds": seconds}]


def compared(lines: list[dict[str, object]]) -> list[dict[str, object]]:
    """Each line with how many times longer it takes than this project's line for the same rows."""
    ours = {(line["what"], line["rows"]): line["seconds"] for line in lines if line["who"] == "this project"}
    return [{**line, "times_ours": line["seconds"] / ours[line["what"], line["rows"]]} for line in lines]


def main() -> None:
    warnings.simplefilter("ignore")
    lines = compared(intervals() + against_peer() + charts())
    if "--json" in sys.argv[1:]:
        print(json.dumps({"benchmark": "metrics", "peer_installed": peer is not None, "lines": lines}))
        return
    print(f"{'what':28} {'rows':>10}  {'who':36} {'seconds':>9}  {'times ours':>10}")
    for line in lines:
        print("{what:28} {rows:>10,}  {who:36} {seconds:>9.4f}  {times_ours:>10.2f}".format(**line))
    if peer is None:
        print("PHStatsMethods is not installed, so its lines are left out.")


if __name__ == "__main__":
    main()
