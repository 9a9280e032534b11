"""Hold a review: what was decided before, an agenda of exceptions, judgements, actions, replies, and the end."""

import streamlit as st

from components import (
    acting,
    charts,
    html,
    packing,
    review_agenda,
    review_choice,
    review_closing,
    review_forms,
    review_judging,
    review_replies,
    review_words,
    session,
    since,
)
from components.controls import area_label, current
from components.empty import offer_start
from components.review_held import held, link
from data import queries

view = current()
catalogue = session.catalogue()
commitment = catalogue.commitments[view.commitment]

st.title("Reviews")
if offer_start(view):
    st.stop()
review_forms.begin_page()

found = queries.reviews(session.cursor(), view.version, view.area)
chosen = review_choice.choose(found)
if chosen is None:
    html.answer(review_words.nothing(area_label(catalogue, view.area)))
    review_choice.show_elsewhere(view)
    review_choice.show_opening(view, found)
    charts.footer(view)
    st.stop()

review = held(view, found, chosen)
html.answer(review_words.answer(review))
html.sentence(review.review["title"])
html.quiet(review_words.pinned(review))
if review.review["state"] == "open" and not review.readable:
    html.sentence(review_words.NOT_YET)
review_choice.show_opening(view, found)
if review.review["state"] == "called_off":
    html.sentence(f"Why it was called off: {review.review['end_reason']}")
    charts.footer(view, review=review.words)
    st.stop()

st.subheader("Decided before, and was it done?")
acting.show_former(review)
if review.former is not None and int(review.former["version"]) < review.pinned.version:
    html.linked("", "See what changed since that review", since.link(review.pinned, int(review.former["version"])))

st.subheader("Agenda")
former_words = review.former_words
review_agenda.show(review.agenda, review.pinned, lambda: link(view, former_words))

st.subheader("Judgements")
review_judging.show_all(review)

st.subheader(f"{commitment.key} {commitment.title}")
review_judging.show_one(review, commitment.key)

st.subheader("Decisions")
acting.show(review)

st.subheader("What areas reply")
review_replies.show(review)

st.subheader("The end of the review")
review_closing.show(review)

st.subheader("The pack to send round")
packing.show(review.pinned, review.review["id"])
charts.footer(view, review=review.words)
