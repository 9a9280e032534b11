"""What browser tests ask of a page: is it still, is anything cut off, can everybody use it?"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

THEMES = ("light", "dark")
# Each width is opened in one theme, and the other follows: so each theme is once drawn first and once after a change.
OPENED = [(1440, "light"), (390, "dark")]
PAGE_LINKS = '[data-testid="stSidebarNavLink"], [data-testid="stTopNavLink"]'
EXCEPTION = '[data-testid="stException"]'

# True once the script has ended, nothing waits to be drawn, and the page has not changed for 400 milliseconds.
IS_STILL = """
() => {
    window.lastChange ??= (() => {
        const changed = { at: performance.now() };
        new MutationObserver(() => { changed.at = performance.now(); }).observe(
            document, { subtree: true, childList: true, attributes: true, characterData: true });
        return changed;
    })();
    const app = document.querySelector('[data-testid="stApp"]');
    const busy = !app || app.dataset.testScriptState !== 'notRunning'
        || document.querySelector('[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"]')
        || document.fonts.status !== 'loaded';
    if (busy) window.lastChange.at = performance.now();
    return performance.now() - window.lastChange.at > 400;
}
"""

# Text in sight that runs out of the window, or out of the chart that it belongs to, and cannot be scrolled to.
TEXT_CUT_OFF = """
() => {
    const sticksOut = (text, box) => text.right > box.right + 2 || text.left < box.left - 2;
    // The nearest ancestor that decides what becomes of text too wide for it.
    const keeperOf = (element, text) => {
        for (let e = element; e && e !== document.body; e = e.parentElement)
            if (e.matches('svg') || getComputedStyle(e).overflowX !== 'visible')
                if (sticksOut(text, e.getBoundingClientRect())) return e;
    };
    const scrollsInSight = e => e && /auto|scroll/.test(getComputedStyle(e).overflowX) && e.dataset.testid !== 'stMain'
        && !sticksOut(e.getBoundingClientRect(), { left: 0, right: innerWidth });
    const isCutOff = (element, text) => {
        const keeper = keeperOf(element, text);
        const leavesWindow = sticksOut(text, { left: 0, right: innerWidth });
        return keeper?.matches('svg') || (leavesWindow && !scrollsInSight(keeper));
    };
    const inSight = element => element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && !element.closest('style, script, noscript')
        // A pixel or less is how text is hidden from sight and kept for screen readers.
        && element.getBoundingClientRect().width > 1;
    const texts = document.createTreeWalker(document.querySelector('[data-testid="stApp"]'), NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        if (!node.textContent.trim() || !inSight(node.parentElement)) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        const putAway = box.right <= 0;  // the closed menu of a narrow window
        if (box.width > 1 && !putAway && isCutOff(node.parentElement, box))
            found.push(node.textContent.trim().slice(0, 60));
    }
    return found;
}
"""

# What axe is asked for: not also every element that passes, of which a table of areas has thousands.
ONLY_FAULTS = {"resultTypes": ["violations"]}

# True once the page stands on a dark background, or on a light one.
HAS_THEME = """
theme => {
    const [red] = getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor.match(/[0-9]+/);
    return (red < 128) === (theme === 'dark');
}
"""

# Faults of Streamlit's own frame, which no page of ours can mend: the rule, where it is broken, and why it is left.
FRAME_FAULTS: tuple[tuple[str, str, str], ...] = ()


def wait_until_still(page: Page, seconds: float = 60) -> None:
    """Wait until the page shows all that it is going to show."""
    # Looked at ten times a second: with each frame, as is usual, it would take part of the time that the page needs.
    page.wait_for_function(IS_STILL, timeout=seconds * 1000, polling=100)


def make_tall(page: Page) -> None:
    """Make the window as tall as the page, because axe cannot judge the colours of what is scrolled away."""
    main = page.locator('[data-testid="stMain"]')
    height = main.evaluate("element => element.scrollHeight") if main.count() else 1000
    page.set_viewport_size({"width": page.viewport_size["width"], "height": min(max(height, 1000), 6000)})
    wait_until_still(page)


def text_cut_off(page: Page) -> list[str]:
    return page.evaluate(TEXT_CUT_OFF)


def page_addresses(page: Page) -> list[str]:
    """Every address in the navigation, in order; the start page if there is no navigation."""
    links = page.eval_on_selector_all(PAGE_LINKS, "links => links.map(link => link.href)")
    return list(dict.fromkeys(links)) or [page.url]


def axe_violations(page: Page) -> list[str]:
    """What stops or hinders people, one line each: the rule, what it asks and where."""
    violations = Axe().run(page, options=ONLY_FAULTS).response["violations"]
    grave = [violation for violation in violations if violation["impact"] in ("serious", "critical")]
    return [line for violation in grave for line in lines_about(violation)]


def faults_of(page: Page) -> list[str]:
    """What a reader stumbles over on a page as it stands, one line each; the window is as tall as the page after it."""
    make_tall(page)
    exceptions = [f"shows an exception: {text}" for text in page.locator(EXCEPTION).all_inner_texts()]
    return exceptions + [f"text cut off: {text}" for text in text_cut_off(page)] + axe_violations(page)


def faults_in_both_themes(page: Page) -> list[str]:
    """The same in both themes, first in the one that it was opened in; for the other a page draws its charts anew."""
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    order = THEMES[::-1] if dark else THEMES
    return [f"{theme}: {fault}" for theme in order for fault in in_theme(page, theme)]


def in_theme(page: Page, theme: str) -> list[str]:
    page.emulate_media(color_scheme=theme)
    page.wait_for_function(HAS_THEME, arg=theme)
    wait_until_still(page)
    return faults_of(page)


def lines_about(violation: dict[str, Any]) -> list[str]:
    places = [" ".join(map(str, node["target"])) for node in violation["nodes"]]
    ours = [place for place in places if not is_frame_fault(violation["id"], place)]
    return [f"{violation['id']}: {violation['help']} at {place}" for place in ours]


def is_frame_fault(rule: str, place: str) -> bool:
    return any(rule == known and part in place for known, part, _ in FRAME_FAULTS)
