"""Which commitments move, which do not, and where do numbers and voices disagree?"""

import streamlit as st

from charts import beside
from charts.picture import STATES, picture_chart, picture_sentence
from charts.words import NOISE, NOT_CAUSE
from components import (
    attention,
    charts,
    due,
    due_rows,
    evaluating,
    html,
    joint,
    missing,
    packing,
    reminding,
    reviewing,
    session,
    since,
)
from components.controls import area_label, current
from components.empty import offer_start
from components.pictures import changes, picture
from data import queries
from reports.decided import judgement_cell
from reports.expected import areas_within

view = current()
catalogue = session.catalogue()
where, codes = area_label(catalogue, view.area), areas_within(catalogue, view.area)

st.title("Overview")
if offer_start(view):
    st.stop()

counts = picture(view)
review = reviewing.last_review(view)
judged = reviewing.judgements(review, view)
actions = queries.actions(session.cursor(), view.version)
actions = actions[actions["area_code"].isin([view.area, *codes])]

html.answer(beside.headline(counts, where))
html.sentence(reviewing.since_review(view, review, actions))
if review is not None and review["version"] < view.version:
    html.linked("", "See what changed since that review", since.link(view, int(review["version"])))
html.linked(
    "", "Hold the review" if session.actor().may_review(view.area) else "Read the reviews", view.link("reviews")
)
complete = due_rows.commitment_cells(due.here(view), catalogue)
html.table(
    [
        *beside.COLUMNS,
        html.Column(f"Judgement of the {reviewing.named(review)}"),
        html.Column("Here, of what fell due"),
    ],
    [
        [
            *joint.commitment_row(line, view),
            judgement_cell(judged.get(line["commitment"])),
            complete[line["commitment"]],
        ]
        for line in counts.to_dict("records")
    ],
    f"The ten commitments of July 2025, {where}",
)
evaluating.say(view)
html.quiet(beside.LEGEND)
html.quiet(f"{due.LEGEND} {NOISE} {NOT_CAUSE}")

st.subheader("Needs attention")
attention.show(view, review, actions)

st.subheader("Where the numbers moved")
moved = f"{counts['improved'].sum():,} pairs improved, {counts['worsened'].sum():,} worsened since July 2025"
charts.show(
    charts.drawn(picture_chart, counts, charts.colours(), moved),
    picture_sentence(counts),
    view,
    key="overview",
    columns=[
        html.Column("Commitment"),
        *(html.Column(words, numeric=True) for words, _, _ in STATES.values()),
        html.Column("of", numeric=True),
    ],
    rows=[
        [line["commitment"], *(f"{line[state]:,}" for state in STATES), f"{line['pairs']:,}"]
        for line in counts.to_dict("records")
    ],
    data=counts,
    method="Latest figure against the last period ending by 31 July 2025, by MOVER on 95 % limits.",
)

st.subheader("Due and overdue")
due.say(view)
due.show_table(view)
reminding.show(view)

st.subheader("What was decided")
reviewing.show_actions(actions, view, "Actions of the reviews")

st.subheader("What is missing")
missing.show_by_commitment(changes(view), codes, view)

st.subheader("The pack to send round")
packing.show(view)
charts.footer(view)
