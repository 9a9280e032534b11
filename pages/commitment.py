"""What is known about one commitment: numbers beside voices, by area, and what was judged and decided."""

import streamlit as st

from charts import beside
from charts.grades import grades_chart, grades_sentence
from charts.words import NOISE, NOT_CAUSE, plural
from components import (
    adapting,
    agreeing,
    charts,
    due,
    html,
    joint,
    joint_display,
    joint_words,
    moves,
    practising,
    reviewing,
    session,
    voices,
)
from components.controls import area_label, current
from components.empty import offer_start
from components.pictures import heard, insights, kept, picture
from data import queries
from reports.evidence import grade_counts
from reports.expected import areas_within
from reports.voiced import COUNTED, GRADE_COLUMNS, grade_rows

view = current()
catalogue = agreeing.catalogue(view)
commitment = catalogue.commitments[view.commitment]
where, codes = area_label(catalogue, view.area), areas_within(catalogue, view.area)
indicators = [item for item in catalogue.indicators.values() if commitment.key in item.commitments]
shown = next((item for item in indicators if item.key == view.indicator), indicators[0])

st.title(f"{commitment.key} {commitment.title}")
html.sentence(commitment.summary)
html.quiet(joint.origin(commitment, catalogue))
if offer_start(view):
    st.stop()

line = picture(view).set_index("commitment").loc[commitment.key].to_dict()
told = insights(view, commitment.key)

html.answer(beside.answer(line, where))
html.quiet(beside.details(line))
reviewing.show_judgement(commitment.key, view)

areas = joint_display.areas_of(view, commitment)
st.subheader("Numbers beside voices, area by area")
html.sentence(joint_words.headline(areas))
joint_display.show(areas, view, commitment, told)

st.subheader("What the numbers say")
moves.show_table(indicators, commitment.key, view)
html.quiet(f"{NOISE} {NOT_CAUSE} Sums cover only areas with both periods.")

st.subheader(f"{shown.name}: change by area")
if shown.key != view.indicator:
    html.quiet(f"The indicator chosen above does not inform {commitment.key}, so the first that does is shown.")
moves.show_by_area(shown, view)

st.subheader("What people told us")
graded = kept(view, "grades", lambda: grade_counts(told), commitment.key, heard(view))
if told.empty:
    html.sentence(
        f"Nobody has been heard on this commitment in {where} yet. The insights template takes what people say."
    )
    st.page_link("pages/upload.py", label="Go to Upload", icon=":material/upload_file:")
elif not graded.empty:
    total = int(graded.drop(columns="perspective").to_numpy().sum())
    charts.show(
        charts.drawn(
            grades_chart, graded, charts.colours(), f"How well it works, according to {plural(total, 'graded insight')}"
        ),
        grades_sentence(graded),
        view,
        key=f"grades-{commitment.key}",
        columns=GRADE_COLUMNS,
        rows=grade_rows(graded),
        data=graded.rename(columns={grade: f"grade_{grade}" for grade in range(1, 6)}),
        method=COUNTED,
    )
voices.show_themes(view, commitment.key, commitment.key)
voices.show_insights(told, catalogue, f"voices-{commitment.key}")

html.linked(
    "Search what people said, by whom and when:", f"Voices on {commitment.key}", voices.link(view, commitment.key)
)

st.subheader("By organisation")
voices.show_organisations(view, commitment.key)

st.subheader("Practice nearby")
practising.show_for(commitment.key, view)

st.subheader("What is due")
due.show_indicators(indicators, commitment.key, view)

st.subheader("Decided and due")
actions = queries.actions(session.cursor(), view.version, commitment=commitment.key)
reviewing.show_actions(actions[actions["area_code"].isin([view.area, *codes])], view, f"Actions on {commitment.key}")
adapting.show_for(commitment.key, view)
charts.footer(view)
