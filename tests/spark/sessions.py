"""Sessions of Spark that leave nothing behind."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyspark.sql import SparkSession
from watched import FOLDER

HERE = str(Path(__file__).parent)


@contextmanager
def session(master: str, folder: Path, settings: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """A session whose files are all in a folder, and whose executors can import the modules of these tests."""
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    own = {
        "spark.local.dir": str(folder),
        "spark.executorEnv.PYTHONPATH": HERE,
        f"spark.executorEnv.{FOLDER}": str(folder),
    }
    builder = SparkSession.builder.master(master).config(map={**_USUAL, **own, **(settings or {})})
    running = builder.getOrCreate()
    try:
        yield running
    finally:
        running.stop()


_USUAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "7",  # so that small frames come in several batches
}
