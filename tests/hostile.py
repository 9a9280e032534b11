"""A thousand insights that try to be anything but text: markup, formulas, directives, marks that turn what is read."""

from itertools import cycle, islice
from pathlib import Path

from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.settings import Settings
from data.submission import confirm, prepare
from data.versions import Moment
from data.workspace import open_workspace
from tests.integration.storing import as_csv

MARKER = "hacked"
ROWS = 1_000
LONG = "longtext" * 1_250
SPACED = "word " * 2_000
OVERRIDE = "\u202egnirts\u202d \u2067isolated\u2069 \u200fright\u200e zero\u200bwidth\u200d\ufeffmark"
# Each begins with a mark of its own, so that it can be told from the others wherever it turns up.
TEXTS = (
    f"<script>window.{MARKER}=1</script>",
    f"</blockquote></div><img src=x onerror=window.{MARKER}=2>",
    f"<svg onload=window.{MARKER}=3><a href=javascript:window.{MARKER}=4>press</a></svg>",
    f"<details open ontoggle=window.{MARKER}=5><summary>see</summary></details>",
    f"<iframe srcdoc='<script>parent.{MARKER}=6</script>'></iframe><style>body{{display:none}}</style>",
    "<img src=https://example.org/beacon.png><link rel=stylesheet href=//example.org/a.css>",
    "&lt;b&gt;twice&lt;/b&gt; &#60;i&#62; &amp;amp; <!-- gone -->",
    "# heading **bold** _soft_ `code` [here](javascript:alert) ![seen](https://example.org/x.png)",
    ":red[alarm] :material/bomb: :rainbow[all] :blue-background[calm] :smile: $x^2$ $$y$$ ~~out~~",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n- one\n- two\n\n---\n> quoted",
    "=HYPERLINK(CONCAT(A1);B1)",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1 after a tab",
    "\r\n=1+1 on a line of its own",
    "'; DROP TABLE insight; -- ' OR '1'='1",
    "{{7*7}} ${{7*7}} <%= 7*7 %> %s %d {0} {summary}",
    f"{OVERRIDE}",
    "\u0627\u0644\u0633\u0644\u0627\u0645 \u05e9\u05dc\u05d5\u05dd (brackets) 12, 34",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 \U0001f3f4\U000e0067\U000e0062 \U0001f600" * 3,
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334a\u0319\u0324\u031e\u0349\u035a\u032f\u031elgo",
    "NULL", "None", "nan", "N/A", "#REF!", "true", "undefined", "[object Object]",
    'a "quoted" cell, with commas; and semicolons\nand lines',
    "\\u003cscript\\u003e \\x3cscript\\x3e %3Cscript%3E",
    "C:\\folder\\file ../../etc/passwd file:///etc/passwd",
    LONG,
    SPACED,
    f"<b>{SPACED}",
)  # fmt: skip
PLACES = ("E23000024", "E23000005", "E23000032")
COMMITMENTS = ("COM-1", "SYS-1", "EVA-1")
PERSPECTIVES = ("service_provider", "service_user", "carer_or_family", "community")


def insights(rows: int = ROWS) -> list[dict[str, object]]:
    """Rows of the insights template whose every free text is hostile, each text in every free column in turn."""
    return [_row(place, text) for place, text in enumerate(islice(cycle(TEXTS), rows))]


def _row(place: int, text: str) -> dict[str, object]:
    def other(steps: int) -> str:
        return TEXTS[(place + steps * 7 + place // len(TEXTS)) % len(TEXTS)]

    # Every second summary is short, so that the long ones do not hide what else is on a page.
    return {
        "area_code": PLACES[place % len(PLACES)],
        "commitment": COMMITMENTS[place // 2 % len(COMMITMENTS)],
        "period": ("2025/26 Q4", "2026/27 Q1")[place % 2],
        "perspective": PERSPECTIVES[place // 3 % len(PERSPECTIVES)],
        "organisation": other(1),
        "sector": "other",
        "method": "written",
        "participants": 8 + place % 30,
        "grade": 1 + place % 5,
        "direction": ("better", "same", "worse", "mixed")[place % 4],
        "summary": f"Row {place}: {text}" if place >= len(TEXTS) else text,
        "quote": other(2),
        "consent_to_publish": "yes",
        "visibility": "public",
        "barriers": other(3),
        "enablers": other(4),
        "not_heard": other(5),
        "source_reference": f"{place} {other(6)[:200]}",
    }


def stored(database: Path, catalogue: Catalogue) -> Path:
    """A demonstration workspace with the thousand insights in it, sent as an area sends them, under a hostile name."""
    with open_workspace(Settings(database=str(database)), catalogue) as connection:
        content = as_csv(insights())
        name = f"<img src=x onerror=window.{MARKER}=7>=1+1 :red[name] \u202evsc.csv"
        prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, content, name)
        assert prepared.screening.acceptable, [f for f in prepared.screening.findings if f.level == "must_fix"][:5]
        assert prepared.counts["new"] == ROWS, prepared.counts
        confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())
    return database
