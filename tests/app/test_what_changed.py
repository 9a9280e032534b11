"""What changed: the answer, what matters, the tables, how far it looks back, and what it must not tell."""

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from components.changed_words import MOST
from data import differences, history, queries, store
from data.actor import LOCAL_ADMINISTRATOR
from data.catalogue import Catalogue
from data.settings import Settings
from data.submission import confirm, prepare
from data.versions import Moment, current_version
from data.workspace import open_workspace
from tests.app.conftest import Window
from tests.app.reading import faults, html, open_page, said
from tests.integration.storing import as_csv, facts, voice

NORFOLK = "E23000024"
UNKNOWN = "The earlier version or date that was asked for is not known here, so the usual one is shown."
OVERLAPS = {"indicator": "s136_health_based_place", "area_code": NORFOLK, "area_name": "Norfolk"}


def answer(app: AppTest) -> str:
    """The sentence that answers the page's question."""
    return next(
        text for text in html(app).texts if ", since version" in text or "nothing changed" in text or "Nothing" in text
    )


def counts(app: AppTest) -> dict[str, int]:
    """The numbers of the answer by the word after them."""
    found = re.findall(r"(\d[\d,]*) (?:commitments? )?(new figure|corrected|withdrawn|newly \w+)", answer(app))
    return {words: int(number.replace(",", "")) for number, words in found}


def table(app: AppTest, heading: str) -> list[list[str]]:
    """The rows of the table with this heading in its second cell."""
    rows = html(app).rows
    start = next(place for place, row in enumerate(rows) if row[:2] == heading.split("|"))
    own = rows[start + 1 :]
    ends = [place for place, row in enumerate(own) if row[0] in ("Area", "Where", "Place", "What", "File", "Indicator")]
    return own[: ends[0]] if ends else own


def test_answer_counts_what_the_store_holds(demonstration: AppTest, demonstration_file: Path) -> None:
    app = open_page(demonstration, "what_changed")
    assert faults(app) == [] and not app.warning
    assert answer(app).startswith("England, since version 15 (10 July 2026): ")
    with store.connect(str(demonstration_file), read_only=True) as connection:
        areas = [code for (code,) in connection.execute("SELECT DISTINCT code FROM area").fetchall()]
        found = differences.figure_counts(connection, 15, 18, areas).groupby("state")["facts"].sum()
        told = len(differences.changed_insights(connection, LOCAL_ADMINISTRATOR, 15, 18, areas))
    assert counts(app).items() >= {"new figure": found["new"], "corrected": found["corrected"], "withdrawn": 0}.items()
    assert f"Also: {told} new insights" in said(app)


def test_words_are_those_of_the_overview_since_the_same_review(demonstration: AppTest) -> None:
    since = next(
        text for text in html(open_page(demonstration, "overview")).texts if "Since the national review" in text
    )
    worsened, improved = re.findall(r"(\d+) newly", since)
    found = counts(open_page(demonstration, "what_changed"))
    assert [found["newly worsened"], found["newly improved"]] == [int(worsened), int(improved)] != [0, 0]


def test_overview_leads_here_with_the_version_of_its_review(demonstration: AppTest) -> None:
    links = html(open_page(demonstration, "overview")).links
    assert links["See what changed since that review"] == "what_changed?since=Version+15%2C+as+of+10+July+2026"


def test_what_matters_is_few_sentences_gravest_first_each_with_a_link(demonstration: AppTest) -> None:
    app = open_page(demonstration, "what_changed")
    rows = table(app, "Where|What changed")
    assert len(rows) == MOST and all(line[0] in html(app).links for line in rows)
    kinds = ["newly worsened", "usual variation", "now disagree"]
    places = [next(place for place, kind in enumerate(kinds) if kind in line[1]) for line in rows]
    assert places == sorted(places) and set(places) == {0, 1, 2}
    assert re.search(r"\d+ more changes of these kinds are in the tables below", said(app))


def test_one_area_has_its_own_changes_and_no_other(demonstration: AppTest) -> None:
    app = open_page(demonstration, "what_changed", area=NORFOLK)
    assert faults(app) == [] and answer(app).startswith("Norfolk, since version 15")
    assert {line[0] for line in table(app, "Where|What changed")} == {"Norfolk"}
    words = table(app, "Area|Indicator")
    assert {line[0] for line in words} == {"Norfolk"} and len(words) == counts(app)["new figure"]
    assert "no longer improved since July 2025, now “no clear change”" in said(app)


