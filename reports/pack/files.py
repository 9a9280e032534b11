"""A pack as files: its three forms, their names and types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reports.pack.html import html_file
from reports.pack.model import Pack
from reports.pack.pdf import pdf_file
from reports.pack.word import word_file


@dataclass(frozen=True)
class Form:
    """One way to write a pack: what it is good for, how its files end, and what makes them."""

    label: str
    ending: str
    mime: str
    write: Callable[[Pack], bytes]


FORMS = {
    "html": Form("Web page (HTML)", "html", "text/html", html_file),
    "pdf": Form("Tagged PDF", "pdf", "application/pdf", pdf_file),
    "word": Form(
        "Word document",
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        word_file,
    ),
}


def file_name(pack: Pack, form: str) -> str:
    """The name of the pack's file in a form."""
    return f"{pack.name}.{FORMS[form].ending}"
