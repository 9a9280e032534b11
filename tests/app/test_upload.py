"""The Upload page: what is wrong with a file, what it would change, and what everybody sees once it is confirmed."""

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from charts.words import TURNING
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.findings import printable
from data.reading.excel import rows_of
from data.settings import Settings
from data.submission import confirm, prepare
from data.template_files import worked
from data.templates import HEADINGS, INSIGHTS, OBSERVATIONS, Template
from data.versions import Moment
from data.workspace import open_workspace
from tests.app.reading import PAGES, faults, html, open_page, row, said, spoken

HEADING = "area_code,area_name,indicator,period,numerator,denominator\n"
# Norfolk has not reported this indicator in the demonstration: before and after the consensus, 100 people each.
GOOD = (
    HEADING
    + "E23000024,Norfolk,people_who_felt_heard,2025/26 Q1,40,100\n"
    + "E23000024,Norfolk,people_who_felt_heard,2026/27 Q2,80,100\n"
)
FAULTY = (
    HEADING
    + "E23000024,Norfolk,people_who_felt_heard,2025/26 Q1,40,100\n"
    + "E23000099,Norfolk,people_who_felt_heard,2026/27 Q2,80,100\n"
    + "E23000024,Norfolk,people_who_felt_heard,2026/27 Q1,abc,100\n"
    + "E23000024,Norfolk,people_who_felt_heard,April to June 2025,41,100\n"
    + "E23000024,Norfolk,people_contributing_evidence,2026/27 Q1,-3,\n"
)
NEWEST = 18
CONFIRM = "Confirm: store 2 changes as data version 19"


def upload(app: AppTest, content: str | bytes, name: str = "norfolk.csv") -> AppTest:
    """The Upload page with a file dropped on it."""
    app = open_page(app, "upload")
    content = content.encode() if isinstance(content, str) else content
    app.file_uploader[0].set_value((name, content, "text/csv"))
    return app.run()


def confirmed(app: AppTest) -> AppTest:
    return app.button[0].click().run()


def version(app: AppTest) -> int:
    """The newest data version, as every page says it."""
    footer = said(open_page(app, "overview")).rpartition("Data version ")[2]
    return int(footer.partition(",")[0])


