"""A store with ten million observations, as the benchmarks of pages need one. All figures are invented."""

from datetime import date
from pathlib import Path
from uuid import uuid4

import duckdb

OBSERVATIONS = 10_000_000
LAST = date(2026, 9, 30)
# Quarters and months by which areas would have reported since 2011: each total with its parts by age, sex and so on.
FILL = """
INSERT INTO observation
WITH series AS (
    SELECT key, CASE period_type WHEN 'month' THEN 1 ELSE 3 END AS months
    FROM indicator WHERE until_version IS NULL AND period_type IN ('month', 'quarter') AND measure = 'proportion'
),
period AS (
    SELECT key, CAST(last_day(DATE $last - to_months(CAST(step * months AS INTEGER))) AS DATE) AS period_end, months
    FROM series, range(0, 189) AS steps(step) WHERE step * months < 189
),
area_part AS (
    SELECT code, part FROM area, range(0, 322) AS parts(part)
    WHERE until_version IS NULL AND type = 'police_force_area' AND NOT comparator_only
)
SELECT p.key, a.code, CAST(p.period_end + 1 - to_months(p.months) AS DATE), p.period_end,
    CASE WHEN part = 0 THEN '' ELSE 'age, sex and ethnic group' END,
    CASE WHEN part = 0 THEN '' ELSE 'group ' || part END, '',
    hash(p.key, a.code, p.period_end, part) % 400 + 300, 1000, NULL, NULL, NULL, NULL, 'Invented',
    $submission::UUID, CAST(row_number() OVER () AS INTEGER), 1, NULL
FROM period p CROSS JOIN area_part a
ANTI JOIN observation o ON o.indicator = p.key AND o.area_code = a.code AND o.period_end = p.period_end
ORDER BY p.period_end, p.key, a.code, part
LIMIT $rows
"""
SENT = """
INSERT INTO submission BY NAME
SELECT * REPLACE ($submission::UUID AS id, 'invented_large.csv' AS file_name, repeat('0', 64) AS sha256, 1 AS version)
FROM submission WHERE template = 'observations' AND invented LIMIT 1
"""


def fill(database: Path, rows: int = OBSERVATIONS) -> int:
    """Add invented observations to a demonstration workspace until it holds so many; how many there are then."""
    submission = uuid4()
    with duckdb.connect(str(database)) as connection:
        held = count(connection)
        connection.execute(SENT, {"submission": submission})
        connection.execute(FILL.replace("$last", f"'{LAST}'"), {"submission": submission, "rows": rows - held})
        connection.execute("CHECKPOINT")
        return count(connection)


def count(connection: duckdb.DuckDBPyConnection) -> int:
    """How many observations there are."""
    found = connection.execute("SELECT count(*) FROM observation").fetchone()
    return 0 if found is None else int(found[0])
