"""Work out a published figure and its limits again, from the package alone.

    python recompute.py consensus-version-18.zip
    python recompute.py consensus-version-18.zip robbery E23000005 2025-06-30

It needs pandas and nothing of the program that made the package. The figure is violence with injury per 100,000
residents in Norfolk and in England, with Byar's 95 % limits. The second line names another indicator that is a rate per
resident, another area, and the last day of another period.
"""

import sys
import zipfile

import pandas as pd

Z = 1.959963984540054
ENGLAND = "E92000001"
FEW = 10
Tables = dict[str, pd.DataFrame]
Figure = tuple[float, float, float]


def read(path: str) -> Tables:
    """The tables that the figure is made of, and the one that holds what was published."""
    days = {"observations": ["period_start", "period_end"], "results": ["period_start", "period_end"]}
    with zipfile.ZipFile(path) as package:
        return {
            name: pd.read_csv(package.open(f"data/{name}.csv"), parse_dates=days.get(name, []))
            for name in ("observations", "populations", "areas", "indicators", "results")
        }


def rows(table: pd.DataFrame, **equal: object) -> pd.DataFrame:
    """The rows in which each named column holds the value given."""
    for name, value in equal.items():
        table = table[table[name] == value]
    return table


def residents(tables: Tables, middle: pd.Timestamp) -> pd.DataFrame:
    """Each area's population: the latest mid-year estimate (30 June) that is not after the middle of the period."""
    people = tables["populations"]
    people = people[pd.to_datetime(people["mid_year"].astype(str) + "-06-30") <= middle]
    return people.sort_values("mid_year").drop_duplicates("area_code", keep="last")[["area_code", "population"]]


def counts(tables: Tables, indicator: str, end: pd.Timestamp) -> pd.DataFrame:
    """Count and population of each police force area of England that has a figure for the period."""
    forces = rows(tables["areas"], type="police_force_area", comparator_only=False)["code"]
    facts = rows(tables["observations"], indicator=indicator, period_end=end, breakdown="total")
    facts = facts[facts["area_code"].isin(forces) & (facts["organisation"] == "whole area")]
    if facts.empty:
        raise SystemExit(f"The package has no figure of {indicator} for a period that ends on {end:%d %B %Y}.")
    start = facts["period_start"].min()
    middle = start + pd.Timedelta(days=((end - start).days + 1) // 2)
    return facts.merge(residents(tables, middle), on="area_code")[["area_code", "numerator", "population"]].dropna()


def byar(events: float, population: float, multiplier: float) -> Figure:
    """A rate and its 95 % limits by Byar's approximation (Breslow and Day 1987, page 69)."""
    if events < FEW:
        raise SystemExit(f"Of fewer than {FEW} events the limits are exact ones, which this script does not work out.")
    more = events + 1
    lower = events * (1 - 1 / (9 * events) - Z / (3 * events**0.5)) ** 3
    upper = more * (1 - 1 / (9 * more) + Z / (3 * more**0.5)) ** 3
    return events / population * multiplier, lower / population * multiplier, upper / population * multiplier


def recomputed(tables: Tables, indicator: str, area: str, end: pd.Timestamp) -> Figure:
    """Value, lower and upper limit of an area, or of England: the sum of counts over the sum of populations."""
    found = counts(tables, indicator, end)
    own = found if area == ENGLAND else rows(found, area_code=area)
    (definition,) = rows(tables["indicators"], key=indicator).to_dict("records")
    return byar(own["numerator"].sum(), own["population"].sum(), definition["multiplier"])


def published(tables: Tables, indicator: str, area: str, end: pd.Timestamp) -> Figure:
    """The same as the package has it."""
    (found,) = rows(tables["results"], indicator=indicator, area_code=area, period_end=end).to_dict("records")
    return found["value"], found["lower"], found["upper"]


def main(path: str, indicator: str = "violence_with_injury", area: str = "E23000024", end: str = "2024-12-31") -> int:
    """Print the figures of the area and of England, ours beside the published ones; 0 when they agree."""
    tables, agree = read(path), True
    for place in (area, ENGLAND):
        ours, theirs = (made(tables, indicator, place, pd.Timestamp(end)) for made in (recomputed, published))
        agree &= all(abs(a - b) < 1e-6 for a, b in zip(ours, theirs, strict=True))
        (name,) = rows(tables["areas"], code=place)["name"]
        print(f"{name}, {indicator}, period to {end}: value, lower and upper 95 % limit")
        print("  worked out: " + ", ".join(f"{number:,.4f}" for number in ours))
        print("  published:  " + ", ".join(f"{number:,.4f}" for number in theirs))
    print("They agree." if agree else "They do not agree.")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
