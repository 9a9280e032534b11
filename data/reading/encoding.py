"""From the bytes of a file to UTF-8, whatever it was saved in; what is no table of text is refused."""

from __future__ import annotations

import re

from data.reading.refusal import refuse

BLANK = b"\xef\xbb\xbf \t\r\n"
WEB_PAGE = re.compile(rb"<(!--|(!doctype|\?xml|html|head|body|script|meta|title|div|table)\b)", re.IGNORECASE)
NAMES = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252", "utf-16": "UTF-16"}


def refuse_size(size: int, limit: int | None) -> None:
    """Raise `Unreadable` for a file whose `size` is more than `limit` bytes."""
    if limit is not None and size > limit:
        raise refuse(
            "file_too_large",
            f"The file has {size / 1024**2:,.1f} MB; the limit is {limit / 1024**2:,.1f} MB.",
            "Split it into files by period or by area and upload them one after the other.",
        )


def refuse_what_is_no_text(content: bytes) -> None:
    """Raise `Unreadable` for an empty file, a web page or a document."""
    # Enough to see what a file is; a large one is not copied for it. Blank lines may come first, however many.
    start = content[:4096].lstrip(BLANK)[:2048] or content.lstrip(BLANK)[:2048]
    if not start:
        raise refuse("file_empty", "The file is empty.", "Save your sheet as CSV again and upload that file.")
    if WEB_PAGE.match(start):
        raise refuse(
            "file_html",
            "The file is a web page, not a CSV file.",
            "Open the address it came from, download the data itself and check that it opens as a table.",
        )
    if content.startswith(b"%PDF"):
        raise refuse(
            "file_not_csv",
            "The file is a PDF document, not a CSV file or an Excel workbook.",
            "Copy the figures into a template and upload that file.",
        )


def to_utf8(content: bytes) -> tuple[bytes, str]:
    """The file as UTF-8 without a byte-order mark, and the name of the encoding it was in."""
    for encoding in ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            utf8 = content.removeprefix(b"\xef\xbb\xbf") if encoding == "utf-8-sig" else text.encode()
            return utf8, NAMES[encoding]
    raise refuse(
        "file_not_text",
        "The file is not text, or its letters are in an encoding that is not known here.",
        "Save your sheet as “CSV UTF-8” and upload that file.",
    )
