"""What people come for, each way from its start to its end, with and without JavaScript."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def results(page: Page) -> list[str]:
    """Names of the sources on the page, in their order."""
    return page.locator("li.result h2").all_inner_texts()


def test_two_steps_from_the_first_visit_to_a_useful_list(page: Page) -> None:
    page.goto("/")
    page.get_by_label("What do you need, in your own words?").fill("residents should decide how a small grant is spent")
    page.get_by_role("button", name="Find help").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Good matches")
    assert any("Participatory" in name for name in results(page))
    expect(page.locator("li.result").first).to_contain_text("Why it is here:")


def test_one_step_from_an_example_to_a_useful_list(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="people who never come to meetings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^(Good|Fair) matches"))
    assert len(results(page)) == 5


def test_the_whole_form_is_heard(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Who are you?").select_option(label="Council officer")
    page.get_by_label("Where are you?").fill("Enniskillen")
    page.locator("summary", has_text="What kind of help?").click()
    page.get_by_label("Training", exact=True).check()
    page.locator("summary", has_text="What is it about?").click()
    page.get_by_label("Participatory budgeting").check()
    page.get_by_label("Only what is free").check()
    page.get_by_role("button", name="Find help").click()
    understood = page.locator(".parts")
    for part in (
        "you are Council officer",
        "you need Training",
        "about Participatory budgeting",
        "Fermanagh and Omagh",
    ):
        expect(understood).to_contain_text(part)
    costs = page.locator("li.result dl div:first-child dd").all_inner_texts()
    assert costs
    assert set(costs) == {"Free"}


def test_a_part_that_was_understood_goes_with_one_click(page: Page) -> None:
    page.goto("/?role=council&need=toolkit&theme=rural")
    before = results(page)
    page.get_by_role("link", name="Remove Rural communities").click()
    expect(page.locator(".parts")).not_to_contain_text("Rural communities")
    assert results(page) != before
    page.go_back()
    expect(page.locator(".parts")).to_contain_text("Rural communities")
    assert results(page) == before


def test_a_guess_is_changed_in_the_form_that_opens_at_its_field(page: Page) -> None:
    page.goto("/?role=council&need=toolkit")
    page.get_by_role("link", name="Change Northern Ireland").click()
    field = page.get_by_label("Where are you?")
    expect(field).to_be_focused()
    field.fill("Scotland")
    field.press("Enter")
    expect(page.locator(".parts")).to_contain_text("in Scotland")
    expect(page.locator(".parts")).to_contain_text("you need Toolkit")


def test_only_one_sort_of_help_is_shown_when_that_is_chosen(page: Page) -> None:
    page.goto("/?theme=rural")
    filters = page.get_by_role("navigation", name="Show only")
    filters.get_by_role("link", name="Money").click()
    expect(filters.locator("[aria-current]")).to_have_text("Money")
    assert set(page.locator("li.result .sort").all_inner_texts()) == {"Money"}
    filters.get_by_role("link", name="Everything").click()
    expect(filters.locator("[aria-current]")).to_have_text("Everything")
    assert len(set(page.locator("li.result .sort").all_inner_texts())) > 1


def test_when_nothing_fits_the_page_is_honest_and_shows_a_way_on(page: Page) -> None:
    page.goto("/?theme=rural&kind=law&jurisdiction=ireland&free=true")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing good among those that you chose to see")
    page.get_by_role("link", name="Look in all").click()
    expect(page.locator("li.result").first).to_be_visible()


def test_what_is_none_of_our_business_is_sent_to_those_whose_it_is(page: Page) -> None:
    page.goto("/?text=my+bin+was+not+emptied")
    expect(page.get_by_role("heading", level=1)).to_contain_text("not something that this service can help with")
    expect(page.get_by_role("main")).to_contain_text("Ask your council")
    page.get_by_role("link", name="Say it in other words").click()
    expect(page.get_by_label("What do you need, in your own words?")).to_be_focused()


def test_a_word_that_we_do_not_know_is_put_right_with_one_click(page: Page) -> None:
    page.goto("/?role=councill+bins&need=toolkit")
    expect(page.get_by_role("alert")).to_contain_text("Who you are: “councill bins” is not one that we know.")
    page.get_by_role("alert").get_by_role("link", name="Council officer").click()
    expect(page.locator(".parts")).to_contain_text("you are Council officer")


def test_from_results_to_a_list_to_paper(page: Page) -> None:
    page.goto("/?role=council&need=toolkit")
    first, second, *_ = results(page)
    page.get_by_role("link", name=f"Add to my list ({first})").click()
    page.get_by_role("link", name=f"Add to my list ({second})").click()
    page.get_by_role("link", name="My list 2 sources").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My list")
    assert results(page) == [first, second]
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("link", name="Copy as text")).to_be_hidden()
    expect(page.locator(".print-only").first).to_contain_text("https://")
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="screen")
    page.get_by_role("link", name=f"Take off my list ({first})").click()
    expect(page.get_by_role("link", name="My list 1 source")).to_be_visible()
    assert results(page) == [second]


def test_a_shared_address_shows_the_same_list_to_somebody_else(page: Page, browser: Browser) -> None:
    page.goto("/?role=funder&text=how+do+we+measure+impact")
    page.get_by_role("link", name="Put all 5 on my list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My list")
    shared, mine = page.url, results(page)
    visitor = browser.new_context()
    theirs = visitor.new_page()
    theirs.goto(shared)
    assert results(theirs) == mine
    assert len(mine) == 5
    visitor.close()


def test_the_list_is_saved_for_a_spreadsheet(page: Page) -> None:
    page.goto("/list?keep=scdc")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as a spreadsheet").click()
    assert saved.value.suggested_filename == "my-list.csv"
    assert "Scottish Community Development Centre" in Path(saved.value.path()).read_text(encoding="utf-8-sig")


def test_from_a_facet_to_a_source_and_to_its_own_site(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Browse").click()
    page.get_by_role("link", name=re.compile("^Money")).click()
    page.locator("summary", has_text="What it is about").click()
    page.get_by_role("link", name=re.compile("^Rural communities")).click()
    shown = page.locator(".row h3 a")
    name = shown.first.inner_text()
    expect(page.get_by_role("heading", level=2).nth(1)).to_have_text(re.compile(rf"^{shown.count()} sources?$"))
    shown.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator("a.go")).to_have_attribute("href", re.compile("^https?://"))
    page.get_by_role("link", name="Rural communities").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rural communities")


def test_from_a_source_back_to_the_results(page: Page) -> None:
    page.goto("/?role=council&need=toolkit")
    before = results(page)
    page.get_by_role("link", name=before[1], exact=True).click()
    page.get_by_role("link", name="Back to your results").click()
    expect(page.locator(".parts")).to_be_visible()
    assert results(page) == before


def test_all_by_keyboard_alone(page: Page) -> None:
    def press_until(name: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.locator(":focus").count() and name in (page.locator(":focus").first.inner_text() or ""):
                return
        pytest.fail(f"The keyboard does not reach {name}")

    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What do you need, in your own words?")).to_be_focused()
    page.keyboard.type("training in participatory budgeting")
    page.keyboard.press("Tab")
    page.keyboard.type("Council")
    page.keyboard.press("Tab")
    page.keyboard.type("Omagh")
    press_until("What kind of help?")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    press_until("Find help")
    page.keyboard.press("Enter")
    expect(page.locator(".parts")).to_contain_text("you need Toolkit")
    expect(page.locator(".parts")).to_contain_text("you are Council officer")
    press_until("Add to my list")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="My list 1 source")).to_be_visible()
    page.goto(page.url.partition("#")[0])
    press_until("My list")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("My list")
    assert len(results(page)) == 1


def test_the_list_is_copied_as_text(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/list?keep=scdc")
    page.get_by_role("link", name="Copy as text").click()
    expect(page.get_by_role("status")).to_have_text("Copied. You can paste it now.")
    assert "Scottish Community Development Centre" in page.evaluate("navigator.clipboard.readText()")
    context.close()


@pytest.mark.parametrize("javascript", [True, False])
def test_where_nothing_can_be_copied_the_text_is_shown(browser: Browser, site: str, javascript: bool) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=javascript)
    page = context.new_page()
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto("/list?keep=scdc")
    page.get_by_role("link", name="Copy as text").click()
    page.wait_for_url("**/list.txt?keep=scdc")
    assert "1. Scottish Community Development Centre" in page.locator("body").inner_text()
    context.close()


def test_printing_is_one_click_or_a_hint(browser: Browser, site: str) -> None:
    for javascript in (True, False):
        context = browser.new_context(base_url=site, java_script_enabled=javascript)
        page = context.new_page()
        page.add_init_script("window.print = () => { document.title = 'printed' }")
        page.goto("/list?keep=scdc")
        expect(page.get_by_text("choose Print in the menu")).to_be_visible(visible=not javascript)
        expect(page.get_by_role("button", name="Print")).to_be_visible(visible=javascript)
        if javascript:
            page.get_by_role("button", name="Print").click()
            expect(page).to_have_title("printed")
        context.close()


def test_an_unknown_kind_of_help_opens_its_part_of_the_form(page: Page) -> None:
    page.goto("/?need=zzzz")
    expect(page.get_by_label("Toolkit", exact=True)).to_be_visible()
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.locator("#need")).to_be_focused()
