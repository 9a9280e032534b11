"""The right of reply: what areas answer to a review before it closes, and the form to do so."""

from __future__ import annotations

from typing import Any

import streamlit as st

from charts.words import day
from components import html, review_forms, session
from components.controls import area_label
from components.review_held import Held
from data import reviews
from data.texts import LONGEST
from data.versions import Moment
from reports.expected import places_within

COLUMNS = [html.Column("Area"), html.Column("To"), html.Column("Reply"), html.Column("Saved")]
WHOLE = "the whole review"
Line = dict[Any, Any]


def show(held: Held) -> None:
    """Every reply, and the form for those who may write for an area of the review."""
    if not held.readable:
        html.sentence("What areas reply is shown once the review is closed.")
    elif held.replies.empty:
        html.sentence("No area has replied." if held.review["state"] == "closed" else "No area has replied yet.")
    else:
        rows = [_row(line) for line in held.replies.to_dict("records")]
        html.table(COLUMNS, rows, f"Replies of areas: {len(rows)}")
    if not held.writable:
        return
    areas = _areas(held)
    if not areas:
        html.quiet("Those who report for an area can reply for it until the review closes.")
        return
    with st.expander("Reply for an area", icon=":material/reply:"), session.told_plainly():
        _form(held, areas)


def _form(held: Held, areas: list[str]) -> None:
    """Which area, to what, and the text; a second reply of the area to the same takes the place of the first."""
    catalogue = session.catalogue()
    names = {code: area_label(catalogue, code) for code in areas}
    subjects = {"": WHOLE} | {key: f"{key} {item.title}" for key, item in catalogue.commitments.items()}
    key = f"reply-{held.review['id']}"
    area: str = st.selectbox("Area that replies", areas, format_func=names.__getitem__, key=f"{key}-area", width=420)
    subject: str = st.selectbox(
        "Reply to", list(subjects), format_func=subjects.__getitem__, key=f"{key}-to", width=520
    )
    before = _newest(held, area, subject)
    draft = review_forms.begin(f"{key}-{area}-{subject}", before and before["made_at"])
    text = st.text_area("Reply", before["reply"] if before else "", max_chars=LONGEST, key=f"{draft.key}-first")
    html.quiet("It is shown beside the judgement. Write roles and organisations, no person’s name.")
    review_forms.say_done(draft)
    if st.button("Save the reply", key=f"{draft.key}-save", icon=":material/reply:"):
        asked = session.cursor(), session.actor(), catalogue, held.review["id"], area, subject
        reviews.reply(*asked, text, Moment.now(), seen=draft.seen)
        review_forms.done(draft, f"The reply of {names[area]} to {subject or WHOLE} is saved.", True)


def _areas(held: Held) -> list[str]:
    """The areas in the review's scope for which this person may write, in the order of the controls."""
    catalogue, actor = session.catalogue(), session.actor()
    codes = places_within(catalogue, held.review["area_code"])
    known = [area for area in catalogue.areas.values() if area.code in codes and not area.comparator_only]
    known.sort(key=lambda area: (area.type != "police_force_area", area.name))
    return [area.code for area in known if actor.may_write_for(area.code)]


def _newest(held: Held, area: str, subject: str) -> Line | None:
    found = held.replies[(held.replies["area_code"] == area) & (held.replies["commitment"] == subject)]
    return None if found.empty else dict(found.iloc[0])


def _row(line: Line) -> list[str | html.Cell]:
    place = area_label(session.catalogue(), line["area_code"])
    saved = html.Cell(day(line["made_at"]), detail=f"by {line['made_by']}")
    return [place, line["commitment"] or WHOLE, line["reply"], saved]
