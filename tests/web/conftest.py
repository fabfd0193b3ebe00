"""A real server on this machine, started once for all tests of the pages."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
import uvicorn

from coprod_match.web.app import create_app
from coprod_match.web.settings import Settings

CONTACT, REPORTS = "help@example.org", "catalogue@example.org"


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """A running service of these settings; gives its address, without a slash at the end."""
    server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning", access_log=False))
    # a socket that says it is TCP: only then does asyncio send small answers at once
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()  # from here on visitors wait instead of being turned away
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The address of a service whose operator can be reached."""
    with serving(Settings(contact=CONTACT, report_address=REPORTS)) as address:
        yield address


@pytest.fixture(scope="session")
def visitor(site: str) -> Iterator[httpx.Client]:
    """Somebody who opens pages of the service without a browser."""
    with httpx.Client(base_url=site) as client:
        yield client
