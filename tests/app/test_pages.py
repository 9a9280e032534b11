"""Every page of the menu: whole with every place, commitment, indicator and version, and honest about its address."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from data import queries
from data.catalogue import Catalogue
from tests.app.conftest import Window
from tests.app.reading import PAGES, chosen, faults, html, open_page, row, said

PLACES = {
    "England": "E92000001",
    "North West region, with a gap": "E12000002",
    "London region, with an area without rates": "E12000007",
    "Greater Manchester, the gap": "E23000005",
    "Norfolk": "E23000024",
    "City of London, without rates": "E23000034",
}
USUAL = {"area": "E92000001", "commitment": "SYS-1", "version": 0}
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "**bold** [here](https://example.org) :red[x] $x^2$",
    "Norfolk' OR 1=1 --",
    "\u202eNorfolk",
    "x" * 5000,
    "",
]


def at(app: AppTest, **controls: object) -> AppTest:
    """The same page with other values in its controls."""
    for key, value in controls.items():
        app.selectbox(key=key).set_value(value)
    return app.run()


def test_the_menu_has_every_page(demonstration: AppTest) -> None:
    titles = [open_page(demonstration, page).title[0].value for page in PAGES]
    assert len(set(titles)) == len(PAGES) == 18


@pytest.mark.parametrize("page", PAGES)
def test_page_renders_for_every_kind_of_place(demonstration: AppTest, page: str) -> None:
    app = open_page(demonstration, page)
    found = {name: faults(at(app, area=code)) for name, code in PLACES.items()}
    assert found == dict.fromkeys(PLACES, [])
    assert "Demonstration workspace" in app.info[0].value


@pytest.mark.parametrize("area", ["E92000001", "E23000024"])
def test_commitment_page_renders_for_every_commitment(demonstration: AppTest, catalogue: Catalogue, area: str) -> None:
    app = open_page(demonstration, "commitment", area=area)
    for key, commitment in catalogue.commitments.items():
        assert faults(at(app, commitment=key)) == []
        assert app.title[0].value == f"{key} {commitment.title}"


def some_of_every_measure(catalogue: Catalogue, most: int = 3) -> list[str]:
    """Keys of indicators: the first few of each measure and period type."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for key, item in catalogue.indicators.items():
        kinds.setdefault((item.measure, item.period_type), []).append(key)
    assert {measure for measure, _ in kinds} >= {"proportion", "rate", "count", "mean"}
    return [key for keys in kinds.values() for key in keys[:most]]


@pytest.mark.parametrize("page", ["area", "commitment", "methods"])
def test_page_renders_for_indicators_of_every_measure(demonstration: AppTest, catalogue: Catalogue, page: str) -> None:
    app = open_page(demonstration, page, area="E23000024")
    for key in some_of_every_measure(catalogue):
        indicator = catalogue.indicators[key]
        assert faults(at(app, indicator=key, commitment=indicator.commitments[0])) == [], key
        assert any(indicator.name in heading.value for heading in app.subheader), key


def test_city_of_london_has_its_count_and_no_rate(demonstration: AppTest) -> None:
    app = open_page(demonstration, "area", area="E23000034", indicator="violence_with_injury")
    latest = row(app, "Violence with injury", 5)[1]
    assert "count 447" in latest and "rate not given: small resident population" in latest
    assert "per 100,000" not in latest


@pytest.mark.parametrize("version", [1, 2, 15])
def test_earlier_version_is_named_on_every_page(demonstration: AppTest, version: int) -> None:
    app = open_page(demonstration, "overview", version=str(version), area="E23000024")
    for page in PAGES:
        assert faults(open_page(app, page)) == [], page
        assert [f"data version {version}, as of" in warning.value for warning in app.warning] == [True], page
        assert "the newest is 18" in app.warning[0].value


def test_earlier_version_shows_its_own_figures(demonstration: AppTest) -> None:
    app = open_page(demonstration, "overview")
    newest = row(app, "SYS-1", 6)
    assert "Data version 18, as of 31 October 2026." in said(app)
    earlier = row(at(app, version=15), "SYS-1", 6)
    assert "Data version 15, as of 10 July 2026." in said(app)
    assert newest[1] != earlier[1] and newest[2] != earlier[2]


