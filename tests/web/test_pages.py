"""The pages as their visitors get them, over a real connection."""

import csv
import io
import re
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coprod_match import Catalogue, Filters, Matcher, Taxonomy
from coprod_match.files.load import load_judgements
from coprod_match.model.judgements import JudgedRequest
from coprod_match.model.taxonomy import SCHEMES
from coprod_match.web.settings import Settings
from web.conftest import CONTACT, REPORTS, serving
from web.reading import see

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "../../etc/passwd",
    "'; DROP TABLE sources; --",
    "\x00\x1b[31m\u202e",
    "%0d%0aSet-Cookie: a=b",
    "\U0001f600" * 50,
)
FIELDS = (
    *("text", "role", "place", "need", "theme"),
    *("free", "exclude_historic", "jurisdiction", "kind", "sort", "top", "keep", "change", "page", "cost"),
)


@pytest.fixture(scope="session")
def judged(catalogue: Catalogue, taxonomy: Taxonomy) -> list[JudgedRequest]:
    """Fifty requests that people made."""
    requests = load_judgements(None, catalogue, taxonomy).requests
    return list(requests[:: len(requests) // 50][:50])


def test_the_list_on_the_page_is_the_list_of_the_library(
    visitor: httpx.Client, matcher: Matcher, judged: list[JudgedRequest]
) -> None:
    for request in judged:
        expected = matcher.recommend(role=request.role, place=request.place, text=request.text)
        page = see(visitor, "/", role=request.role or "", place=request.place or "", text=request.text)
        assert page.results == [entry.resource.id for entry in expected.recommendations], request.id


def test_every_result_says_what_a_visitor_needs_to_judge_it(visitor: httpx.Client, matcher: Matcher) -> None:
    page = see(visitor, "/", role="council", need="legislation", place="Scotland", top="10")
    entries = matcher.recommend(role="council", need="legislation", place="Scotland", top=10).recommendations
    assert any(entry.cautions for entry in entries)
    for entry in entries:
        for said in (entry.resource.name, entry.resource.summary, *entry.reasons, *entry.cautions):
            assert " ".join(said.split()) in page.text
        assert entry.resource.url in page.links.values()


def test_a_sort_of_help_narrows_the_list(visitor: httpx.Client, matcher: Matcher, taxonomy: Taxonomy) -> None:
    kinds = tuple(kind.id for kind in taxonomy.kinds if kind.sort == "learn")
    expected = matcher.recommend(theme="rural", filters=Filters(kinds=kinds))
    page = see(visitor, "/", theme="rural", sort="learn")
    assert page.results == [entry.resource.id for entry in expected.recommendations] != []


def test_more_sources_continue_the_list(visitor: httpx.Client) -> None:
    first = see(visitor, "/", theme="rural")
    more = see(visitor, first.links["Show more"])
    assert len(first.results) == 5
    assert more.results[:5] == first.results
    assert len(more.results) == 10


@pytest.mark.parametrize(
    ("address", "said", "guess"),
    [
        ("/?role=councill+bins", "Who you are: “councill bins” is not one that we know.", "Council officer"),
        ("/?role=council&jurisdiction=atlantis", "Nation: “atlantis” is not one that we know.", None),
        ("/?role=council&sort=mony", "Sort: “mony” is not one that we know.", None),
        ("/?role=council&top=0", "Top: “0” is not a number from 1 to 50.", None),
        ("/?role=council&top=" + "9" * 30, "is not a number from 1 to 50.", None),
        (
            "/?text=&role=&place=",
            "Please fill in at least one of the boxes.",
            "Please fill in at least one of the boxes.",
        ),
        ("/?text=...", "Please say what you need", None),
        ("/?text=a+hall&without=rurl+xyz", "What your words do not mean: “rurl xyz” is not one that we know.", None),
        ("/?text=a+hall&without=fundng+xyz", "What your words do not mean: “fundng xyz”", "Funding and resources"),
        ("/browse?theme=rurale", "What it is about: “rurale” is not one that we know.", "Rural communities"),
    ],
)
def test_what_we_cannot_read_is_said_in_place_and_can_be_put_right(
    visitor: httpx.Client, address: str, said: str, guess: str | None
) -> None:
    page = see(visitor, address)
    assert page.status == 400
    assert page.title.startswith("Error: ")
    assert "There is a problem" in page.text
    assert said in page.text
    if guess:
        link = page.links[guess]
        assert link.startswith("#") or see(visitor, link).status == 200


def test_the_form_after_an_error_no_longer_holds_what_was_wrong(visitor: httpx.Client) -> None:
    assert 'name="without"' not in see(visitor, "/?text=a+hall&without=zzzzqq").html


def test_what_was_taken_back_can_be_unticked_in_the_form(visitor: httpx.Client) -> None:
    page = see(visitor, "/?text=our+village+hall&without=countryside")
    assert '<input type="checkbox" name="without" value="rural" checked>' in page.html
    assert "Bring back Rural communities" in page.links


def test_a_text_that_is_too_long_is_declined_kindly(visitor: httpx.Client) -> None:
    page = see(visitor, "/", text="help us " * 6500)
    assert page.status in (400, 414)
    assert "too long" in page.text


def test_a_request_that_is_none_of_our_business_is_told_whom_to_ask(visitor: httpx.Client) -> None:
    page = see(visitor, "/", text="my bin was not emptied")
    assert page.results == []
    assert "This is not something that this service can help with" in page.text
    assert "Ask your council" in page.text


def test_when_nothing_fits_the_page_says_so_and_offers_what_is_near(visitor: httpx.Client) -> None:
    page = see(visitor, "/", theme="rural", kind="law", jurisdiction="ireland", free="true")
    assert page.results == []
    assert "Nothing good among those that you chose to see" in page.text
    wider = next(link for words, link in page.links.items() if words.startswith("Look in all"))
    assert see(visitor, wider).results
    near = next(link for words, link in page.links.items() if words == "Rural communities")
    assert near.startswith("/browse?theme=rural")


@pytest.mark.parametrize("field", FIELDS)
def test_nothing_that_is_sent_becomes_part_of_the_page_itself(visitor: httpx.Client, field: str) -> None:
    for path in ("/", "/browse", "/list"):
        for hostile in HOSTILE:
            page = see(visitor, path, **{"theme": "rural", field: hostile})
            assert page.status in (200, 400), (path, hostile)
            assert page.scripts == ["/static/script.js"]
            assert "<img" not in page.html
            assert not any(link.lower().startswith("javascript:") for link in page.links.values())


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), st.text(st.characters(exclude_categories=["Cs"]), max_size=40)))
def test_whatever_is_sent_gets_a_page(visitor: httpx.Client, sent: dict[str, str]) -> None:
    assert see(visitor, "/", **sent).status in (200, 400)
    assert see(visitor, "/browse", **sent).status in (200, 400)


