"""Every page of the menu, as a reader meets it: whole, readable, and usable by everybody."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from tests.browser.pages import EXCEPTION, axe_violations, make_tall, page_addresses, text_cut_off

WIDTHS = [1440, 390]
THEMES = ["light", "dark"]
# Views with more on them than the menu's own: a chart of all areas, a long series with gaps, an area without rates.
FULLER = [
    "commitment?commitment=COM-1&indicator=people_who_felt_heard",
    "area?area=E23000024&indicator=violence_with_injury",
    "area?area=E23000034&indicator=knife_offences&version=15",
    "compare?indicator=violence_with_injury&area=E12000002&period=year+ending+December+2019",
    "over_time?area=E23000014&indicator=handover_wait_hours",
    "over_time?area=E23000024&indicator=knife_offences",
]


class Findings(NamedTuple):
    headings: list[str]
    exceptions: list[str]
    cut_off: list[str]
    axe: list[str]


def look_at(page: Page) -> Findings:
    make_tall(page)
    return Findings(
        headings=page.locator("h1").all_inner_texts(),
        exceptions=page.locator(EXCEPTION).all_inner_texts(),
        cut_off=text_cut_off(page),
        axe=axe_violations(page),
    )


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_whole_readable_and_usable(server: str, open_page, width: int, theme: str) -> None:
    addresses = page_addresses(open_page(server, width=1440)) + [f"{server}/{view}" for view in FULLER]
    faults = [f"{address}: {fault}" for address in addresses for fault in faults_at(open_page(address, width, theme))]
    assert "\n".join(faults) == ""


def faults_at(page: Page) -> list[str]:
    found = look_at(page)
    page.close()
    headings = [] if len(found.headings) == 1 else [f"has {len(found.headings)} main headings: {found.headings}"]
    exceptions = [f"shows an exception: {text}" for text in found.exceptions]
    cut_off = [f"text cut off: {text}" for text in found.cut_off]
    return headings + exceptions + cut_off + found.axe


# A page with one fault of each kind, to prove that each is found.
BROKEN = """
<html lang="en"><head><title>Broken</title></head><body><main data-testid="stApp" data-test-script-state="notRunning">
<h1>One</h1><div data-testid="stException">Boom</div>
<p style="width: 3000px; white-space: nowrap">{long}</p>
<div style="overflow-x: auto; width: 300px"><p style="white-space: nowrap">scrolled {long}</p></div>
<svg width="100" height="20"><text x="0" y="15">A heading longer than its chart</text></svg>
<p style="color: #999; background: #fff">Too faint to read</p>
<img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">
</main></body></html>
"""


def test_each_fault_is_found(browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.set_content(BROKEN.format(long="words " * 300))
    found = look_at(page)
    page.close()
    assert found.exceptions == ["Boom"]
    assert [text.split()[0] for text in found.cut_off] == ["words", "A"]
    assert {line.split(":")[0] for line in found.axe} >= {"color-contrast", "image-alt"}


def test_request_to_another_machine_is_a_fault() -> None:
    from tests.browser.conftest import is_near

    assert is_near("http://localhost:8501/healthz") and is_near("data:image/png;base64,AA==")
    assert is_near("blob:http://localhost:8501/0a1b") and not is_near("https://fonts.example.org/font.woff2")
