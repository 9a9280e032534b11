"""How long the script of each page runs, beside the same aggregate asked of DuckDB alone.

    python benchmarks/pages.py            a table
    python benchmarks/pages.py --json     one JSON line

Twice: every page on the demonstration data, and those that read most on ten million observations.

A server is started as people start it, and each page is run through its websocket, as a browser does it: the time is
from the request to the server's word that the script has ended. Cold: nothing is cached, so the store is opened and
every frame worked out again; what Python imports once is part of the start and counted in start.py. Warm: the same view
once more. DuckDB gets the queries that say the same as the page's main figures, on a copy of the same store, in this
process, rows fetched as frames; the page's own queries of the same figures are asked in turn with them.
"""

import json
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

# A file is run with its own folder first on the path, where metrics.py would hide the package of the same name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import duckdb  # noqa: E402
from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: E402
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: E402
from websockets.sync.client import ClientConnection, connect  # noqa: E402

from benchmarks.large import fill  # noqa: E402
from benchmarks.served import dashboard, wait_until_it_answers  # noqa: E402
from data import differences, queries  # noqa: E402
from data.actor import LOCAL_ADMINISTRATOR  # noqa: E402
from data.catalogue import load  # noqa: E402
from data.settings import Settings  # noqa: E402
from data.workspace import open_workspace  # noqa: E402

LIMITS = {"demonstration": {"cold": 0.5, "warm": 0.5}, "ten million": {"cold": 1.0, "warm": 0.3}}
TIMES_DUCKDB = 3
"""The page's queries may take so many times what DuckDB alone takes."""
COLD_RUNS, WARM_RUNS = 5, 20
# Seconds that a reader looks before the next click; Streamlit collects garbage meanwhile.
PAUSE = 0.2
VIEWS = {"England": "", "Norfolk": "area=Norfolk"}
PAGES = {
    "demonstration": (
        *("overview", "commitment", "area", "compare", "regions", "over_time", "what_changed"),
        *("upload", "methods", "data"),
    ),
    "ten million": ("overview", "area", "compare", "what_changed"),
}

CHANGE = """
SELECT indicator, area_code,
    arg_max(numerator, period_end) FILTER (period_end <= DATE '2025-07-31') AS earlier_numerator,
    arg_max(denominator, period_end) FILTER (period_end <= DATE '2025-07-31') AS earlier_denominator,
    arg_max(numerator, period_end) FILTER (period_start > DATE '2025-07-31') AS numerator,
    arg_max(denominator, period_end) FILTER (period_start > DATE '2025-07-31') AS denominator
FROM observation WHERE until_version IS NULL AND breakdown_type = '' AND organisation = ''
GROUP BY ALL
"""
VOICES = (
    "SELECT commitment, area_code, perspective, grade, count(*) FROM insight WHERE until_version IS NULL GROUP BY ALL"
)
FIGURES = """
SELECT o.indicator, o.period_start, o.period_end, a.parent, o.area_code,
    sum(o.numerator) AS numerator, sum(o.denominator) AS denominator, count(*) AS areas
FROM observation o JOIN area a ON a.code = o.area_code AND a.until_version IS NULL
WHERE o.until_version IS NULL AND o.breakdown_type = '' AND o.organisation = ''
GROUP BY GROUPING SETS (
    (o.indicator, o.period_start, o.period_end, o.area_code), (o.indicator, o.period_start, o.period_end, a.parent),
    (o.indicator, o.period_start, o.period_end))
"""
SENT = "SELECT file_name, version, sent_at, rows_new, rows_changed, source FROM submission ORDER BY version DESC"
HELD = "SELECT indicator, count(*), count(DISTINCT area_code) FROM observation WHERE until_version IS NULL GROUP BY ALL"
CHANGED = """
SELECT o.indicator, o.area_code, o.period_end, o.numerator, o.denominator, e.numerator AS was, e.denominator AS was_of
FROM observation o
LEFT JOIN observation e ON e.indicator = o.indicator AND e.area_code = o.area_code AND e.period_end = o.period_end
    AND e.breakdown_type = o.breakdown_type AND e.breakdown = o.breakdown AND e.until_version = o.from_version
WHERE o.from_version = (SELECT max(version) FROM current_version)
"""
SAME = {
    "overview": (CHANGE, VOICES),
    "commitment": (CHANGE, VOICES),
    "area": (FIGURES, CHANGE, VOICES),
    "compare": (FIGURES,),
    "regions": (FIGURES, CHANGE),
    "over_time": (FIGURES,),
    "what_changed": (CHANGED, CHANGE, CHANGE),
    "data": (HELD,),
    "upload": (SENT,),
    "methods": (HELD, CHANGE),
}


