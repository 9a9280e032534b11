"""Files that wait for another person: the list, the same look at one as its sender had, approve, refuse, take back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import streamlit as st

from charts.words import day, listed, plural
from components import difference, findings, html, session
from components.controls import View, area_label
from components.waiting_words import alone, done, whose_turn
from data import approvals
from data.approvals import Looked
from data.templates import TEMPLATES
from data.texts import LONGEST_REASON
from data.versions import Moment

LOOKED = "looked at"
NAMED = 3
LAST = 20
COLUMNS = [
    html.Column("File"),
    html.Column("Sent"),
    html.Column("For"),
    html.Column("What"),
    html.Column("Who decides"),
]
ENDED = [html.Column("File"), html.Column("Sent"), html.Column("What became of it"), html.Column("Why")]
Line = dict[str, Any]


def show(view: View, waiting: list[Line]) -> None:
    """The files that wait, one of them to decide on, and what became of the last ones."""
    if waiting:
        html.table(COLUMNS, [_row(line) for line in waiting], f"Files that wait: {len(waiting)}")
        if words := alone():
            html.quiet(words)
        _choose(view, {line["id"]: line for line in waiting if line["may_decide"] or line["is_mine"]})
    ended = approvals.listed(session.cursor(), session.actor(), ended=True, most=LAST)
    if ended:
        with st.expander(f"What became of files that waited ({len(ended)})"):
            html.table(ENDED, [_ended(line) for line in ended], "Files that waited, the last decided first")


def _row(line: Line) -> list[str | html.Cell]:
    replaces = f"in place of {line['corrects_name']}: {line['reason']}" if line["corrects_name"] else ""
    kind = TEMPLATES[line["template"]].title
    return [
        html.Cell(line["file_name"], detail=replaces),
        html.Cell(day(line["sent_at"]), detail=f"by {line['sent_by']}"),
        _areas(line["areas"]),
        f"{kind}, {plural(line['facts'], 'change')} when sent" + (" (invented)" if line["invented"] else ""),
        whose_turn(line),
    ]


def _areas(codes: list[str]) -> str:
    names = [area_label(session.catalogue(), code) for code in codes]
    return ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def _ended(line: Line) -> list[str | html.Cell]:
    version = f", data version {line['version']}" if line["version"] else ""
    return [
        line["file_name"],
        html.Cell(day(line["sent_at"]), detail=f"by {line['sent_by']}"),
        html.Cell(f"{line['state']}{version}", detail=f"{day(line['ended_at'])} by {line['ended_by']}"),
        line["end_reason"] or "",
    ]


def _choose(view: View, lines: dict[UUID, Line]) -> None:
    if not lines:
        return
    chosen = st.selectbox(
        "Look at a file that waits",
        list(lines),
        index=0 if len(lines) == 1 else None,
        format_func=lambda one: f"{lines[one]['file_name']}, sent by {lines[one]['sent_by']}",
        placeholder="Choose a file",
        key="waiting_file",
        width=520,
    )
    if chosen is None:
        return
    line = lines[chosen]
    if line["is_mine"]:
        _take_back(line)
    else:
        _decide(_looked(view, chosen))


def _take_back(line: Line) -> None:
    html.sentence("You sent it, so another person approves or refuses it. You can take it back; it is not kept then.")
    if st.button("Take it back", key=f"take_back_{line['id']}", icon=":material/undo:"):
        approvals.take_back(session.cursor(), session.actor(), line["id"], Moment.now())
        done(f"{line['file_name']} is taken back. Nothing of it is kept but its name.")


def _looked(view: View, waiting: UUID) -> Looked:
    """The file, checked once for each data version: whatever is stored meanwhile, what is shown is what is approved."""
    asked = (waiting, view.newest, session.actor())
    kept: tuple[Any, Looked] | None = st.session_state.get(LOOKED)
    if kept is None or kept[0] != asked:
        with st.spinner("Checking the file against what is stored today …"):
            connection = session.workspace().connection  # what is prepared outlives this run of the page
            looked = approvals.look(connection, session.actor(), session.catalogue(), waiting)
        kept = st.session_state[LOOKED] = (asked, looked)
    return kept[1]


def _decide(looked: Looked) -> None:
    """The findings and the difference as the sender saw them, but of today; then approve, or refuse with a reason."""
    line, prepared = looked.waiting, looked.prepared
    if prepared is not None:
        html.answer(findings.headline(prepared.screening))
        if prepared.screening.findings:
            findings.table(prepared.screening.findings, f"Findings in {line['file_name']}, checked today")
        if prepared.screening.acceptable:
            difference.show(prepared, session.catalogue(), "In the file")
    if looked.obstacle:
        html.sentence(f"It cannot be approved as it is. {looked.obstacle} Refuse it, and say what is needed.")
    elif prepared is not None:
        _approve(looked, prepared.would_store + prepared.counts.get("withdrawn", 0), prepared.base_version + 1)
    _refuse(line)


def _approve(looked: Looked, changes: int, version: int) -> None:
    label = f"Approve: store {plural(changes, 'change')} as data version {version}"
    if st.button(label, key=f"approve_{looked.waiting['id']}_{version}", type="primary", icon=":material/how_to_reg:"):
        stored = approvals.approve(session.cursor(), session.actor(), looked, Moment.now())
        st.session_state.pop(LOOKED, None)
        done(f"{looked.waiting['file_name']} is approved and stored as data version {stored}.")


def _refuse(line: Line) -> None:
    reason = st.text_area(
        "Why is it refused? Its sender reads this.", key=f"refuse_reason_{line['id']}", max_chars=LONGEST_REASON
    )
    if st.button("Refuse this file", key=f"refuse_{line['id']}", icon=":material/block:"):
        approvals.refuse(session.cursor(), session.actor(), line["id"], reason, Moment.now())
        st.session_state.pop(LOOKED, None)
        done(f"{line['file_name']} is refused. Nothing of it is kept but its name and the reason.")


def waits_because(codes: list[str]) -> str:
    """That a file will wait, and for whom, as sentences."""
    names = [area_label(session.catalogue(), code) for code in codes]
    asks = "asks" if len(names) == 1 else "ask"
    words = f"{listed(names)} {asks} for a second person: the file waits until somebody else approves it."
    return f"{words} {alone()}".strip()
