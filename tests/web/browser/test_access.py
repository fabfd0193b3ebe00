"""Every page and state, for everybody: axe finds nothing, nothing is cut off, nothing is fetched from elsewhere."""

from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext

STATES = {
    "the form": "/",
    "an empty form sent": "/?text=&role=&place=",
    "an unknown role": "/?role=councill+bins",
    "an answer": "/?role=council&need=toolkit&keep=community-places",
    "an answer to own words": "/?place=Derry&text=we+want+residents+to+decide+how+a+small+grants+pot+is+spent",
    "an answer with its form open": "/?role=council&need=toolkit&change=theme",
    "an answer of one sort": "/?theme=rural&sort=fund",
    "cautions": "/?need=legislation&place=Belfast&text=Scottish+law+on+community+empowerment",
    "nothing that fits": "/?theme=rural&kind=law&jurisdiction=ireland&free=true",
    "none of our business": "/?text=my+bin+was+not+emptied",
    "a source": "/sources/community-planning-toolkit?role=council",
    "a term": "/terms/themes/rural",
    "a term of others": "/terms/elsewhere/bins-streets",
    "the catalogue": "/browse",
    "a part of the catalogue": "/browse?sort=fund&cost=free",
    "an empty part": "/browse?theme=rural&theme=housing&cost=paid",
    "an unknown facet": "/browse?theme=rurale",
    "a list": "/list?keep=community-places&keep=scdc&keep=gone",
    "an empty list": "/list",
    "about": "/about",
    "nothing there": "/sources/comunity-places",
}

OPENED = ("an empty form sent", "an answer with its form open", "a part of the catalogue")
"""The states in which all that can be opened is open when axe looks."""
OPEN_ALL = "document.querySelectorAll('details').forEach((part) => { part.open = true })"


LIGHT, DARK, FORCED = ("light", "none"), ("dark", "none"), ("light", "active")
VIEWS = {
    "320 pixels": (320, 1, (LIGHT, DARK)),
    "768 pixels": (768, 1, (LIGHT, DARK)),
    "1280 pixels": (1280, 1, (LIGHT, DARK, FORCED)),
    "1280 pixels at 200 %": (1280, 2, (LIGHT,)),
}
"""Widths of the window, how many times larger the visitor has set it, and the colours in which it is looked at."""

RUN_AXE = "(options) => axe.run(options).then((found) => found.violations)"
EVERY_RULE = {
    "resultTypes": ["violations"],
    "runOnly": [
        *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
        *("best-practice", "experimental"),
    ],
}


def window(browser: Browser, site: str, width: int, zoom: int) -> BrowserContext:
    return browser.new_context(
        base_url=site,
        viewport={"width": width // zoom, "height": 900 // zoom},
        device_scale_factor=zoom,
        reduced_motion="reduce",
    )


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS.keys())
def test_axe_finds_nothing_on_any_page_in_any_state(
    browser: Browser, site: str, view: tuple[int, int, tuple[tuple[Any, Any], ...]]
) -> None:
    width, zoom, colours = view
    context = window(browser, site, width, zoom)
    page, found = context.new_page(), []
    for state, path in STATES.items():
        page.goto(path)
        page.evaluate(AXE_SCRIPT)
        if state in OPENED:
            page.evaluate(OPEN_ALL)
        for scheme, forced in colours:
            page.emulate_media(color_scheme=scheme, forced_colors=forced)
            violations = page.evaluate(RUN_AXE, EVERY_RULE)
            found += [(state, scheme, rule["id"], node["html"]) for rule in violations for node in rule["nodes"]]
    context.close()
    assert found == []


def test_axe_would_find_what_is_wrong(browser: Browser, site: str) -> None:
    context = window(browser, site, 1280, 1)
    page = context.new_page()
    page.goto("/")
    page.evaluate(AXE_SCRIPT)
    page.evaluate("document.querySelector('label').remove(); document.querySelector('h1').style.color = '#ddd'")
    violations = page.evaluate(RUN_AXE, EVERY_RULE)
    assert {"label", "color-contrast"} <= {rule["id"] for rule in violations}
    context.close()


@pytest.mark.parametrize("zoom", [1, 4], ids=["320", "1280 at 400 %"])
def test_nothing_needs_scrolling_to_the_side_on_a_narrow_window(browser: Browser, site: str, zoom: int) -> None:
    context = window(browser, site, 320 * zoom, zoom)
    page, wide = context.new_page(), []
    for state, path in STATES.items():
        page.goto(path)
        page.evaluate(OPEN_ALL)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(state)
    context.close()
    assert wide == []


def test_pages_fetch_nothing_from_elsewhere_set_no_cookie_and_break_no_rule_of_theirs(
    browser: Browser, site: str
) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    elsewhere: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url) if not request.url.startswith(site) else None)
    page.on("console", lambda message: said.append(message.text) if "status of 40" not in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in STATES.values():
        page.goto(path)
    assert (elsewhere, said, context.cookies()) == ([], [], [])
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


@pytest.mark.parametrize("path", ["/", "/?role=council&need=toolkit", "/browse"])
def test_the_first_load_is_at_most_fifty_kilobytes(browser: Browser, site: str, path: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    page.goto(path, wait_until="networkidle")
    assert len(sizes) >= 3
    assert sum(sizes.values()) <= 50 * 1024, sizes
    context.close()


def test_motion_is_left_out_for_those_who_ask(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"
    context.close()
