"""A review held in a real browser: opened, judged where a reason is needed, decided, answered, closed and frozen."""

import re

from playwright.sync_api import Locator, Page, expect

from data.catalogue import load
from tests.browser.acts import choose, press, row
from tests.browser.pages import axe_violations, text_cut_off, wait_until_still

DISAGREE = "SYS-4"


def fill(page: Page, label: str, text: str) -> None:
    box = page.get_by_label(label, exact=True).filter(visible=True)
    box.fill(text)
    box.press("Tab")
    wait_until_still(page)


def pick(page: Page, group: str, option: str) -> None:
    page.get_by_role("radiogroup", name=group).get_by_text(option, exact=True).click()
    wait_until_still(page)


def unfold(page: Page, label: str) -> Locator:
    found = page.get_by_test_id("stExpander").filter(has_text=re.compile(f"^(\\w+)?{label}"))
    found.locator("summary").click()
    wait_until_still(page)
    return found


def whole(page: Page) -> None:
    assert axe_violations(page) == [] == text_cut_off(page)


def test_a_review_is_held(own_server: str, open_page) -> None:
    page = open_page(own_server)
    page.get_by_role("link", name="Hold the review").click()
    wait_until_still(page)
    unfold(page, "Open a review of England")
    fill(page, "Title", "Autumn review")
    press(page, "Open the review")
    expect(page.get_by_text("England: the review of", exact=False).first).to_contain_text(
        "is open. 0 of 10 commitments"
    )
    expect(row(page, "Item").or_(page.get_by_text("1. Worse", exact=True)).first).to_be_visible()

    row(page, DISAGREE).get_by_role("link").first.click()
    wait_until_still(page)
    pick(page, f"The group’s judgement of {DISAGREE}", "Substantial")
    expect(page.get_by_text("A reason is needed: the grade is high though at least as many")).to_be_visible()
    pick(page, "How sure is the group?", "Low")
    press(page, f"Save the judgement of {DISAGREE}")
    expect(page.get_by_text("A reason is needed, because the grade is high though")).to_be_visible()
    fill(page, "Reason", "Plans are new, and people speak well of them")
    whole(page)
    press(page, f"Save the judgement of {DISAGREE}")
    expect(page.get_by_text(f"The judgement of {DISAGREE} is saved.")).to_be_visible()
    expect(row(page, DISAGREE).first).to_contain_text("Substantial")

    decide_and_reply(page)
    judge_the_rest(page)
    unfold(page, "Call the review off")
    page.get_by_text("The group has finished, and areas have had their say").click()
    wait_until_still(page)
    press(page, "Close the review")
    expect(page.get_by_text("The review is closed.")).to_be_visible()
    check_frozen(page, open_page)


def decide_and_reply(page: Page) -> None:
    """An action made from the item on which numbers and voices disagree, and the reply of an area."""
    unfold(page, "Decide on an action")
    choose(page, "Made from", f"3. Numbers and voices disagree: {DISAGREE}")
    evidence = page.get_by_label("Evidence that it answers")
    expect(evidence).to_have_value(re.compile(f"^England: {DISAGREE} .*numbers say"))
    fill(page, "What is to be done", "Read the records of people with three or more contacts")
    page.get_by_label("Owner", exact=True).first.fill("Head of analysis")
    press(page, "Record the action")
    expect(page.get_by_text(f"The action on {DISAGREE} is recorded")).to_be_visible()
    expect(row(page, "10\\. SYS-4")).to_contain_text("Head of analysis")
    unfold(page, "Reply for an area")
    choose(page, "Area that replies", "Norfolk")
    fill(page, "Reply", "Our plans began in spring")
    press(page, "Save the reply")
    expect(row(page, "Norfolk").last).to_contain_text("Our plans began in spring")


def judge_the_rest(page: Page) -> None:
    for key, commitment in load().commitments.items():
        if key == DISAGREE:
            continue
        turn_to(page, f"{key} {commitment.title}")
        page.get_by_role("radiogroup", name=f"The group’s judgement of {key}").get_by_text("Limited").click()
        page.get_by_role("radiogroup", name="How sure is the group?").get_by_text("Medium").click()
        page.get_by_label("Reason", exact=True).fill("The group saw little of it in practice")
        press(page, f"Save the judgement of {key}")
        expect(page.get_by_text(f"The judgement of {key} is saved.")).to_be_visible()


def turn_to(page: Page, title: str) -> None:
    """Another commitment, by the control that all pages share."""
    box = page.get_by_role("combobox", name="Commitment", exact=True)
    # The page is scrolled first: scrolling closes the list of options.
    box.scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    box.fill(title)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    wait_until_still(page)


def check_frozen(page: Page, open_page) -> None:
    """Nothing can be judged any more, and the address shows the same to somebody else."""
    address = page.get_by_role("link", name="Address of exactly this view").evaluate("a => a.href")
    for width, theme in ((1440, "dark"), (390, "light")):
        again = open_page(address, width, theme)
        expect(again.locator("p.answer")).to_contain_text("judged 10 commitments: 1 substantial, 9 limited.")
        expect(again.get_by_role("button", name=re.compile("^(Save the|Record the|Close the|Call it)"))).to_have_count(
            0
        )
        expect(again.get_by_text("What stands here is kept as the group saw it.", exact=False)).to_be_visible()
        whole(again)
