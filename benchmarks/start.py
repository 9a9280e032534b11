"""How long it takes from `run.py` to the first page drawn in Chromium.

    python benchmarks/start.py            a table
    python benchmarks/start.py --json     one JSON line

The virtual environment exists. First start: there is no database, so the demonstration workspace is made. Warm: it is
there. Chromium runs already, asks as soon as the server answers, and the page counts as drawn when its chart is to be
seen and its last line stands at its end. Peer: the bare server of the same Streamlit with an empty page, from start to
that page drawn, in the same run.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

# A file is run with its own folder first on the path, where metrics.py would hide the package of the same name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from benchmarks.served import bare_streamlit, dashboard, wait_until_it_answers  # noqa: E402
from tests.browser import chromium  # noqa: E402

LIMIT = 5.0
FIRST_STARTS, WARM_STARTS = 3, 5
CHART, LAST_LINE = ".stPlotlyChart .main-svg", "text=Address of exactly this view"


def until_drawn(start: Callable, browser: Browser, *signs: str) -> dict[str, float]:
    """Seconds from the start until the server answers and until all the signs of a drawn page are there."""
    begun = time.perf_counter()
    with start() as address:
        wait_until_it_answers(address)
        answered = time.perf_counter() - begun
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.goto(address)
        for sign in signs:
            page.locator(sign).first.wait_for(timeout=120_000)
        drawn = time.perf_counter() - begun
        page.close()
    return {"answers": answered, "drawn": drawn}


def line(what: str, runs: list[dict[str, float]], limit: float | None = None) -> dict[str, object]:
    """The median and the slowest of several starts."""
    drawn = [run["drawn"] for run in runs]
    found = {"what": what, "runs": len(runs), "answers": statistics.median(run["answers"] for run in runs)}
    found |= {"drawn": statistics.median(drawn), "slowest": max(drawn)}
    return found if limit is None else found | {"limit_seconds": limit, "within_limit": max(drawn) <= limit}


def measure(folder: Path, browser: Browser) -> list[dict[str, object]]:
    signs = (CHART, LAST_LINE)
    new = iter(folder / f"{number}.duckdb" for number in range(FIRST_STARTS))
    first = [until_drawn(lambda: dashboard(next(new)), browser, *signs) for _ in range(FIRST_STARTS)]
    held = folder / "0.duckdb"
    warm = [until_drawn(lambda: dashboard(held), browser, *signs) for _ in range(WARM_STARTS)]
    bare = [until_drawn(lambda: bare_streamlit(folder), browser, "h1") for _ in range(FIRST_STARTS)]
    return [
        line("first start, no database", first),
        line("warm start", warm, LIMIT),
        line("Streamlit with an empty page", bare),
    ]


def main() -> None:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium.obtain(), args=list(chromium.FLAGS))
        lines = measure(Path(folder), browser)
        browser.close()
    if "--json" in sys.argv[1:]:
        print(json.dumps({"benchmark": "start", "lines": lines}))
        return
    print(
        f"{'what':30} {'runs':>4} {'answers':>8} {'drawn':>8} {'slowest':>8}  seconds; limit for a warm start {LIMIT}"
    )
    for found in lines:
        verdict = {True: "kept", False: "MISSED"}.get(bool(found["within_limit"])) if "within_limit" in found else ""
        print("{what:30} {runs:>4} {answers:>8.2f} {drawn:>8.2f} {slowest:>8.2f}".format(**found), verdict)


if __name__ == "__main__":
    main()
