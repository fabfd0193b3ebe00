"""A real browser. On a machine without one these tests are left out, and the summary says how to get them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

HERE = Path(__file__).parent
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
CHROMIUM = shutil.which("chromium")
MISSING = "The browser tests need Chromium. On Debian: apt-get install chromium"
_LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if CHROMIUM is not None:
        return
    if os.environ.get("COPROD_MATCH_TEST_ALL") == "1":
        raise pytest.UsageError(MISSING)
    here = [item for item in items if HERE in item.path.parents]
    config.hook.pytest_deselected(items=here)
    items[:] = [item for item in items if item not in here]
    config.stash[_LEFT_OUT] = len(here)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash.get(_LEFT_OUT, 0):
        terminalreporter.write_line(f"{config.stash[_LEFT_OUT]} tests were left out. {MISSING}")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    expect.set_options(timeout=30_000)  # a busy machine is no fault of a page
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def context(browser: Browser, site: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A visitor with a window of their own, once with and once without JavaScript."""
    context = browser.new_context(base_url=site, java_script_enabled=request.param, locale="en-GB")
    yield context
    context.close()
