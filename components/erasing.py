"""Erasing, for administrators: a text wherever it stands, in files and on pages, or a whole file; seen before done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pandas as pd
import streamlit as st

from charts.words import day, plural
from components import comparing, html, packaging, packing, pictures, session
from data import copies, erasure
from data.texts import LONGEST_REASON
from data.versions import Moment

DONE = "history_done"
FREED = "What it took up in the store’s file is overwritten when the program next starts."
ONE_TEXT, WHOLE_FILE = "One text", "The whole file"
LABEL_LENGTH = 70
KINDS = {
    "review": "reviews",
    "judgement": "judgements",
    "reply": "replies to reviews",
    "action": "actions",
    "review_agenda": "agendas of closed reviews",
    "adaptation": "adaptation log",
    "ruling": "rulings",
    "practice": "practice library",
    "target": "targets",
    "agreement": "agreed indicators",
    "rebase": "new calculations of control charts",
    "submission_end": "withdrawn and corrected files",
    "data_version": "list of data versions",
    "erasure": "reasons for erasing",
    "waiting": "files that wait or waited for another person",
    "waiting_end": "reasons for refusing files",
    "public_check": "checks of public texts",
    "role_given": "roles given and ended",
    "token": "tokens for programs",
    erasure.FILE: "rows of files",
}
Line = dict[Any, Any]


def done(words: str) -> None:
    """Remember what to say, and begin again with the page as it is now."""
    st.session_state[DONE] = words
    st.rerun()


def say_done() -> None:
    """Say once what was done."""
    if DONE in st.session_state:
        st.success("Done.", icon=":material/check_circle:")
        html.sentence(st.session_state.pop(DONE))


def show(line: Line) -> None:
    """Choose a text or the file, see what goes, say why, and erase it."""
    html.sentence(
        "Erasing is for personal data that should not be here. A text is replaced by a note in every data version, and "
        "the files that hold it are emptied; figures stay. It cannot be undone. To take figures out, withdraw the file."
    )
    if copies.rewrite_is_due(session.cursor()):
        html.quiet("Something was erased since the program started. " + FREED)
    choice = st.radio("Erase what?", [ONE_TEXT, WHOLE_FILE], horizontal=True, key=f"erase_what_{line['id']}")
    if choice == ONE_TEXT:
        _one_text(line)
    else:
        _whole_file(line)


def show_written() -> None:
    """For administrators: find a text that people wrote anywhere, see where it stands, say why, and erase it."""
    if session.actor().role != "administrator":
        return
    say_done()
    with st.expander("Erase a text that people wrote", icon=":material/delete_forever:"), session.told_plainly():
        html.sentence(
            "For what is personal in a review, a reply, an action, a reason, a practice entry or any other text. It is "
            "replaced by a note wherever exactly it stands, in its history and in earlier data versions too, and files "
            "that hold it are emptied. It cannot be undone."
        )
        _written()


def _written() -> None:
    connection, actor = session.cursor(), session.actor()
    words = st.text_area("Paste the text, or words in it", key="erase_find_written", height=80)
    found = erasure.texts_with(connection, actor, words)
    if words.strip() and not found:
        html.sentence("No text has these words. Words that the program puts around a text are not part of it.")
    if len(found) == erasure.TEXTS_SHOWN:
        html.quiet(f"Only the first {erasure.TEXTS_SHOWN} texts are offered. Find others by more words in them.")
    chosen = found[0] if len(found) == 1 else _which(found)
    if chosen is None:
        return
    html.sentence(chosen)
    html.sentence(reach_words(erasure.reach(connection, actor, chosen)))
    reason = _reason("written")
    if _confirmed("Erase this text everywhere", "written"):
        _finish_text(erasure.erase(connection, actor, chosen, reason, Moment.now()))


def _which(found: list[str]) -> str | None:
    if not found:
        return None
    return st.selectbox(
        f"Which of {len(found)} texts",
        found,
        index=None,
        format_func=_short,
        placeholder="Choose a text",
        key="erase_text_written",
    )


def reach_words(reach: erasure.Reach) -> str:
    """What erasing a text touches, as sentences."""
    files = (
        f" {plural(len(reach.files), 'file is', 'files are')} emptied: {', '.join(reach.files)}." if reach.files else ""
    )
    longer = (
        f" It also stands among more words in {plural(reach.longer, 'other text')}, which stay: look at them too."
        if reach.longer
        else ""
    )
    found = ", ".join(f"{KINDS[kind]} {cells:,}" for kind, cells in reach.kinds)
    kinds = "" if {kind for kind, _ in reach.kinds} == {erasure.FILE} else f" By kind: {found}."
    return f"This text stands in {plural(reach.cells, 'stored cell')}, counting every version.{kinds}{files}{longer}"


def _one_text(line: Line) -> None:
    connection, actor, submission = session.cursor(), session.actor(), line["id"]
    containing = st.text_input("Find a text by words in it", key=f"erase_find_{submission}", width=420)
    found = erasure.texts(connection, actor, submission, containing).to_dict("records")
    if not found:
        html.sentence(
            "This file has no text with these words." if containing.strip() else "This file has no text left."
        )
        return
    places = {(entry["row"], entry["column_name"]): entry["text"] for entry in found}
    chosen = st.selectbox(
        "Text to erase",
        list(places),
        index=None,
        format_func=lambda place: _label(place, places[place]),
        placeholder="Choose a text",
        key=f"erase_text_{submission}",
    )
    if len(found) == erasure.TEXTS_SHOWN:
        html.quiet(f"Only the first {erasure.TEXTS_SHOWN} texts are offered. Find others by words in them.")
    if chosen is None:
        return
    row, column = chosen
    html.sentence(places[chosen])
    html.sentence(reach_words(erasure.reach_of_text(connection, actor, submission, row, column)))
    reason = _reason(submission)
    if _confirmed("Erase this text everywhere", submission):
        _finish_text(erasure.erase_text(connection, actor, submission, row, column, reason, Moment.now()))


def _whole_file(line: Line) -> None:
    connection, actor, submission = session.cursor(), session.actor(), line["id"]
    if pd.notna(line["file_erased_at"]):
        html.sentence(f"The file was erased on {day(line['file_erased_at'])}. Its name can still be erased.")
    html.sentence("The file as it was sent goes, and the words of what was found in it. The facts read from it stay.")
    name = st.checkbox("Erase its name too, in the list and in the data versions", key=f"erase_name_{submission}")
    reason = _reason(submission)
    if _confirmed("Erase this file", submission):
        reach = erasure.erase_file(connection, actor, submission, reason, Moment.now(), name=name)
        _finish(f"Erased {plural(len(reach.files), 'file')}{' and the name' if name else ''}.")


def _label(place: tuple[int, str], text: str) -> str:
    return f"row {place[0]}, {place[1]}: {_short(text)}"


def _short(text: str) -> str:
    return text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1] + "…"


def _reason(submission: UUID | str) -> str:
    return st.text_area(
        "Why is it erased? Do not repeat what is erased.", key=f"erase_reason_{submission}", max_chars=LONGEST_REASON
    )


def _confirmed(label: str, submission: UUID | str) -> bool:
    return st.button(label, key=f"erase_{submission}", type="primary", icon=":material/delete_forever:")


def _finish_text(reach: erasure.Reach) -> None:
    _finish(f"Erased from {plural(reach.cells, 'stored cell')} and {plural(len(reach.files), 'file')}.")


def _finish(words: str) -> None:
    """Nobody may be shown from memory what is gone from the store."""
    pictures.forget()
    comparing.forget()
    packaging.forget()
    packing.forget()
    done(f"{words} {FREED}")
