"""On a cluster, a machine may be lost in mid-run, and no row with it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cluster import Cluster, cluster, wait_until
from frames import ROWS, answers, pandas_frame, plain, spark_frame
from pyspark.sql import SparkSession
from sessions import session
from watched import FOLDER, Watched

from coprod_match import Matcher
from coprod_match.batch.frame import match_frame
from coprod_match.spark import match

SOON = {
    "spark.executor.memory": "512m",
    "spark.shuffle.io.maxRetries": "1",
    "spark.shuffle.io.retryWait": "1s",  # a lost machine is given up at once, not after 15 seconds
}


def workers_at_it(folder: Path, running: Cluster) -> set[int]:
    """The workers on which a matcher is answering, or has."""
    notes = [note.read_text(encoding="utf-8") for note in folder.glob("answering-*")]
    return {
        number for number, worker in enumerate(running.workers) if any(str(worker.folder) in note for note in notes)
    }


def test_a_worker_that_is_killed_in_mid_run_loses_no_row(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    watched = Watched(matcher.catalogue, matcher.taxonomy, matcher.ranking, matcher.models)
    rows = ROWS * 20
    (tmp_path / "wait").touch()
    with (
        cluster(tmp_path, workers=2) as running,
        session(running.master, tmp_path, SOON) as spark,
        ThreadPoolExecutor() as threads,
    ):
        wait_until(lambda: executors(spark) == 2, "both workers have an executor")
        found = threads.submit(answers, match(spark_frame(spark, rows), watched, top=2))
        wait_until(lambda: workers_at_it(tmp_path, running) == {0, 1}, "both workers are in the middle of the rows")
        running.workers[0].kill()
        wait_until(lambda: executors(spark) == 1, "the loss is known")
        (tmp_path / "wait").unlink()
        assert found.result() == plain(match_frame(pandas_frame(rows), matcher, top=2))


def executors(spark: SparkSession) -> int:
    """How many processes do the work, the driver not counted."""
    return int(spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1