def test_overview_shows_what_needs_attention_first_and_folds_the_rest(demonstration: AppTest) -> None:
    app = open_page(demonstration, "overview")
    found = re.search(r"England: (\d+) things ask for attention; the first 15 are ranked, (\d+) more are", said(app))
    assert found and int(found[1]) - int(found[2]) == 15
    items = [line for line in html(app).rows if len(line) == 3 and re.match(r"\W*\d+\. ", line[0])]
    assert [re.findall(r"\d+", line[0])[0] for line in items] == [str(place) for place in range(1, 16)]
    assert {"The other 10 of 15", "The other 4 of 9"} <= {folded.label for folded in app.get("expander")}
    assert "things ask for attention" in said(at(app, area="E23000024"))


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("audit", "people")])
def test_empty_workspace_says_what_is_missing_and_what_to_do(empty: AppTest, page: str) -> None:
    app = open_page(empty, page)
    assert faults(app) == []
    assert not app.info  # No banner: nothing here is invented.
    missing = {"upload": "Nothing has been sent yet", "methods": "No figure for"}
    assert missing.get(page, "Nothing has been reported yet") in said(app)
    if page == "upload":
        assert [button.label for button in app.get("download_button")][:1] == ["Blank"]
    else:
        assert "Go to Upload" in [link.label for link in app.get("page_link")]


@pytest.mark.parametrize("page", PAGES)
def test_empty_workspace_renders_for_every_kind_of_place(empty: AppTest, page: str) -> None:
    app = open_page(empty, page)
    found = {name: faults(at(app, area=code)) for name, code in PLACES.items()}
    assert found == dict.fromkeys(PLACES, [])


KEYS = {"area": "E23000024", "commitment": "COM-1", "indicator": "knife_offences", "version": "15"}
WORDS = {
    "area": "Norfolk",
    "commitment": "COM-1 Communities and lived experience shape services",
    "indicator": "Knife offences",
    "version": "Version 15, as of 10 July 2026",
}


@pytest.mark.parametrize("given", [KEYS, WORDS], ids=["keys", "words"])
@pytest.mark.usefixtures("demonstration")
def test_address_chooses_on_every_page(new_window: Window, given: dict[str, str]) -> None:
    for page in PAGES:
        app = open_page(new_window(), page, **given)
        assert chosen(app) == KEYS | {"version": 15}, page
        # Only the note of the earlier version: nothing in the address was unknown.
        assert len(app.warning) == 1 and "data version 15" in app.warning[0].value
        assert faults(app) == []


def test_case_of_a_key_does_not_matter(demonstration: AppTest) -> None:
    assert open_page(demonstration, "area", area="e23000024").title[0].value == "Norfolk"


@pytest.mark.parametrize(
    ("name", "value", "noun"),
    [
        ("area", "E23000099", "area"),
        ("area", "W15000004", "area"),
        ("commitment", "SYS-9", "commitment"),
        ("indicator", "happiness", "indicator"),
        ("version", "99", "data version"),
        ("version", "-1", "data version"),
    ],
)
def test_unknown_address_is_told_and_the_usual_view_shown(
    demonstration: AppTest, name: str, value: str, noun: str
) -> None:
    app = open_page(demonstration, "overview", **{name: value})
    told = f"The {noun} that the address names is not known here, so the usual one is shown."
    assert [warning.value for warning in app.warning] == [told]
    assert chosen(app).items() >= USUAL.items()
    assert faults(app) == []


@pytest.mark.usefixtures("demonstration")
def test_text_of_an_address_is_never_shown(new_window: Window) -> None:
    for hostile in HOSTILE:
        app = open_page(new_window(), "commitment", **dict.fromkeys(KEYS, hostile))
        assert faults(app) == []
        assert not hostile or hostile not in said(app)
        assert chosen(app).items() >= USUAL.items()
        assert len(app.warning) == len(KEYS)