@pytest.mark.parametrize("hostile", [*HOSTILE[:6], "nope", "..%2f..%2fetc"])
def test_an_address_that_leads_nowhere_gets_a_friendly_page(visitor: httpx.Client, hostile: str) -> None:
    for path in ("/sources/", "/terms/themes/", "/terms/", "/"):
        answer = visitor.get(path + httpx.URL("/", params={"a": hostile}).query.decode()[2:])
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("text/html")
        assert "browse all sources" in answer.text
        assert "Traceback" not in answer.text


def test_a_mistyped_source_or_term_gets_the_nearest(visitor: httpx.Client) -> None:
    assert "Community Places" in see(visitor, "/sources/comunity-place").links
    assert "Rural communities" in see(visitor, "/terms/themes/rurals").links


def test_every_source_has_its_page(visitor: httpx.Client, catalogue: Catalogue) -> None:
    for resource in catalogue.resources:
        answer = visitor.get(f"/sources/{resource.id}")
        assert answer.status_code == 200, resource.id
        assert resource.last_reviewed.isoformat() in answer.text


def test_every_term_has_its_page(visitor: httpx.Client, taxonomy: Taxonomy) -> None:
    for scheme in SCHEMES:
        for term in taxonomy.scheme(scheme):
            assert visitor.get(f"/terms/{scheme}/{term.id}").status_code == 200, (scheme, term.id)


def test_no_link_of_the_pages_is_broken(visitor: httpx.Client) -> None:
    starts = ("/", "/?role=council", "/sources/community-places", "/terms/themes/rural", "/browse", "/about", "/list")
    seen = {link.partition("#")[0] for path in starts for link in see(visitor, path).links.values()}
    inside = sorted(link for link in seen if link.startswith("/"))
    assert len(inside) > 60
    assert [link for link in inside if visitor.get(link).status_code != 200] == []


def test_the_numbers_beside_a_choice_are_the_numbers_that_one_gets(visitor: httpx.Client) -> None:
    start = see(visitor, "/browse", jurisdiction="scotland")
    offers = [(words, link) for words, link in start.links.items() if re.search(r" \d+$", words)]
    assert len(offers) > 40
    for words, link in offers[::5]:
        number = words.split()[-1]
        assert f" {number} source" in see(visitor, link).text


