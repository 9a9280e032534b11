"""What people told us, as pages show it: each insight as plain text, themes counted, organisations named."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts.grades import GRADES
from charts.words import PERSPECTIVE_WORDS, beginning, plural, shortened
from components import html
from components.controls import View
from data import periods
from data.catalogue import Catalogue
from metrics.insight import themes

# How many are drawn at first, and how many at most: a page of thousands would take minutes to read, and to draw.
FIRST, MOST = 12, 200
# A longer text is folded: its beginning, and the rest on request.
LONG = 600
GRADE_COLUMNS = [
    html.Column("Perspective"),
    *(html.Column(f"Grade {name}", numeric=True) for name, _, _ in GRADES.values()),
]
PROVIDER = "service_provider"


def grade_rows(graded: pd.DataFrame) -> list[list[str | html.Cell]]:
    """One row per perspective: how many insights gave each grade."""
    return [
        [PERSPECTIVE_WORDS[line["perspective"]], *(f"{line[grade]:,}" for grade in GRADES)]
        for line in graded.to_dict("records")
    ]


def show_insights(heard: pd.DataFrame, catalogue: Catalogue, key: str) -> None:
    """Each insight with where, when, who and how many, newest first; more on request."""
    if heard.empty:
        return
    with st.expander(f"Read what people said ({plural(len(heard), 'insight')})"):
        list_insights(heard, catalogue, key)


def list_insights(heard: pd.DataFrame, catalogue: Catalogue, key: str) -> None:
    """The first insights as plain text, and more of them on request."""
    more = min(len(heard), MOST)
    everything = len(heard) <= FIRST or st.toggle(
        f"Show {'all ' if more == len(heard) else ''}{more}", key=f"{key}-all"
    )
    shown = heard.head(MOST if everything else FIRST)
    st.html("".join(_insight(line, catalogue) for line in shown.to_dict("records")))
    if len(shown) < len(heard):
        html.quiet(f"{len(shown)} of {plural(len(heard), 'insight')} are shown, newest first.")


def link(view: View, commitment: str) -> str:
    """The address of the Voices page for the view's place, about one commitment."""
    return view.link("voices", {"about": view.words["commitment"][commitment]})


def show_themes(heard: pd.DataFrame, key: str) -> None:
    """Barriers and enablers, counted over insights, providers and users apart."""
    rows = [(kind, line) for kind in ("barriers", "enablers") for line in _counted(heard, kind)]
    if not rows:
        return
    html.table(
        [
            html.Column("Theme"),
            html.Column("Kind"),
            html.Column("Insights", numeric=True),
            html.Column("Providers", numeric=True),
            html.Column("Users, families and communities", numeric=True),
        ],
        [
            [shortened(theme), kind[:-1], f"{total:,}", f"{providers:,}", f"{users:,}"]
            for kind, (theme, total, providers, users) in rows
        ],
        f"What gets in the way and what helps, {key}: the themes named most often",
    )


def show_organisations(heard: pd.DataFrame) -> None:
    """How many insights came through each organisation, with grades that say it works and that it does not."""
    named = heard.dropna(subset=["organisation"])
    named = named[named["organisation"] != ""]
    if named.empty:
        html.sentence("No insight names an organisation here.")
        return
    marked = named.assign(works=named["grade"] >= 4, fails=named["grade"] <= 2)
    counted = marked.groupby("organisation", sort=True).agg(
        insights=("works", "size"), works=("works", "sum"), fails=("fails", "sum")
    )
    html.table(
        [
            html.Column("Organisation"),
            html.Column("Insights", numeric=True),
            html.Column("Works (4 or 5)", numeric=True),
            html.Column("Does not (1 or 2)", numeric=True),
        ],
        [
            [shortened(str(name)), f"{line.insights:,}", f"{line.works:,}", f"{line.fails:,}"]
            for name, line in counted.iterrows()
        ],
        "Insights by the organisation that asked or that people belong to",
    )


def _counted(heard: pd.DataFrame, kind: str, most: int = 5) -> list[tuple[str, int, int, int]]:
    """The themes named most often: theme, insights, of providers, of everybody else."""
    if heard.empty:
        return []
    everybody = themes(heard, kind).head(most)
    of_providers = themes(heard[heard["perspective"] == PROVIDER], kind)
    counts = dict(zip(of_providers["theme"].str.casefold(), of_providers["insights"], strict=True))
    return [
        (theme, total, counts.get(theme.casefold(), 0), total - counts.get(theme.casefold(), 0))
        for theme, total in zip(everybody["theme"], everybody["insights"], strict=True)
    ]


def _insight(line: dict[Any, Any], catalogue: Catalogue) -> str:
    """One insight as HTML: summary, quote, who and when, and what else was named, each on a line of its own."""
    quote = f"<q>{_folded(line['quote'])}</q>" if _said(line["quote"]) else ""
    named = [
        f"{words}: {_folded(line[column])}"
        for column, words in (("barriers", "In the way"), ("enablers", "Helps"), ("not_heard", "Not heard"))
        if _said(line[column])
    ]
    footer = "<br>".join([", ".join(_facts(line, catalogue)), *named])
    body = "<br>".join(filter(None, [_folded(line["summary"]), quote]))
    return f'<blockquote class="voice">{body}<footer>{footer}</footer></blockquote>'


def _facts(line: dict[Any, Any], catalogue: Catalogue) -> list[str]:
    """Who, where, when and how, as HTML."""
    period = periods.label(line["period_start"].date(), line["period_end"].date(), "quarter")
    facts = [
        line["commitment"],
        PERSPECTIVE_WORDS[line["perspective"]],
        catalogue.areas[line["area_code"]].name,
        period,
    ]
    facts += [str(line["method"]).replace("_", " ")] if line["method"] else []
    facts += [plural(int(line["participants"]), "person", "people")] if pd.notna(line["participants"]) else []
    facts += [f"grade {int(line['grade'])} of 5"] if pd.notna(line["grade"]) else ["not graded"]
    facts += [f"now {line['direction']}"] if _said(line["direction"]) else []
    facts += ["invented"] if line["invented"] else []
    facts = [html.escape(fact) for fact in facts]
    return facts + [f"through {_own(shortened(line['organisation']))}"] if line["organisation"] else facts


def _folded(text: str) -> str:
    """A text as HTML; of a long one the beginning, and the rest where it is asked for."""
    if len(text) <= LONG + LONG // 4:
        return _own(text)
    cut = beginning(text, LONG)
    rest = f"<details><summary>Show the other {len(text) - cut:,} characters</summary>{_own(text[cut:])}</details>"
    return f"{_own(text[:cut])} …{rest}"


def _own(text: str) -> str:
    """Somebody's text, whose direction of writing is its own."""
    return f"<bdi>{html.escape(text)}</bdi>"


def _said(value: object) -> bool:
    return isinstance(value, str) and value != ""
