"""A pack as one HTML file that needs nothing else: no script, no picture or font from elsewhere. It prints well."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from charts.cells import Cell, Column
from charts.words import MARKS, TONES
from reports.pack.columns import widths
from reports.pack.drawing import svg
from reports.pack.model import LANGUAGE, Bullets, Figure, Heading, Pack, Table, Text, Voice

STYLE = Path(__file__).with_name("style.css")
# Names inside an SVG, and what points at them: many stand in one page, where each name may stand once.
NAMES = re.compile(r'(\bid="|href="#|url\(#)')


def html_file(pack: Pack) -> bytes:
    """The pack as a web page on its own. Every text is escaped here."""
    body = "".join(WRITERS[type(block)](block, place) for place, block in enumerate(pack.blocks))
    style = STYLE.read_text(encoding="utf-8")
    page = (
        f'<!DOCTYPE html>\n<html lang="{LANGUAGE}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(pack.title)}</title>\n'
        f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{escape(pack.title)}</h1>\n{_contents(pack)}{body}"
        "</main>\n</body>\n</html>\n"
    )
    return page.encode()


def _contents(pack: Pack) -> str:
    """What is in the pack, each part with a link to it."""
    parts = [(place, block) for place, block in enumerate(pack.blocks) if isinstance(block, Heading)]
    lines = "".join(
        f'<li><a href="#part-{place}">{escape(block.text)}</a></li>' for place, block in parts if block.level == 2
    )
    return f'<nav aria-label="Contents"><ul>{lines}</ul></nav>\n'


def _heading(block: Heading, place: int) -> str:
    kind = ' class="new-page"' if block.new_page else ""
    return f'<h{block.level} id="part-{place}"{kind}>{escape(block.text)}</h{block.level}>\n'


def _text(block: Text, place: int) -> str:
    kind = "" if block.kind == "plain" else f' class="{block.kind}"'
    return f"<p{kind}>{escape(block.text)}</p>\n"


def _bullets(block: Bullets, place: int) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in block.lines)}</ul>\n"


def _voice(block: Voice, place: int) -> str:
    summary, who = f"<bdi>{escape(block.summary)}</bdi>", escape(block.who)
    quote = f"<p><q><bdi>{escape(block.quote)}</bdi></q></p>" if block.quote else ""
    return f"<blockquote><p>{summary}</p>{quote}<footer>{who}</footer></blockquote>\n"


def _figure(block: Figure, place: int) -> str:
    """The chart as part of the page; what it shows is its description and stands below it for everybody."""
    drawn = NAMES.sub(rf"\g<1>chart-{place}-", svg(block.chart))
    words = (
        f'role="img" aria-labelledby="title-{place} words-{place}"><title id="title-{place}">{escape(block.title)}'
        f'</title><desc id="words-{place}">{escape(block.sentence)}</desc>'
    )
    opened = drawn.replace(">", f" {words}", 1)
    caption, sentence = escape(block.title), escape(block.sentence)
    region = f'<div class="scroll" role="region" aria-label="{caption}" tabindex="0">{opened}</div>'
    return f"<figure><figcaption>{caption}</figcaption>{region}</figure>\n<p>{sentence}</p>\n"


def _table(block: Table, place: int) -> str:
    heads = "".join(f'<th scope="col"{_number(column)}>{escape(column.heading)}</th>' for column in block.columns)
    rows = "".join(_row(block.columns, row) for row in block.rows)
    return (
        f'<div class="scroll" role="region" aria-label="{escape(block.caption)}" tabindex="0"><table>'
        f"<caption>{escape(block.caption)}</caption>{_columns(block)}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>\n"
    )


def _columns(block: Table) -> str:
    """The share of the width for each column; a word too long for it is broken."""
    shares = widths(block)
    cells = "".join(f'<col style="width:{100 * share / sum(shares):.1f}%">' for share in shares)
    return f"<colgroup>{cells}</colgroup>"


def _row(columns: tuple[Column, ...], row: tuple[Cell, ...]) -> str:
    rest = "".join(
        f'<td data-label="{escape(column.heading)}"{_number(column)}>{_content(cell)}</td>'
        for column, cell in zip(columns[1:], row[1:], strict=True)
    )
    return f'<tr><th scope="row">{_content(row[0])}</th>{rest}</tr>'


def _number(column: Column) -> str:
    return ' class="number"' if column.numeric else ""


def _content(cell: Cell) -> str:
    mark = MARKS.get(cell.state, "")
    tone = TONES.get(cell.state, "neutral")
    shown = f'<span class="{tone}" aria-hidden="true">{mark}</span>&nbsp;' if mark else ""
    detail = f'<span class="detail">{escape(cell.detail)}</span>' if cell.detail else ""
    return f"{shown}{escape(cell.text)}{detail}"


WRITERS: dict[type, Callable[[Any, int], str]] = {
    Heading: _heading,
    Text: _text,
    Bullets: _bullets,
    Voice: _voice,
    Figure: _figure,
    Table: _table,
}