def test_links_keep_the_view_and_leave_out_what_is_usual(demonstration: AppTest) -> None:
    title = "SYS-2 Ethical sharing of data between agencies"
    app = open_page(demonstration, "overview")
    assert html(app).links[title] == "commitment?commitment=SYS-2+Ethical+sharing+of+data+between+agencies"
    href = html(at(app, area="E23000024", version=15)).links[title]
    assert address(href) == ("commitment", {"area": "Norfolk", "commitment": title, "version": WORDS["version"]})


def test_address_to_send_names_keys_and_the_version(demonstration: AppTest) -> None:
    app = open_page(demonstration, "area", area="E23000024", commitment="COM-1", indicator="knife_offences")
    sent = html(app).links["Address of exactly this view, to send to a colleague"]
    assert address(sent) == ("", KEYS | {"version": "18"})


def address(href: str) -> tuple[str, dict[str, str]]:
    """The page and the parameters that a link leads to."""
    parts = urlsplit(href)
    return parts.path, dict(parse_qsl(parts.query, strict_parsing=True))


def test_address_with_keys_may_come_back_to_an_open_page(demonstration: AppTest) -> None:
    app = at(open_page(demonstration, "area", area="E23000024"), area="E23000034")
    assert open_page(app, "area", area="E23000024", version="15").title[0].value == "Norfolk"
    assert faults(app) == [] and chosen(app)["version"] == 15


def test_page_that_is_run_by_itself_begins_again_in_its_frame(
    demonstration: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", True)
    app = open_page(demonstration, "area", area="E23000024")
    assert faults(app) == [] and app.title[0].value == "Norfolk"


def test_controls_keep_their_value_on_other_pages(demonstration: AppTest) -> None:
    app = at(open_page(demonstration, "area"), area="E23000024", indicator="knife_offences")
    for page in PAGES:
        assert chosen(open_page(app, page)).items() >= {"area": "E23000024", "indicator": "knife_offences"}.items()


def test_wrong_setting_is_told(dashboard: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONSENSUS_START", "**perhaps**")
    app = dashboard.run()
    assert [error.value.replace("\\", "") for error in app.error] == [
        "CONSENSUS_START is “**perhaps**”. Set it to demonstration or empty."
    ]
    assert "\\*\\*perhaps\\*\\*" in app.error[0].value


def test_fault_is_told_with_a_reference_and_nothing_of_the_data(
    own_demonstration: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of Norfolk")

    monkeypatch.setattr(queries, "data_versions", broken)
    app = own_demonstration.run()
    told = app.error[0].value
    assert told.startswith("Something went wrong on our side. Nothing was changed. Reference ")
    assert not app.exception and "secret" not in said(app)
    assert told.removesuffix(".").split()[-1] in caplog.text and "secret of Norfolk" in caplog.text


HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


def test_store_in_use_elsewhere_is_told(own_demonstration: AppTest, tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "consensus.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        app = own_demonstration.run()
        other.communicate()
    assert ["in use by another process" in error.value for error in app.error] == [True]
    assert faults(open_page(app, "overview")) == []


def test_areas_stand_beside_england_where_no_change_is_due_yet(demonstration: AppTest) -> None:
    app = open_page(demonstration, "commitment", commitment="SYS-1", indicator="robbery")
    assert "39 areas without a change (Metropolitan Police, Cumbria, Lancashire and 36 more)." in said(app)
    figures = [row for row in html(app).rows if row[0] == "Metropolitan Police"]
    assert any(row[2] == "▼ worse than England" and "per 100,000 residents" in row[1] for row in figures)
    assert any(
        row[0] == "City of London" and "small resident population" in row[3] for row in html(app).rows if len(row) == 4
    )


def test_area_page_sets_each_indicator_beside_england_and_the_range_of_areas(demonstration: AppTest) -> None:
    app = open_page(demonstration, "area", area="E23000024")
    spine = next(line for line in html(app).rows if len(line) == 6 and line[0].startswith("Robbery"))
    assert "better than England" in spine[2] and spine[3:5] == ["24.2 of 38 places", "375.9"]
    assert "Norfolk: of 20 indicators beside England, 2 worse than England" in said(app)
    assert "beside England" not in said(at(app, area="E92000001"))
