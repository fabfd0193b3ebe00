"""Starting Spark for one run, and saying plainly why it does not start or why it stops."""

import logging
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import IO, TypeVar

from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from coprod_match.errors import CoprodMatchError, DataError, Problem
from coprod_match.printable import clean

_SETTINGS = {
    "spark.app.name": "coprod-match",
    "spark.sql.caseSensitive": "true",  # columns “Name” and “name” are two, as in a spreadsheet
    "spark.sql.session.timeZone": "UTC",  # times come out alike wherever the executors are
    "spark.ui.showConsoleProgress": "false",
}
_NO_JAVA = (
    "Spark needs Java 17 or newer, and there is none here. "
    "Install it (on Debian: apt-get install openjdk-17-jre-headless), or leave out --engine spark."
)
_CAUSE = re.compile(r"(?:[\w$]+\.)*\w+(?:Exception|Error): (\S.*)")

Done = TypeVar("Done")


@contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """Spark at that master, or on this machine where none is named.

    Raises CoprodMatchError when it does not start, and DataError when it cannot finish.
    """
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise CoprodMatchError(_NO_JAVA)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # executors run what we run, unless told otherwise
    running = _started(master or "local[*]")
    silence = logging.NullHandler()
    logging.getLogger().addHandler(silence)  # py4j tells it of every stop, with a traceback
    try:
        yield running
    except (PySparkException, Py4JError) as error:
        raise DataError([Problem("Spark", f"The run was stopped: {_cause(str(error))}")]) from None
    finally:
        running.stop()
        logging.getLogger().removeHandler(silence)


def interruptible(running: SparkSession, work: Callable[[], Done]) -> Done:
    """Do some work with Spark, and on Ctrl-C stop Spark and wait until the work has tidied up.

    Java must not be asked anything by the thread that a signal has interrupted in the middle of an answer; therefore
    the work has a thread of its own. Raises what the work raises, and KeyboardInterrupt.
    """
    with ThreadPoolExecutor(1) as threads:
        done = threads.submit(work)
        try:
            return done.result()
        except KeyboardInterrupt:
            running.stop()
            raise


def _started(master: str) -> SparkSession:
    with tempfile.TemporaryFile() as log:
        try:
            with _errors_into(log):
                return SparkSession.builder.master(master).config(map={**_SETTINGS}).getOrCreate()
        except (PySparkException, Py4JError) as error:
            log.seek(0)
            reason = _cause(log.read().decode(errors="replace") or str(error))
            raise CoprodMatchError(f"Spark did not start at {clean(master)}: {reason}") from None


@contextmanager
def _errors_into(log: IO[bytes]) -> Iterator[None]:
    """Send to a file what the Java that is started meanwhile has to say, then and later; it is not for people."""
    kept = os.dup(2)
    os.dup2(log.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _cause(text: str) -> str:
    """The innermost reason among those that Java gives; the first line where there is none."""
    causes = [found[1] for line in text.splitlines() if (found := _CAUSE.search(line))]
    return causes[-1] if causes else text.strip().split("\n")[0]
