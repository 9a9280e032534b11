"""Which earlier data version a page looks back to: one of the versions, or the last one on or before a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import streamlit as st

from charts.words import day
from components import reviewing, session
from components.controls import NEWEST, View
from data import queries

USUAL = 0
REFUSED = "since was not known"
WRITTEN = ("%Y-%m-%d", "%d %B %Y", "%d/%m/%Y")
HELP = "A data version, or a date such as 14 July 2026: type it, and the last version on or before that day is taken."
UNKNOWN = "The earlier version or date that was asked for is not known here, so the usual one is shown."


def choose(view: View) -> View | None:
    """Ask how far to look back; the same view at that version, or nothing where none came before the one shown.

    The choice is bound to the address under `since`: a data version in words or as a number, or a date. What is not
    known is said, and the usual one taken: the last review's version, or the one before the newest change if that is
    earlier or there was no review. An earlier version may be chosen that is not earlier than the one shown.
    """
    # A version that was confirmed since the page began is not among its words yet.
    listed = session.remembered("data versions", queries.data_versions)
    known = view.words["version"]
    versions: dict[int, date] = {line["version"]: line["as_of"] for line in listed if line["version"] in known}
    usual = _usual(view, list(versions))
    if usual is None:
        return None
    words = {USUAL: usual[1]} | {number: view.words["version"][number] for number in versions}
    _forget_unknown(words, versions)
    chosen = st.selectbox(
        "Since",
        list(words),
        format_func=lambda option: words.get(option, str(option)),
        key="since",
        bind="query-params",
        accept_new_options=True,
        width=420,
        help=HELP,
    )
    version = version_of(chosen, versions) or usual[0]
    return replace(view, version=version, as_of=versions[version])


def version_of(chosen: Any, versions: dict[int, date]) -> int | None:
    """The data version that a number, or the last one on or before the day that a text names; nothing if there is none.

    `versions` are the as-of dates by number.
    """
    if isinstance(chosen, int):
        return chosen if chosen in versions else None
    text = str(chosen).strip()
    if text.isdecimal() and len(text) < 10:
        return int(text) if int(text) in versions else None
    asked = _day(text)
    return None if asked is None else max((n for n, as_of in versions.items() if as_of <= asked), default=None)


def link(view: View, version: int) -> str:
    """The address of the page What changed, for the place in view, since an earlier version."""
    return view.link("what_changed", {"since": view.words["version"][version]})


def named(view: View) -> str:
    """A version as a sentence names it."""
    return f"version {view.version} ({day(view.as_of)})"


def _usual(view: View, versions: list[int]) -> tuple[int, str] | None:
    """The version that is usually looked back to, and its words; nothing where none is earlier."""
    before = max((number for number in versions if NEWEST < number < view.version), default=None)
    if before is None:
        return None
    review = reviewing.last_review(view)
    if review is not None and int(review["version"]) <= before:
        return int(review["version"]), f"The last review (version {int(review['version'])})"
    return before, f"The change before (version {before})"


def _forget_unknown(words: dict[int, str], versions: dict[int, date]) -> None:
    """Take away what names neither a version nor a day, and say so.

    What was typed gives way to the usual choice, and the address follows. What the address itself holds is taken over
    by the control before the page can refuse it, because it also takes dates: so it is taken out and the run begins
    again.
    """
    typed = "since" in st.session_state
    asked = st.session_state.get("since", st.query_params.get("since"))
    known = asked is None or asked in words or asked in words.values() or version_of(asked, versions) is not None
    if st.session_state.pop(REFUSED, False) or (typed and not known):
        st.warning(UNKNOWN)
    if typed and not known:
        st.session_state["since"] = USUAL
    elif not known:
        st.query_params.pop("since", None)
        st.session_state[REFUSED] = True
        st.rerun()


def _day(text: str) -> date | None:
    for written in WRITTEN:
        try:
            return datetime.strptime(text, written).date()
        except ValueError:
            continue
    return None
