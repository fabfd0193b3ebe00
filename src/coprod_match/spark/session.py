"""Starting Spark for one run, and saying plainly why it does not start."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from coprod_match.errors import CoprodMatchError

_SETTINGS = {
    "spark.app.name": "coprod-match",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",  # times come out alike wherever the executors are
    "spark.sql.caseSensitive": "true",  # columns “Name” and “name” are two, as in a spreadsheet
    "spark.ui.showConsoleProgress": "false",
}
_NO_JAVA = (
    "Spark needs Java 17 or newer, and there is none here. "
    "Install it (on Debian: apt-get install openjdk-17-jre-headless), or leave out --engine spark."
)


@contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """Spark at that master, this machine where none is named. Raises CoprodMatchError when it does not start.

    Under `spark-submit` the master is the one that was given there.
    """
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise CoprodMatchError(_NO_JAVA)
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # executors run what we run, unless told otherwise
    builder = SparkSession.builder.config(map={**_SETTINGS})
    if master or not submitted:
        builder = builder.master(master or "local[*]")
    try:
        running = builder.getOrCreate()
    except (PySparkException, Py4JError) as error:
        raise CoprodMatchError(f"Spark did not start{f' at {master}' if master else ''}: {_reason(error)}") from None
    try:
        yield running
    except (PySparkException, Py4JError) as error:
        raise CoprodMatchError(f"Spark stopped: {_reason(error)}") from None
    finally:
        running.stop()


def _reason(error: Exception) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), type(error).__name__)
