"""What a figure shows, read back from it, and names that try to be more than names."""

import json
from typing import Any

import pandas as pd
import plotly.graph_objects as go

# A name with markup, a spreadsheet formula, and marks that turn the direction of writing.
HOSTILE = {
    "<b>Bold</b> & <a href='x'>link</a>": "&lt;b&gt;Bold&lt;/b&gt; &amp; &lt;a href='x'&gt;link&lt;/a&gt;",
    "<script>alert(1)</script>": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "=cmd|' /C calc'!A0": "=cmd|' /C calc'!A0",
    "Kent\u202etxet\u2066\u2069": "Kenttxet",
    "شرطة كينت": "شرطة كينت",
}


def shown(values: Any) -> list[Any]:
    """The values of a trace as plain ones, None for missing; nothing where the trace has none."""
    return [] if values is None else [None if pd.isna(value) else value for value in values]


def by_name(figure: go.Figure) -> dict[str, Any]:
    """The traces that the legend names."""
    return {trace.name: trace for trace in figure.data if trace.name}


def texts(figure: go.Figure) -> str:
    """Every text of a figure, as it is handed to Plotly."""
    return json.dumps(json.loads(figure.to_json()), ensure_ascii=False)
