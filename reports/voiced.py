"""What people told us in rows and words, as pages and packs show it: grades, themes, and who told it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.cells import Cell, Column
from charts.grades import GRADES
from charts.words import PERSPECTIVE_WORDS, plural, shortened
from data import periods
from metrics.insight import themes
from metrics.triangulation import PROVIDERS

GRADE_COLUMNS = [Column("Perspective"), *(Column(f"Grade {name}", numeric=True) for name, _, _ in GRADES.values())]
THEME_COLUMNS = [
    Column("Theme"),
    Column("Kind"),
    Column("Insights", numeric=True),
    Column("Providers", numeric=True),
    Column("Users, families and communities", numeric=True),
]
COUNTED = "Insights are counted, one each, however many people stand behind them; grades are never averaged."
MOST_THEMES = 5
Line = dict[Any, Any]
Rows = list[list[str | Cell]]


def grade_rows(graded: pd.DataFrame) -> Rows:
    """One row per perspective: how many insights gave each grade. `graded` is as `reports.evidence.grade_counts`."""
    return [
        [PERSPECTIVE_WORDS[line["perspective"]], *(f"{line[grade]:,}" for grade in GRADES)]
        for line in graded.to_dict("records")
    ]


def theme_rows(heard: pd.DataFrame) -> Rows:
    """The barriers and then the enablers named most often, counted over insights, providers and users apart."""
    return [row for kind in ("barriers", "enablers") for row in _named_most(heard, kind)]


def told_by(line: Line, where: str) -> list[str]:
    """Who told an insight, where, when and how, and what was graded: each in a few words."""
    period = periods.label(line["period_start"].date(), line["period_end"].date(), "quarter")
    facts = [PERSPECTIVE_WORDS[line["perspective"]], where, period]
    facts += [str(line["method"]).replace("_", " ")] if line["method"] else []
    facts += [plural(int(line["participants"]), "person", "people")] if pd.notna(line["participants"]) else []
    facts += [f"grade {int(line['grade'])} of 5" if pd.notna(line["grade"]) else "not graded"]
    facts += [f"now {line['direction']}"] if said(line["direction"]) else []
    return facts + (["invented"] if line["invented"] else [])


def said(value: object) -> bool:
    """Whether there is a text."""
    return isinstance(value, str) and value != ""


def _named_most(heard: pd.DataFrame, kind: str) -> Rows:
    of_providers = themes(heard[heard["perspective"].isin(PROVIDERS)], kind)
    own = dict(zip(of_providers["theme"].str.casefold(), of_providers["insights"], strict=True))
    found = themes(heard, kind).head(MOST_THEMES)
    counts = [(theme, total, own.get(theme.casefold(), 0)) for theme, total in found[["theme", "insights"]].to_numpy()]
    return [
        [shortened(theme), kind[:-1], f"{total:,}", f"{providers:,}", f"{total - providers:,}"]
        for theme, total, providers in counts
    ]
