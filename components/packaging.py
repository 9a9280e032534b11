"""The package of a data version, as the Data page offers it: what is inside, how large it is, and the downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import streamlit as st

from charts.words import day, plural
from components import html, session
from components.controls import View
from components.pictures import kept_whole
from components.ready import Rows
from components.submissions import size
from data import queries
from data.actor import Actor
from data.publication import must_take_away
from reports.archive import csv_file, estimated_size, parquet_file, zip_file
from reports.catalogue_tables import BY_NAME, TABLES
from reports.describing import licences, sources
from reports.package import Package, collect
from reports.tables import Table

COLUMNS = [
    html.Column("Table"),
    html.Column("Rows", numeric=True),
    html.Column("Size as CSV, about", numeric=True),
    html.Column("One row is"),
]
FIELD_COLUMNS = [html.Column("Column"), html.Column("Type"), html.Column("Unit"), html.Column("What it holds")]
TYPE_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "date": "date",
}
PYTHON = """import zipfile, pandas as pd
package = zipfile.ZipFile("{name}")
results = pd.read_csv(package.open("data/results.csv"), parse_dates=["period_start", "period_end"])"""
R = """library(readr)
unzip("{name}", exdir = "consensus")
results <- read_csv("consensus/data/results.csv")"""


@dataclass(frozen=True)
class Told:
    """About how many bytes all tables have as CSV; a row for each table with its rows, size and what one row is; one
    for each licence, with a link where it has an address, and what it applies to; and the sources."""

    size: int
    rows: Rows
    licences: Rows
    sources: list[str]


def package(view: View) -> Package:
    """The tables of the version in view; raises `UserError` when the person asking may not take them away."""
    return _allowed(view.version, session.actor())


def forget() -> None:
    """Let go of what was put together: after something was erased, it is no longer what may be given."""
    _package.clear()


def answer(found: Package) -> str:
    """What can be taken away, in a sentence."""
    rows = sum(map(len, found.frames.values()))
    return (
        f"All of data version {found.version}, as of {day(found.as_of)}: {plural(rows, 'row')} in "
        f"{len(found.frames)} tables, with the meaning of every column, to open in a spreadsheet or in a program."
    )


def file_name(found: Package) -> str:
    """The name of the package's file."""
    return f"consensus-version-{found.version}.zip"


def told(view: View, found: Package) -> Told:
    """What the page says of the package of the version in view, kept for as long as the package."""

    def make() -> Told:
        sizes = {table.name: estimated_size(found, table.name) for table in TABLES}
        return Told(sum(sizes.values()), _rows(found, sizes), _licence_rows(found), sources(found))

    return kept_whole(view, "package told", make, session.audit_lines())


def _rows(found: Package, sizes: Mapping[str, int]) -> Rows:
    return [
        [
            html.Cell(table.title, detail=table.name),
            f"{len(found.frames[table.name]):,}",
            size(sizes[table.name]),
            table.description,
        ]
        for table in TABLES
    ]


def offer_all(found: Package, total: int) -> None:
    """The button that makes the whole package, and what to expect of it: about `total` bytes."""
    _button(
        "Download the whole package (ZIP)",
        partial(_now, found.version, session.asker(), zip_file),
        file_name(found),
        main=True,
    )
    html.quiet(
        f"About {size(total)} as CSV before it is packed, and the same tables as Parquet. It is made when you press "
        "the button, which takes a few seconds when there is much; your browser shows the download when it is ready."
    )


def offer_one(found: Package) -> None:
    """Choose a table, download it, and read what its columns hold."""
    titles = {table.title: table for table in TABLES}
    table = titles[st.selectbox("Table", list(titles), key="table", bind="query-params", width=320)]
    base = f"{table.name}-version-{found.version}"
    with st.container(horizontal=True):
        for kind, make in (("CSV", csv_file), ("Parquet", parquet_file)):
            made = partial(_now, found.version, session.asker(), partial(make, name=table.name))
            _button(f"{table.title} as {kind}", made, f"{base}.{kind.lower()}")
    with st.expander("What its columns hold"):
        html.table(FIELD_COLUMNS, field_rows(table), f"Columns of {table.title}. {table.description}")


def field_rows(table: Table) -> list[list[str | html.Cell]]:
    """One row per column of a table: its name, type, unit and meaning, and where its values lead."""
    leads = {name: link.table or table.name for link in table.links for name in link.fields}
    return [
        [
            field.name,
            TYPE_WORDS[field.type],
            field.unit or "–",
            html.Cell(field.description, detail=_detail(field.name, table, leads)),
        ]
        for field in table.fields
    ]


def _licence_rows(found: Package) -> Rows:
    return [[html.Cell(item["name"], href=item.get("path", "")), item["title"]] for item in licences(found)]


def _detail(name: str, table: Table, leads: dict[str, str]) -> str:
    part = "part of the key" if name in table.key else ""
    lead = f"see {BY_NAME[leads[name]].title}" if name in leads else ""
    return ", ".join(filter(None, (part, lead)))


def _button(label: str, made: Callable[[], bytes], name: str, main: bool = False) -> None:
    kind = name.rpartition(".")[2]
    mime = {"csv": "text/csv", "zip": "application/zip"}.get(kind, "application/vnd.apache.parquet")
    st.download_button(
        label,
        made,
        name,
        mime,
        key=f"take-{name}",
        on_click="ignore",
        icon=":material/download:",
        type="primary" if main else "secondary",
    )


def _now(version: int, asker: Callable[[], Actor], make: Callable[[Package], bytes]) -> bytes:
    """A file, made when its button is pressed: since it was drawn, something may have been erased, or a right ended."""
    return make(_allowed(version, asker()))


def _allowed(version: int, actor: Actor) -> Package:
    """What is kept for everybody, for those who may have it."""
    must_take_away(actor)
    with closing(session.workspace().connection.cursor()) as connection:
        lines = queries.audit_lines(connection)
    return _package(session.workspace().settings.database, version, lines, actor)


@st.cache_resource(max_entries=4, show_spinner="Putting the tables together …")
def _package(database: str, version: int, lines: int, _actor: Actor) -> Package:
    """The tables of a version; what is in them changes when a text is erased or checked, which adds a line of audit."""
    workspace = session.workspace()
    with closing(workspace.connection.cursor()) as connection:
        return collect(connection, _actor, workspace.catalogue, version, workspace.kind)
