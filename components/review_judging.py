"""The ten commitments at a review: what the data says, what the group judged before, and the form for its judgement."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import beside
from charts.words import GRADE_WORDS, day
from components import html, pictures, review_forms, session, voices
from components.controls import area_label
from components.review_held import Held
from data import reviews
from data.texts import LONGEST
from data.versions import Moment
from metrics.judgement import JUDGEMENTS, reason_required
from reports.decided import judgement_cell, judgement_words

COLUMNS = [*beside.COLUMNS, html.Column("Former judgement"), html.Column("Judgement")]
EARLIER = [html.Column("Saved"), html.Column("Grade"), html.Column("Why"), html.Column("Dissent")]
CONFIDENCE_WORDS = {"low": "Low", "medium": "Medium", "high": "High"}
NOT_SHOWN = html.Cell("not shown before the end", state="absent")
NAMES_NOBODY = "Write roles and organisations, no person’s name: everybody who may see the review can read it."
Line = dict[Any, Any]


def show_all(held: Held) -> None:
    """The ten commitments with their picture, the former judgement and this one; each leads to its part of the page."""
    html.table(COLUMNS, [_row(line, held) for line in held.picture.to_dict("records")], _caption(held))
    html.quiet(beside.LEGEND)


def lacking(held: Held) -> list[str]:
    """The commitments without a judgement."""
    return [key for key in session.catalogue().commitments if key not in held.judgements]


def show_one(held: Held, key: str) -> None:
    """One commitment: its picture and voices, what was judged before, this judgement, and the form to record it."""
    line = held.picture_of(key)
    html.sentence(beside.answer(line, area_label(session.catalogue(), held.review["area_code"])))
    html.quiet(beside.details(line))
    providers, users = (beside.VOICE_WORDS[line[name]] for name in ("provider_voices", "user_voices"))
    html.quiet(f"Service providers: {providers}. Service users, families and communities: {users}.")
    html.linked("", f"All evidence on {key} at this data version", held.pinned.link("commitment", commitment=key))
    voices.show_insights(pictures.insights(held.pinned, key), session.catalogue(), f"review-{key}")
    former, now = held.former_judgements.get(key), held.judgements.get(key)
    html.sentence(f"Before: {judgement_words(former)}" if former else "No review of this place judged it before.")
    if held.readable:
        html.sentence(f"This review: {judgement_words(now)}" if now else f"This review has not judged {key} yet.")
    _show_replies(held, key)
    _show_earlier(held, key)
    if held.writable and session.actor().may_review(held.review["area_code"]):
        with st.container(), session.told_plainly():
            _form(held, key, line, now)


def rule(line: Line, grade: str | None) -> str | None:
    """The rule that asks for a reason for a grade, given the computed picture; None where no rule does."""
    if grade is None:
        return None
    found = reason_required(pd.DataFrame([line | {"judgement": grade}])).iloc[0]
    return str(found["reason"]) if found["reason_required"] else None


def _form(held: Held, key: str, line: Line, now: Line | None) -> None:
    draft = review_forms.begin(f"judge-{held.review['id']}-{key}", now and now["made_at"])
    grade = st.radio(
        f"The group’s judgement of {key}",
        JUDGEMENTS,
        index=JUDGEMENTS.index(now["grade"]) if now else None,
        format_func=GRADE_WORDS.__getitem__,
        key=f"{draft.key}-first",
    )
    why = rule(line, grade)
    html.sentence(f"A reason is needed: {why}." if why else "A reason is welcome; no rule asks for one.")
    values = {"grade": grade or "", **_texts(draft, now)}
    review_forms.say_done(draft)
    if st.button(f"Save the judgement of {key}", key=f"{draft.key}-save", type="primary", icon=":material/gavel:"):
        asked = session.cursor(), session.actor(), session.catalogue(), held.review["id"], key
        reviews.judge(*asked, values, Moment.now(), reason_rule=why, seen=draft.seen)
        review_forms.done(draft, f"The judgement of {key} is saved. {_next(held, key)}", True)
    _offer_next(held, key)


def _texts(draft: review_forms.Draft, now: Line | None) -> dict[str, str]:
    """The reason, how sure the group is, and dissent."""
    kept = now or {"reason": "", "confidence": None, "dissent": ""}
    reason = st.text_area("Reason", kept["reason"], max_chars=LONGEST, key=f"{draft.key}-reason", help=NAMES_NOBODY)
    levels = list(CONFIDENCE_WORDS)
    sure = st.radio(
        "How sure is the group?",
        levels,
        index=levels.index(kept["confidence"]) if now else None,
        format_func=CONFIDENCE_WORDS.__getitem__,
        key=f"{draft.key}-confidence",
        horizontal=True,
    )
    written = kept["dissent"] if isinstance(kept["dissent"], str) else ""
    dissent = st.text_area("Dissent, if any", written, max_chars=LONGEST, key=f"{draft.key}-dissent")
    return {"reason": reason, "confidence": sure or "", "dissent": dissent}


def _next(held: Held, key: str) -> str:
    rest = [other for other in lacking(held) if other != key]
    return f"Still without one: {', '.join(rest)}." if rest else "Every commitment has one now."


def _offer_next(held: Held, key: str) -> None:
    """Turn to the next commitment without a judgement: the page stays where it is, at the form."""
    keys = list(session.catalogue().commitments)
    place = keys.index(key)
    rest = [other for other in [*keys[place + 1 :], *keys[:place]] if other not in held.judgements]
    if rest:
        icon = ":material/arrow_forward:"
        st.button(f"Go on to {rest[0]}", key="judge-next", icon=icon, on_click=_turn_to, args=(rest[0],))


def _turn_to(key: str) -> None:
    st.session_state["commitment"] = key


def _show_replies(held: Held, key: str) -> None:
    for line in held.replies[held.replies["commitment"] == key].to_dict("records"):
        html.sentence(f"{session.catalogue().areas[line['area_code']].name} replies: {line['reply']}")


def _show_earlier(held: Held, key: str) -> None:
    """What was saved of this commitment at this review before the judgement that counts."""
    found = held.history[held.history["commitment"] == key].iloc[1:]
    if found.empty:
        return
    with st.expander(f"Earlier judgements of {key} at this review ({len(found)})"):
        html.table(EARLIER, [_earlier(line) for line in found.to_dict("records")], f"Saved before, {key}, newest first")


def _earlier(line: Line) -> list[str | html.Cell]:
    dissent = line["dissent"] if isinstance(line["dissent"], str) else ""
    saved = html.Cell(day(line["made_at"]), detail=f"by {line['made_by']}")
    return [saved, judgement_cell(line), line["reason"], dissent]


def _row(line: Line, held: Held) -> list[str | html.Cell]:
    key = line["commitment"]
    title = html.Cell(f"{key} {session.catalogue().commitments[key].title}", href=held.link(commitment=key))
    judged = [judgement_cell(held.former_judgements.get(key)), NOT_SHOWN]
    if held.readable:
        judged[1] = judgement_cell(held.judgements.get(key))
    return [title, *beside.cells(line), *judged]


def _caption(held: Held) -> str:
    kept = "as the review saw them" if held.review["state"] == "closed" else "at the data version of the review"
    return f"The ten commitments, {kept}: choose one to read and to judge it"
