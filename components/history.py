"""What has been sent, and for a chosen file: what was found in it, its download, withdrawing and correcting it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from charts.words import day, listed, plural
from components import difference, erasing, findings, html, session, submissions
from components.controls import View, area_label
from data import approval_settings, history, queries, texts
from data.actor import Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.store import Connection
from data.versions import Moment
from reports.expected import ENGLAND, places_within

FIRST, MOST = 8, 50
CORRECTS = "corrects"
SEE, WITHDRAW, CORRECT, ERASE = "See it", "Withdraw it", "Send a correction", "Erase"
Line = dict[Any, Any]


def show(view: View, catalogue: Catalogue) -> None:
    """The newest files sent for the area looked at, and for the one that is chosen what can be done with it."""
    scope = "" if view.area == ENGLAND else f" for {area_label(catalogue, view.area)}"
    containing = st.session_state.get("history_find", "").strip()
    sent = _sent(view, catalogue, containing)
    if sent.empty and not containing:
        html.sentence(f"Nothing has been sent{scope} yet. Start with a template above.")
        return
    erasing.say_done()
    st.text_input("Find a file by part of its name", key="history_find", width=420)
    if sent.empty:
        html.sentence(f"No file{scope} has this in its name.")
        return
    html.table(submissions.COLUMNS, submissions.rows(sent.head(FIRST)), f"Accepted files{scope}, newest first")
    if len(sent) > FIRST:
        with st.expander(f"Older files ({len(sent) - FIRST})"):
            html.table(submissions.COLUMNS, submissions.rows(sent.iloc[FIRST:]), f"Older files{scope}")
    if len(sent) == MOST:
        html.quiet(f"Only the newest {MOST} are listed. Find older ones by part of their name.")
    _choose({line["id"]: line for line in sent.to_dict("records")}, catalogue)


def correcting(key: str = "leave_correction") -> UUID | None:
    """Say which file the next one sent is to replace, with a button to leave that; nothing when none is."""
    chosen: UUID | None = st.session_state.get(CORRECTS)
    if chosen is None:
        return None
    try:
        found = history.standing(session.cursor(), session.actor(), chosen)
    except UserError:
        found = {"state": "unknown"}
    if found["state"]:
        st.session_state.pop(CORRECTS)
        return None
    html.sentence(
        f"The file that you send now replaces “{found['file_name']}” (data version {found['version']}): what it has "
        "holds, what it has not goes."
    )
    if st.button("Replace nothing: send a file by itself", key=key, icon=":material/undo:"):
        st.session_state.pop(CORRECTS)
        st.rerun()
    return chosen


def withdrawal_words(preview: history.Withdrawal) -> str:
    """What withdrawing would do, as a sentence."""
    if preview.goes == preview.stays == 0:
        return "Nothing of this file holds now, so withdrawing it changes no figure; it is marked as withdrawn."
    gone = preview.goes - preview.returns
    parts = [f"{plural(gone, 'fact goes', 'facts go')} and nothing takes its place" if gone == 1 else ""]
    parts += [f"{gone:,} facts go and nothing takes their place"] if gone > 1 else []
    parts += [f"for {plural(preview.returns, 'fact')} what an earlier file said holds again"] if preview.returns else []
    parts += [f"{plural(preview.stays, 'fact')} stay because another file says the same"] if preview.stays > 1 else []
    parts += ["1 fact stays because another file says the same"] if preview.stays == 1 else []
    return f"If this file is withdrawn, {listed(list(filter(None, parts)))}. Earlier data versions stay as they are."


def _sent(view: View, catalogue: Catalogue, containing: str) -> pd.DataFrame:
    areas = None if view.area == ENGLAND else places_within(catalogue, view.area)
    return queries.submissions(session.cursor(), session.actor(), areas, containing=containing, most=MOST)


def _choose(lines: dict[UUID, Line], catalogue: Catalogue) -> None:
    chosen = st.selectbox(
        "See, correct or withdraw a file",
        list(lines),
        index=None,
        format_func=lambda one: _label(lines[one]),
        placeholder="Choose a file",
        key="history_file",
        width=520,
    )
    if chosen is None:
        return
    line, actor = lines[chosen], session.actor()
    deeds = _deeds(line, actor)
    deed = st.radio("What do you want to do?", deeds, horizontal=True, key=f"history_deed_{chosen}")
    with session.told_plainly():
        shown: dict[str, Callable[[Line], None]] = {
            SEE: _see,
            WITHDRAW: partial(_withdraw, catalogue),
            CORRECT: _correct,
            ERASE: erasing.show,
        }
        shown[deed](line)


def _label(line: Line) -> str:
    return f"{line['file_name']} (version {line['version']}, {submissions.state(line).text})"


def _deeds(line: Line, actor: Actor) -> list[str]:
    ended = line["state"] != "accepted"
    may = [SEE, *([] if ended else [WITHDRAW, CORRECT])]
    return [*may, ERASE] if actor.role == "administrator" else may


def _see(line: Line) -> None:
    actor, connection = session.actor(), session.workspace().connection
    state = submissions.state(line)
    html.sentence(
        f"{line['file_name']}: sent on {day(line['sent_at'])} by {line['sent_by']}, stored as data version "
        f"{line['version']}, {state.text}{': ' if state.detail else ''}{state.detail}."
    )
    found = history.findings(session.cursor(), actor, line["id"])
    if found:
        findings.table(found, "What was found in it when it was sent")
    else:
        html.quiet("Nothing was found in it when it was sent.")
    if pd.notna(line["file_erased_at"]):
        html.sentence(f"The file itself was erased on {day(line['file_erased_at'])} and cannot be downloaded.")
        return
    st.download_button(
        f"Download the file as it was sent ({submissions.size(line['size'])})",
        partial(_original, connection, actor, line["id"]),
        line["file_name"],
        "application/octet-stream",
        key=f"history_original_{line['id']}",
        on_click="ignore",
        icon=":material/download:",
    )


def _original(connection: Connection, actor: Actor, submission: UUID) -> bytes:
    """The bytes, read when somebody asks for them: by then the cursor of the script run is closed."""
    with connection.cursor() as own:
        return history.original(own, actor, submission, Moment.now())[1]


def _withdraw(catalogue: Catalogue, line: Line) -> None:
    connection, actor, submission = session.cursor(), session.actor(), line["id"]
    preview = history.withdrawal(connection, actor, submission)
    # What counts is what the person saw when pressing the button, not what is found once it was pressed.
    seen, base = st.session_state.get("withdrawal_seen") or (submission, preview.base_version)
    st.session_state["withdrawal_seen"] = (submission, preview.base_version)
    html.sentence(withdrawal_words(preview))
    if approval_settings.asking(connection, catalogue, preview.areas):
        html.sentence("Withdrawing needs no second person: it is done at once. Only what is sent in its place waits.")
    if not preview.changes.empty:
        with st.expander(f"See what changes ({plural(len(preview.changes), 'line')})"):
            columns, rows = difference.lines(preview.changes, catalogue, "Then")
            html.table(columns, rows, "What changes when the file is withdrawn")
            if len(rows) == history.LINES_SHOWN:
                html.quiet(f"Only the first {len(rows)} lines are shown.")
    reason = st.text_area(
        "Why is it withdrawn? Everybody who looks at the history can read this.",
        key=f"withdraw_reason_{submission}",
        max_chars=texts.LONGEST_REASON,
    )
    if st.button("Withdraw this file", key=f"withdraw_{submission}", type="primary", icon=":material/undo:"):
        base = base if seen == submission else preview.base_version
        version = history.withdraw(connection, actor, submission, reason, base, Moment.now())
        erasing.done(f"{line['file_name']} is withdrawn as of data version {version}.")


def _correct(line: Line) -> None:
    if st.session_state.get(CORRECTS) == line["id"]:
        correcting(f"leave_correction_{line['id']}")
        return
    html.sentence(
        "A correction takes the place of this file as a whole: what the new file has holds, what it has not goes. To "
        "change or add some figures only, send them in a file of their own; nothing else is needed."
    )
    if st.button("Replace this file by the next one I send", key=f"correct_{line['id']}", icon=":material/sync_alt:"):
        st.session_state[CORRECTS] = line["id"]
        st.rerun()
