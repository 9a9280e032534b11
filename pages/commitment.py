"""What is known about one commitment: numbers beside voices, by area, and what was judged and decided."""

import streamlit as st

from charts import beside
from charts.grades import grades_chart, grades_sentence
from charts.intervals import intervals_chart, intervals_sentence
from charts.words import NOISE, NOT_CAUSE, POLARITY_WORDS, decimals_for, plural
from components import (
    adapting,
    agreeing,
    charts,
    due,
    figures,
    html,
    joint,
    joint_display,
    joint_words,
    levels,
    missing,
    practising,
    reviewing,
    session,
    voices,
)
from components.controls import area_label, current
from components.empty import offer_start
from components.pictures import changes, changes_here, insights, latest, picture
from data import queries
from reports.evidence import grade_counts
from reports.expected import areas_within
from reports.figure_cells import (
    BY_AREA_COLUMNS,
    CHANGE_COLUMNS,
    STATES,
    by_area_rows,
    changes_by_area,
    difference_unit,
    title_of_changes,
)
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
heard = insights(view, commitment.key)
changed = changes(view)

html.answer(beside.answer(line, where))
html.quiet(beside.details(line))
reviewing.show_judgement(commitment.key, view)

areas = joint_display.areas_of(view, commitment, heard)
st.subheader("Numbers beside voices, area by area")
html.sentence(joint_words.headline(areas))
joint_display.show(areas, view, commitment, heard)

st.subheader("What the numbers say")
here, figures_now = changes_here(view), {row["indicator"]: row for row in latest(view, view.area).to_dict("records")}
own = changed[changed["area_code"].isin(codes)]
html.table(
    CHANGE_COLUMNS,
    [figures.change_row(item, figures_now.get(item.key), here.get(item.key), own, view) for item in indicators],
    f"Indicators that inform {commitment.key}, {where}: latest figure against the baseline, with 95 % limits",
)
html.quiet(f"{NOISE} {NOT_CAUSE} Sums cover only areas with both periods.")

st.subheader(f"{shown.name}: change by area")
if shown.key != view.indicator:
    html.quiet(f"The indicator chosen above does not inform {commitment.key}, so the first that does is shown.")
by_area = changes_by_area(changed, shown, codes, catalogue)
described = f"{intervals_sentence(by_area, STATES, 'change')} {missing.why_not(by_area)}".strip()
if by_area["value"].isna().all():
    html.sentence(described)
    levels.show(shown, view)
else:
    charts.show(
        charts.drawn(
            intervals_chart,
            by_area,
            charts.colours(),
            title=title_of_changes(by_area, shown),
            unit=f"change since July 2025, {difference_unit(shown)}",
            words=STATES,
            line=0.0,
            line_name="no change",
            decimals=decimals_for(shown.measure),
            signed=True,
        ),
        described,
        view,
        key=f"change-{shown.key}",
        columns=BY_AREA_COLUMNS,
        rows=by_area_rows(by_area, shown),
        data=by_area,
        method=f"MOVER on 95 % limits, {POLARITY_WORDS[shown.polarity]}; the baseline ends by 31 July 2025.",
    )

st.subheader("What people told us")
graded = grade_counts(heard)
if heard.empty:
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
voices.show_themes(heard, commitment.key)
voices.show_insights(heard, catalogue, f"voices-{commitment.key}")

html.linked(
    "Search what people said, by whom and when:", f"Voices on {commitment.key}", voices.link(view, commitment.key)
)

st.subheader("By organisation")
voices.show_organisations(heard)

st.subheader("Practice nearby")
practising.show_for(commitment.key, view)

st.subheader("What is due")
due.show_indicators(indicators, commitment.key, view)

st.subheader("Decided and due")
actions = queries.actions(session.cursor(), view.version, commitment=commitment.key)
reviewing.show_actions(actions[actions["area_code"].isin([view.area, *codes])], view, f"Actions on {commitment.key}")
adapting.show_for(commitment.key, view)
charts.footer(view)
