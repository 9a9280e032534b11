"""Tables and sentences as plain, accessible HTML. Every text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape as escaped
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from charts.cells import Cell as Cell
from charts.cells import Column as Column
from charts.palette import DARK, LIGHT
from charts.words import MARKS, TONES, TURNING

COLOURS = ("good", "bad", "missing", "quiet", "line", "link")
STYLE = Path(__file__).with_name("style.css")


def style() -> None:
    """The project's style sheet, with the colours of both themes: the browser takes those of the one in use."""
    tones = {name: (getattr(LIGHT, name), getattr(DARK, name)) for name in COLOURS}
    variables = "".join(f"--{name}:light-dark({light},{dark});" for name, (light, dark) in tones.items())
    st.html(f"<style>:root{{{variables}}}{STYLE.read_text(encoding='utf-8')}</style>")


def hide(keys: Iterable[str]) -> None:
    """Take what has these keys out of sight, and out of the reach of the keyboard and of screen readers."""
    rules = "".join(f".st-key-{key}{{display:none}}" for key in keys)
    st.html(f"<style>{rules}</style>")


def escape(text: str) -> str:
    """Text in which a browser finds no markup, without marks that turn the direction of what stands around it."""
    return escaped(text.translate(TURNING))


def answer(text: str) -> None:
    """The sentence that answers the page's question."""
    st.html(f'<p class="answer">{escape(text)}</p>')


def sentence(text: str) -> None:
    """A plain sentence."""
    st.html(f"<p>{escape(text)}</p>")


def quiet(text: str) -> None:
    """A sentence in small, quiet type: sources, methods, caveats."""
    st.html(f'<p class="quiet">{escape(text)}</p>')


def linked(text: str, link: str, href: str) -> None:
    """A quiet sentence with a link behind it."""
    anchor = f'<a href="{escape(href)}" target="_self">{escape(link)}</a>'
    st.html(f'<p class="quiet">{escape(text)} {anchor}</p>')


def bullets(lines: Iterable[str]) -> None:
    """A list of plain sentences."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(f"<ul>{items}</ul>")


def table(columns: Sequence[Column], rows: Sequence[Sequence[str | Cell]], caption: str) -> None:
    """A table whose first column heads its rows; on a narrow screen each row becomes a block with its headings."""
    heads = "".join(f'<th scope="col"{_numeric(column)}>{escape(column.heading)}</th>' for column in columns)
    body = "".join(_row(columns, row) for row in rows)
    st.html(
        f'<div class="scroll" role="region" aria-label="{escape(caption)}" tabindex="0"><table class="facts">'
        f"<caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def folded(columns: Sequence[Column], rows: Sequence[Sequence[str | Cell]], caption: str, first: int) -> None:
    """A table of the first so many rows; the others, in the same order, stand one click away."""
    table(columns, rows[:first], caption)
    if len(rows) > first:
        with st.expander(f"The other {len(rows) - first:,} of {len(rows):,}"):
            table(columns, rows[first:], f"{caption}, continued")


def address(page: str, **parameters: str | int | None) -> str:
    """An address inside the dashboard, with its parameters."""
    query = urlencode({name: value for name, value in parameters.items() if value is not None})
    return f"{page}?{query}" if query else page


def _numeric(column: Column) -> str:
    return ' class="number"' if column.numeric else ""


def _row(columns: Sequence[Column], row: Sequence[str | Cell]) -> str:
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
    first = f'<th scope="row">{_content(cells[0])}</th>'
    rest = "".join(
        f'<td data-label="{escape(column.heading)}"{_numeric(column)}>{_content(cell)}</td>'
        for column, cell in zip(columns[1:], cells[1:], strict=True)
    )
    return f"<tr>{first}{rest}</tr>"


def _content(cell: Cell) -> str:
    text = escape(cell.text)
    if cell.href:
        text = f'<a href="{escape(cell.href)}" target="_self">{text}</a>'
    if cell.state:
        tone = TONES.get(cell.state, "neutral")
        text = f'<span class="mark {tone}" aria-hidden="true">{MARKS.get(cell.state, "")}</span>&nbsp;{text}'
    detail = f'<span class="detail">{escape(cell.detail)}</span>' if cell.detail else ""
    return text + detail
