"""Small packs for the tests of the writers, with each kind of block and texts that do their worst."""

from datetime import date, datetime

from charts.cells import Cell, Column
from reports.pack.model import (
    Bars,
    Bullets,
    Figure,
    Heading,
    Intervals,
    Pack,
    Point,
    Stack,
    Text,
    Voice,
    plain,
    table,
    tidied,
)

BARS = Bars(
    ("SYS-1", "SYS-2"),
    (
        Stack("improved", "good", "", (12, 3)),
        Stack("no judgement is made", "missing", ".", (8, 9)),
        Stack("cannot be calculated", "missing", "/", (4, 0)),
    ),
    "pairs",
)
INTERVALS = Intervals(
    (Point("Area A", -2.0, -3.5, -0.5, "worsened"), Point("Area B", 1.0, -0.5, 2.5, "no_clear_change")),
    (("improved", "improved"), ("worsened", "worsened"), ("no_clear_change", "no clear change")),
    "percentage points",
    0.0,
    "no change",
)
HOSTILE = (
    "<script>alert('1')</script><img src=x onerror=alert(2)>",
    '#eval("1 + 1") #import "x" $ x^2 $ *bold* _thin_ `raw` @label <label> \\u{41} /* no */ // no',
    '=HYPERLINK("http://example.invalid") +1 -1 @SUM(1)',
    "[link](http://example.invalid) **bold** ~~gone~~ | a | b |",
    "{{ curly }} %s {0} &amp; &lt;b&gt; ]]> <!-- no --> </style></title>",
    "\u202eright to left\u202c \u2067isolated\u2069 שלום عليكم",
    "emoji 😀 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 中文 \U000e0001 \ufffe \ue000 \x00\x08\x1b\x7f é e\u0301",
    "x" * 300,
    "long " * 2_000,
)


def pack(*texts: str, title: str = "Review pack: England, data version 18") -> Pack:
    """A pack with each of the texts in every place where a text may stand."""
    blocks = [block for place, text in enumerate(texts) for block in _each(text, place)]
    return Pack(
        plain(title), "E92000001", 18, date(2026, 10, 31), datetime(2026, 10, 31, 9), "steering", tidied(tuple(blocks))
    )


def _each(text: str, place: int) -> list:
    columns = [Column(f"Head {text}"), Column("Words"), Column("Number", numeric=True)]
    rows = [[text, Cell(text, "worsened", detail=text), "1"], [Cell("plain", "improved"), "", Cell("2", "absent")]]
    return [
        Text(text, "notice"),
        Heading(text, 2, new_page=True),
        Text(text, "answer"),
        Text(text),
        Text(text, "quiet"),
        Heading(text, 3),
        Bullets((text, "another")),
        Voice(text, text, text),
        Figure(BARS if place % 2 else INTERVALS, text, text),
        table(columns, rows, text),
    ]
