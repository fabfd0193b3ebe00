"""The JSON API as other programs get it, over a real connection."""

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from command_line import run

from coprod_match import Catalogue, Filters, Matcher, Taxonomy
from coprod_match.files.load import load_judgements
from coprod_match.model.judgements import JudgedRequest

HOSTILE = (
    "<script>alert(1)</script>",
    "\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "../../../etc/passwd",
    "'; DROP TABLE sources; --",
    "\x00\x1b[31m\u202e",
    "%0d%0aSet-Cookie: a=b",
    "\r\nX-Injected: yes",
    "\U0001f600" * 50,
    "\u0130\ufb03\u1e9e",  # letters that change their number when their case changes
    "=cmd|' /C calc'!A0",
    "-1",
    "null",
)
TEXTS = ("role", "need", "theme", "place", "text", "jurisdiction", "kind")
OTHERS = ("free", "exclude_historic", "top")


@pytest.fixture(scope="session")
def judged(catalogue: Catalogue, taxonomy: Taxonomy) -> list[JudgedRequest]:
    """Fifty requests that people made."""
    requests = load_judgements(None, catalogue, taxonomy).requests
    return list(requests[:: len(requests) // 50][:50])


def wrong(answer: httpx.Response) -> list[dict[str, Any]]:
    """The values that a problem names, once it is seen to be one of RFC 9457."""
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body.keys() == {"type", "title", "status", "detail", "errors"}
    assert body["detail"]
    errors: list[dict[str, Any]] = body["errors"]
    return errors


def test_the_answer_is_the_one_of_the_library_and_the_command_line(
    visitor: httpx.Client, matcher: Matcher, judged: list[JudgedRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Matcher, "load", lambda *_: matcher)  # not once for each request
    for request in judged:
        said = {"role": request.role, "place": request.place, "text": request.text}
        given = {name: value for name, value in said.items() if value}
        expected = matcher.recommend(role=request.role, place=request.place, text=request.text)
        answer = visitor.get("/api/recommend", params=given).json()
        options = [f"--{name}={value}" for name, value in given.items()]
        assert answer == json.loads(run("recommend", *options, "--format", "json").stdout), request.id
        assert [entry["id"] for entry in answer["recommendations"]] == [
            entry.resource.id for entry in expected.recommendations
        ]


def test_a_posted_request_is_answered_as_one_in_an_address(visitor: httpx.Client) -> None:
    given: dict[str, Any] = {
        "role": "council",
        "need": ["toolkit", "training"],
        "theme": ["rural"],
        "top": 7,
        "free": True,
    }
    answer = visitor.get("/api/recommend", params=given).json()
    assert visitor.post("/api/recommend", json=given).json() == answer
    assert len(answer["recommendations"]) == 7


def test_many_who_ask_at_once_get_what_each_would_get_alone(visitor: httpx.Client, judged: list[JudgedRequest]) -> None:
    addresses = [f"/{path}?{urlencode({'text': request.text})}" for request in judged for path in ("api/recommend", "")]
    alone = [visitor.get(address).text for address in addresses]
    with ThreadPoolExecutor(8) as crowd:
        assert list(crowd.map(lambda address: visitor.get(address).text, addresses)) == alone


def test_the_same_request_has_the_same_bytes(visitor: httpx.Client) -> None:
    address = "/api/recommend?role=funder&need=funding&theme=rural"
    assert visitor.get(address).content == visitor.get(address).content


def test_blanks_count_as_not_given(visitor: httpx.Client) -> None:
    blank = visitor.get("/api/recommend?role=council&need=&theme=&place=&text=&jurisdiction=&kind=")
    given = visitor.get("/api/recommend?role=council")
    assert blank.json()["recommendations"] == given.json()["recommendations"] != []


def test_what_the_text_does_not_mean_is_not_understood_whichever_way_it_is_asked(visitor: httpx.Client) -> None:
    given = {"text": "our village hall", "without": ["countryside"]}
    asked = visitor.get("/api/recommend", params=given)
    sent = visitor.post("/api/recommend", json=given)
    assert asked.json() == sent.json()
    assert "rural" not in {item["term"] for item in asked.json()["understood"]}
    assert asked.json()["not_meant"] == ["rural"]
    assert "rural" in {
        item["term"] for item in visitor.get("/api/recommend?text=our village hall").json()["understood"]
    }


def test_conditions_are_kept(visitor: httpx.Client, matcher: Matcher) -> None:
    answer = visitor.get("/api/recommend?need=funding&free=true&jurisdiction=NI&kind=fund&exclude_historic=true&top=9")
    filters = Filters(free=True, jurisdictions=("NI",), kinds=("fund",), exclude_historic=True)
    expected = matcher.recommend(need="funding", filters=filters, top=9).recommendations
    assert [entry["id"] for entry in answer.json()["recommendations"]] == [entry.resource.id for entry in expected]
    assert expected


@pytest.mark.parametrize(
    ("query", "field", "value", "guess"),
    [
        ("role=councill+bins", "role", "councill bins", "council"),
        ("need=funding&need=trainnigs+kurs", "need", "trainnigs kurs", "training"),
        ("theme=rurel", "theme", "rurel", "rural"),
        ("role=council&jurisdiction=irlnd", "jurisdiction", "irlnd", "ireland"),
        ("role=council&kind=fnd", "kind", "fnd", "fund"),
    ],
)
def test_an_unknown_value_is_named_with_the_nearest_that_we_know(
    visitor: httpx.Client, query: str, field: str, value: str, guess: str
) -> None:
    answer = visitor.get(f"/api/recommend?{query}")
    assert answer.status_code == 422
    [error] = wrong(answer)
    assert (error["field"], error["value"]) == (field, value)
    assert guess in error["nearest"]
    assert value in error["message"]


def test_everything_wrong_with_a_request_is_said_at_once(visitor: httpx.Client) -> None:
    answer = visitor.get("/api/recommend?top=many&free=perhaps&rool=council&exclude_historic=")
    assert answer.status_code == 422
    assert {error["field"]: (error["value"], error["nearest"]) for error in wrong(answer)} == {
        "top": ("many", []),
        "free": ("perhaps", []),
        "exclude_historic": ("", []),
        "rool": (None, ["role"]),
    }
    for said in ("top should be a whole number", "free should be true or false", "Did you mean “role”?"):
        assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"need": "toolkit"}, 'need should be a list, as in ["toolkit"]'),
        ({"text": 5}, "text should be text"),
        ({"free": 1}, "free should be true or false"),
        ({"top": "5"}, "top should be a whole number"),
        ({"top": 0}, "top should be at least 1"),
        ({"top": 101}, "top should be at most 100"),
        ({"top": 1.5}, "top should be a whole number"),
        ({"role": "x" * 201}, "role should have at most 200 letters"),
        ({"text": "x" * 4001}, "text should have at most 4000 letters"),
        ({"theme": ["rural"] * 21}, 'theme should name at most 20 values; it is “["rural", "rural",'),
        ({"top": True}, "top should be a whole number; it is “true”"),
        ({"theme": [["rural"]]}, "theme should be text"),
        ({}, "Please say what you need"),
        ([], "The body should be a JSON object"),
        ("council", "The body should be a JSON object"),
    ],
)
def test_a_body_that_cannot_be_used_is_told_what_is_allowed(visitor: httpx.Client, body: Any, said: str) -> None:
    answer = visitor.post("/api/recommend", json=body)
    assert answer.status_code == 422
    assert wrong(answer)
    assert said in answer.json()["detail"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"role": "council"} trailing',
        b'{"role": "\\ud800"}',
        b'{"role": "\xff"}',
        b'{"top": NaN}',
        b'{"top": 1' + b"0" * 5000 + b"}",
        b"[" * 30_000,
        b'{"need": ' * 5000,
    ],
    ids=range(9),
)
def test_no_body_breaks_anything(visitor: httpx.Client, body: bytes) -> None:
    answer = visitor.post("/api/recommend", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    wrong(answer)


def test_a_body_must_say_that_it_is_json(visitor: httpx.Client) -> None:
    answer = visitor.post("/api/recommend", content=b'{"role": "council"}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
    assert "sent as application/json" in answer.json()["detail"]


@pytest.mark.parametrize("field", [*TEXTS, *OTHERS, "unknown<field>"])
def test_hostile_values_are_data_and_nothing_else(visitor: httpx.Client, field: str) -> None:
    for value in HOSTILE:
        answers = [
            visitor.get("/api/recommend", params={"theme": "rural", field: value}),
            visitor.get("/api/resources", params={field: value}),
            visitor.post("/api/recommend", json={field: [value] if field in ("need", "theme") else value}),
        ]
        for answer in answers:
            assert answer.status_code in (200, 422), (value, answer.text)
            assert answer.headers["content-type"] in ("application/json", "application/problem+json")
            assert "x-injected" not in answer.headers
            assert "set-cookie" not in answer.headers
            answer.json()


def ask(visitor: httpx.Client, address: str, **headers: str) -> httpx.Response:
    return visitor.get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    "address", ["/api/recommend?role=council", "/api/resources", "/api/resources/community-places", "/api/taxonomy"]
)
def test_an_answer_that_the_asker_has_is_not_sent_again(visitor: httpx.Client, address: str) -> None:
    tag = visitor.get(address).headers["etag"]
    for known in (tag, f"W/{tag}", f'"another", {tag}', "*"):
        again = ask(visitor, address, If_None_Match=known)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert ask(visitor, address, If_None_Match='"another"').status_code == 200


def test_an_error_is_sent_whatever_the_asker_has(visitor: httpx.Client) -> None:
    tag = visitor.get("/api/recommend?role=council").headers["etag"]
    assert ask(visitor, "/api/recommend?role=wizard", If_None_Match=tag).status_code == 422


@pytest.mark.parametrize(
    "address",
    ["/api/recommend?role=council", "/api/resources", "/api/taxonomy", "/api/health", "/", "/browse", "/api/nothing"],
)
def test_head_tells_what_get_would_send(visitor: httpx.Client, address: str) -> None:
    head, whole = visitor.head(address), visitor.get(address)
    assert head.content == b""
    assert head.status_code == whole.status_code
    for name in ("content-type", "content-length", "etag", "cache-control"):
        assert head.headers.get(name) == whole.headers.get(name)


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "PROPFIND"])
def test_other_methods_are_declined_and_the_allowed_named(visitor: httpx.Client, method: str) -> None:
    for address, allowed in (("/api/recommend", "GET, POST, HEAD"), ("/api/health", "GET, HEAD"), ("/", "GET, HEAD")):
        answer = visitor.request(method, address)
        assert (answer.status_code, answer.headers["allow"]) == (405, allowed)


@pytest.mark.parametrize(
    "address",
    [
        "/api/recommend/",
        "/api/resources/community-places/",
        "/api/resources/..%2f..%2fetc%2fpasswd",
        "/api/nothing",
        "//evil.example/",
        "//evil.example/%2f..",
        "/\\evil.example/",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
    ],
)
def test_an_address_that_is_not_ours_leads_nowhere(site: str, address: str) -> None:
    with httpx.Client() as client:
        answer = client.send(client.build_request("GET", httpx.URL(site).copy_with(raw_path=address.encode())))
    assert answer.status_code == 404
    assert "location" not in answer.headers


def test_a_request_without_anything_says_what_to_give(visitor: httpx.Client) -> None:
    answer = visitor.get("/api/recommend")
    assert answer.status_code == 422
    [error] = wrong(answer)
    assert error["field"] is None
    assert "Please say what you need" in error["message"]
