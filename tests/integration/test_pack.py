"""The review pack on real stores: the pages' figures, the same bytes, and nobody's words to whom they are not for."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from charts import beside
from charts.cells import Cell
from charts.grades import grades_chart, grades_sentence
from charts.intervals import intervals_chart
from charts.palette import LIGHT
from charts.picture import picture_chart, picture_sentence
from data import queries, store
from data.actor import LOCAL_ADMINISTRATOR, Actor
from data.catalogue import Catalogue
from data.errors import UserError
from data.store import Connection
from reports import evidence
from reports.expected import ENGLAND, areas_within
from reports.figure_cells import STATES, change_cells, changes_by_area
from reports.pack import drawing
from reports.pack.__main__ import RUNNING, main
from reports.pack.content import content
from reports.pack.files import FORMS
from reports.pack.gathering import Asked, Facts, asked_for, gather
from reports.pack.model import Audience, Bars, Block, Figure, Heading, Intervals, Pack, Table, Text, Voice
from reports.pack.overview import overview
from tests import hostile
from tests.integration.storing import facts as facts_file
from tests.integration.storing import send
from tests.scopes import EVERYWHERE
from tests.source_files import ROOT

NORFOLK, EAST = "E23000024", "E12000006"
STEERING, VIEWER = Actor("A member", "steering", EVERYWHERE), Actor("A reader", "viewer")


@pytest.fixture(scope="module")
def facts(demonstration: Connection, catalogue: Catalogue, latest_version: int) -> Facts:
    return gather(demonstration, catalogue, asked(demonstration, catalogue, latest_version))


@pytest.fixture(scope="module")
def england(demonstration: Connection, catalogue: Catalogue, latest_version: int) -> Pack:
    return content(demonstration, STEERING, catalogue, ENGLAND, latest_version)


@pytest.fixture(scope="module")
def norfolk(demonstration: Connection, catalogue: Catalogue, latest_version: int) -> Pack:
    return content(demonstration, STEERING, catalogue, NORFOLK, latest_version)


@pytest.fixture(scope="module")
def public(demonstration: Connection, catalogue: Catalogue, latest_version: int) -> Pack:
    return content(demonstration, VIEWER, catalogue, ENGLAND, latest_version, audience="public")


def asked(connection: Connection, catalogue: Catalogue, version: int, scope: str = ENGLAND) -> Asked:
    return asked_for(connection, STEERING, catalogue, scope, version, None, None, "steering")


def part(pack: Pack, begins: str) -> list[Block]:
    """The blocks from a heading of the second level to the next."""
    starts = [n for n, one in enumerate(pack.blocks) if isinstance(one, Heading) and one.level == 2]
    ends = [*starts[1:], len(pack.blocks)]
    return next(
        list(pack.blocks[start:end])
        for start, end in zip(starts, ends, strict=True)
        if pack.blocks[start].text.startswith(begins)
    )


def of(blocks: list[Block], kind: Any) -> list[Any]:
    return [one for one in blocks if isinstance(one, kind)]


def shown(row: Any) -> list[tuple[str, str, str]]:
    """What stands in a row of a page or of a pack, without links."""
    cells = [one if isinstance(one, Cell) else Cell(one) for one in row]
    return [(one.text, one.state, one.detail) for one in cells]


def written(pack: Pack) -> str:
    return repr(pack.blocks)


@pytest.mark.parametrize("scope", [ENGLAND, EAST])
def test_the_picture_is_that_of_the_pages(
    demonstration: Connection, catalogue: Catalogue, latest_version: int, facts: Facts, england: Pack, scope: str
) -> None:
    own = scope == ENGLAND
    pack = england if own else content(demonstration, STEERING, catalogue, scope, latest_version)
    changed = evidence.changes(facts.figures, catalogue, pack.as_of)
    heard = evidence.insights(demonstration, STEERING, catalogue, latest_version, scope)
    counts = evidence.picture(changed, heard, catalogue, scope)
    blocks = part(pack, "The ten commitments")
    table, drawn = of(blocks, Table)[0], of(blocks, Figure)[0]
    cells = (beside.numbers_cell, beside.voices_cell, beside.fit_cell)
    assert [shown(row[1:4]) for row in table.rows] == [
        shown([cell(line) for cell in cells]) for line in counts.to_dict("records")
    ]
    assert beside.headline(counts, of(blocks, Text)[0].text.split(":")[0]) == of(blocks, Text)[0].text
    bars = picture_chart(counts, LIGHT, "").data
    assert [(one.words, one.counts) for one in drawn.chart.stacks] == [(bar.name, tuple(bar.x)) for bar in bars]
    assert drawn.sentence == picture_sentence(counts)


def test_each_commitment_has_the_figures_of_its_page(facts: Facts, england: Pack, catalogue: Catalogue) -> None:
    codes = areas_within(catalogue, ENGLAND)
    own = facts.changed[facts.changed["area_code"].isin(codes)]
    compared = 0
    for one in catalogue.commitments.values():
        blocks = part(england, one.key)
        items = [item for item in catalogue.indicators.values() if one.key in item.commitments]
        table = next(block for block in of(blocks, Table) if block.caption.startswith("Indicators that inform"))
        rows = [change_cells(item, facts.latest.get(item.key), facts.here.get(item.key), own) for item in items]
        assert [shown(row[1:]) for row in table.rows] == [shown(row) for row in rows]
        compared += len(rows)
    assert compared > 30


def test_areas_stand_in_the_order_of_the_page(facts: Facts, england: Pack, catalogue: Catalogue) -> None:
    names = {code: area.name for code, area in catalogue.areas.items()}
    moved = 0
    for key in catalogue.commitments:
        joint, heard = (frame[frame["commitment"] == key] for frame in (facts.joint, facts.heard))
        areas = evidence.reading_order(joint, heard)
        blocks = part(england, key)
        table = next(block for block in of(blocks, Table) if block.caption.endswith("what to read first on top"))
        assert [row[0].text for row in table.rows] == [names[code] for code in areas["area_code"].head(len(table.rows))]
        assert beside.read_first(areas, names) in [block.text for block in of(blocks, Text)]
        moved += list(joint["area_code"]) != list(areas["area_code"])
    assert moved


def test_charts_of_a_commitment_are_drawn_from_what_its_page_draws(
    facts: Facts, england: Pack, catalogue: Catalogue
) -> None:
    item = catalogue.indicators["data_sharing_agreements_in_force"]
    by_area = changes_by_area(facts.changed, item, facts.codes, catalogue)
    page = intervals_chart(by_area, LIGHT, title="", unit="", words=STATES, line=0.0, line_name="")
    points = {name: x for trace in page.data for name, x in zip(trace.y, trace.x, strict=True)}
    charts = [one.chart for one in of(part(england, "SYS-2"), Figure)]
    drawn = next(one for one in charts if isinstance(one, Intervals))
    assert {point.name: point.value for point in drawn.points} == points and len(points) > 10
    graded = evidence.grade_counts(facts.heard[facts.heard["commitment"] == "SYS-2"])
    voices = next(one for one in of(part(england, "SYS-2"), Figure) if isinstance(one.chart, Bars))
    bars = grades_chart(graded, LIGHT, "").data
    assert [one.counts for one in voices.chart.stacks] == [tuple(bar.x) for bar in bars]
    assert voices.sentence == grades_sentence(graded)


def test_the_parts_stand_in_order_and_the_front_says_what_it_is(england: Pack, catalogue: Catalogue) -> None:
    heads = [one.text for one in england.of(Heading) if one.level == 2]
    assert heads[:3] == ["The ten commitments", "What needs attention", "Is the evaluation commitment kept?"]
    assert [head.split()[0] for head in heads[3:-1]] == list(catalogue.commitments)
    notice, about = england.blocks[:2]
    assert isinstance(notice, Text) and "invented" in notice.text and isinstance(about, Table)
    front = {row[0].text: row[1].text for row in about.rows}
    assert front["Data"] == "Data version 18, as of 31 October 2026, stored on 31 October 2026"
    assert catalogue.digest[:12] in front["Made with"] and "First review" in front["Review"]
    assert sum(len(row) for row in of(part(england, "What needs attention"), Table)[0].rows) == 15 * 3


def test_a_pack_of_one_area_has_no_tables_of_areas(norfolk: Pack, latest_version: int) -> None:
    pack = norfolk
    assert not [one for one in pack.of(Heading) if "area by area" in one.text or "change by area" in one.text]
    assert pack.name == f"pack-{NORFOLK}-version-{latest_version}-steering"
    assert pack.title == f"Review pack: Norfolk, data version {latest_version}"


def test_two_runs_are_equal_to_the_byte(
    demonstration_file: Path, catalogue: Catalogue, latest_version: int, norfolk: Pack
) -> None:
    with store.connect(str(demonstration_file), read_only=True) as other:
        again = content(other, STEERING, catalogue, NORFOLK, latest_version)
    assert again == norfolk
    first, second = (content_of(one) for one in (norfolk, again))
    assert first == second


def content_of(pack: Pack) -> dict[str, bytes]:
    drawing.svg.cache_clear()
    return {name: form.write(pack) for name, form in FORMS.items()}


def test_the_steering_pack_has_words_reasons_and_decisions_but_not_what_areas_keep(
    facts: Facts, england: Pack, demonstration: Connection, latest_version: int
) -> None:
    text = written(england)
    assert "judged it “" in text and "Dissent: " in text and "Actions on " in text
    everything = queries.insights(demonstration, LOCAL_ADMINISTRATOR, latest_version)
    kept = set(everything.loc[everything["visibility"] == "area", "source_reference"])
    assert kept and not kept & set(facts.heard["source_reference"])
    quoted = {voice.quote for voice in england.of(Voice)} - {""}
    assert quoted and quoted <= set(everything["quote"].dropna()), "a quote without consent is left out of the query"


def test_the_public_pack_holds_nothing_that_was_written_for_the_group(
    public: Pack, england: Pack, demonstration: Connection, latest_version: int
) -> None:
    everything = queries.insights(demonstration, LOCAL_ADMINISTRATOR, latest_version)
    told = {voice.summary for voice in public.of(Voice)}
    text = written(public)
    assert told and told <= set(everything.loc[everything["visibility"] == "public", "summary"])
    review = queries.reviews(demonstration, latest_version, ENGLAND).iloc[0]
    judged = queries.judgements(demonstration, LOCAL_ADMINISTRATOR, latest_version, review["id"])
    actions = queries.actions(demonstration, latest_version)
    adapted = queries.adaptations(demonstration, latest_version)
    secret = [
        review["title"],
        *judged["reason"],
        *judged["dissent"].dropna(),
        *actions["description"],
        *actions["owner"],
    ]
    secret += [*actions["evidence"].dropna(), *adapted["description"], *adapted["evidence"]]
    assert len(secret) > 20 and [words for words in secret if words in text] == []
    assert [words for words in judged["reason"] if words in written(england)] == list(judged["reason"])


def test_the_public_pack_tells_nothing_of_few_people(
    public: Pack, demonstration: Connection, latest_version: int
) -> None:
    seen = queries.insights(demonstration, Actor("The public", "viewer"), latest_version)
    few = seen[seen["participants"].isna()]
    told = {voice.summary: voice for voice in public.of(Voice)}
    of_few = [told[words] for words in few["summary"] if words in told]
    assert all(not one.quote and "people" not in one.who.split(". Not heard")[0] for one in of_few)
    everything = queries.insights(demonstration, LOCAL_ADMINISTRATOR, latest_version)
    small = everything[(everything["participants"] < 8) & (everything["visibility"] == "public")]
    assert not {voice.quote for voice in public.of(Voice)} & (
        set(small["quote"].dropna()) - set(seen["quote"].dropna())
    )


@pytest.mark.parametrize(
    ("actor", "scope", "version", "audience", "says"),
    [
        (VIEWER, ENGLAND, 18, "steering", "may not make the pack of a steering group"),
        (STEERING, "E99999999", 18, "steering", "There is no place E99999999"),
        (STEERING, "W92000004", 18, "steering", "There is no place W92000004"),
        (STEERING, ENGLAND, 99, "steering", "There is no data version 99"),
    ],
)
def test_what_cannot_be_made_is_said(
    demonstration: Connection,
    catalogue: Catalogue,
    actor: Actor,
    scope: str,
    version: int,
    audience: Audience,
    says: str,
) -> None:
    with pytest.raises(UserError, match=says):
        content(demonstration, actor, catalogue, scope, version, audience=audience)


def test_a_pack_of_a_review_holds_what_it_recorded_at_the_version_it_looked_at(
    demonstration: Connection, catalogue: Catalogue, latest_version: int
) -> None:
    review = queries.reviews(demonstration, latest_version, ENGLAND).iloc[0]
    pack = content(demonstration, STEERING, catalogue, ENGLAND, int(review["version"]), review=review["id"])
    assert pack.version == review["version"] and "judged it “" in written(pack)
    about = {row[0].text: row[1].text for row in pack.of(Table)[0].rows}
    assert about["Judgements, actions and adaptations"] == f"As recorded up to data version {latest_version}"
    with pytest.raises(UserError, match="There is no review"):
        content(demonstration, STEERING, catalogue, NORFOLK, latest_version, review=review["id"])


def test_a_workspace_without_figures_has_a_pack_that_says_so(empty: Connection, catalogue: Catalogue) -> None:
    pack = content(empty, STEERING, catalogue, ENGLAND, 1)
    text = written(pack)
    assert "Nobody has been heard on this commitment" in text and "No review has been closed yet" in text
    assert not [one for one in pack.of(Text) if one.kind == "notice"]
    assert FORMS["pdf"].write(pack).startswith(b"%PDF-")


@pytest.fixture(scope="module")
def hostile_pack(
    demonstration_file: Path, tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue
) -> Iterator[Pack]:
    path = tmp_path_factory.mktemp("hostile") / "consensus.duckdb"
    shutil.copy(demonstration_file, path)
    with store.connect(str(hostile.stored(path, catalogue)), read_only=True) as connection:
        version = int(queries.current(connection)["version"])
        yield content(connection, STEERING, catalogue, NORFOLK, version)


def test_hostile_insights_are_plain_text_in_every_form(hostile_pack: Pack) -> None:
    voices = hostile_pack.of(Voice)
    assert len(voices) > 10
    assert any("<script>" in one.summary + one.quote + one.who for one in voices)
    page = FORMS["html"].write(hostile_pack).decode()
    assert [
        tag for tag in ("<script", "<img", "<iframe", "<details", "<a href=j", "<link", "<object") if tag in page
    ] == []
    reader = PdfReader(io.BytesIO(FORMS["pdf"].write(hostile_pack)))
    assert "/JavaScript" not in reader.trailer["/Root"] and "/OpenAction" not in reader.trailer["/Root"]
    written_pdf = " ".join("".join(page.extract_text() for page in reader.pages).split())
    document = Document(io.BytesIO(FORMS["word"].write(hostile_pack)))
    in_word = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for one in voices:
        assert one.summary in in_word
    assert "<script>window" in written_pdf and "<script>window" in in_word


def test_the_command_writes_the_files(
    demonstration_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSENSUS_DATABASE", str(demonstration_file))
    told = ["--scope", NORFOLK, "--as", "html,word", "--audience", "public", "--out", str(tmp_path / "new")]
    assert main(told) == 0
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == [f"pack-{NORFOLK}-version-18-public.{ending}" for ending in ("docx", "html")]
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / "new" / name) for name in reversed(names)]


def test_the_command_says_plainly_what_is_wrong(
    demonstration_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONSENSUS_DATABASE", str(demonstration_file))
    assert main(["--version", "99", "--out", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "There is no data version 99. Choose one from the list of data versions.\n"
    (tmp_path / "file").write_text("")
    assert main(["--scope", NORFOLK, "--as", "html", "--out", str(tmp_path / "file")]) == 1
    assert "Nothing can be written to" in capsys.readouterr().err
    monkeypatch.setenv("CONSENSUS_DATABASE", str(tmp_path / "none.duckdb"))
    assert main([]) == 1
    assert "There is no store at" in capsys.readouterr().err


def test_the_command_leaves_a_store_in_use_alone(demonstration_copy: Path, tmp_path: Path) -> None:
    with store.connect(str(demonstration_copy)):
        done = subprocess.run(
            [sys.executable, "-m", "reports.pack", "--out", str(tmp_path / "out")],
            cwd=ROOT, env=os.environ | {"CONSENSUS_DATABASE": str(demonstration_copy)}, capture_output=True, text=True,
        )  # fmt: skip
    assert (done.returncode, done.stderr) == (3, RUNNING)
    assert not (tmp_path / "out").exists()


def test_a_changed_figure_changes_the_pack(facts: Facts, england: Pack) -> None:
    """The comparison with the pages can fail: another count gives another table and another chart."""
    other = replace(facts, picture=facts.picture.assign(improved=facts.picture["improved"] + 1))
    assert overview(other) != overview(facts)


def test_whatever_is_written_asks_for_a_new_pack(empty: Connection, catalogue: Catalogue) -> None:
    before = queries.audit_lines(empty)
    send(empty, catalogue, facts_file())
    assert queries.audit_lines(empty) == before + 1
