"""How fast a million rows are checked, compared and stored, beside the bare read and two peers in the same run.

    python benchmarks/upload.py            a table
    python benchmarks/upload.py --json     one JSON line

Peers: DuckDB's `read_csv` into a table (the limit: nothing is checked), a pandera schema on a pandas frame, and
`frictionless validate`, each with the same rules as far as it can say them (`pip install pandera frictionless`;
without one of them its line is left out and the run says so). Each contestant runs in a process of its own, on a store
in a file; seconds are the fastest of several runs, from the bytes on disk to the last row kept or judged. Memory is the
most that the process had in use, with what it had before the file was opened beside it.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

# A file is run with its own folder first on the path, where this file would hide the package of the same name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

ROWS, RUNS = 1_000_000, 1
LIMIT = "DuckDB read_csv, nothing checked"
OURS, AGAIN = "ours: checked, compared, stored", "ours: the same again, half of it revised"
PANDERA, FRICTIONLESS = "pandera schema", "frictionless validate"
HEADINGS = "area_code,area_name,indicator,period,breakdown_type,breakdown,numerator,denominator,value,note,comment"


def lines(revised: bool = False) -> Iterator[str]:
    """Invented counts of every area, quarter and age band; revised ones differ in every other row."""
    from data.catalogue import load

    catalogue = load()
    areas = [(code, area.name) for code, area in catalogue.areas.items() if not area.comparator_only]
    keys = [
        key
        for key, item in catalogue.indicators.items()
        if item.measure == "proportion" and item.period_type == "quarter"
    ]
    row = 0
    for year in range(2010, 2026):
        for quarter in (1, 2, 3, 4):
            period = f"{year}/{(year + 1) % 100:02} Q{quarter}"
            for key in keys:
                for code, name in areas:
                    for band in range(31):
                        row += 1
                        count = row * 7919 % 900 + (revised and row % 2)
                        yield f"{code},{name},{key},{period},age,band {band},{count},{900 + row % 50},,,Invented\n"


def write(path: Path, revised: bool = False) -> None:
    """A file of a million rows with the template's headings."""
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEADINGS}\n")
        file.writelines(islice(lines(revised), ROWS))


def bare(folder: Path) -> Callable[[], object]:
    """The limit: the file into a table of a new database file."""
    import duckdb

    database = folder / "bare.duckdb"
    database.unlink(missing_ok=True)
    connection = duckdb.connect(str(database))

    def run() -> None:
        connection.execute("CREATE OR REPLACE TABLE figures AS FROM read_csv($file)", {"file": str(folder / "a.csv")})

    return run


def ours(folder: Path, again: bool = False) -> Callable[[], object]:
    """A file into a workspace that is empty, or that holds a million facts half of which it revises."""
    from data.actor import LOCAL_ADMINISTRATOR
    from data.catalogue import load
    from data.settings import Settings
    from data.submission import confirm, prepare
    from data.versions import Moment
    from data.workspace import open_workspace

    database, catalogue = folder / f"ours-{again}.duckdb", load()
    database.unlink(missing_ok=True)
    connection = open_workspace(Settings(str(database), "empty"), catalogue)

    def send(name: str) -> None:
        prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, (folder / name).read_bytes(), name)
        assert prepared.screening.acceptable and prepared.screening.rows_read == ROWS
        confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())

    if again:
        send("a.csv")
    return lambda: send("b.csv" if again else "a.csv")


def pandera(folder: Path) -> Callable[[], object]:
    """Our rules as far as a schema can say them, on the cells as text and the numbers in them, as pandas reads both."""
    import pandas as pd
    import pandera.pandas as pa

    from data.screening.personal import HINTS

    codes, keys, key_columns = known()
    names = names_by_code()
    number = pa.Check.str_matches(r"^[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?$")
    personal = "|".join(f"(?:{hint})" for hint in HINTS.values())
    impersonal = pa.Check(lambda cells: ~cells.str.contains(personal, regex=True, na=False))
    texts = ["area_name", "breakdown_type", "breakdown", "comment"]
    schema = pa.DataFrameSchema(
        {
            "area_code": pa.Column(str, pa.Check.isin(codes)),
            "indicator": pa.Column(str, pa.Check.isin(keys)),
            "period": pa.Column(str, pa.Check.str_matches(PERIOD)),
            "note": pa.Column(str, pa.Check.isin(["x", "z", "c", "low", "u", "p", "r"]), nullable=True),
            **{name: pa.Column(str, impersonal, nullable=True) for name in texts},
            **{name: pa.Column(str, number, nullable=True) for name in ("numerator", "denominator", "value")},
        },
        checks=[
            pa.Check(lambda f: f["area_code"].map(names) == f["area_name"]),
            pa.Check(lambda f: f["breakdown_type"].isna() == f["breakdown"].isna()),
            pa.Check(lambda f: (f["n"].isna() & f["v"].isna()) == f["note"].isin(["x", "z", "c", "low"])),
            pa.Check(lambda f: ~(f["n"] < 0) & ~(f["d"] <= 0) & ~(f["v"] < 0)),
            pa.Check(lambda f: ~(f["n"] > f["d"])),
            pa.Check(lambda f: f["n"].isna() | (f["n"] % 1 == 0)),
            pa.Check(lambda f: f["n"].isna() | f["d"].notna() | f["v"].notna()),
            pa.Check(lambda f: ~((f["v"] - f["n"] / f["d"] * 100).abs() > 0.5)),
            pa.Check(lambda f: ~(f["v"] > 100)),
            pa.Check(lambda f: f["period"].str[:4].astype(int) <= 2026),
        ],
        unique=key_columns,
    )

    def run() -> object:
        frame = pd.read_csv(folder / "a.csv", dtype=str)
        numbers = {short: pd.to_numeric(frame[name], errors="coerce") for short, name in NUMBERS.items()}
        return schema.validate(frame.assign(**numbers), lazy=True)

    return run


