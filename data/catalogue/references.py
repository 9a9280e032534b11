"""Checks across records: whatever a record names must exist, and its fields must agree with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from data.catalogue.fields import shown
from data.catalogue.model import RESIDENT_POPULATION, Area, Catalogue, Indicator
from data.errors import UserError

PARENT_TYPES = {"police_force_area": ("region", "country"), "region": ("country",), "country": ("",)}
PERIODS = {
    "monthly": ("month", "rolling_year"),
    "quarterly": ("quarter", "rolling_year"),
    "yearly": ("calendar_year", "financial_year", "rolling_year"),
}


def check(catalogue: Catalogue) -> Catalogue:
    """The same catalogue; raises UserError at the first thing that does not fit, naming file, key and fix."""
    for problem in _problems(catalogue):
        raise UserError(problem)
    return catalogue


def _problems(catalogue: Catalogue) -> Iterator[str]:
    yield from _commitment_problems(catalogue)
    yield from _tag_problems(catalogue)
    for area in catalogue.areas.values():
        yield from _area_problems(area, catalogue.areas)
    yield from _name_problems(catalogue.areas.values())
    yield from _population_problems(catalogue)
    for indicator in catalogue.indicators.values():
        yield from _indicator_problems(indicator, catalogue)
    yield from _uninformed(catalogue)


def _commitment_problems(catalogue: Catalogue) -> Iterator[str]:
    for item in catalogue.commitments.values():
        yield from _unknown(
            f"commitments.toml, {item.key}: forerunners", item.forerunners, catalogue.forerunners, "a forerunner"
        )


def _tag_problems(catalogue: Catalogue) -> Iterator[str]:
    # Topics and themes are used side by side as tags, so one key may not mean two things.
    for key in catalogue.themes:
        if key in catalogue.topics:
            yield f"themes.toml: key {key} is both a topic and a theme; rename one."


def _area_problems(area: Area, areas: dict[str, Area]) -> Iterator[str]:
    where = f"areas.csv, {area.code}: parent"
    if area.parent:
        yield from _unknown(where, [area.parent], areas, "an area")
    parent_type = areas[area.parent].type if area.parent in areas else ""
    if parent_type not in PARENT_TYPES[area.type]:
        allowed = " or ".join(PARENT_TYPES[area.type])
        fix = f"name the {allowed} that this area lies in" if allowed else "leave it empty"
        yield f"{where} is {shown(area.parent)}; {fix}."


def _name_problems(areas: Iterable[Area]) -> Iterator[str]:
    # "West Midlands" is both a region and a force area, so a name has to be unique only among areas of its type.
    names = [(area.type, name.casefold()) for area in areas for name in (area.name, *area.other_names)]
    for (kind, name), count in Counter(names).items():
        if count > 1:
            yield f"areas.csv: name or other_names has {shown(name)} twice among areas of type {kind}; keep one."


def _population_problems(catalogue: Catalogue) -> Iterator[str]:
    codes = catalogue.populations["area_code"].unique()
    yield from _unknown("populations.csv: area_code", codes, catalogue.areas, "an area")
    # Regions and England are summed from the force areas, so a figure of their own could only contradict the sum.
    larger = [code for code in codes if code in catalogue.areas and catalogue.areas[code].type != "police_force_area"]
    for code in larger:
        yield f"populations.csv: area_code {code} is not a police force area; remove its rows, the program sums them."
    for area in catalogue.areas.values():
        if area.type == "police_force_area" and area.code not in codes:
            yield f"populations.csv: area_code {area.code} ({area.name}) is missing; add its mid-year estimates."


def _indicator_problems(item: Indicator, catalogue: Catalogue) -> Iterator[str]:
    where = f"indicators/{item.key}.toml"
    yield from _unknown(f"{where}: commitments", item.commitments, catalogue.commitments, "a commitment")
    yield from _unknown(f"{where}: topics", item.topics, catalogue.topics, "a topic")
    yield from _unknown(f"{where}: reported_by", item.reported_by, catalogue.organisations, "an organisation")
    if not isinstance(item.expected_areas, str):
        yield from _unknown(f"{where}: expected_areas", item.expected_areas, catalogue.areas, "an area")
    if item.predecessor:
        others = catalogue.indicators.keys() - {item.key}
        yield from _unknown(f"{where}: predecessor", [item.predecessor], others, "another indicator")
    yield from _measure_problems(item, where)


def _measure_problems(item: Indicator, where: str) -> Iterator[str]:
    if item.period_type not in PERIODS[item.frequency]:
        allowed = ", ".join(PERIODS[item.frequency])
        yield f"{where}: period_type is {shown(item.period_type)}, but frequency {item.frequency} needs {allowed}."
    if item.measure in ("proportion", "rate", "mean") and not item.denominator:
        yield f"{where}: denominator is empty; say what the {item.measure} is out of."
    if item.measure == "count" and item.denominator:
        yield f"{where}: denominator is {shown(item.denominator)}, but a count has none; leave it empty."
    if item.denominator == RESIDENT_POPULATION and item.measure != "rate":
        yield f"{where}: measure is {shown(item.measure)}; use rate when the denominator is {RESIDENT_POPULATION}."
    if item.denominator != RESIDENT_POPULATION and item.denominator.casefold() == RESIDENT_POPULATION:
        yield f"{where}: denominator is {shown(item.denominator)}; write it as {RESIDENT_POPULATION}."


def _uninformed(catalogue: Catalogue) -> Iterator[str]:
    informed = {key for item in catalogue.indicators.values() for key in item.commitments}
    for key in catalogue.commitments:
        if key not in informed:
            yield f"indicators: commitments never names {key}; give that commitment at least one indicator."


def _unknown(where: str, named: Iterable[str], known: Collection[str], kind: str) -> Iterator[str]:
    for name in named:
        if name not in known:
            yield f"{where} names {shown(name)}, which is not {kind} of the catalogue; correct it or add that first."
