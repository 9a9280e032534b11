"""The tables of the package that say what its figures mean: indicators, places, targets. See `reports.tables`."""

from __future__ import annotations

from reports.tables import (
    AREA_CODE,
    BY_AREA,
    BY_INDICATOR,
    CHANGES,
    INDICATOR,
    INSIGHTS,
    OBSERVATIONS,
    RESULTS,
    UNIT,
    Field,
    Link,
    Table,
    day,
    number,
    optional,
    text,
    truth,
    whole,
)

INDICATORS = Table(
    "indicators",
    "Indicators",
    "One definition, as it was at this data version",
    (
        text("key", "Stable key", required=True),
        text("name", "Name", required=True),
        text("definition", "What it measures, in plain words", required=True),
        text("numerator", "What the top of the fraction counts"),
        text("denominator", "What the bottom counts, or “resident population”"),
        text("measure", "proportion, rate, count, mean or index", required=True),
        Field("multiplier", "number", "What numerator over denominator is multiplied by", required=True),
        text("unit", "Unit of values and limits"),
        text("polarity", "higher_is_better, lower_is_better or no_judgement", required=True),
        text("frequency", "How often it is reported", required=True),
        text("period_type", "What one period is", required=True),
        whole("due_days_after_period", "When a figure is due", "days after the period’s end", required=True),
        text("first_period", "First period expected", required=True),
        text("expected_areas", "A type of area, or codes separated by semicolons", required=True),
        text("commitments", "Keys of the commitments that it informs, separated by semicolons", required=True),
        text("topics", "Tags, separated by semicolons"),
        text("reported_by", "Kinds of organisation that report it, separated by semicolons"),
        truth("person_centred", "Whether it is about what people experience"),
        truth("counts_add_up", "Whether counts of areas may be added"),
        text("disclosure", "Rule for small numbers that was applied to its figures", required=True),
        text("source", "Where its figures come from"),
        text("caveats", "What to bear in mind, separated by semicolons"),
        text("status", "proposed or agreed", required=True),
        text("reviewed_by", "Who reviewed the definition"),
        day("reviewed_on", "When it was reviewed"),
        text("predecessor", "Key of the indicator that it took the place of"),
    ),
    ("key",),
)
COMMITMENTS = Table(
    "commitments",
    "Commitments",
    "One of the ten commitments of July 2025, in the program’s own words",
    (
        text("key", "Stable key", required=True),
        text("title", "Title", required=True),
        text("summary", "What it says, in our own words", required=True),
        text("section", "Section of the consensus", required=True),
        whole("position", "Its place in the section", required=True),
    ),
    ("key",),
)
AREAS = Table(
    "areas",
    "Areas",
    "One place with an ONS code",
    (
        text("code", "ONS code", required=True),
        text("name", "Name", required=True),
        text("type", "police_force_area, region or country", required=True),
        text("parent", "Code of the region or country that it belongs to"),
        truth("comparator_only", "Whether it is only shown for comparison and is part of no sum"),
        truth("rates_given", "Whether rates per resident are given; not where residents are too few"),
    ),
    ("code",),
    (Link(("parent",), "", ("code",)),),
)
POPULATIONS = Table(
    "populations",
    "Populations",
    "One estimate of the residents of an area",
    (
        AREA_CODE,
        whole("mid_year", "The year, at its 30 June", "year", required=True),
        whole("population", "Residents", "people", required=True),
        text("source", "Table and edition of the estimate", required=True),
    ),
    ("area_code", "mid_year"),
    (BY_AREA,),
)
TARGETS = Table(
    "targets",
    "Targets",
    "One target that was agreed; the consensus itself sets none",
    (
        INDICATOR,
        *optional(AREA_CODE),
        number("value", "What is to be reached", UNIT),
        day("due", "By when", required=True),
        text("agreed_by", "Who agreed it", required=True),
        text("reason", "Why it was agreed", required=True),
        truth("invented", "Whether it is invented for demonstration"),
    ),
    (),
    (BY_INDICATOR, BY_AREA),
)
VERSIONS = Table(
    "versions",
    "Data versions",
    "One data version, up to the one that this package is of",
    (
        whole("version", "Its number", required=True),
        day("as_of", "The day its picture is of", required=True),
        day("made_on", "The day it was stored", required=True),
    ),
    ("version",),
)
TABLES = (
    OBSERVATIONS, RESULTS, CHANGES, INSIGHTS, INDICATORS, COMMITMENTS, AREAS, POPULATIONS, TARGETS, VERSIONS,
)  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}
