"""What was heard, as the Voices page counts it: insights of a place, narrowed by the page's own choices."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts.directions import SAID
from components import pictures, session
from components.controls import View
from components.voice_filters import Asked
from data import queries
from metrics.insight import directions, distribution, gap, unheard
from reports.expected import areas_within, places_within

ALL_OF_THEM = "All"
SIDES = {"provider": "Providers", "user": "Users, families and communities"}
STATES = {
    "higher": "providers grade higher",
    "lower": "users, families and communities grade higher",
    "no_clear_change": "may be either way",
    "cannot_be_calculated": "no limits",
}


def heard(view: View, asked: Asked) -> pd.DataFrame:
    """Insights of the view's place that the person may see, as the page's choices but not its words narrow them."""
    return _chosen(pictures.insights(view, asked.commitment or None), asked)


def with_words(view: View, asked: Asked) -> pd.DataFrame:
    """Those of `heard` that have each of the words to find."""
    about = asked.commitment or None
    found = queries.insights(session.cursor(), session.actor(), view.version, commitment=about, find=asked.find)
    return _chosen(found[found["area_code"].isin(places_within(session.catalogue(), view.area))], asked)


def gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """The gap between providers and users in all and for each commitment, as a chart of limits takes it.

    The columns of `metrics.insight.gap` and `area_name` (what the row is about), `value`, `lower`, `upper`, `state`.
    """
    each = gap(frame, "commitment").set_index("commitment")
    each = each.loc[[key for key in session.catalogue().commitments if key in each.index]].reset_index()
    both = pd.concat([gap(frame.assign(commitment=ALL_OF_THEM), "commitment"), each], ignore_index=True)
    found = both.assign(area_name=both["commitment"], value=both["cliffs_delta"])
    found = found.assign(lower=both["delta_lower"], upper=both["delta_upper"])
    return found.assign(state=[_state(line) for line in found.to_dict("records")])


def of_sides(frame: pd.DataFrame) -> pd.DataFrame:
    """How many insights of providers, and of users, gave each grade, with all their insights and people."""
    side = (frame["perspective"] == "service_provider").map({True: "provider", False: "user"})
    found = distribution(frame.assign(side=side), "side").set_index("side")
    return found.reindex(list(SIDES), fill_value=0).reset_index()


def by_quarter(frame: pd.DataFrame) -> pd.DataFrame:
    """For each quarter from the first to the last that an insight's period ends in: how many say which direction."""
    quarters = frame["period_end"].dt.to_period("Q")
    found = directions(frame.assign(quarter=quarters), "quarter").set_index("quarter")
    if found.empty:
        return found.reset_index()
    every = pd.period_range(found.index.min(), found.index.max(), freq="Q", name="quarter")
    found = found.reindex(every, fill_value=0).reset_index()
    words = [f"{start.strftime('%b')} to {end.strftime('%b %Y')}" for start, end in _ends(found["quarter"])]
    return found.assign(period_label=words, said=found[list(SAID)].sum(axis=1))


def by_method(frame: pd.DataFrame) -> pd.DataFrame:
    """How people were asked: insights, people, and insights that do not say how many, most insights first."""
    found = distribution(frame, "method")
    return found.sort_values(["insights", "method"], ascending=[False, True], ignore_index=True)


def missing(frame: pd.DataFrame, view: View) -> tuple[pd.DataFrame, list[str], int]:
    """Per perspective in how many areas it was heard; the names of areas where nobody was; how many areas there are."""
    catalogue = session.catalogue()
    codes = areas_within(catalogue, view.area)
    silent = [catalogue.areas[code].name for code in codes if code not in set(frame["area_code"])]
    found = unheard(frame, codes)
    named = found["unheard"].map(lambda line: sorted(catalogue.areas[code].name for code in line))
    return found.assign(unheard=named), sorted(silent), len(codes)


def _chosen(found: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    for column, value in {"perspective": asked.perspective, "sector": asked.sector}.items():
        found = found[found[column] == value] if value else found
    return found


def _state(line: dict[Any, Any]) -> str:
    if pd.isna(line["lower"]):
        return "cannot_be_calculated"
    return "higher" if line["lower"] > 0 else "lower" if line["upper"] < 0 else "no_clear_change"


def _ends(quarters: pd.Series[Any]) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    return [(quarter.start_time, quarter.end_time) for quarter in quarters]
