"""The last part of a pack: what words rest on, what indicators are, where figures are from, how to make it again."""

from __future__ import annotations

import pandas as pd

from charts.cells import Cell, Column
from charts.words import NOISE, NOT_CAUSE, POLARITY_WORDS, listed, plural
from data.catalogue import Indicator
from metrics.disclosure import threshold_of
from reports.agenda import RANKING
from reports.figure_cells import METHOD_WORDS
from reports.pack.gathering import Facts
from reports.pack.model import Block, Bullets, Heading, Text, table

RESTS_ON = f"""
Improved and worsened: {NOISE} Change since July 2025 is the latest figure against the last period that ended by 31 July
2025; its limits are by MOVER. A change whose limits hold nought is “no clear change”.

Numbers are positive where more pairs of indicator and area improved than worsened, negative where more worsened.
Indicators on which no judgement is made do not count.

Voices are positive where more insights have grade 4 or 5 than 1 or 2, negative where fewer. Grades are counted and
never averaged.

Dissonant: the two have opposite signs. Convergent: the same. Silent: one of them is missing.

What needs attention: {RANKING}

Small numbers are hidden where an indicator’s rule asks for it, and others with them where they could be worked out, as
on the pages.

{NOT_CAUSE}
""".strip().split("\n\n")
COLUMNS = [Column("Indicator"), Column("What it counts"), Column("Out of"), Column("Measure")]


def methods(facts: Facts) -> list[Block]:
    """Methods, definitions, sources, and how to make the pack again."""
    used = list(facts.catalogue.indicators.values())
    limits = dict.fromkeys(METHOD_WORDS[item.measure] for item in used)
    return [
        Heading("Methods, definitions and sources", new_page=True),
        Bullets((*RESTS_ON, *limits)),
        Heading("Indicators", 3),
        table(COLUMNS, [_definition(item, facts) for item in used], "Definitions of the indicators"),
        Heading("What to read with care", 3),
        Bullets(tuple(caveats(used))),
        Heading("Where the figures are from", 3),
        Bullets(tuple(sources(facts))),
        Heading("How to make it again", 3),
        *_again(facts),
    ]


def caveats(items: list[Indicator]) -> list[str]:
    """Every caveat once, after the names of the indicators that it is for."""
    named: dict[str, list[str]] = {}
    for item in items:
        hidden = threshold_of(item.disclosure)
        small = [f"Counts from 1 to {hidden:.0f} are hidden."] if hidden else []
        for caveat in (*item.caveats, *small):
            named.setdefault(caveat, []).append(item.name)
    return [f"{listed(names, 4)}: {caveat}" for caveat, names in named.items()]


def sources(facts: Facts) -> list[str]:
    """Every source of the figures of the place with its editions, and the estimates that rates were made with."""
    own = facts.figures[facts.figures["areas_included"].isna() & facts.figures["area_code"].isin(facts.codes)]
    taken = own[["source", "edition", "invented"]].fillna({"source": "", "edition": ""})
    parts = [_source(str(name), group) for name, group in taken.groupby("source", sort=True)]
    years = sorted({int(year) for year in own["population_year"].dropna()})
    people = f"Populations: Office for National Statistics mid-year estimates of {', '.join(map(str, years))}."
    return [*parts, *([people] if years else [])]


def _source(name: str, group: pd.DataFrame) -> str:
    editions = sorted(set(group["edition"]) - {""})
    told = f"; {plural(len(editions), 'edition')}: {', '.join(editions)}" if editions else ""
    invented = "; invented" if group["invented"].eq(True).all() else ""
    return f"{name or 'Reported by areas'}{invented}: {plural(len(group), 'figure')}{told}."


def _definition(item: Indicator, facts: Facts) -> list[str | Cell]:
    person = "person-centred, " if item.person_centred else ""
    return [
        Cell(item.name, detail=f"{person}{facts.statuses[item.key]}; {', '.join(item.commitments)}"),
        Cell(item.definition, detail=item.numerator),
        item.denominator,
        Cell(
            " ".join(filter(None, (item.measure, item.unit and f"({item.unit})"))), detail=POLARITY_WORDS[item.polarity]
        ),
    ]


def _again(facts: Facts) -> list[Block]:
    asked = facts.asked
    review = f" --review {asked.review}" if asked.review else ""
    command = (
        f"python -m reports.pack --scope {asked.scope} --version {asked.version} --audience {asked.audience}{review} "
        "--as html,pdf,word --out folder"
    )
    return [
        Text(f"With the same store and program: {command}"),
        Text(
            f"The figures can be taken away on the Data page at the address data?version={asked.version}. The same "
            "data version, program and recorded decisions give the same files, byte for byte."
        ),
    ]
