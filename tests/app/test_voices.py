"""Voices, and numbers beside voices on the Commitment page: what was heard, from whom, and who was not."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from components import session
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.settings import Settings
from data.submission import confirm, prepare
from data.versions import Moment
from data.workspace import open_workspace
from metrics.insight import gap
from tests.app.reading import Html, faults, html, open_page, row, said
from tests.integration.storing import facts, voice
from tests.source_files import ROOT

NORFOLK = "E23000024"
SEARCHED = ("summary", "quote", "barriers", "enablers", "not_heard")


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[dict[str, str]]]:
    """Name and rows of each CSV file that a page offers."""
    found: dict[str, list[dict[str, str]]] = {}
    draw = streamlit.download_button

    def kept(label: str, data: Callable[[], bytes], name: str, *rest: Any, **more: Any) -> bool:
        found[name] = list(csv.DictReader(io.StringIO(data().decode("utf-8-sig"), newline="")))
        return draw(label, data, name, *rest, **more)

    monkeypatch.setattr(streamlit, "download_button", kept)
    return found


def answer(app: AppTest) -> str:
    """The sentence at the top of the page."""
    (body,) = [element.proto.body for element in app.get("html") if '<p class="answer">' in element.proto.body]
    found = Html()
    found.feed(body)
    return "".join(found.texts)


def first(text: str, pattern: str) -> int:
    """The number that stands where the pattern says."""
    found = re.search(pattern, text)
    assert found, f"{pattern} is not in {text!r}"
    return int(found[1].replace(",", ""))


def test_page_counts_what_was_heard(demonstration: AppTest, files: dict[str, list[dict[str, str]]]) -> None:
    app = open_page(demonstration, "voices")
    assert faults(app) == []
    assert answer(app) == (
        "England, all commitments: 474 insights from 36 of 39 areas. 155 say that it works, 165 that it does not, 126 "
        "are in between; providers grade it higher than users, families and communities do."
    )
    insights = pd.DataFrame(files["insights-version-18.csv"])
    assert len(insights) == 474 and set(insights["data_version"]) == {"18"}
    graded = insights[insights["grade"] != ""].assign(grade=lambda frame: frame["grade"].astype(int))
    counted = graded[graded["perspective"] == "service_user"]["grade"].value_counts()
    assert row(app, "Service users", 6)[1:] == [str(counted[grade]) for grade in range(1, 6)]
    people = insights.loc[insights["participants"] != "", "participants"].astype(int)
    behind = f"{len(people)} of 474 insights say how many people stand behind them, {people.sum():,} people in all"
    assert behind in said(app)
    whole = gap(graded.assign(participants=1.0), by=()).iloc[0]
    assert "Cliff’s delta): +0.17 (+0.06 to +0.27)." in said(app)
    assert whole[["cliffs_delta", "delta_lower", "delta_upper"]].astype(float).round(2).tolist() == [0.17, 0.06, 0.27]


def test_every_part_has_its_file_and_strict_counts(
    demonstration: AppTest, files: dict[str, list[dict[str, str]]], catalogue: Catalogue
) -> None:
    app = open_page(demonstration, "voices")
    areas = {line["perspective"]: line for line in files["voices-areas-version-18.csv"]}
    heard = {line["area_code"] for line in files["insights-version-18.csv"] if line["perspective"] == "community"}
    assert areas["community"]["areas_heard"] == str(len(heard)) and areas["community"]["areas_expected"] == "39"
    assert row(app, "Community", 3)[1] == f"{len(heard)} of 39 areas"
    assert "In 3 of 39 areas nobody has been heard: Bedfordshire, Cumbria and Gloucestershire." in said(app)
    barriers = [line for line in files["voices-themes-version-18.csv"] if line["kind"] == "barrier"]
    named = [line["barriers"].casefold() for line in files["insights-version-18.csv"]]
    assert int(barriers[0]["insights"]) == sum("not enough staff time" in text for text in named) > 0
    whose = ("service_provider", "service_user", "carer_or_family", "community")
    assert all(int(line["insights"]) == sum(int(line[name]) for name in whose) for line in barriers)
    assert row(app, "not enough staff time", 6)[1:] == [barriers[0]["insights"], *(barriers[0][name] for name in whose)]
    methods = files["voices-methods-version-18.csv"]
    assert sum(int(line["insights"]) for line in methods) == 474
    assert {"voices-grades", "voices-sides", "voices-gaps", "voices-directions", "voices-not-heard"} <= {
        name.removesuffix("-version-18.csv") for name in files
    }
    gaps = {line["commitment"]: line for line in files["voices-gaps-version-18.csv"]}
    assert list(gaps) == ["All", *catalogue.commitments]
    assert gaps["SYS-3"]["limits_reason"] == "fewer than 10 graded insights on one side"
    quarters = files["voices-directions-version-18.csv"]
    said_so = sum(int(line[word]) for line in quarters for word in ("better", "same", "worse", "mixed", "not_asked"))
    assert said_so == 474


def test_choices_narrow_and_stand_in_the_address(
    demonstration: AppTest, files: dict[str, list[dict[str, str]]]
) -> None:
    title = "COM-1 Communities and lived experience shape services"
    chosen = {"about": title, "perspective": "Service users", "sector": "Policing", "area": NORFOLK}
    app = open_page(demonstration, "voices", **chosen)
    assert faults(app) == [] and not app.warning
    lines = files.get("insights-version-18.csv", [])
    assert answer(app).startswith("Norfolk, COM-1, service users, policing:")
    assert all(
        (line["commitment"], line["perspective"], line["sector"], line["area_code"])
        == ("COM-1", "service_user", "policing", NORFOLK)
        for line in lines
    )
    app.selectbox(key="sector").set_value("").run()
    more = files["insights-version-18.csv"]
    assert len(more) > len(lines) and answer(app).startswith(
        f"Norfolk, COM-1, service users: {len(more)} insights from 1 of 1"
    )
    sent = html(app).links["Address of exactly this view, to send to a colleague"]
    assert "about=COM-1" in sent and "perspective=Service+users" in sent and "sector" not in sent


def test_keys_in_the_address_choose_as_words_do(demonstration: AppTest) -> None:
    app = open_page(demonstration, "voices", about="com-1", perspective="service_user", sector="policing", area=NORFOLK)
    assert faults(app) == [] and not app.warning
    assert answer(app).startswith("Norfolk, COM-1, service users, policing:")


@pytest.mark.parametrize("given", ["SYS-99", "<b>x</b>", "x" * 5000])
def test_unknown_choice_is_told_and_all_shown(demonstration: AppTest, given: str) -> None:
    app = open_page(demonstration, "voices", perspective=given)
    assert [warning.value for warning in app.warning] == [
        "What the address asks for under “Perspective” is not known here, so all are shown."
    ]
    assert faults(app) == [] and answer(app).startswith("England, all commitments: 474 insights")


def test_search_says_how_many_and_shows_them(demonstration: AppTest, files: dict[str, list[dict[str, str]]]) -> None:
    app = open_page(demonstration, "voices", find="HOUSING, named")
    hits = files["insights-found-version-18.csv"]
    texts = [" ".join(line[name] for name in SEARCHED).lower() for line in files["insights-version-18.csv"]]
    having = [text for text in texts if re.search(r"\bhousing", text) and re.search(r"\bnamed", text)]
    assert 0 < len(hits) == len(having) < 474
    assert f"{len(hits)} of 474 insights have all the words of “HOUSING, named”." in said(app)
    assert faults(app) == []


@pytest.mark.parametrize(
    ("find", "told"),
    [
        ("zebra crossing", "Nothing among 474 insights has all the words of “zebra crossing”. Try fewer words"),
        ("?! :-)", "There is no letter or digit among what is to be found, so nothing was searched."),
        ("a" * 10_000, "Only the first 200 characters are looked for."),
    ],
)
def test_search_that_finds_nothing_says_what_to_try(demonstration: AppTest, find: str, told: str) -> None:
    app = open_page(demonstration, "voices")
    app.text_input(key="find").set_value(find).run()
    assert faults(app) == [] and told in said(app) and answer(app).startswith("England, all commitments: 474")


def test_nobody_heard_is_said_with_what_to_do(demonstration: AppTest) -> None:
    app = open_page(demonstration, "voices", area="E23000013", about="SYS-2 Ethical sharing of data between agencies")
    app.selectbox(key="perspective").set_value("community").run()
    assert faults(app) == [] and answer(app).endswith("community: nobody has been heard yet.")
    assert "Take one of them back to all." in said(app)
    assert "Go to Upload" in [link.label for link in app.get("page_link")]


def test_a_person_sees_and_takes_what_is_meant_for_them(
    demonstration: AppTest, files: dict[str, list[dict[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "actor", lambda: Actor("Vi", "viewer"))
    app = open_page(demonstration, "voices")
    lines = files["insights-version-18.csv"]
    assert faults(app) == [] and 0 < len(lines) < 474 and {line["visibility"] for line in lines} == {"public"}
    few = [line for line in lines if not line["participants"]]
    assert few and not any(line["quote"] for line in few)
    assert min(int(line["participants"]) for line in lines if line["participants"]) == 8
    assert answer(app).startswith(f"England, all commitments: {len(lines)} insights")


@pytest.fixture
def planted(empty: AppTest, tmp_path: Path, catalogue: Catalogue) -> AppTest:
    """Two areas on COM-1: in Norfolk the numbers improve while users say that it fails; in Kent both say it works."""

    def shaped(area: str, name: str, period: str, numerator: int) -> dict[str, Any]:
        line = {"area_code": area, "area_name": name, "indicator": "services_shaped_by_lived_experience"}
        return line | {"period": period, "numerator": numerator, "denominator": 400}

    places = ((NORFOLK, "Norfolk"), ("E23000032", "Kent"))
    numbers = [
        shaped(*place, period, count)
        for place in places
        for period, count in (("2025/26 Q1", 100), ("2026/27 Q2", 300))
    ]
    voices = [
        voice(
            NORFOLK, grade=1, direction="worse", source_reference=str(number), participants=9, quote="No", summary="Bad"
        )
        for number in range(3)
    ] + [voice(NORFOLK, perspective="service_provider", grade=5, summary="Good"), voice("E23000032", grade=5)]
    with open_workspace(Settings(str(tmp_path / "consensus.duckdb"), "empty"), catalogue) as connection:
        for lines in (numbers, voices):
            prepared = prepare(connection, LOCAL_ADMINISTRATOR, catalogue, facts(*lines), "planted.csv")
            confirm(LOCAL_ADMINISTRATOR, prepared, Moment.now())
    return empty


def test_joint_display_puts_disagreement_first_and_opens_both_sides(planted: AppTest) -> None:
    app = open_page(planted, "commitment", commitment="COM-1")
    assert faults(app) == []
    assert (
        "In 1 area (Norfolk) the numbers improved while service users, families or communities told us that it does "
        "not work or got worse. Numbers and voices as a whole disagree in 1 area (Norfolk). Read these first."
    ) in said(app)
    shown = [line for line in html(app).rows if len(line) == 5 and line[-1].startswith("Open ")]
    assert [line[0] for line in shown[:2]] == ["Norfolk", "Kent"] and len(shown) == 39
    assert "75.0 % (70.5 to 79.0), was 25.0" in shown[0][1]
    assert (
        "users, families and communities: 0 of 3 say it works, 3 that it does not (at least 27 people)" in shown[0][2]
    )
    assert "providers: 1 of 1 say it works" in shown[0][2] and "dissonant" in shown[0][3]
    assert "37 areas of 39 in which one side is silent" in [one.label for one in app.expander]
    link = html(app).links["Open Norfolk"]
    assert link.startswith("commitment?") and link.endswith("open=Norfolk#both-sides")
    assert "Both sides of" not in said(app)

    window = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=planted.default_timeout)
    opened = open_page(window, "commitment", commitment="COM-1", open="Norfolk")
    assert faults(opened) == [] and "Both sides of Norfolk" in [one.value for one in opened.subheader]
    assert row(opened, "Services shaped by people", 3)[2].startswith("▲ improved +50.0")
    assert "was 25.0 %" in row(opened, "Services shaped by people", 3)[2]
    assert row(opened, "Service users", 6)[1:] == ["3", "0", "0", "0", "0"]
    assert "open=Norfolk" in html(opened).links["Address of exactly this view, to send to a colleague"]


def test_one_area_is_open_by_itself_and_an_unknown_one_is_told(planted: AppTest) -> None:
    app = open_page(planted, "commitment", commitment="COM-1", area=NORFOLK)
    assert faults(app) == [] and "Both sides of Norfolk" in [one.value for one in app.subheader]
    app = open_page(planted, "commitment", commitment="COM-1", area="E92000001", open="<b>Atlantis</b>")
    app.selectbox(key="area").set_value("E92000001").run()
    assert faults(app) == [] and "Atlantis" not in said(app) and "Both sides of" not in said(app)


def test_quote_without_consent_stands_on_no_page(planted: AppTest) -> None:
    for page in ("voices", "commitment"):
        app = open_page(planted, page, commitment="COM-1", area=NORFOLK)
        assert "Bad" in said(app) and "“No”" not in said(app) and "No" not in html(app).texts
