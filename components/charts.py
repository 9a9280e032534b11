"""A chart as this product shows it: the picture, the sentence that says what it shows, its table, CSV and method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.palette import Palette, palette
from charts.words import day
from components import banner, html, picture_file, session
from components.controls import View
from data.export import to_csv

# Pictures are saved by buttons that the keyboard reaches, too.
BUTTONS = {"displayModeBar": False}


def colours() -> Palette:
    """The palette of the theme that the person uses."""
    return palette(st.context.theme.type)


def drawn(make: Callable[..., go.Figure], *given: Any, **words: Any) -> go.Figure:
    """The figure that `make` makes, kept for the same frames, colours and words: drawing takes longer than telling
    whether they are the same."""
    return _drawn(f"{make.__module__}.{make.__qualname__}", make, given, words)


@st.cache_resource(max_entries=256, show_spinner=False)
def _drawn(name: str, _make: Callable[..., go.Figure], given: tuple[Any, ...], words: dict[str, Any]) -> go.Figure:
    return _make(*given, **words)


def forget() -> None:
    """Let go of every figure that was drawn."""
    _drawn.clear()


def show(
    figure: go.Figure,
    sentence: str,
    view: View,
    *,
    key: str,
    columns: Sequence[html.Column],
    rows: Sequence[Sequence[str | html.Cell]],
    data: pd.DataFrame,
    method: str,
) -> None:
    """Draw a figure with its sentence; its table, CSV, method and data version stand one click away.

    `rows` are the figures as they are read, `data` the same as they are taken away.
    """
    picture(figure, key, sentence)
    html.sentence(sentence)
    with st.expander("Table, CSV and method"):
        html.table(columns, rows, caption=sentence)
        download(data, view, key, method)
        notes = [version_line(view), banner.notice(session.workspace().kind).capitalize()]
        picture_file.offer(key, f"{key}-version-{view.version}", colours(), notes)
        html.quiet(f"{method} {version_line(view)}")


def picture(figure: go.Figure, key: str, alt: str) -> None:
    """Draw a figure alone. Its room is kept from the start: a browser that draws it later than the text around it must
    not push away what somebody has begun to read, or the heading that an address leads to."""
    height = round(figure.layout.height)
    st.plotly_chart(figure, theme=None, config=BUTTONS, key=key, alt=alt, height=height)


def download(data: pd.DataFrame, view: View, key: str, method: str = "") -> None:
    """A button that gives a frame as CSV. Each row repeats the data version, what was chosen on the page (by its
    address), the method, and what kind of workspace it is from.

    The CSV is written when somebody asks for it, not whenever the page is drawn.
    """
    notes = {
        "how_made": method,
        "shown_at": html.address("", **chosen(view)),
        "workspace": banner.notice(session.workspace().kind),
    }
    st.download_button(
        "Download CSV",
        lambda: to_csv(data.assign(**notes), view.version, view.as_of),
        f"{key}-version-{view.version}.csv",
        "text/csv",
        key=f"{key}-csv",
        on_click="ignore",
        icon=":material/download:",
    )


def version_line(view: View) -> str:
    """Which data is shown."""
    return f"Data version {view.version}, as of {day(view.as_of)}."


def footer(view: View, **own: str | int) -> None:
    """Which data the page shows, and an address that shows exactly this again.

    `own` are parameters of the page that its address does not hold, because what is usual is left out of it.
    """
    html.linked(
        version_line(view),
        "Address of exactly this view, to send to a colleague",
        html.address("", **(chosen(view) | own)),
    )


def chosen(view: View) -> dict[str, str | int]:
    """The address parameters of exactly this view: the shared controls by key, and the page’s own as they are."""
    own = {name: value for name, value in st.query_params.items() if name not in view.words}
    return own | view.parameters