@pytest.mark.parametrize(
    ("given", "version"),
    [
        ("17", "17 (28 October 2026)"),
        ("2026-10-28", "17 (28 October 2026)"),
        ("27 October 2026", "15 (10 July 2026)"),
        ("Version 14, as of 10 July 2026", "14 (10 July 2026)"),
        ("30/04/2019", "5 (25 April 2019)"),
    ],
)
def test_address_names_a_version_or_a_day(demonstration: AppTest, given: str, version: str) -> None:
    app = open_page(demonstration, "what_changed", since=given)
    assert faults(app) == [] and not app.warning
    assert f"England, since version {version}" in answer(app)


def labels(app: AppTest) -> list[str]:
    return list(app.selectbox(key="since").options)


@pytest.mark.parametrize("given", ["999", "-77", "yesterday", "1999-12-31", "<b>x</b>", "x" * 5000])
def test_unknown_version_is_told_and_the_usual_one_taken(demonstration: AppTest, given: str) -> None:
    app = open_page(demonstration, "what_changed", since=given)
    assert [warning.value for warning in app.warning] == [UNKNOWN]
    assert faults(app) == [] and "since version 15" in answer(app)
    assert app.selectbox(key="since").value == 0 and given not in said(app).replace(UNKNOWN, "")


@pytest.mark.parametrize(("since", "version"), [("18", "18"), ("16", "15"), ("15", "15"), ("2026-10-31", "3")])
def test_nothing_is_compared_with_what_is_not_earlier(demonstration: AppTest, since: str, version: str) -> None:
    app = open_page(demonstration, "what_changed", since=since, version=version)
    assert faults(app) == []
    assert answer(app).startswith("Nothing to compare: version ") and "is not earlier than version" in answer(app)


@pytest.mark.parametrize(("version", "before"), [(18, 15), (16, 15), (15, 14), (2, 1)])
def test_usually_it_looks_back_to_the_review_or_to_the_change_before(
    demonstration: AppTest, version: int, before: int
) -> None:
    app = open_page(demonstration, "what_changed", version=str(version))
    assert faults(app) == [] and f"since version {before} (" in answer(app)
    review = "The last review" if version > 15 else "The change before"
    assert labels(app)[0] == f"{review} (version {before})"


def test_address_to_send_pins_both_versions(demonstration: AppTest) -> None:
    sent = html(open_page(demonstration, "what_changed")).links["Address of exactly this view, to send to a colleague"]
    assert "since=15" in sent and "version=18" in sent


def test_nothing_changed_is_said(demonstration: AppTest) -> None:
    app = open_page(demonstration, "what_changed", since="16", version="17", area="E23000034")
    assert answer(app) == (
        "City of London: nothing changed between version 16 (28 October 2026) and version 17 (28 October 2026)."
    )
    assert faults(app) == [] and not app.subheader and not app.get("download_button")


@pytest.mark.usefixtures("demonstration")
def test_judgements_of_a_review_in_between_are_told_and_else_that_there_was_none(new_window: Window) -> None:
    app = open_page(new_window(), "what_changed", since="14", version="17")
    found = table(app, "Commitment|Was judged")
    assert len(found) >= 10 and {line[1] for line in found[:10]} == {"▨ none yet"}
    assert found[0][0].startswith("SYS-1 ") and found[0][2].startswith("Substantial")
    assert "Judgements of the national review of 14 July 2026" in "".join(html(app).texts)
    assert "No review was closed in between" in said(open_page(new_window(), "what_changed", since="16"))


@pytest.mark.usefixtures("demonstration")
def test_days_alone_can_make_figures_overdue(new_window: Window) -> None:
    app = open_page(new_window(), "what_changed", area=NORFOLK)
    late = int(re.findall(r"(\d+) figures became overdue by 31 October 2026", said(app))[0])
    assert late > 0 and f"{late} figures newly overdue" in said(app)
    same_day = open_page(new_window(), "what_changed", area=NORFOLK, since="16", version="17")
    assert "0 figures became overdue" in said(same_day)


def test_every_table_can_be_taken_away(demonstration: AppTest) -> None:
    app = open_page(demonstration, "what_changed")
    keys = {button.proto.id.rpartition("-changed-")[2] for button in app.get("download_button")}
    kinds = ["figures", "words", "england", "fits", "attention", "insights", "overdue", "targets", "files"]
    assert {f"{kind}-csv" for kind in kinds} <= keys


@pytest.fixture
def database(own_demonstration: AppTest, tmp_path: Path) -> Path:
    return tmp_path / "consensus.duckdb"


def add(database: Path, catalogue: Catalogue, *lines: dict[str, Any], name: str = "figures.csv") -> Any:
    """A file of facts stored before the page is opened."""
    with open_workspace(Settings(database=str(database)), catalogue) as connection:
        prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, facts(*lines), name)
        assert prepared.confirmable, prepared.screening.findings
        confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())
        return prepared.id


