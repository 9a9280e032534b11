"""The page Reviews: from opening one to closing it, what it refuses, who may do what, and what stays as it was."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components import session
from data import queries, reviews, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.settings import Settings
from data.versions import Moment
from metrics.judgement import RULES
from tests.app.reading import faults, html, open_page, row, said
from tests.integration.storing import facts, send
from tests.scopes import EVERYWHERE

ENGLAND, NORTH_WEST, NORFOLK = "E92000001", "E12000002", "E23000024"
GIVEN = {"grade": "limited", "reason": "Few areas report", "confidence": "medium", "dissent": ""}
HOSTILE = "<script>alert(1)</script> **bold** [x](https://example.org) :red[y] $z$ =1+1 \u202eabc 🤝"

# As the page shows it: marks that turn the direction of the text around them are left out.
SHOWN = HOSTILE.replace("\u202e", "")


def by_label(widgets: Sequence[Any], label: str) -> Any:
    """The one widget with a label that begins so."""
    found = [widget for widget in widgets if widget.label.startswith(label)]
    assert len(found) == 1, [widget.label for widget in widgets]
    return found[0]


def press(app: AppTest, label: str) -> AppTest:
    return by_label(app.button, label).click().run()


def open_review(app: AppTest, title: str = "Autumn review") -> AppTest:
    by_label(app.text_input, "Title").set_value(title)
    return press(app, "Open the review")


def judge(app: AppTest, key: str, grade: str, reason: str = "", dissent: str = "") -> AppTest:
    by_label(app.radio, f"The group’s judgement of {key}").set_value(grade)
    by_label(app.text_area, "Reason").set_value(reason)
    by_label(app.text_area, "Dissent").set_value(dissent)
    by_label(app.radio, "How sure").set_value("medium")
    return press(app, f"Save the judgement of {key}")


def refused(app: AppTest) -> str:
    """What the page refuses, without the strokes that keep Markdown from reading it."""
    return app.error[0].value.replace("\\", "")


def connected() -> store.Connection:
    """One more connection to the store of the page, in this process."""
    return store.connect(Settings.from_environment().database)


def acting_as(monkeypatch: pytest.MonkeyPatch, actor: Actor) -> None:
    monkeypatch.setattr(session, "actor", lambda: actor)


def test_a_closed_review_shows_what_it_kept_and_what_became_of_its_actions(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "reviews")
    assert faults(app) == [] and not app.warning
    assert (
        "England: the review of 14 July 2026 judged 10 commitments: 4 substantial, 5 limited, 1 not started. "
        "Of its 9 actions 3 are done and 4 overdue."
    ) in said(app)
    assert "What stands here is kept as the group saw it." in said(app)
    items = [line for line in html(app).rows if len(line) == 3 and line[0][2:].split(".")[0].isdigit()]
    assert len(items) == 15 and "Not listed: 84 more items" in said(app)
    assert html(app).links["1. Worse"].startswith("area?area=Metropolitan+Police&indicator=Robbery&version=Version+15")
    assert row(app, "SYS-1", 6)[4:] == ["▨ none yet", "Substantial confidence medium"]
    assert "Save the judgement of SYS-1" not in [button.label for button in app.button]
    assert "first review of this place" in said(app)


def test_from_opening_to_closing(own_demonstration: AppTest, catalogue: Catalogue) -> None:
    app = open_review(open_page(own_demonstration, "reviews"))
    assert faults(app) == [] and "is open. It looks at data version" in app.success[0].value
    assert "0 of 10 commitments are judged, 0 actions decided; 15 of" in said(app)
    assert "The review of 14 July 2026 decided on 9 actions: 3 done, 4 overdue on" in said(app)
    assert "what_changed?since=Version+15" in html(app).links["See what changed since that review"]
    assert html(app).links["5. Action not done"] == "reviews?review=14+July+2026%2C+data+version+15"
    assert "Still without one: SYS-1, SYS-2" in said(app)

    app = judge(app, "SYS-1", "no_evidence_available")
    assert f"A reason is needed, because {RULES[0]}" in refused(app)
    app = judge(app, "SYS-1", "no_evidence_available", HOSTILE, HOSTILE)
    assert "The judgement of SYS-1 is saved. Still without one: SYS-2" in app.success[0].value
    assert faults(app) == [] and SHOWN in "".join(html(app).texts) and "1 of 10 commitments are judged" in said(app)
    assert row(app, "SYS-1", 6)[4:] == ["Substantial confidence medium", "No evidence available confidence medium"]
    app = judge(app, "SYS-1", "substantial", "Providers and numbers agree")
    assert "Earlier judgements of SYS-1 at this review (1)" in [one.label for one in app.expander]

    by_label(app.selectbox, "Made from").set_value(3)
    app.run()
    assert by_label(app.text_area, "Evidence that it answers").value.startswith("England: SYS-4 ")
    assert by_label(app.selectbox, "Commitment of the action").value == "SYS-4"
    assert by_label(app.selectbox, "Area of the action").value == ENGLAND
    by_label(app.text_area, "What is to be done").set_value(HOSTILE)
    app = press(app, "Record the action")
    assert "Write the role or organisation that owns it" in refused(app)
    [box for box in app.text_input if box.label == "Owner"][0].set_value("Head of analysis")
    app = press(app, "Record the action")
    assert "The action on SYS-4 is recorded" in app.success[0].value and faults(app) == []
    assert row(app, "10. SYS-4", 6)[1:3] == ["England", "Head of analysis"]

    by_label(app.text_area, "Reply").set_value("We see it otherwise")
    app = press(app, "Save the reply")
    assert faults(app) == [] and "We see it otherwise" in said(app) and "is saved" in app.success[0].value

    judge_the_rest(catalogue)
    app.run()
    assert by_label(app.button, "Close the review").disabled
    by_label(app.checkbox, "The group has finished").check().run()
    app = press(app, "Close the review")
    assert app.success[0].value == "The review is closed." and faults(app) == []
    assert "judged 10 commitments: 1 substantial, 9 limited. Of its 1 action 0 are done and 0 overdue." in said(app)
    labels = [button.label for button in app.button]
    assert not [
        label for label in labels if label.startswith(("Save the judgement", "Save the reply", "Record the action"))
    ]
    follow_up(app)
    check_overview(app)


def judge_the_rest(catalogue: Catalogue) -> None:
    with connected() as connection:
        version = queries.current(connection)["version"]
        found = queries.reviews(connection, version, ENGLAND)
        review = found.loc[found["state"] == "open", "id"].iloc[0]
        for key in list(catalogue.commitments)[1:]:
            asked = connection, LOCAL_ADMINISTRATOR, catalogue, review, key, GIVEN
            reviews.judge(*asked, Moment.now(), reason_rule=None)


def follow_up(app: AppTest) -> None:
    """Actions are followed up after the review has closed, those of the one before as well."""
    by_label(app.selectbox, "Action").set_value(10).run()
    by_label(app.radio, "State").set_value("done")
    by_label(app.text_area, "Why is it changed?").set_value("The area reported it")
    app = press(app, "Save the change")
    assert "Write what came of it" in refused(app)
    by_label(app.text_area, "What came of it").set_value("The records were read")
    app = press(app, "Save the change")
    assert app.success[0].value == "Action 10 on SYS-4 is saved: done." and faults(app) == []
    assert row(app, "10. SYS-4", 6)[4:] == ["▲ done", "The records were read Changed: The area reported it"]


def check_overview(app: AppTest) -> None:
    """The Overview and the Commitment page show the newest closed review."""
    app = open_page(app, "overview")
    assert row(app, "SYS-1", 6)[4] == "Substantial confidence medium" and row(app, "SYS-2", 6)[4].startswith("Limited")
    app = open_page(app, "commitment")
    assert "The last national review judged it “Substantial”, with medium confidence. Providers" in said(app)


def test_a_region_has_reviews_of_its_own_and_one_can_be_called_off(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "reviews", area=NORTH_WEST)
    assert "North West region: no review has been held." in said(app) and faults(app) == []
    assert html(app).links["review of England, 14 July 2026"] == "reviews?review=14+July+2026%2C+data+version+15"
    app = open_review(app, HOSTILE)
    assert faults(app) == [] and "North West region: the review of" in said(app) and SHOWN in "".join(html(app).texts)
    assert "A review is open." in said(app)
    app = press(app, "Call it off")
    assert "Say why" in refused(app)
    by_label(app.text_area, "Why is it called off?").set_value("Opened for the wrong region")
    app = press(app, "Call it off")
    assert "was called off" in said(app) and "Opened for the wrong region" in said(app) and faults(app) == []
    overview = open_page(app, "overview", area=NORTH_WEST)
    assert "Judgement of the national review" in html(overview).texts


def test_the_overview_names_the_review_of_its_own_place(
    own_demonstration: AppTest, catalogue: Catalogue, tmp_path: Path
) -> None:
    moment = Moment.now()
    with connected() as connection:
        held_on = max(moment.as_of, queries.current(connection)["as_of"])
        version = queries.current(connection)["version"]
        asked = connection, LOCAL_ADMINISTRATOR
        review = reviews.open_review(*asked, NORTH_WEST, "Regional review", held_on, version, moment)
        for key in catalogue.commitments:
            reviews.judge(*asked, catalogue, review, key, GIVEN, moment, reason_rule=None)
        picture = queries.review_picture(connection, queries.reviews(connection, version, ENGLAND)["id"].iloc[0])
        agenda = queries.review_agenda(connection, queries.reviews(connection, version, ENGLAND)["id"].iloc[0])
        reviews.close(*asked, catalogue, review, picture, agenda, moment)
    app = open_page(own_demonstration, "overview", area=NORTH_WEST)
    assert "Judgement of the review of North West region" in html(app).texts and faults(app) == []
    assert row(app, "STF-1", 6)[4] == "Limited confidence medium"
    app = open_page(own_demonstration, "overview", area=ENGLAND)
    assert "Judgement of the national review" in html(app).texts
    assert row(app, "STF-1", 6)[4] == "Substantial confidence medium"


@pytest.mark.parametrize(
    ("actor", "may_reply"),
    [
        (Actor("Vic Viewer", "viewer"), False),
        (Actor("Eve Evaluator", "evaluator"), False),
        (Actor("Kit Cumbria", "contributor", frozenset({"E23000002"})), True),
        (Actor("Ada Norfolk", "contributor", frozenset({NORFOLK})), False),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_others_read_and_areas_reply(
    own_demonstration: AppTest, monkeypatch: pytest.MonkeyPatch, actor: Actor, may_reply: bool
) -> None:
    app = open_review(open_page(own_demonstration, "reviews", area=NORTH_WEST))
    acting_as(monkeypatch, actor)
    app.run()
    labels = {button.label for button in app.button}
    assert faults(app) == [] and ("Save the reply" in labels) is may_reply
    assert not labels & {"Save the judgement of SYS-1", "Record the action", "Call it off", "Close the review"}
    assert "Only members of its steering group and administrators may open a review of this place." not in app.error
    if may_reply:
        assert by_label(app.selectbox, "Area that replies").options == ["Cumbria"]


@pytest.mark.parametrize(
    ("actor", "reads"),
    [
        (Actor("Vic Viewer", "viewer"), False),
        (Actor("Ada Norfolk", "contributor", frozenset({NORFOLK})), False),
        (Actor("Ned Norfolk", "steering", frozenset({NORFOLK})), False),
        (Actor("Kit Cumbria", "contributor", frozenset({"E23000002"})), True),
        (Actor("Eve Evaluator", "evaluator"), True),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_who_takes_no_part_reads_what_is_judged_once_the_review_is_closed(
    own_demonstration: AppTest, monkeypatch: pytest.MonkeyPatch, actor: Actor, reads: bool
) -> None:
    app = open_review(open_page(own_demonstration, "reviews", area=NORTH_WEST))
    app = judge(app, "SYS-1", "limited", "Words of the group alone")
    acting_as(monkeypatch, actor)
    app.run()
    told = said(app)
    assert faults(app) == [] and ("Words of the group alone" in told) is reads
    assert ("is shown here once the review is closed" in told) is not reads
    assert ("1 of 10 commitments are judged" in told) is reads
    assert row(app, "SYS-1", 6)[-1] == ("Limited confidence medium" if reads else "▨ not shown before the end")
    assert ("No area has replied yet." in told) is reads


def test_whoever_judges_what_somebody_else_judged_meanwhile_is_told(
    own_demonstration: AppTest, catalogue: Catalogue
) -> None:
    app = open_review(open_page(own_demonstration, "reviews"))
    by_label(app.radio, "The group’s judgement").set_value("limited").run()
    with connected() as connection:
        found = queries.reviews(connection, queries.current(connection)["version"], ENGLAND)
        asked = connection, Actor("Chair", "steering", EVERYWHERE), catalogue, found["id"].iloc[0], "SYS-1", GIVEN
        reviews.judge(*asked, Moment.now(), reason_rule=None)
    app = judge(app, "SYS-1", "complete", "My own text")
    assert "Somebody else saved something here after you began" in app.warning[0].value
    assert "Chair saved a judgement of SYS-1 in the meantime" in refused(app)
    assert by_label(app.text_area, "Reason").value == "My own text", "what was typed is still there"
    app = press(app, "Begin again from what is there now")
    assert by_label(app.text_area, "Reason").value == GIVEN["reason"] and not app.warning
    app = judge(app, "SYS-1", "complete", "My own text")
    assert "is saved" in app.success[0].value


def test_newer_data_is_for_the_next_review_and_an_earlier_version_is_only_read(
    own_demonstration: AppTest, catalogue: Catalogue
) -> None:
    app = open_review(open_page(own_demonstration, "reviews"))
    before = agenda(app)
    with connected() as connection:
        send(connection, catalogue, facts())
    app.run()
    assert faults(app) == [] and agenda(app) == before != ""
    assert "Save the judgement of SYS-1" in {button.label for button in app.button}
    app.selectbox(key="version").set_value(18).run()
    assert "You are looking at data version 18" in app.warning[0].value and agenda(app) == before
    assert not {button.label for button in app.button} & {
        "Save the judgement of SYS-1",
        "Record the action",
        "Call it off",
    }


def agenda(app: AppTest) -> str:
    text = said(app)
    return text[text.index("Agenda: 15 of") : text.index("Former judgement")]


def test_an_address_names_a_review_and_one_that_is_not_known_is_told(own_demonstration: AppTest) -> None:
    app = open_page(own_demonstration, "reviews", review="1 May 1999, data version 3")
    assert "The review that the address names is not known here" in app.warning[0].value
    app = open_page(own_demonstration, "reviews", review="14 July 2026, data version 15", commitment="COM-2")
    assert not app.warning and "Save" not in said(app) and "COM-2 Local assets" in said(app)
