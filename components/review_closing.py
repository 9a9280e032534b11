"""The end of a review: closing it for good, or calling it off where it was opened by mistake."""

from __future__ import annotations

import streamlit as st

from charts.words import day
from components import html, review_forms, session
from components.review_held import Held
from components.review_judging import lacking
from data import reviews
from data.texts import LONGEST_REASON
from data.versions import Moment


def show(held: Held) -> None:
    """How it ended, or the forms to end it for those who may."""
    review = held.review
    if review["state"] == "closed":
        kept = (
            "What stands here is kept as the group saw it."
            if held.kept
            else "No rows were kept; these are worked out anew."
        )
        html.sentence(f"Closed on {day(review['ended_at'])} by {review['ended_by']}. {kept}")
        return
    if not held.writable or not session.actor().may_review(review["area_code"]):
        html.sentence("The review is open. Members of a steering group and administrators close it.")
        return
    with st.container(), session.told_plainly():
        _close(held)
    with st.expander("Call the review off"), session.told_plainly():
        _call_off(held)


def _close(held: Held) -> None:
    rest = lacking(held)
    if rest:
        html.sentence(
            f"Each commitment needs a judgement before the review closes (“No evidence available” is one). "
            f"Still without one: {', '.join(rest)}."
        )
        return
    html.sentence(
        "Every commitment has a judgement. Closing keeps what the review shows and cannot be undone: nothing is "
        "judged, decided or replied afterwards; what becomes of its actions is still recorded."
    )
    draft = review_forms.begin(f"close-{held.review['id']}")
    sure = st.checkbox("The group has finished, and areas have had their say", key=f"{draft.key}-first")
    if st.button(
        "Close the review", key=f"{draft.key}-close", type="primary", icon=":material/lock:", disabled=not sure
    ):
        asked = session.cursor(), session.actor(), session.catalogue(), held.review["id"]
        reviews.close(*asked, held.picture, held.agenda, Moment.now())
        review_forms.done(draft, "The review is closed.")


def _call_off(held: Held) -> None:
    html.sentence("For a review that was opened by mistake: what was written stays readable here, and counts nowhere.")
    draft = review_forms.begin(f"off-{held.review['id']}")
    reason = st.text_area("Why is it called off?", max_chars=LONGEST_REASON, key=f"{draft.key}-first")
    if st.button("Call it off", key=f"{draft.key}-off", icon=":material/event_busy:"):
        reviews.call_off(session.cursor(), session.actor(), held.review["id"], reason, Moment.now())
        review_forms.done(draft, "The review is called off.")
