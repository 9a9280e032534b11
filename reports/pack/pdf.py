"""A pack as a tagged PDF (PDF/UA-1): headings, tables and figures are marked, each figure with its words.

Typst lays it out from `template.typ`. The texts reach it as data and are never read as its language.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst

from charts.cells import Cell
from charts.words import MARKS, TONES, day
from data import PROGRAM_VERSION
from reports.describing import TITLE
from reports.pack.columns import widths
from reports.pack.drawing import svg
from reports.pack.fonts import FAMILY, FOLDER, breakable
from reports.pack.model import Block, Bullets, Figure, Heading, Pack, Table, Text, Voice

TEMPLATE = Path(__file__).with_name("template.typ")


def pdf_file(pack: Pack) -> bytes:
    """The pack as PDF. Its date is that of the data version, so that the same pack gives the same bytes."""
    made: bytes = typst.compile(  # type: ignore[misc]  # its stub leaves the type of what it takes open
        TEMPLATE.read_bytes(),
        font_paths=[str(FOLDER)],
        ignore_system_fonts=True,
        sys_inputs={"pack": json.dumps(as_data(pack))},
        pdf_standards=["ua-1"],
        timestamp=0,
    )
    return made


def as_data(pack: Pack) -> dict[str, Any]:
    """The pack as the template reads it; what stands before the first heading stands before the contents, too."""
    written = [WRITERS[type(block)](block) for block in pack.blocks]
    first = next((place for place, block in enumerate(pack.blocks) if isinstance(block, Heading)), len(written))
    at = pack.made_at
    return {
        "title": _required(pack.title),
        "author": TITLE,
        "description": f"{pack.title}. Made with program version {PROGRAM_VERSION}.",
        "footer": breakable(f"{pack.title}, as of {day(pack.as_of)}"),
        "font": FAMILY,
        "made_at": {name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute", "second")},
        "front": written[:first],
        "blocks": written[first:],
    }


def _heading(block: Heading) -> dict[str, Any]:
    # The document's title is no heading in PDF/UA, so that its headings begin one level higher than a web page's.
    text = _required(block.text)
    return {"kind": "heading", "text": text, "level": block.level - 1, "new_page": block.new_page}


def _required(text: str) -> str:
    """Words that PDF/UA asks for: of a title, a heading, a caption or a figure. A dash where there are none."""
    return breakable(text) or "–"


def _text(block: Text) -> dict[str, Any]:
    return {"kind": block.kind, "text": breakable(block.text)}


def _bullets(block: Bullets) -> dict[str, Any]:
    return {"kind": "bullets", "lines": list(map(breakable, block.lines))}


def _voice(block: Voice) -> dict[str, Any]:
    words = {name: breakable(getattr(block, name)) for name in ("summary", "quote", "who")}
    return {"kind": "voice"} | words


def _figure(block: Figure) -> dict[str, Any]:
    words = {"title": _required(block.title), "sentence": _required(block.sentence)}
    return {"kind": "figure", "svg": svg(block.chart)} | words


def _table(block: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "caption": _required(block.caption),
        "heads": [breakable(column.heading) for column in block.columns],
        "numeric": [column.numeric for column in block.columns],
        "widths": widths(block),
        "rows": [list(map(_cell, row)) for row in block.rows],
    }


def _cell(cell: Cell) -> dict[str, str]:
    return {
        "mark": MARKS.get(cell.state, ""),
        "tone": TONES.get(cell.state, "neutral"),
        "text": breakable(cell.text),
        "detail": breakable(cell.detail),
    }


WRITERS: dict[type[Block], Callable[[Any], dict[str, Any]]] = {
    Heading: _heading,
    Text: _text,
    Bullets: _bullets,
    Voice: _voice,
    Figure: _figure,
    Table: _table,
}
