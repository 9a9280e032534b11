"""A steering group's whole round in a real browser: from a sign-post on the Overview to the next review's agenda."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pypdf
from playwright.sync_api import Page, expect

from data.catalogue import load
from tests.browser.acts import choose, drop, press, row, write
from tests.browser.pages import EXCEPTION, wait_until_still
from tests.browser.test_reviews import DISAGREE, fill, pick, unfold, whole

PLACE, CODE = "Norfolk", "E23000024"
MEASURE = "People in crisis again within 90 days"
REASON = "Plans are new, and people who have one speak well of it"
ACTION = "Read the records of people with three or more contacts"
OWNER = "Head of analysis"
READERS: dict[str, Callable[[bytes], str]] = {
    "html": lambda content: content.decode(),
    "pdf": lambda content: " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages),
    "docx": lambda content: " ".join(docx.Document(io.BytesIO(content)).element.body.itertext()),
}
BUTTONS = {"html": "Web page (HTML)", "pdf": "Tagged PDF", "docx": "Word document"}


def go(page: Page, name: str | re.Pattern[str], title: str) -> None:
    """Follow a link, and wait for the page that it leads to."""
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    wait_until_still(page)


def test_from_a_signpost_to_the_next_review(own_server: str, open_page, tmp_path: Path) -> None:
    page = open_page(own_server)
    read_both_sides(page)
    hold_review(page)
    packs = download_packs(page, tmp_path)
    for ending, text in packs.items():
        for written in (REASON, ACTION, OWNER):
            assert words(written) in words(text), f"{written} is not in the pack's {ending}"
    send_newer_figures(page, tmp_path)
    go(page, "What changed", "What changed")
    expect(page.locator("p.answer")).to_contain_text("since version 18")
    expect(page.locator("table.facts tr").filter(has_text=MEASURE).first).to_contain_text(PLACE)
    open_next_review(page)
    expect(page.locator(EXCEPTION)).to_have_count(0)


def read_both_sides(page: Page) -> None:
    """The sentence names where numbers and voices disagree; each side of one area is opened to its evidence."""
    expect(page.locator("p.answer")).to_contain_text(re.compile(rf"they disagree \(.*{DISAGREE}"))
    expect(row(page, DISAGREE).first).to_contain_text("they disagree")
    go(page, re.compile(f"^{DISAGREE} "), f"{DISAGREE} Causes of demand understood, and evidence used to tackle them")
    apart = row(page, "").filter(has_text="dissonant: they disagree").first
    place = apart.get_by_role("link").first.inner_text()
    apart.get_by_role("link", name=f"Open {place}").click()
    wait_until_still(page)
    expect(page.get_by_role("heading", name=f"Both sides of {place}")).to_be_visible()
    numbers = page.get_by_role("table", name=re.compile(f"^What the numbers of {place} say"))
    expect(numbers.get_by_role("row").filter(has_text=MEASURE)).to_contain_text("%")
    expect(page.get_by_role("table", name=re.compile(f"^What people in {place} said"))).to_be_visible()
    expect(page.locator("blockquote.voice").filter(visible=True).first).to_be_visible()


def hold_review(page: Page) -> None:
    go(page, "Reviews", "Reviews")
    unfold(page, "Open a review of England")
    fill(page, "Title", "Autumn review")
    press(page, "Open the review")
    expect(page.locator("p.answer")).to_contain_text("is open. 0 of 10 commitments are judged")
    pick(page, f"The group’s judgement of {DISAGREE}", "Substantial")
    expect(page.get_by_text("A reason is needed: the grade is high though at least as many")).to_be_visible()
    pick(page, "How sure is the group?", "Low")
    fill(page, "Reason", REASON)
    press(page, f"Save the judgement of {DISAGREE}")
    expect(page.get_by_text(f"The judgement of {DISAGREE} is saved.")).to_be_in_viewport()
    expect(row(page, DISAGREE).first).to_contain_text("Substantial")
    unfold(page, "Decide on an action")
    choose(page, "Made from", f"3. Numbers and voices disagree: {DISAGREE}")
    fill(page, "What is to be done", ACTION)
    page.get_by_label("Owner", exact=True).first.fill(OWNER)
    press(page, "Record the action")
    expect(page.get_by_text(f"The action on {DISAGREE} is recorded")).to_be_visible()
    expect(row(page, rf"\d+\. {DISAGREE}: {ACTION}")).to_contain_text(OWNER)
    judge_the_rest(page)
    page.get_by_text("The group has finished, and areas have had their say").click()
    wait_until_still(page)
    press(page, "Close the review")
    expect(page.locator("p.answer")).to_contain_text("judged 10 commitments: 1 substantial, 9 limited.")


def judge_the_rest(page: Page) -> None:
    """One commitment after another, by the button that leads on from each; after the last it begins with the first."""
    keys = list(load().commitments)
    place = keys.index(DISAGREE)
    for key in [*keys[place + 1 :], *keys[:place]]:
        press(page, f"Go on to {key}")
        expect(page.get_by_role("button", name=f"Save the judgement of {key}")).to_be_in_viewport()
        page.get_by_role("radiogroup", name=f"The group’s judgement of {key}").get_by_text("Limited").click()
        page.get_by_role("radiogroup", name="How sure is the group?").get_by_text("Medium").click()
        page.get_by_label("Reason", exact=True).fill("The group saw little of it in practice")
        press(page, f"Save the judgement of {key}")
        expect(page.get_by_text(f"The judgement of {key} is saved.")).to_be_in_viewport()
    expect(page.get_by_role("button", name=re.compile("^Go on to"))).to_have_count(0)


def download_packs(page: Page, folder: Path) -> dict[str, str]:
    """The text of the pack in each of its forms, as it arrives on a reader's disk."""
    press(page, "Make the pack")
    expect(page.get_by_text("The pack is made.")).to_be_visible(timeout=60_000)
    wait_until_still(page)
    texts = {}
    for ending, label in BUTTONS.items():
        with page.expect_download() as download:
            page.get_by_role("button", name=label).click()
        assert download.value.suggested_filename == f"pack-E92000001-version-18-steering.{ending}"
        download.value.save_as(folder / f"pack.{ending}")
        texts[ending] = READERS[ending]((folder / f"pack.{ending}").read_bytes())
    return texts


