"""Sessions of Spark that leave nothing behind."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyspark.sql import SparkSession

HERE = str(Path(__file__).parent)


@contextmanager
def session(master: str, folder: Path, **settings: str) -> Iterator[SparkSession]:
    """A session whose files are all in a folder, and whose executors can import the modules of these tests."""
    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    builder = SparkSession.builder.master(master).config("spark.executorEnv.PYTHONPATH", HERE)
    for name, value in (_USUAL | {"spark.local.dir": str(folder)} | settings).items():
        builder = builder.config(name, value)
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
