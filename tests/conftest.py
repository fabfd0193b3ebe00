"""Values that many tests share; none of them can be changed by a test."""

import signal
from collections.abc import Iterator
from typing import TYPE_CHECKING

import left_out
import pytest

from coprod_match import Catalogue, Matcher, Ranking, Taxonomy

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

collect_ignore_glob = left_out.left_out()


def pytest_configure() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would every program that the tests start."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if note := left_out.note():
        terminalreporter.write_line(note, yellow=True)


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher.load()


@pytest.fixture(scope="session")
def taxonomy(matcher: Matcher) -> Taxonomy:
    return matcher.taxonomy


@pytest.fixture(scope="session")
def catalogue(matcher: Matcher) -> Catalogue:
    return matcher.catalogue


@pytest.fixture(scope="session")
def ranking(matcher: Matcher) -> Ranking:
    return matcher.ranking


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """Spark in one process of this machine."""
    from sessions import session

    with session("local[2]", tmp_path_factory.mktemp("spark")) as running:
        yield running