def words(text: str) -> str:
    """Text without its spaces and hyphens: lines may be broken anywhere."""
    return re.sub(r"[\s\u00ad-]", "", text)


def send_newer_figures(page: Page, folder: Path) -> None:
    """A later quarter of one area: few came back in crisis, so that it is newly improved."""
    measure = {"area_code": CODE, "indicator": "repeat_crisis_within_90_days", "period": "2026/27 Q2"}
    path = write(folder / "newer.csv", [measure | {"numerator": "9", "denominator": "160"}])
    go(page, "Upload", "Upload")
    drop(page, path)
    expect(page.get_by_text("Nothing must be mended.")).to_be_visible()
    press(page, "Confirm: store 1 change as data version 19")
    expect(page.get_by_text("newer.csv: 1 change stored as data version 19.")).to_be_visible()


def open_next_review(page: Page) -> None:
    """It begins with what was decided, and its agenda asks after the action."""
    go(page, "Reviews", "Reviews")
    unfold(page, "Open a review of England")
    fill(page, "Title", "Winter review")
    press(page, "Open the review")
    expect(page.locator("p.quiet", has_text="It looks at data version 19, as of")).to_be_visible()
    expect(row(page, rf"\d+\. {DISAGREE}: {ACTION}").first).to_contain_text("open")
    asked = row(page, r".*\d+\. Action not done").filter(has_text=ACTION)
    expect(asked).to_contain_text(f"Owner: {OWNER}")
    whole(page)