def about(numerator: int, denominator: int = 86, **more: Any) -> dict[str, Any]:
    return OVERLAPS | {"period": "2025/26 Q1", "numerator": numerator, "denominator": denominator} | more


def figure_rows(app: AppTest) -> list[list[str]]:
    return [line for line in html(app).rows if len(line) == 7 and line[0] == "Norfolk"]


def test_small_number_is_hidden_on_both_sides_of_a_correction(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    add(database, catalogue, about(60))
    add(database, catalogue, about(3))
    app = open_page(own_demonstration, "what_changed", area=NORFOLK, since="19")
    (line,) = figure_rows(app)
    assert line[3:] == ["corrected", "", "▨ hidden so that no person can be recognised", ""]
    assert "3 of" not in said(app) and "60 of" not in said(app) and faults(app) == []


def test_corrected_figure_is_shown_rounded_with_its_difference(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    add(database, catalogue, about(21))
    add(database, catalogue, about(58))
    app = open_page(own_demonstration, "what_changed", area=NORFOLK, since="19")
    (line,) = figure_rows(app)
    assert line[3] == "corrected" and line[4].endswith("20 of 85") and line[5].endswith("60 of 85")
    assert line[6] == "+47.1 by more than a fifth"
    assert "corrected by more than a fifth, from 23.5 to 70.6 % (+47.1), April to June 2025." in said(app)
    assert "21 of" not in said(app) and "58 of" not in said(app)


def test_part_of_an_area_is_counted_and_not_shown(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    add(database, catalogue, about(40), about(20, 40, breakdown_type="sex", breakdown="<b>women</b>"))
    app = open_page(own_demonstration, "what_changed", area=NORFOLK, since="18")
    part = next(line for line in figure_rows(app) if "women" in line[1])
    assert part[1].endswith("sex, <b>women</b>") and "may be few people" in part[5] and "20 of" not in said(app)
    assert counts(app)["new figure"] + counts(app)["corrected"] == 2 and faults(app) == []


def test_withdrawn_file_is_told_with_its_figures_and_its_reason(
    own_demonstration: AppTest, database: Path, catalogue: Catalogue
) -> None:
    period = {"period": "2011/12 Q1"}
    file = add(database, catalogue, about(60, **period), name="**norfolk**.csv")
    with open_workspace(Settings(database=str(database)), catalogue) as connection:
        version = current_version(connection)
        history.withdraw(connection, LOCAL_ADMINISTRATOR, file, "counted <i>twice</i>", version, Moment.now())
    app = open_page(own_demonstration, "what_changed", area=NORFOLK, since="19")
    assert counts(app)["withdrawn"] == 1 and faults(app) == []
    (line,) = figure_rows(app)
    assert line[3] == "withdrawn" and "60 of 85" in line[4] and line[5:] == ["", ""]
    gone = next(line for line in html(app).rows if line[0].startswith("**norfolk**.csv"))
    assert gone[2] == "withdrawn counted <i>twice</i>" and "by Local administrator" in gone[3]


def test_insights_alone_are_told_before_any_figure_is_there(
    empty: AppTest, tmp_path: Path, catalogue: Catalogue
) -> None:
    settings = Settings(database=str(tmp_path / "consensus.duckdb"), start="empty")
    with open_workspace(settings, catalogue) as connection:
        content = as_csv([voice(summary="<script>alert(1)</script> nobody **asked** us")])
        prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, content, "told.csv")
        confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())
    app = open_page(empty, "what_changed")
    assert faults(app) == [] and "since version 1 (" in answer(app) and counts(app)["new figure"] == 0
    assert "Also: 1 new insight" in said(app)
    assert any("<script>alert(1)</script> nobody **asked** us" in cell for row in html(app).rows for cell in row)


def test_a_version_confirmed_while_the_page_is_made_is_not_offered_yet(
    own_demonstration: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, found = [], queries.data_versions

    def later(connection: store.Connection) -> list[dict[str, Any]]:
        held = found(connection)
        asked.append(held)
        newer = held[0] | {"version": held[0]["version"] + 1}
        return held if len(asked) == 1 else [newer, *held]

    monkeypatch.setattr(queries, "data_versions", later)
    monkeypatch.setattr(session, "_remembered", lambda database, lines, what, read: read())
    app = open_page(own_demonstration, "what_changed")
    assert len(asked) > 1 and faults(app) == []
    newest = asked[0][0]["version"]
    assert not [option for option in app.selectbox(key="since").options if f"version {newest + 1}" in option.lower()]
