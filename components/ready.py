"""A chart with its sentence and table, worked out once for a view: what a page keeps and shows to all who ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from components import charts, html
from components.controls import View

Rows = Sequence[Sequence[str | html.Cell]]


@dataclass(frozen=True)
class Chart:
    """What `components.charts.show` needs; without a figure the sentence stands alone, or with the table where it has
    a caption. It is shared between readers, so the figure is finished when it comes here, and nobody changes it.
    """

    sentence: str
    figure: go.Figure | None = None
    key: str = ""
    columns: Sequence[html.Column] = ()
    rows: Rows = ()
    data: pd.DataFrame = field(default_factory=pd.DataFrame)
    method: str = ""
    caption: str = ""

    def show(self, view: View) -> None:
        """The chart with everything around it, or what is said instead."""
        if self.figure is not None:
            charts.show(self.figure, self.sentence, view, key=self.key, columns=self.columns, rows=self.rows,
                        data=self.data, method=self.method)  # fmt: skip
            return
        html.sentence(self.sentence)
        if self.caption:
            html.table(self.columns, self.rows, self.caption)


def drawn_for(view: View) -> tuple[object, ...]:
    """What tells apart charts with links in their tables: the theme they are drawn for, and what the links hold."""
    return st.context.theme.type, *view.in_links
