"""What the service does for those who use it, and against those who mean harm."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import Response
from starlette.requests import ClientDisconnect
from starlette.types import Message

from coprod_match import Matcher
from coprod_match.web import answering, limits
from coprod_match.web.guard import Guard
from coprod_match.web.security import HEADERS
from coprod_match.web.settings import Settings
from web.conftest import serving

PRIVATE = "my neighbour Mary at number 12 was evicted"


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/browse", "/sources/community-places", "/list", "/nothing", "/static/style.css", "/static/nothing"),
        *("/api/recommend?role=council", "/api/recommend?role=wizard", "/api/health", "/api/nothing"),
        *("/api/openapi.json", "/api/recommend?text=" + "x" * 17_000, "/?text=" + "x" * 17_000),
    ],
    ids=lambda address: str(address)[:40],
)
def test_every_answer_carries_the_security_headers(visitor: httpx.Client, address: str) -> None:
    headers = visitor.get(address).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS
    assert headers["cache-control"] in ("private, no-cache", "no-store")
    for told in ("set-cookie", "access-control-allow-origin", "strict-transport-security"):
        assert told not in headers


def test_who_came_by_https_is_told_to_stay_with_it(visitor: httpx.Client) -> None:
    headers = visitor.get("/", headers={"X-Forwarded-Proto": "https"}).headers  # as a proxy on this machine says it
    assert headers["strict-transport-security"] == "max-age=31536000"


def test_the_policy_lets_no_script_run_that_is_not_a_file_of_ours() -> None:
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert {source for sources in policy.values() for source in sources.split()} == {"'self'", "'none'"}


def test_there_are_no_pages_that_load_scripts_from_elsewhere(visitor: httpx.Client) -> None:
    assert [visitor.get(address).status_code for address in ("/docs", "/redoc", "/openapi.json")] == [404] * 3


@pytest.fixture(scope="module")
def shared() -> Iterator[httpx.Client]:
    """A service that another site may use."""
    with serving(Settings(cors_origins=("https://friend.example",))) as site, httpx.Client(base_url=site) as client:
        yield client


def test_only_sites_that_the_operator_names_may_read_the_api(shared: httpx.Client) -> None:
    friend = shared.get("/api/health", headers={"Origin": "https://friend.example"})
    stranger = shared.get("/api/health", headers={"Origin": "https://stranger.example"})
    assert friend.headers["access-control-allow-origin"] == "https://friend.example"
    assert "access-control-allow-origin" not in stranger.headers


def test_a_site_that_may_read_may_also_post(shared: httpx.Client) -> None:
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    friend = shared.options("/api/recommend", headers={"Origin": "https://friend.example", **wanted})
    stranger = shared.options("/api/recommend", headers={"Origin": "https://stranger.example", **wanted})
    assert (friend.status_code, stranger.status_code) == (200, 400)


def test_errors_too_can_be_read_by_a_site_that_may(shared: httpx.Client) -> None:
    for address in ("/api/recommend?role=wizard", "/api/recommend?text=" + "x" * 17_000):
        answer = shared.get(address, headers={"Origin": "https://friend.example"})
        assert answer.is_client_error
        assert answer.headers["access-control-allow-origin"] == "https://friend.example"


@pytest.mark.parametrize("address", ["/api/recommend", "/"])
def test_an_address_that_is_too_long_is_refused(visitor: httpx.Client, address: str) -> None:
    answer = visitor.get(f"{address}?text=" + "x" * limits.LONGEST_ADDRESS)
    assert answer.status_code == 414
    assert "too long" in answer.text


def test_a_body_that_says_it_is_too_long_is_refused(visitor: httpx.Client) -> None:
    answer = visitor.post("/api/recommend", json={"text": "x" * limits.LONGEST_BODY})
    assert (answer.status_code, answer.json()["title"]) == (413, "Request Entity Too Large")


def test_a_body_that_does_not_say_so_is_refused_too(visitor: httpx.Client) -> None:
    answer = visitor.post(
        "/api/recommend", content=iter([b" " * 1024] * 65), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_does_not_arrive_is_not_waited_for(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARRIVAL_SECONDS", 0.05)
    begun = b"POST /api/recommend HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9"
    assert raw(site, begun + b"\r\n\r\n{").startswith(b"HTTP/1.1 408 ")


def test_an_answer_that_takes_too_long_is_given_up(visitor: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "SECONDS", 0)
    answer = visitor.post("/api/recommend", json={"text": "how do we reach people who never come"})
    assert answer.status_code == 503
    assert "try again in a minute" in answer.json()["detail"]


@pytest.mark.parametrize(
    "host", [b"[", b"a b", b"evil.example/path", b"\xff", b"localhost:99999999", b"", b"a\r\nHost: b"]
)
def test_a_host_that_is_none_is_refused(site: str, host: bytes) -> None:
    for address in (b"/", b"/api/health"):
        answer = raw(site, b"GET " + address + b" HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("length", [b"-1", b"1e9", b"9" * 40])
def test_a_length_that_is_none_is_refused(site: str, length: bytes) -> None:
    begun = b"POST /api/recommend HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: " + length
    assert raw(site, begun + b"\r\n\r\n").split()[1] in (b"400", b"413")


def raw(site: str, request: bytes) -> bytes:
    """The beginning of the answer to bytes that no proper client would send."""
    address = urlsplit(site)
    with socket.create_connection((address.hostname, address.port or 80), timeout=10) as connection:
        connection.sendall(request)
        return connection.recv(1024)


@pytest.mark.parametrize("address", ["/api/recommend", "/"])
def test_an_error_of_ours_is_owned_up_to_and_keeps_what_was_written_to_itself(
    visitor: httpx.Client, address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(PRIVATE)

    monkeypatch.setattr(Matcher, "recommend_many", fail)
    with caplog.at_level(logging.ERROR):
        answer = visitor.get(address, params={"text": PRIVATE})
    assert answer.status_code == 500
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "omething went wrong on our side" in answer.text
    assert "ValueError" in caplog.text
    assert "answering.py" in caplog.text or "ask.py" in caplog.text
    assert "Mary" not in caplog.text + answer.text


def test_a_visitor_who_leaves_in_the_middle_is_no_error_of_ours(caplog: pytest.LogCaptureFixture) -> None:
    async def leave(*_: object) -> None:
        raise ClientDisconnect

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        raise AssertionError(message)

    def refuse(*_: object) -> Response:
        raise AssertionError

    asyncio.run(Guard(leave, refuse)({"type": "http"}, receive, send))
    assert caplog.text == ""
