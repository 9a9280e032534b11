"""What does each indicator mean, how is each figure made, and can it be trusted?"""

import pandas as pd
import streamlit as st

from charts.words import plural
from components import agreeing, caveats, charts, definitions, due, examples, html, session
from components.controls import current
from components.pictures import changes, places
from data import queries

view = current()
catalogue = agreeing.catalogue(view)
item = catalogue.indicators[view.indicator]
held = places(view)
held = held[held["indicator"] == item.key]

st.title("Indicators and methods")
centred = sum(one.person_centred for one in catalogue.indicators.values())
html.answer(
    f"{plural(len(catalogue.indicators), 'indicator')} inform the ten commitments, {centred} of them person-centred. "
    "Each is defined below, and every figure is shown with the method that made it."
)
html.sentence(f"{agreeing.sentence(catalogue)} The consensus names no indicator and sets no target.")

st.subheader(item.name)
html.table(
    [html.Column("Field"), html.Column("What it says")],
    definitions.definition_rows(item, catalogue, held, due.example(item, view)),
    f"Definition of {item.name} ({item.key})",
)
if held.empty:
    html.sentence(f"No figure for {item.name} has been reported yet. Download a template, fill it in and upload it.")
    st.page_link("pages/upload.py", label="Go to Upload", icon=":material/upload_file:")
targets = queries.targets(session.cursor(), view.version, item.key)
if targets.empty:
    html.sentence("No target has been agreed. Without one the product shows the change and never invents a target.")
else:
    html.table(definitions.TARGET_COLUMNS, definitions.target_rows(targets, item, catalogue), "Targets that hold")
html.linked(
    "Targets are set, and indicators agreed as shared measures, under", "Targets and definitions", view.link("targets")
)

st.subheader("Every indicator")
html.table(
    definitions.INDICATOR_COLUMNS,
    definitions.indicator_rows(catalogue, changes(view), view),
    "All indicators; choose one to read its definition",
)
charts.download(pd.DataFrame([vars(one) for one in catalogue.indicators.values()]), view, "indicators")

st.subheader("When figures are due")
html.bullets(due.RULES)

st.subheader("How figures are made")
for example in examples.EXAMPLES:
    with st.expander(example.title):
        html.sentence(example.plain_words)
        html.table(examples.COLUMNS, example.compute(), f"{example.title}: worked example")
        html.quiet(f"Source: {example.source}")

st.subheader("What the data can and cannot carry")
html.bullets(caveats.CARRY)
populations = definitions.populations_used(held)
if not populations.empty:
    with st.expander(f"Populations used for the latest period of {item.name}"):
        html.table(
            definitions.POPULATION_COLUMNS,
            definitions.population_rows(populations, item, catalogue),
            "Office for National Statistics mid-year estimates for police force areas, rounded to 100",
        )
        charts.download(populations, view, f"populations-{item.key}")

st.subheader("Where the commitments come from")
html.table(
    definitions.COMMITMENT_COLUMNS,
    definitions.commitment_rows(catalogue),
    "The consensus of July 2025 and its forerunner of February 2018, in our own words",
)
html.table(
    definitions.ORGANISATION_COLUMNS,
    definitions.organisation_rows(catalogue),
    "Signatories. They are national bodies; areas did not sign, and nothing here judges an area’s compliance",
)
charts.footer(view)