def test_the_pages_of_the_catalogue_hold_every_source_once(visitor: httpx.Client, catalogue: Catalogue) -> None:
    found: list[str] = []
    link: str | None = "/browse"
    while link:
        page = see(visitor, link)
        found += re.findall(r'<li class="row" id="([^"]+)">', page.html)
        link = page.links.get("Next page")
    assert sorted(found) == sorted(resource.id for resource in catalogue.resources)


def test_the_list_travels_with_every_link(visitor: httpx.Client) -> None:
    page = see(visitor, "/", role="council", keep=["community-places", "scdc"])
    for words in ("Browse", "My list 2 sources", "About this service", "Everything"):
        assert parse_qs(urlsplit(page.links[words]).query)["keep"] == ["community-places", "scdc"]
    assert page.html.count('<input type="hidden" name="keep"') == 2


def test_the_list_as_text_can_be_read_by_a_person(visitor: httpx.Client, site: str) -> None:
    answer = visitor.get("/list.txt?keep=community-places")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text == (
        "1. Community Places\n"
        "   Someone to talk to. From Community Places.\n"
        "   Cost: Partly free. Area: Northern Ireland. Last checked: 24 November 2026.\n"
        "   https://www.communityplaces.info/\n\n"
        f"This list: {site}/list?keep=community-places\n"
    )


def test_the_list_as_a_spreadsheet_opens_as_one(visitor: httpx.Client, catalogue: Catalogue) -> None:
    answer = visitor.get("/list.csv?keep=community-places&keep=scdc")
    assert answer.headers["content-disposition"] == 'attachment; filename="my-list.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == [catalogue.resource(id).name for id in ("community-places", "scdc")]


def test_the_list_by_e_mail_says_the_list_and_none_of_the_request(visitor: httpx.Client, site: str) -> None:
    link = unquote(see(visitor, "/list", keep="community-places", text="private words").links["E-mail it"])
    assert link.startswith("mailto:?subject=")
    assert f"{site}/list?keep=community-places" in link
    assert "1. Community Places\r\n" in link
    assert "private" not in link


def test_a_long_list_by_e_mail_is_its_address(visitor: httpx.Client, site: str, catalogue: Catalogue) -> None:
    ids = [resource.id for resource in catalogue.resources[:12]]
    link = see(visitor, "/list", keep=ids).links["E-mail it"]
    assert "1.%20" not in link
    assert unquote(link).split("body=")[1].strip() == site + "/list?" + "&".join(f"keep={id}" for id in ids)


def test_what_has_gone_from_the_catalogue_is_missed_aloud(visitor: httpx.Client) -> None:
    assert (
        "1 of the sources on this list is no longer in the catalogue." in see(visitor, "/list?keep=scdc&keep=old").text
    )


def test_problems_go_to_the_address_that_the_operator_set(visitor: httpx.Client) -> None:
    page = see(visitor, "/sources/community-places")
    report = page.links["Report a problem with this entry"]
    assert report.startswith(f"mailto:{REPORTS}?subject=Problem%20with%20an%20entry%3A%20community-places")
    assert page.links["Contact us"].startswith(f"mailto:{CONTACT}?")


def test_the_fixed_words_can_be_read_at_the_age_of_twelve(visitor: httpx.Client) -> None:
    pages = ("/about", "/", "/list", "/nope")
    prose = " ".join(re.sub(r"<[^>]+>", "", part) for path in pages for part in _paragraphs(see(visitor, path).html))
    sentences = len(re.findall(r"[.?!](?:\s|$)", prose))
    words = re.findall(r"[\w’'-]+", prose)
    letters = sum(map(len, words))
    grade = 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43  # the Automated Readability Index
    assert len(words) > 300
    assert grade + 5 <= 12


def test_where_the_operator_gave_no_address_none_is_offered() -> None:
    with serving(Settings(contact=None, report_address=None)) as address, httpx.Client(base_url=address) as visitor:
        for path in ("/", "/?role=council", "/sources/scdc", "/about"):
            page = see(visitor, path)
            assert page.status == 200
            assert not any(link.startswith("mailto:") for link in page.links.values())
            assert "Report a problem" not in page.text


def _paragraphs(html: str) -> list[str]:
    return [whole or item for whole, item in re.findall(r"<p[^>]*>(.*?)</p>|<li>([^<]*?)</li>", html, re.DOTALL)]


def test_a_condition_that_does_not_hold_is_not_ticked(visitor: httpx.Client) -> None:
    for free, ticked in (("true", 1), ("false", 0)):
        page = visitor.get("/", params={"text": "a hall", "free": free}).text
        assert page.count('name="free" value="true" checked') == ticked


def test_what_no_single_word_says_is_not_quoted(visitor: httpx.Client) -> None:
    page = see(visitor, "/", text="help")
    assert "(from the whole of it)" in page.text
