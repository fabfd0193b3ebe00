"""Every page and state, for everybody: axe finds nothing, nothing is cut off, nothing is fetched from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

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


@dataclass(frozen=True)
class View:
    """How a visitor sees the pages."""

    width: int = 1280
    dark: bool = False
    forced: bool = False
    zoom: int = 1

    def open(self, browser: Browser, site: str) -> BrowserContext:
        return browser.new_context(
            base_url=site,
            viewport={"width": self.width // self.zoom, "height": 900 // self.zoom},
            device_scale_factor=self.zoom,
            color_scheme="dark" if self.dark else "light",
            forced_colors="active" if self.forced else "none",
            reduced_motion="reduce",
        )


VIEWS = {
    **{f"{width} {'dark' if dark else 'light'}": View(width, dark) for width in (320, 768, 1280) for dark in (0, 1)},
    "forced colours": View(forced=True),
    "forced colours, dark": View(forced=True, dark=True),
    "200 % zoom": View(zoom=2),
}
EVERY_RULE = {
    "runOnly": {
        "type": "tag",
        "values": [
            *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"),
            *("best-practice", "experimental"),
        ],
    }
}


@pytest.fixture(params=VIEWS.values(), ids=VIEWS.keys())
def page(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = request.param.open(browser, site)
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_on_any_page_in_any_state(page: Page) -> None:
    axe, found = Axe(), []
    for state, path in STATES.items():
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        violations = axe.run(page, options=EVERY_RULE).response["violations"]
        found += [(state, rule["id"], node["html"]) for rule in violations for node in rule["nodes"]]
    assert found == []


def test_no_page_is_wider_than_its_window(page: Page) -> None:
    wide = []
    for state, path in STATES.items():
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true })")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(state)
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
    for wish, behaviour in (("reduce", "auto"), ("no-preference", "smooth")):
        context = browser.new_context(base_url=site, reduced_motion=wish)
        page = context.new_page()
        page.goto("/")
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour
        context.close()