def frictionless(folder: Path) -> Callable[[], object]:
    """A table schema with the rules that frictionless can say."""
    from frictionless import Resource, Schema, system, validate

    codes, keys, key_columns = known()
    rules = {
        "area_code": {"type": "string", "constraints": {"enum": codes}},
        "indicator": {"type": "string", "constraints": {"enum": keys}},
        "period": {"type": "string", "constraints": {"pattern": PERIOD}},
        "numerator": {"type": "integer", "constraints": {"minimum": 0}},
        "denominator": {"type": "integer", "constraints": {"minimum": 1}},
    }
    fields = [{"name": name, **rules.get(name, {"type": "string"})} for name in HEADINGS.split(",")]
    schema = Schema.from_descriptor({"fields": fields, "primaryKey": key_columns})

    def run() -> None:
        with system.use_context(trusted=True):
            report = validate(Resource(path=str(folder / "a.csv"), schema=schema))
        assert report.valid, report.to_summary()

    return run


NUMBERS = {"n": "numerator", "d": "denominator", "v": "value"}
PERIOD = r"^\d{4}/\d{2} Q[1-4]$"


def known() -> tuple[list[str], list[str], list[str]]:
    """Area codes, indicator keys, and the columns that no two rows may share."""
    from data.catalogue import load

    catalogue = load()
    return list(catalogue.areas), list(catalogue.indicators), HEADINGS.split(",")[:1] + HEADINGS.split(",")[2:6]


def names_by_code() -> dict[str, str]:
    """Area code to name."""
    from data.catalogue import load

    return {code: area.name for code, area in load().areas.items()}


CONTESTANTS: dict[str, Callable[[Path], Callable[[], object]]] = {
    LIMIT: bare,
    OURS: ours,
    AGAIN: lambda folder: ours(folder, again=True),
    PANDERA: pandera,
    FRICTIONLESS: frictionless,
}


def memory(field: str) -> int:
    """Bytes in use now (`VmRSS`) or at most so far (`VmHWM`), as Linux counts them; the most elsewhere."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(field)) * 1024


def compete(name: str, folder: Path) -> None:
    """Run one contestant once in this process and print what it took."""
    run = CONTESTANTS[name](folder)
    before = memory("VmRSS")
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # the most so far starts again from now
    except OSError:
        pass
    begun = time.perf_counter()
    run()
    print(json.dumps({"seconds": time.perf_counter() - begun, "before": before, "peak": memory("VmHWM")}))


def outcome(name: str, folder: Path) -> dict[str, float] | None:
    """The fastest run of a contestant and the most memory of any; None when its package is not installed."""
    runs = []
    for _ in range(1 if name == FRICTIONLESS else RUNS):
        command = [sys.executable, __file__, "--contestant", name, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=sys.path[0], env=os.environ)
        if "ModuleNotFoundError" in done.stderr and name in (PANDERA, FRICTIONLESS):
            return None
        if done.returncode:
            raise SystemExit(done.stderr)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return {
        "seconds": min(run["seconds"] for run in runs),
        "before": max(run["before"] for run in runs),
        "peak": max(run["peak"] for run in runs),
    }


def main() -> None:
    if "--contestant" in sys.argv:
        compete(sys.argv[2], Path(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder / "a.csv")
        write(folder / "b.csv", revised=True)
        size = (folder / "a.csv").stat().st_size
        found = {name: outcome(name, folder) for name in CONTESTANTS}
    if "--json" in sys.argv:
        print(json.dumps({"rows": ROWS, "bytes": size, "contestants": found}))
        return
    print(f"{ROWS:,} rows, {size / 1e6:.1f} MB, {os.cpu_count()} processors")
    print(f"{'':45}{'seconds':>9}{'× limit':>9}{'peak MB':>9}{'× file':>8}{'idle MB':>9}")
    limit = found[LIMIT]
    for name, line in found.items():
        if line is None or limit is None:
            print(f"{name:45}left out: the package is not installed")
            continue
        print(
            f"{name:45}{line['seconds']:9.2f}{line['seconds'] / limit['seconds']:9.1f}{line['peak'] / 1e6:9.0f}"
            f"{line['peak'] / size:8.1f}{line['before'] / 1e6:9.0f}"
        )


if __name__ == "__main__":
    main()
