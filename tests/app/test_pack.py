"""The button that makes the pack: what it offers, to whom, and that its figures are those of the page beside it."""

import streamlit
from streamlit.testing.v1 import AppTest

from components import packing, session
from data import queries, store
from data.actor import Actor
from data.catalogue import Catalogue
from reports.pack.content import content
from reports.pack.model import Table
from tests.app.reading import faults, html, open_page
from tests.scopes import EVERYWHERE

MEMBER, READER = Actor("A member", "steering", EVERYWHERE), Actor("A reader", "viewer")


def offered(app: AppTest) -> list[str]:
    """The names on the buttons that download a part of the pack."""
    labels = [button.proto.label for button in app.get("download_button")]
    return [label.rpartition(",")[0] for label in labels if label.endswith(" MB")]


def test_the_pack_is_made_when_asked_and_has_the_figures_of_the_page(
    demonstration: AppTest, demonstration_file, catalogue: Catalogue, monkeypatch
) -> None:
    monkeypatch.setattr(session, "actor", lambda: MEMBER)
    app = open_page(demonstration, "overview")
    assert faults(app) == [] and offered(app) == []
    app.button(key="make-pack").click().run()
    assert faults(app) == []
    assert offered(app) == ["Web page (HTML)", "Tagged PDF", "Word document"]
    titles = [f"{key} {one.title}" for key, one in catalogue.commitments.items()]
    rows = {row[0]: row[1:4] for row in html(app).rows if row[0] in titles}
    with store.connect(str(demonstration_file), read_only=True) as connection:
        version = int(queries.current(connection)["version"])
        pack = content(connection, MEMBER, catalogue, "E92000001", version)
    table = next(one for one in pack.of(Table) if one.caption.startswith("The ten commitments"))
    for row in table.rows:
        for shown, cell in zip(rows[row[0].text], row[1:4], strict=True):
            assert cell.text in shown and cell.detail in shown


def test_another_choice_asks_again_and_a_reader_may_make_only_the_public_one(
    demonstration: AppTest, monkeypatch
) -> None:
    app = open_page(demonstration, "overview", area="E23000024")
    app.button(key="make-pack").click().run()
    assert len(offered(app)) == 3
    app.radio(key="pack-for").set_value("public").run()
    assert offered(app) == []
    monkeypatch.setattr(session, "actor", lambda: READER)
    app.run()
    assert app.radio(key="pack-for").options == ["Everybody"]
    app.button(key="make-pack").click().run()
    assert faults(app) == [] and len(offered(app)) == 3
    packing.forget()


def test_the_pack_of_a_review_is_of_the_version_that_it_looked_at(demonstration: AppTest, monkeypatch) -> None:
    names: list[str] = []
    draw = streamlit.download_button

    def kept(label: str, data: object, name: str, *rest: object, **more: object) -> bool:
        names.append(name)
        return draw(label, data, name, *rest, **more)

    monkeypatch.setattr(streamlit, "download_button", kept)
    app = open_page(demonstration, "reviews")
    app.button(key="make-pack").click().run()
    assert faults(app) == [] and len(offered(app)) == 3
    assert [name for name in names if name.startswith("pack-")][:1] == ["pack-E92000001-version-15-steering.html"]
