"""A pack as a Word document, for committee papers: headings, tables with heading rows, pictures with their words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.document import Document as Written
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from charts.cells import Cell, Column
from charts.palette import LIGHT
from charts.words import MARKS, TONES
from data.archive import to_zip
from reports.describing import TITLE
from reports.pack.columns import widths
from reports.pack.drawing import png
from reports.pack.model import LANGUAGE, Block, Bullets, Figure, Heading, Pack, Table, Text, Voice

PAGE = {"page_width": Cm(21), "page_height": Cm(29.7), "left_margin": Cm(1.8), "right_margin": Cm(1.8)}
TEXT_WIDTH = 17.4
SIZES = {"answer": 13.0, "plain": 10.5, "quiet": 9.0, "notice": 10.5}
FONT = "Arial"


def word_file(pack: Pack) -> bytes:
    """The pack as .docx. Its dates are those of the data version, so that the same pack gives the same bytes."""
    document = Document()
    _prepare(document, pack)
    document.add_heading(pack.title, 0)
    for block in pack.blocks:
        WRITERS[type(block)](document, block)
    sink = io.BytesIO()
    document.save(sink)
    with zipfile.ZipFile(sink) as made:
        return to_zip({name: made.read(name) for name in made.namelist()})


def _prepare(document: Written, pack: Pack) -> None:
    """Page, typeface and language, and what the document says of itself."""
    for name, value in PAGE.items():
        setattr(document.sections[0], name, value)
    for style in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
        _typeface(document.styles[style])
    known = document.core_properties
    known.title, known.author, known.language, known.comments = pack.title, TITLE, LANGUAGE, ""
    known.created = known.modified = pack.made_at.replace(microsecond=0)
    known.last_modified_by, known.revision = TITLE, 1


def _typeface(style: Any) -> None:
    style.font.name = FONT
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]
    _child(properties, "w:lang", val=LANGUAGE)
    style.font.color.rgb = _colour(LIGHT.text if style.name == "Normal" else LIGHT.accent)


def _heading(document: Written, block: Heading) -> None:
    written = document.add_heading(block.text, block.level - 1)
    written.paragraph_format.page_break_before = block.new_page


def _text(document: Written, block: Text) -> None:
    written = document.add_paragraph()
    _run(written, block.text, size=SIZES[block.kind], colour=LIGHT.quiet if block.kind == "quiet" else "")
    written.runs[0].bold = block.kind == "answer"
    if block.kind == "notice":
        _boxed(written)


def _bullets(document: Written, block: Bullets) -> None:
    for line in block.lines:
        document.add_paragraph(line, style="List Bullet")


def _voice(document: Written, block: Voice) -> None:
    written = document.add_paragraph(block.summary)
    written.paragraph_format.left_indent = Cm(0.8)
    if block.quote:
        written.add_run().add_break()
        written.add_run(f"“{block.quote}”").italic = True
    written.add_run().add_break()
    _run(written, block.who, size=9, colour=LIGHT.quiet)


def _figure(document: Written, block: Figure) -> None:
    document.add_paragraph(block.title, style="Caption").paragraph_format.keep_with_next = True
    picture = document.add_picture(io.BytesIO(png(block.chart)), width=Cm(TEXT_WIDTH))
    described = picture._inline.docPr
    described.set("descr", block.sentence)
    described.set("title", block.title)
    document.add_paragraph(block.sentence)


def _table(document: Written, block: Table) -> None:
    document.add_paragraph(block.caption, style="Caption").paragraph_format.keep_with_next = True
    made = document.add_table(rows=0, cols=len(block.columns), style="Table Grid")
    _child(made._tbl.tblPr, "w:tblCaption", val=block.caption)
    shares = widths(block)
    sizes = [Cm(TEXT_WIDTH * share / sum(shares)) for share in shares]
    heads = tuple(Cell(column.heading) for column in block.columns)
    for place, row in enumerate((heads, *block.rows)):
        line = made.add_row()
        _child(line._tr.get_or_add_trPr(), "w:cantSplit")
        if place == 0:
            _child(line._tr.get_or_add_trPr(), "w:tblHeader")
        for one, cell, column, size in zip(line.cells, row, block.columns, sizes, strict=True):
            one.width = size
            _fill(one.paragraphs[0], cell, column, bold=place == 0)
    document.add_paragraph()


def _fill(written: Paragraph, cell: Cell, column: Column, bold: bool) -> None:
    mark = MARKS.get(cell.state, "")
    if mark:
        _run(written, f"{mark}\N{NO-BREAK SPACE}", size=9, colour=LIGHT.tone(TONES.get(cell.state, "neutral")))
    _run(written, cell.text, size=9)
    written.runs[-1].bold = bold
    if cell.detail:
        written.add_run().add_break()
        _run(written, cell.detail, size=8, colour=LIGHT.quiet)
    if column.numeric:
        written.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _run(written: Paragraph, text: str, size: float, colour: str = "") -> None:
    run = written.add_run(text)
    run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = _colour(colour)


def _colour(hexadecimal: str) -> RGBColor:
    return RGBColor.from_string(hexadecimal.removeprefix("#"))


def _boxed(written: Paragraph) -> None:
    box = _child(written._p.get_or_add_pPr(), "w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        _child(box, f"w:{side}", val="single", sz="8", space="4", color=LIGHT.bad.removeprefix("#"))


def _child(parent: Any, name: str, **attributes: str) -> Any:
    """Add an element that python-docx has no method for."""
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    parent.append(made)
    return made


WRITERS: dict[type[Block], Callable[[Any, Any], None]] = {
    Heading: _heading,
    Text: _text,
    Bullets: _bullets,
    Voice: _voice,
    Figure: _figure,
    Table: _table,
}
