"""One area: how it stands against England, what moved, what people there say, what was decided, and what is missing."""

import pandas as pd
import streamlit as st

from charts import beside
from charts.series import series_chart, series_sentence
from charts.words import NOISE, NOT_CAUSE, decimals_for
from components import (
    agreeing,
    caveats,
    charts,
    due,
    figures,
    html,
    joint,
    missing,
    practising,
    reminding,
    reviewing,
    session,
    similar,
    spine,
    voices,
)
from components.controls import area_label, current
from components.empty import offer_start
from components.pictures import changes, changes_here, insights, latest, picture, places, with_gaps
from data import queries
from metrics.baseline import BASELINE_ON
from reports.expected import ENGLAND, areas_within, expected_of

view = current()
catalogue = agreeing.catalogue(view)
area, where, codes = catalogue.areas[view.area], area_label(catalogue, view.area), areas_within(catalogue, view.area)

st.title(where)
if offer_start(view):
    st.stop()

own, moved, heard = latest(view, view.area), changes_here(view), insights(view)
expected = figures.worsened_first(expected_of(catalogue, codes), moved, set(own["indicator"]))

html.answer(figures.moves_sentence(where, moved, len(expected)))
if area.type != "country":
    html.sentence(figures.against_england_sentence(own, len(heard)))
if not area.rates_given:
    html.sentence(caveats.SMALL_POPULATION)
html.quiet(f"{NOISE} {NOT_CAUSE}")

if area.type != "country":
    st.subheader("Beside England and all areas")
    spine.show(own, view)

st.subheader("Every indicator")
figures_now = {line["indicator"]: line for line in own.to_dict("records")}
html.folded(
    figures.AREA_COLUMNS,
    [figures.area_row(item, figures_now.get(item.key), moved.get(item.key), view) for item in expected],
    f"{where}, worsened first: latest figure with 95 % limits, England for the same period, change since July 2025",
    figures.SHOWN_FIRST,
)
charts.download(own, view, f"area-{view.area}")

shown = catalogue.indicators[view.indicator]
st.subheader(f"{shown.name} over time")
everywhere = places(view)
everywhere = everywhere[everywhere["indicator"] == shown.key].sort_values("period_end")
series = with_gaps(everywhere[everywhere["area_code"] == view.area], shown)
if series.empty:
    html.sentence(f"{where} has not reported {shown.name}. Choose another indicator above, or send the figures.")
    st.page_link("pages/upload.py", label="Go to Upload", icon=":material/upload_file:")
else:
    compared = shown.measure != "count" and view.area != ENGLAND
    england = with_gaps(everywhere[everywhere["area_code"] == ENGLAND], shown) if compared else series.head(0)
    decimals = decimals_for(shown.measure)
    charts.show(
        charts.drawn(
            series_chart,
            series,
            england,
            charts.colours(),
            title=f"{shown.name}, {where}: {figures.change_finding(moved.get(shown.key))}",
            unit=shown.unit,
            names=(where, "England"),
            baseline=pd.Timestamp(BASELINE_ON),
            decimals=decimals,
        ),
        series_sentence(series, area=where, indicator=shown.name, unit=shown.unit, decimals=decimals),
        view,
        key=f"series-{view.area}-{shown.key}",
        columns=figures.SERIES_COLUMNS,
        rows=[figures.series_row(shown, line) for line in series.iloc[::-1].to_dict("records")],
        data=series,
        method=figures.method_of(shown, series),
    )
    if shown.period_type == "rolling_year":
        html.quiet(caveats.OVERLAP)

if area.type == "police_force_area":
    st.subheader("Similar areas")
    similar.show(view)

st.subheader("Commitment by commitment")
html.table(
    beside.COLUMNS,
    [joint.commitment_row(line, view) for line in picture(view).to_dict("records")],
    f"Numbers beside voices, {where}",
)
html.quiet(beside.LEGEND)

st.subheader("What people told us")
if heard.empty:
    html.sentence(f"Nobody has been heard in {where} yet. The insights template takes what people say.")
voices.show_themes(view, where)
voices.show_insights(heard, catalogue, f"voices-{view.area}")

st.subheader("Practice")
practising.show_here(view)

st.subheader("What was decided")
actions = queries.actions(session.cursor(), view.version)
reviewing.show_actions(actions[actions["area_code"].isin([view.area, *codes])], view, f"Actions for {where}")

st.subheader("Due and overdue")
due.show(view)
reminding.show(view)

st.subheader("What is missing")
missing.show_by_reason(changes(view), codes, catalogue, where, view)
charts.footer(view)
