"""Every page of the menu, as a reader meets it: whole, readable, and usable by everybody."""

import pytest
from playwright.sync_api import Page

from tests.browser.pages import OPENED, faults_in_both_themes, faults_of, page_addresses, wait_until_still

# Views with more on them than the menu's own: a chart of all areas, a long series with gaps, an area without rates.
FULLER = [
    "commitment?commitment=COM-1&indicator=people_who_felt_heard",
    "area?area=E23000024&indicator=violence_with_injury",
    "area?area=E23000034&indicator=knife_offences&version=15",
    "compare?indicator=violence_with_injury&area=E12000002&period=year+ending+December+2019",
    "over_time?area=E23000014&indicator=handover_wait_hours",
    "over_time?area=E23000024&indicator=knife_offences",
]


@pytest.mark.parametrize(("width", "theme"), OPENED)
def test_every_page_is_whole_readable_and_usable(server: str, open_page, width: int, theme: str) -> None:
    addresses = page_addresses(open_page(server)) + [f"{server}/{view}" for view in FULLER]
    page = open_page(server, width, theme)
    faults = [f"{address}: {fault}" for address in addresses for fault in faults_at(page, address, width, theme)]
    assert "\n".join(faults) == ""


def faults_at(page: Page, address: str, width: int, theme: str) -> list[str]:
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(color_scheme=theme)
    page.goto(address)
    wait_until_still(page)
    headings = page.locator("h1").all_inner_texts()
    several = [] if len(headings) == 1 else [f"has {len(headings)} main headings: {headings}"]
    return several + faults_in_both_themes(page)


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
    found = faults_of(page)
    page.close()
    cut_off = [fault.removeprefix("text cut off: ") for fault in found if fault.startswith("text cut off: ")]
    assert found[0] == "shows an exception: Boom"
    assert [text.split()[0] for text in cut_off] == ["words", "A"]
    assert {line.split(":")[0] for line in found} >= {"color-contrast", "image-alt"}


def test_request_to_another_machine_is_a_fault() -> None:
    from tests.browser.conftest import is_near

    assert is_near("http://localhost:8501/healthz") and is_near("data:image/png;base64,AA==")
    assert is_near("blob:http://localhost:8501/0a1b") and not is_near("https://fonts.example.org/font.woff2")
