"""Is the evaluation commitment kept? Seven tests for every area and commitment, with strict denominators."""

import streamlit as st

from charts.evaluated import STRICT, gap_sentence
from charts.words import NOT_CAUSE
from components import charts, evaluating, evaluating_charts, evaluating_rows, evaluating_rulings, html, session
from components.controls import area_label, current
from components.empty import offer_start
from reports.expected import ENGLAND

view = current()
catalogue = session.catalogue()
where = area_label(catalogue, view.area)

st.title("Evaluation commitment")
if offer_start(view):
    st.stop()

counts = evaluating.counted(view)
html.answer(evaluating.answer(view))
html.sentence(gap_sentence(counts.gaps, counts.kept, marked=not evaluating.single(view)))
html.quiet(STRICT)

if evaluating.single(view):
    st.subheader(f"{where}, commitment by commitment")
    evaluating_charts.show_pairs(view, "commitment", where, "commitments")
else:
    st.subheader("Which tests are passed where")
    evaluating_charts.show_grid(view, where)
    st.subheader(f"{view.commitment}, area by area")
    evaluating_charts.show_pairs(view, "area_name", view.commitment, "areas")

st.subheader("What one thing would close most gaps")
html.table(evaluating_rows.GAP_COLUMNS, evaluating_rows.gap_rows(counts.gaps), f"The seven tests, {where}")
html.quiet("“Would complete” counts pairs that fail this test and pass the other six.")

if not evaluating.single(view):
    st.subheader("By commitment and by area")
    by_commitment, by_area = counts.by_commitment, counts.by_area
    html.table(
        [html.Column("Commitment"), *evaluating_rows.COUNTED],
        evaluating_rows.counted_rows(by_commitment, list(by_commitment["commitment"])),
        f"Areas that pass each test, by commitment, {where}",
    )
    with st.expander(f"Area by area ({len(by_area)})"):
        html.table(
            [html.Column("Area"), *evaluating_rows.COUNTED],
            evaluating_rows.counted_rows(by_area, evaluating_rows.area_links(by_area, view)),
            f"Commitments that pass each test, by area, {where}",
        )
        charts.download(by_area, view, "evaluation-by-area")

if view.area == ENGLAND:
    st.subheader("By region")
    html.table(
        [html.Column("Region"), *evaluating_rows.COUNTED],
        evaluating_rows.counted_rows(counts.by_region, evaluating_rows.region_links(counts.by_region, view)),
        "Area-commitment pairs that pass each test, by region: counts, each with its own denominator",
    )
    html.quiet(NOT_CAUSE)

st.subheader("Over time")
evaluating_charts.show_over_time(evaluating.over_time(view), view)

st.subheader("Not applicable, or no action needed")
evaluating_rulings.show(view)
charts.footer(view)