class Window:
    """One browser window, as far as the server can tell."""

    def __init__(self, connection: ClientConnection, page: str, query: str) -> None:
        self.connection, self.page, self.query = connection, page, query

    def run(self) -> float:
        """Run the page's script once and return the seconds until the server says that it has ended."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_name = "" if self.page == "overview" else self.page
        begun = time.perf_counter()
        self.connection.send(message.SerializeToString())
        self.wait_for_end()
        seconds = time.perf_counter() - begun
        time.sleep(PAUSE)
        return seconds

    def wait_for_end(self) -> None:
        """Take in what the server sends until the script has ended well."""
        answer = ForwardMsg()
        while not (answer.HasField("script_finished") and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY):
            answer.ParseFromString(self.connection.recv())
            if answer.delta.new_element.WhichOneof("type") == "exception":
                sys.exit(f"The page {self.page} shows an exception.")

    def forget(self) -> None:
        """Have the server forget everything that it keeps between runs."""
        self.connection.send(BackMsg(clear_cache=True).SerializeToString())


@contextmanager
def window(address: str, page: str, query: str) -> Iterator[Window]:
    stream = address.replace("http", "ws", 1) + "/_stcore/stream"
    with connect(stream, subprotocols=["streamlit"], origin=address, max_size=None) as connection:  # type: ignore[list-item]
        yield Window(connection, page, query)


def timed(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    call()
    return time.perf_counter() - begun


def summed(seconds: list[float]) -> dict[str, float]:
    """The median and the 95th percentile (nearest rank)."""
    ordered = sorted(seconds)
    return {"median": statistics.median(ordered), "p95": ordered[max(0, -(-95 * len(ordered) // 100) - 1)]}


def measured(address: str, page: str, query: str) -> Iterator[tuple[str, list[float]]]:
    with window(address, page, query) as opened:
        opened.run()
        cold = []
        for _ in range(COLD_RUNS):
            opened.forget()
            cold.append(opened.run())
        yield "this project, cold", cold
        yield "this project, warm", [opened.run() for _ in range(WARM_RUNS)]


def own_queries(connection: duckdb.DuckDBPyConnection, page: str) -> None:
    """What the page asks of the store for its main figures, the newest version that is there."""
    version = int(queries.current(connection)["version"])
    if page == "what_changed":
        areas = [code for code, area in load().areas.items() if not area.comparator_only]
        differences.changed_figures(connection, version - 1, version, areas)
        touched = differences.touched_periods(connection, version - 1, version)
        queries.observations(connection, version - 1, periods=touched)
    queries.observations(connection, version)
    if page in ("overview", "commitment", "area"):
        queries.insights(connection, LOCAL_ADMINISTRATOR, version)


def asked_of_duckdb(database: Path, page: str) -> Iterator[tuple[str, list[float]]]:
    """Seconds of each time that DuckDB answered the page's aggregate and the page's own queries, frames included."""
    with duckdb.connect(str(database), read_only=True) as connection:
        direct, own = [], []
        for _ in range(WARM_RUNS):
            direct.append(timed(lambda: [connection.execute(sql).df() for sql in SAME[page]]))
            own.append(timed(lambda: own_queries(connection, page)))
    yield "DuckDB alone", direct
    if page in PAGES["ten million"]:
        yield "the page's queries", own


def measure(folder: Path, kind: str) -> Iterator[dict[str, object]]:
    """The lines of one store: each page and view cold and warm, and what DuckDB takes for the same."""
    database, copy = folder / "consensus.duckdb", folder / "copy.duckdb"
    open_workspace(Settings(database=str(database)), load()).close()
    if kind == "ten million":
        fill(database)
    shutil.copy(database, copy)
    with dashboard(database) as address:
        wait_until_it_answers(address)
        for page in PAGES[kind]:
            for view, query in VIEWS.items():
                for who, seconds in measured(address, page, query):
                    yield {"store": kind, "page": page, "view": view, "who": who, **judged(kind, who, seconds)}
            for who, seconds in asked_of_duckdb(copy, page):
                yield {"store": kind, "page": page, "view": "all", "who": who, **summed(seconds)}


def judged(kind: str, who: str, seconds: list[float]) -> dict[str, object]:
    """Median and 95th percentile beside the limit of a run of that kind."""
    limit, found = LIMITS[kind][who.rpartition(" ")[2]], summed(seconds)
    return {**found, "limit": limit, "within_limit": found["p95"] <= limit}


def main() -> None:
    lines: list[dict[str, object]] = []
    for kind in PAGES:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            lines += measure(Path(folder), kind)
    if "--json" in sys.argv[1:]:
        print(json.dumps({"benchmark": "pages", "times_duckdb": TIMES_DUCKDB, "lines": lines}))
        return
    print(f"{'store':14} {'page':13} {'view':8} {'who':20} {'median':>8} {'95 %':>8}")
    for line in lines:
        verdict = ""
        if "limit" in line:
            verdict = f"limit {line['limit']} s {'kept' if line['within_limit'] else 'MISSED'}"
        print("{store:14} {page:13} {view:8} {who:20} {median:>8.3f} {p95:>8.3f}".format(**line), verdict)


if __name__ == "__main__":
    main()
