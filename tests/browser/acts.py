"""What a person does on a page, and what is read of it: for the tests in a real browser."""

import csv
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import wait_until_still


def row(page: Page, begins: str) -> Locator:
    """The table rows in sight whose heading begins so."""
    found = page.locator("table.facts tr").filter(has=page.locator("th", has_text=re.compile(f"^{begins}")))
    return found.filter(visible=True)


def choose(page: Page, control: str, text: str) -> None:
    """Open a list, type what only one of its options has, and take that one."""
    box = page.get_by_role("combobox", name=control)
    box.click()
    box.fill(text)
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(box).to_have_value(re.compile(re.escape(text)))
    wait_until_still(page)


def drop(page: Page, path: Path) -> None:
    """Put a file on the Upload page."""
    page.locator('input[type="file"]').set_input_files(path)
    expect(page.get_by_text(path.name, exact=True).first).to_be_visible()
    wait_until_still(page)


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).click()
    wait_until_still(page)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path
