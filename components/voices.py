"""What people told us, as pages show it: each insight as plain text, themes counted, organisations named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from charts.words import beginning, plural, shortened
from components import html, pictures
from components.controls import View
from data.catalogue import Catalogue
from reports.voiced import THEME_COLUMNS, Rows, said, theme_rows, told_by

# How many are drawn at first, and how many at most: a page of thousands would take minutes to read, and to draw.
FIRST, MOST = 12, 200
# A longer text is folded: its beginning, and the rest on request.
LONG = 600
ORGANISATION_COLUMNS = [
    html.Column("Organisation"),
    html.Column("Insights", numeric=True),
    html.Column("Works (4 or 5)", numeric=True),
    html.Column("Does not (1 or 2)", numeric=True),
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


def show_themes(view: View, name: str, commitment: str | None = None) -> None:
    """Barriers and enablers in the view's place, on a commitment or on all, counted over insights, providers and users
    apart."""
    rows = _counted(view, "themes", theme_rows, commitment)
    if rows:
        html.table(THEME_COLUMNS, rows, f"What gets in the way and what helps, {name}: the themes named most often")


def show_organisations(view: View, commitment: str) -> None:
    """How many insights came through each organisation, with grades that say it works and that it does not."""
    rows = _counted(view, "organisations", organisation_rows, commitment)
    if not rows:
        html.sentence("No insight names an organisation here.")
        return
    html.table(ORGANISATION_COLUMNS, rows, "Insights by the organisation that asked or that people belong to")


def organisation_rows(heard: pd.DataFrame) -> Rows:
    """One row per organisation that insights name: how many, and how many of them say that it works or does not."""
    named = heard[heard["organisation"].fillna("") != ""]
    marked = named.assign(works=named["grade"] >= 4, fails=named["grade"] <= 2)
    counted = marked.groupby("organisation", sort=True).agg(
        insights=("works", "size"), works=("works", "sum"), fails=("fails", "sum")
    )
    return [[shortened(str(name)), *(f"{count:,}" for count in line)] for name, *line in counted.itertuples()]


def _counted(view: View, what: str, count: Callable[[pd.DataFrame], Rows], commitment: str | None) -> Rows:
    """Rows that are counted over the insights of the view's place, kept for those who see the same ones."""

    def make() -> Rows:
        return count(pictures.insights(view, commitment))

    return pictures.kept_whole(view, what, make, commitment, pictures.heard(view))


def _insight(line: dict[Any, Any], catalogue: Catalogue) -> str:
    """One insight as HTML: summary, quote, who and when, and what else was named, each on a line of its own."""
    quote = f"<q>{_folded(line['quote'])}</q>" if said(line["quote"]) else ""
    named = [
        f"{words}: {_folded(line[column])}"
        for column, words in (("barriers", "In the way"), ("enablers", "Helps"), ("not_heard", "Not heard"))
        if said(line[column])
    ]
    footer = "<br>".join([", ".join(_facts(line, catalogue)), *named])
    body = "<br>".join(filter(None, [_folded(line["summary"]), quote]))
    return f'<blockquote class="voice">{body}<footer>{footer}</footer></blockquote>'


def _facts(line: dict[Any, Any], catalogue: Catalogue) -> list[str]:
    """Who, where, when and how, as HTML."""
    told = told_by(line, catalogue.areas[line["area_code"]].name)
    facts = [html.escape(fact) for fact in (line["commitment"], *told)]
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
