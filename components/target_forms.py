"""Setting, changing and ending targets on a page, for those who may."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from components import html, session, target_progress, target_rows
from components.controls import View, area_label
from data import targets
from data.catalogue import Indicator
from data.targets import LONGEST_NAME, LOWEST, Standing, Target
from data.texts import LONGEST_REASON
from data.versions import Moment

DONE = "target_done"
EARLIER = "You are looking at an earlier data version. Choose the newest to set, change or end targets."
NOT_ALLOWED = "Only the steering group may set targets here, and an area its own: choose your area above."
ADVICE = (
    "Set a target only where a group has agreed one. Everybody can read who agreed it and why, and from which data "
    "version on it stands."
)
Line = dict[Any, Any]


def told() -> None:
    """What the last act did, once."""
    if DONE in st.session_state:
        st.success(st.session_state.pop(DONE), icon=":material/check_circle:")


def show(view: View, item: Indicator, standing: pd.DataFrame) -> None:
    """The forms for an indicator, or why there are none; `standing` are its targets as `target_progress` has them."""
    if view.version != view.newest:
        html.sentence(EARLIER)
        return
    own = [line for line in standing.to_dict("records") if targets.may_set(session.actor(), _area(line["area_code"]))]
    places = _places(view)
    if not places and not own:
        html.sentence(NOT_ALLOWED)
    if places and not targets.why_none(item):
        with st.expander("Set a target"), session.told_plainly():
            _set(view, item, places)
    if own:
        with st.expander("Change or end a target"), session.told_plainly():
            _change_or_end(item, own)


def _places(view: View) -> list[str | None]:
    """The places that the person may set a target for here: the one in view, and every area."""
    return [place for place in (view.area, None) if targets.may_set(session.actor(), place)]


def _set(view: View, item: Indicator, places: list[str | None]) -> None:
    html.sentence(ADVICE)
    key = f"{view.area}_{item.key}"
    catalogue = session.catalogue()
    names = {place: area_label(catalogue, place) if place else "Every police force area" for place in places}
    chosen = st.radio("For", list(names.values()), key=f"target_for_{key}", horizontal=True)
    place = next(place for place in places if names[place] == chosen)
    value = _value(item, f"target_value_{key}", None)
    due = _due(f"target_due_{key}", None)
    if value is not None:
        words = target_rows.overtaken(*target_progress.beyond_already(item.key, place, value, view), names[place])
        if words:
            st.warning(words)
    agreed_by, reason = _who(f"target_who_{key}", ""), _why(f"target_why_{key}")
    if st.button("Set the target", key=f"target_set_{key}", icon=":material/flag:"):
        if value is None or due is None:
            st.warning("Give the value and the day by which it is to be reached.")
            return
        wanted = Target(item.key, place, float(value), due, agreed_by, reason)
        version = targets.set_target(session.cursor(), session.actor(), catalogue, wanted, Moment.now())
        _done(f"The target stands from data version {version} on.")


def _change_or_end(item: Indicator, own: list[Line]) -> None:
    catalogue = session.catalogue()
    place = st.selectbox(
        "Which target",
        range(len(own)),
        index=0 if len(own) == 1 else None,
        format_func=lambda at: target_rows.label(own[at], catalogue),
        placeholder="Choose one",
        key=f"target_which_{item.key}",
        width=520,
    )
    if place is None:
        return
    line = own[place]
    standing = Standing(item.key, _area(line["area_code"]), line["due"].date(), int(line["from_version"]))
    key = f"{item.key}_{standing.area}_{standing.due}_{standing.from_version}"
    value, due = _value(item, f"target_new_value_{key}", line["value"]), _due(f"target_new_due_{key}", standing.due)
    agreed_by = _who(f"target_new_who_{key}", line["agreed_by"])
    reason = _why(f"target_new_why_{key}")
    with st.container(horizontal=True):
        change = st.button("Change it", key=f"target_change_{key}", icon=":material/edit:")
        end = st.button("End it", key=f"target_end_{key}", icon=":material/undo:")
    if change and value is not None and due is not None:
        wanted = Target(item.key, standing.area, float(value), due, agreed_by, reason)
        version = targets.change(session.cursor(), session.actor(), catalogue, standing, wanted, Moment.now())
        _done(f"The changed target stands from data version {version} on.")
    if end:
        version = targets.end(session.cursor(), session.actor(), catalogue, standing, reason, Moment.now())
        _done(f"The target stands no longer, from data version {version} on.")


def _value(item: Indicator, key: str, usual: float | None) -> float | None:
    most = float(item.multiplier) if item.measure == "proportion" else None
    whole = item.measure == "count"
    return st.number_input(
        f"Value, in {item.unit}",
        min_value=LOWEST.get(item.measure),
        max_value=most,
        value=usual,
        step=1.0,
        format="%.0f" if whole else "%.1f",
        key=key,
        width=260,
        placeholder="Type the value",
    )


def _due(key: str, usual: date | None) -> date | None:
    return st.date_input(
        "To be reached by",
        usual,
        min_value=usual or Moment.now().as_of + timedelta(days=1),
        max_value=date(2050, 12, 31),
        format="DD/MM/YYYY",
        key=key,
        width=260,
    )


def _who(key: str, usual: str) -> str:
    return st.text_input(
        "Agreed by whom, and when? Name a group, not a person.", usual, max_chars=LONGEST_NAME, key=key, width=520
    )


def _why(key: str) -> str:
    return st.text_area("Why? Everybody can read this.", key=key, max_chars=LONGEST_REASON, height=100)


def _area(code: object) -> str | None:
    return code if isinstance(code, str) else None


def _done(words: str) -> None:
    """Remember what to say, and begin again with what stands now."""
    st.session_state[DONE] = words
    st.rerun()
