"""What was changed because of evidence, on which commitments, and what came of it?"""

import streamlit as st

from components import adapting, adapting_choice, adapting_forms, charts, html, session
from components.controls import area_label, current
from components.empty import point_to_upload

view = current()
catalogue = session.catalogue()
where = area_label(catalogue, view.area)
found = adapting.found(view)

st.title("Adaptation log")
adapting_forms.told()
html.answer(adapting.answer(found, where, catalogue))
html.sentence(
    "The consensus promises to adapt its approach, and to influence policy, in response to the evidence (EVA-2). This "
    "is the record of it."
)
point_to_upload(view)

st.subheader("Commitment by commitment")
html.table(
    adapting.COMMITMENT_COLUMNS,
    adapting.commitment_rows(found, catalogue, view),
    f"Changes because of evidence on each of the ten commitments, {where}",
)

st.subheader("What was changed")
shown = adapting_choice.choose(found, catalogue)
if shown.empty:
    html.sentence("Nothing is recorded here yet. Those who may record it do so below.")
else:
    html.table(adapting.COLUMNS, adapting.rows(shown, catalogue, view),
               f"What was changed because of evidence, latest first: {len(shown)} of {len(found)}")  # fmt: skip
    html.quiet(adapting.BESIDE)
    charts.download(shown, view, "adaptations")
adapting_forms.show(view, found)

saved = adapting.history(view)
if not saved.empty:
    with st.expander("History: everything that was saved, also what was withdrawn"):
        html.table(
            adapting.HISTORY_COLUMNS,
            adapting.history_rows(saved, catalogue),
            "Every saving, of each change the oldest first",
        )
charts.footer(view)
