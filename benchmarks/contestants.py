"""Who competes in `benchmarks/upload.py`: each takes a folder with the files and gives what is to be timed."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ROWS = 1_000_000
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
    from data.catalogue import load
    from data.settings import Settings
    from data.workspace import open_workspace

    database, catalogue = folder / f"ours-{again}.duckdb", load()
    database.unlink(missing_ok=True)
    connection = open_workspace(Settings(str(database), "empty"), catalogue)

    if again:
        sending(connection, catalogue, folder / "a.csv")()
    return sending(connection, catalogue, folder / ("b.csv" if again else "a.csv"))


def sending(connection: Any, catalogue: Any, file: Path) -> Callable[[], None]:
    """Read, check, compare and store a file, as the Upload page does."""
    from data.actor import LOCAL_ADMINISTRATOR
    from data.submission import confirm, prepare
    from data.versions import Moment

    def run() -> None:
        prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, file.read_bytes(), file.name)
        assert prepared.screening.acceptable and prepared.screening.rows_read == ROWS
        confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())

    return run


def pandera(folder: Path) -> Callable[[], object]:
    """Our rules as far as a schema can say them, on the cells as text and the numbers in them, as pandas reads both."""
    import pandera.pandas as pa

    from data.screening.personal import HINTS

    codes, keys, key_columns = known()
    names, kinds, wholes = names_by_code(), kinds_of_period(), wholes_by_code()
    number = pa.Check.str_matches(r"^[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?$")
    thousands = pa.Check(lambda cells: ~cells.str.contains(r"^[-+]?0\d{0,2},\d{3}$", regex=True, na=False))
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
            **{name: pa.Column(str, [number, thousands], nullable=True) for name in NUMBERS.values()},
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
            pa.Check(lambda f: f["indicator"].map(kinds) == f["kind"]),
            pa.Check(lambda f: f["end"] <= THIS_MONTH),
            pa.Check(lambda f: wholes_among_parts(f, wholes)),
            pa.Check(parts_add_up),
            pa.Check(no_jump),
            pa.Check(no_copy),
            pa.Check(usual_size),
        ],
        unique=key_columns,
    )

    def run() -> object:
        frame = pd.read_csv(folder / "a.csv", dtype=str)
        numbers = {short: pd.to_numeric(frame[name], errors="coerce") for short, name in NUMBERS.items()}
        return schema.validate(in_series(frame.assign(**numbers, **of_periods(frame["period"]))), lazy=True)

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


def of_periods(periods: Any) -> dict[str, Any]:
    """The kind of each period by how it is written, and the month after its end as a number; each is read once."""
    patterns = {
        "quarter": PERIOD,
        "financial_year": r"^\d{4}/\d{2}$",
        "calendar_year": r"^\d{4}$",
        "rolling_year": "^year ending ",
        "month": r"^[A-Z][a-z]+ \d{4}$",
    }
    each = pd.Series(periods.unique())
    kinds = np.select([each.str.match(pattern) for pattern in patterns.values()], list(patterns), default="")
    parts = each.str.extract(r"^(\d{4})/\d{2} Q([1-4])$").astype(float)
    month = parts[1] * 3 + 4
    ends = (parts[0] + (month > 12)) * 100 + (month - 1) % 12 + 1
    return {
        "kind": periods.map(dict(zip(each, kinds, strict=True))),
        "end": periods.map(dict(zip(each, ends, strict=True))),
    }


def wholes_among_parts(frame: Any, wholes: dict[str, str]) -> bool:
    """Whether the figure of each region lies between the smallest and largest of its areas."""
    totals = frame[frame["breakdown_type"].isna()]
    keys = [totals["area_code"].map(wholes), totals["indicator"], totals["period"]]
    spread = totals.groupby(keys)["figure"].agg(["min", "max"])
    figures = totals.set_index(["area_code", "indicator", "period"])["figure"]
    both = spread.join(figures.rename("whole"), how="inner")
    return bool(((both["whole"] >= both["min"]) & (both["whole"] <= both["max"])).all())


def parts_add_up(frame: Any) -> bool:
    """Whether the parts of each fact give its total, where there is one."""
    keys = ["area_code", "indicator", "period"]
    whole = frame["breakdown_type"].isna()
    totals = frame[whole].set_index(keys)["n"]
    sums = frame[~whole].groupby(keys)["n"].sum()
    return bool((totals - sums).dropna().abs().lt(1e-6).all())


def in_series(frame: Any) -> Any:
    """The rows in the order of their periods, with the figure of each and the number of its series."""
    ordered = frame.sort_values("period", kind="stable")
    keys = ["area_code", "indicator", "breakdown_type", "breakdown"]
    series = ordered.groupby(keys, dropna=False, sort=False).ngroup()
    return ordered.assign(series=series, figure=ordered["n"] / ordered["d"])


def no_jump(frame: Any) -> bool:
    """Whether the last figure of each series of twelve or more lies within the control limits of those before it."""
    steps = frame.groupby("series")["figure"].diff().abs()
    groups = frame.assign(step=steps).groupby("series")
    centre, step, count = groups["figure"].mean(), groups["step"].mean(), groups["figure"].count()
    last = groups["figure"].last()
    return bool(((last - centre).abs() <= 2.66 * step + 1)[count >= 12].all())


def no_copy(frame: Any) -> bool:
    """Whether no area repeats three indicators or more, and half of them, from one period to the next."""
    before = frame.groupby("series")[["n", "d"]].shift()
    same = (frame["n"] == before["n"]) & (frame["d"] == before["d"]) & frame["breakdown_type"].isna()
    alike = frame[same].groupby(["area_code", "period"])["indicator"].nunique()
    return bool((alike < 3).all())


def usual_size(frame: Any) -> bool:
    """Whether no figure of an even series is ten or a hundred times off its median."""
    groups = frame.groupby("series")["figure"]
    low, middle, high = (groups.transform("quantile", share) for share in (0.25, 0.5, 0.75))
    power = np.log10((frame["figure"] / middle).where(frame["figure"] > 0))
    off = (power.abs() > 0.8) & ((power - power.round()).abs() <= 0.2) & (high <= 2 * low)
    return not bool(off.any())


THIS_MONTH = int(f"{date.today():%Y%m}")
NUMBERS = {"n": "numerator", "d": "denominator", "v": "value"}
PERIOD = r"^\d{4}/\d{2} Q[1-4]$"


def known() -> tuple[list[str], list[str], list[str]]:
    """Area codes, indicator keys, and the columns that no two rows may share."""
    from data.catalogue import load

    catalogue = load()
    codes = [code for code, area in catalogue.areas.items() if not area.comparator_only]
    return codes, list(catalogue.indicators), HEADINGS.split(",")[:1] + HEADINGS.split(",")[2:6]


def names_by_code() -> dict[str, str]:
    """Area code to name."""
    from data.catalogue import load

    return {code: area.name for code, area in load().areas.items()}


def kinds_of_period() -> dict[str, str]:
    """Indicator to the kind of its periods."""
    from data.catalogue import load

    return {key: indicator.period_type for key, indicator in load().indicators.items()}


def wholes_by_code() -> dict[str, str]:
    """Area code to that of its region or country."""
    from data.catalogue import load

    return {code: area.parent for code, area in load().areas.items() if area.parent}


CONTESTANTS: dict[str, Callable[[Path], Callable[[], object]]] = {
    LIMIT: bare,
    OURS: ours,
    AGAIN: lambda folder: ours(folder, again=True),
    PANDERA: pandera,
    FRICTIONLESS: frictionless,
}
