"""Spark for the tests: in this process's machine, and as a cluster. Without Java or pyspark, says how to get them."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from cluster import Cluster
    from pyspark.sql import SparkSession

HERE = Path(__file__).parent
MISSING = [
    name
    for name, found in (
        ("Java", shutil.which("java") or os.environ.get("JAVA_HOME")),
        ("the extra “spark”", find_spec("pyspark") and find_spec("pyarrow") and find_spec("pandas")),
    )
    if not found
]
HINT = "To run them: install Java 17 (on Debian: apt-get install openjdk-17-jre-headless), then `make test-all`."

if MISSING and os.environ.get("COPROD_MATCH_TEST_ALL") == "1":
    raise pytest.UsageError(f"Tests of Spark cannot run: {' and '.join(MISSING)} not found. {HINT}")

collect_ignore_glob = ["test_*.py"] if MISSING else []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if MISSING:
        terminalreporter.write_line(f"Tests of Spark were left out: {' and '.join(MISSING)} not found. {HINT}")


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Cluster"]:
    """A master and two workers, for the one test that kills a worker."""
    import cluster

    with cluster.cluster(tmp_path_factory.mktemp("cluster"), workers=2) as running:
        yield running


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    """Spark in one process of this machine."""
    from sessions import session

    with session("local[2]", tmp_path_factory.mktemp("spark")) as running:
        yield running