def stored(database: Path) -> tuple[int, int, int]:
    """How many submissions, observations and insights the store holds, in all versions."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = ("submission", "observation", "insight")
        return tuple(connection.table(table).count("*").fetchone()[0] for table in tables)


def labels(app: AppTest, kind: str) -> list[str]:
    return [element.label for element in app.get(kind)]


def test_good_file_shows_what_would_change(demonstration: AppTest) -> None:
    app = upload(demonstration, GOOD)
    assert "Nothing must be mended." in said(app)
    assert "Confirming stores 2 new facts and changes 0 facts; 0 are unchanged" in said(app)
    assert row(app, "Norfolk", 6) == ["Norfolk", "People who felt heard", "April to June 2025", "new", "", "40 of 100"]
    assert labels(app, "button") == [CONFIRM]
    assert faults(app) == []
    assert version(app) == NEWEST


def test_changed_figure_shows_old_and_new(own_demonstration: AppTest) -> None:
    changed = HEADING + "E23000024,Norfolk,services_shaped_by_lived_experience,2026/27 Q2,11,23\n"
    app = upload(own_demonstration, changed)
    assert "Confirming stores 0 new facts and changes 1 fact; 0 are unchanged" in said(app)
    assert row(app, "Norfolk", 6)[3:] == ["changed", "9 of 23", "11 of 23"]
    before = row(open_page(app, "area", area="E23000024"), "Services shaped by people", 5)
    assert before[1].startswith("39.1 % (22.2 to 59.2)")
    confirmed(upload(app, changed))
    after = row(open_page(app, "area", area="E23000024"), "Services shaped by people", 5)
    assert after[1].startswith("47.8 % (29.2 to 67.0)")


def norfolk(app: AppTest) -> dict[str, list[str]]:
    """What the three pages say of Norfolk: its figure, its commitment and its line in the Overview."""
    where = {"area": "E23000024", "commitment": "COM-1", "indicator": "people_who_felt_heard"}
    return {
        "area": row(open_page(app, "area", **where), "People who felt heard", 5),
        "commitment": row(open_page(app, "commitment"), "People who felt heard", 6),
        "overview": row(open_page(app, "overview"), "COM-1", 6),
    }


def test_confirming_raises_the_version_and_changes_the_pages(own_demonstration: AppTest) -> None:
    before = norfolk(own_demonstration)
    assert before["area"][1:] == ["▨ not reported", "", "", ""]
    assert before["commitment"][1] == "▨ not reported"
    assert "1 improved, 0 no clear change, 0 worsened, 1 cannot be calculated, of 2" in before["overview"][1]

    app = confirmed(upload(own_demonstration, GOOD))
    assert [done.value for done in app.success] == ["Stored."]
    assert "norfolk.csv: 2 changes stored as data version 19." in said(app)
    assert {"See Norfolk", "See the overview"} <= set(html(app).links)
    assert row(app, "norfolk.csv", 7)[1:2] == ["19"]
    assert version(app) == NEWEST + 1

    after = norfolk(app)
    assert after["area"][1] == "80.0 % (71.1 to 86.7) July to September 2026"
    assert after["area"][3] == "+40.0 (26.8 to 51.2) percentage points"
    assert after["area"][4] == "▲ improved"
    assert after["commitment"][1:3] == [
        "80.0 % (71.1 to 86.7) July to September 2026",
        "40.0 % (30.9 to 49.8) April to June 2025",
    ]
    assert "2 improved, 0 no clear change, 0 worsened, 0 cannot be calculated, of 2" in after["overview"][1]


def test_confirming_changes_england_and_leaves_the_earlier_version(own_demonstration: AppTest) -> None:
    def moved(app: AppTest) -> str:
        return row(open_page(app, "overview"), "COM-1", 6)[1]

    assert "19 improved, 29 no clear change, 7 worsened, 23 cannot be calculated" in moved(own_demonstration)
    app = confirmed(upload(own_demonstration, GOOD))
    assert "20 improved, 29 no clear change, 7 worsened, 22 cannot be calculated" in moved(app)
    app.selectbox(key="version").set_value(NEWEST)
    assert "19 improved, 29 no clear change, 7 worsened, 23 cannot be calculated" in moved(app)


def test_faulty_file_shows_its_findings_and_cannot_be_confirmed(own_demonstration: AppTest, tmp_path: Path) -> None:
    app = upload(own_demonstration, FAULTY, "faulty.csv")
    assert "4 findings must be mended before anything can be stored." in said(app)
    found = [row[1:4] for row in html(app).rows if row[0] == "▼ must fix"]
    assert sorted(found) == [
        ["3", "area_code", "E23000099"],
        ["4", "numerator", "abc"],
        ["5", "", ""],
        ["6", "numerator", "-3"],
    ]
    assert labels(app, "button") == []
    assert "Download your file with the findings beside the cells" in labels(app, "download_button")
    assert faults(app) == []
    assert version(app) == NEWEST


def workbook() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("page.csv", b"<!DOCTYPE html><html><body><b>Sign in</b></body></html>", "The file is a web page"),
        ("empty.csv", b"", "The file is empty."),
        ("blank.csv", b"\r\n , \r\n", "The file has no rows."),
        ("sheet.xlsx", workbook(), "The file is a document or archive"),
        ("paper.csv", b"%PDF-1.7 ...", "The file is a PDF document"),
        ("bytes.csv", bytes(range(256)) * 20, "The file is not text"),
        ("large.csv", GOOD.encode() + b"\n" * 1024**2, "The file has 1.0 MB; the limit is 1.0 MB."),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(
    demonstration: AppTest, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes, told: str
) -> None:
    monkeypatch.setenv("CONSENSUS_UPLOAD_MB", "1")
    app = upload(demonstration, content, name)
    sentences = [text for text in html(app).texts if told in text]
    assert len(sentences) == 1 and sentences[0].endswith("Nothing was stored.")
    assert labels(app, "button") == []
    assert faults(app) == []
    assert version(app) == NEWEST


def test_refused_files_store_nothing(own_demonstration: AppTest, demonstration_file: Path, tmp_path: Path) -> None:
    for content in (FAULTY, b"", b"<html>", workbook(), "a,b\n1,2\n"):
        assert labels(upload(own_demonstration, content), "button") == []
    copy = shutil.copy(tmp_path / "consensus.duckdb", tmp_path / "copy.duckdb")
    assert stored(copy) == stored(demonstration_file)


def test_same_file_again_would_change_nothing(own_demonstration: AppTest) -> None:
    app = upload(confirmed(upload(own_demonstration, GOOD)), GOOD, "again.csv")
    assert "Everything in this file is stored already" in app.info[-1].value
    assert "Confirming stores 0 new facts and changes 0 facts; 2 are unchanged" in said(app)
    assert "the very same file was accepted on" in said(app)
    assert labels(app, "button") == []
    assert version(app) == NEWEST + 1


def test_file_without_known_columns_is_told(demonstration: AppTest) -> None:
    app = upload(demonstration, "town,count\nNorwich,3\n")
    assert "must be mended before anything can be stored" in said(app)
    assert labels(app, "button") == [] and faults(app) == []


@pytest.mark.parametrize("template", [OBSERVATIONS, INSIGHTS], ids=lambda template: template.key)
def test_worked_template_can_be_confirmed(own_demonstration: AppTest, template) -> None:
    app = upload(own_demonstration, worked(template))
    assert "Nothing must be mended." in said(app)
    assert faults(confirmed(app)) == []
    assert version(app) == NEWEST + 1


def test_what_somebody_else_stored_meanwhile_is_compared_again(own_demonstration: AppTest, tmp_path: Path) -> None:
    app = upload(own_demonstration, GOOD)
    settings = Settings(database=str(tmp_path / "consensus.duckdb"))
    store_for_somebody_else(settings, GOOD.replace("80,100", "70,100"))
    app = confirmed(app)
    assert not app.success
    assert row(app, "Norfolk", 6)[3:] == ["changed", "70 of 100", "80 of 100"]
    assert labels(app, "button") == ["Confirm: store 1 change as data version 20"]
    assert version(confirmed(app)) == 20


def store_for_somebody_else(settings: Settings, content: str) -> None:
    from data.catalogue import load

    catalogue = load()
    connection = open_workspace(settings, catalogue)
    somebody = LOCAL_ADMINISTRATOR
    prepared = prepare(connection, somebody, catalogue, content.encode(), "other.csv")
    confirm(somebody, prepared, Moment.now())
    connection.close()


def test_upload_to_an_empty_workspace_fills_the_pages(empty: AppTest) -> None:
    assert "Nothing has been reported yet" in said(open_page(empty, "overview"))
    app = confirmed(upload(empty, GOOD))
    for page in PAGES:
        assert faults(open_page(app, page, area="E23000024", commitment="COM-1")) == []
        assert "Nothing has been reported yet" not in said(app)
    assert "1 improved" in row(open_page(app, "overview"), "COM-1", 6)[1]


MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)> & \"quotes\" 'single'"
FORMULA = '=HYPERLINK("https://example.org","click")'
MARKDOWN = "**bold** [link](https://example.org) :red[x] $x^2$ `code` # head"
TURNED = "\u202edesrever\u202c \u200f\u200e \u2066isolated\u2069"
EMOJI = "👩🏽‍⚕️🚓 \U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f ﷽"
LONG = "a" * 10_000
HOSTILE = [MARKUP, FORMULA, MARKDOWN, TURNED, EMOJI, LONG]


def insights_file(texts: list[str]) -> str:
    """One insight for each text, which stands in every column that takes free text."""
    heading = (
        "area_code,commitment,period,perspective,grade,organisation,summary,quote,consent_to_publish,visibility,"
        "barriers,enablers,not_heard,source_reference\n"
    )
    quoted = ['"' + text.replace('"', '""') + '"' for text in texts]
    return heading + "".join(
        f"E23000024,COM-1,2026/27 Q2,service_user,2,{text},{text},{text},yes,public,{text},{text},{text},{number}\n"
        for number, text in enumerate(quoted)
    )


def test_hostile_insights_are_plain_text_on_every_page(own_demonstration: AppTest) -> None:
    app = upload(own_demonstration, insights_file(HOSTILE))
    assert labels(app, "button") == ["Confirm: store 6 changes as data version 19"]
    assert faults(app) == []
    app = confirmed(app)
    for page in PAGES:
        assert faults(open_page(app, page, area="E23000024", commitment="COM-1")) == []
        assert not [text for text in HOSTILE if text in spoken(app)]
        if page in ("area", "commitment"):
            # Marks that turn the direction of what is around them are left out; a long text is folded, and whole.
            texts = re.sub(r" …Show the other [\d,]+ characters", "", "".join(html(app).texts))
            shown = [text.translate(TURNING) for text in HOSTILE]
            assert [text[:40] for text in shown if texts.count(text) < 2] == [], "summary and quote, letter by letter"


@pytest.mark.parametrize("name", [f"{text[:60]}.csv" for text in HOSTILE])
def test_hostile_file_name_is_plain_text(own_demonstration: AppTest, name: str) -> None:
    app = upload(own_demonstration, GOOD, name)
    assert faults(app) == [] and name not in spoken(app)
    app = confirmed(app)
    assert faults(app) == [] and name not in spoken(app)
    assert row(app, printable(name), 7)[1] == "19"


def test_filled_template_is_offered_for_the_area(demonstration: AppTest, catalogue: Catalogue) -> None:
    app = open_page(demonstration, "upload", area="E23000024")
    offered = ["Blank", "With worked rows", "What each column means", "Filled for Norfolk"]
    assert labels(app, "download_button") == offered
    app.multiselect(key="ends").set_value([]).run()
    assert labels(app, "download_button") == offered[:-1]
    app.radio(key="template").set_value("insights").run()
    assert labels(app, "download_button") == offered and not app.multiselect
    assert faults(app) == []


Downloads = dict[str, tuple[str, bytes]]


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> Downloads:
    """Label of each download button drawn last, with the name and the bytes of the file that it gives."""
    found: Downloads = {}
    draw = DeltaGenerator.download_button

    def kept(place: DeltaGenerator, label: str, data: Callable[[], bytes], name: str, *rest: Any, **more: Any) -> bool:
        found[label] = (name, data() if callable(data) else data)
        return draw(place, label, data, name, *rest, **more)

    monkeypatch.setattr(DeltaGenerator, "download_button", kept)
    return found


@pytest.mark.parametrize("template", [OBSERVATIONS, INSIGHTS], ids=lambda template: template.key)
def test_templates_come_as_workbook_and_as_csv_with_the_same_rows(
    demonstration: AppTest, downloads: Downloads, template: Template
) -> None:
    app = open_page(demonstration, "upload", area="E23000024")
    app.radio(key="template").set_value(template.key).run()
    assert app.radio(key="kind").value == "xlsx"
    workbooks = {label: rows_of(made, HEADINGS)[0] for label, (_, made) in downloads.items() if "column" not in label}
    assert [name for name, _ in downloads.values()] == [
        f"{template.key}{name}" for name in (".xlsx", "-worked.xlsx", "-dictionary.csv", "-norfolk.xlsx")
    ]
    downloads.clear()
    app.radio(key="kind").set_value("csv").run()
    assert faults(app) == []
    assert [name for name, _ in downloads.values()] == [
        f"{template.key}{name}" for name in (".csv", "-worked.csv", "-dictionary.csv", "-norfolk.csv")
    ]
    for label, rows in workbooks.items():
        written = list(csv.reader(io.StringIO(downloads[label][1].decode("utf-8-sig"), newline="")))
        assert [row + [""] * (len(written[0]) - len(row)) for row in rows] == written
    assert len(workbooks["Blank"]) == 1 < len(workbooks["With worked rows"]) < len(workbooks["Filled for Norfolk"])


def test_filled_template_says_what_was_reported_last(own_demonstration: AppTest, downloads: Downloads) -> None:
    open_page(own_demonstration, "upload", area="E23000024")
    heading, *rows = rows_of(downloads["Filled for Norfolk"][1], HEADINGS)[0]
    told = {row[2]: dict(zip(heading, row, strict=False)) for row in rows}
    sites = told["services_shaped_by_lived_experience"]
    assert sites["last_value"] == "9 of 23, July to September 2026 (invented)"
    assert sites["date_due"] == "2026-11-14"
    assert not told["people_who_felt_heard"].get("last_value")


def test_small_numbers_do_not_leave_in_a_template(
    demonstration: AppTest, downloads: Downloads, catalogue: Catalogue
) -> None:
    open_page(demonstration, "upload", area="E92000001")
    heading, *rows = rows_of(downloads["Filled for England"][1], HEADINGS)[0]
    told = [dict(zip(heading, row, strict=False)) for row in rows]
    ruled = {key for key, item in catalogue.indicators.items() if item.disclosure == "threshold_7"}
    words = [row["last_value"] for row in told if row["indicator"] in ruled and row.get("last_value")]
    counts = [re.match(r"about (\d+)(?: of (\d+))?, ", text) for text in words if text.startswith("about")]
    assert len(counts) > 100 and all(int(count) % 5 == 0 for match in counts for count in match.groups("0"))
    assert [text for text in words if text.startswith("hidden so that no person can be recognised, ")]


def test_periods_are_offered_with_the_day_they_are_due_overdue_ones_first(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "upload", area="E23000024")
    offered = app.multiselect(key="ends").options
    assert app.multiselect(key="ends").value == [date(2026, 9, 30)]
    assert offered[:2] == [
        "30 June 2026, overdue since 14 August 2026",
        "31 March 2026, overdue since 15 May 2026",
    ]
    kinds = ["overdue" if "overdue" in words else "due" if " due " in words else "sent" for words in offered]
    assert kinds == sorted(kinds, key=["overdue", "due", "sent"].index)
    assert offered[kinds.index("due") : kinds.index("sent") + 1] == [
        "30 September 2026, due 14 November 2026",
        "31 October 2026, due 30 November 2026",
        "31 August 2026, all sent",
    ]


def test_nothing_sent_is_overdue_from_the_start(empty: AppTest, downloads: Downloads) -> None:
    app = open_page(empty, "upload", area="E23000024")
    assert faults(app) == []
    heading, *rows = rows_of(downloads["Filled for Norfolk"][1], HEADINGS)[0]
    assert len(rows) > 10 and not [row for row in rows if any(row[heading.index("last_value") :])]
    assert not [words for words in app.multiselect(key="ends").options if "all sent" in words]


def test_history_of_a_region_lists_the_files_of_its_areas(demonstration: AppTest) -> None:
    east = said(open_page(demonstration, "upload", area="E12000006"))
    assert "Accepted files for East of England region, newest first" in east
    assert "invented_insights.csv" in east
