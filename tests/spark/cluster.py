"""A standalone Spark cluster on this machine: a master and workers in processes of their own, which a test may kill."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

PATIENCE = 120
"""Seconds after which a condition that has not come about is an error."""

_HOME = Path(pyspark.__file__).parent


@dataclass(frozen=True)
class Worker:
    """One worker and all that it has started: its executors and their Python processes."""

    folder: Path
    process: "subprocess.Popen[bytes]"

    def kill(self) -> None:
        """End it at once and without notice, as a machine does that loses its power."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass(frozen=True)
class Cluster:
    """Where a cluster listens, and its workers."""

    master: str
    workers: tuple[Worker, ...]


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Return as soon as a condition holds. Raises AssertionError when it does not come about."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.02)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[Cluster]:
    """A running cluster whose files are all in a folder; it has ended when the block is left."""
    with ExitStack() as stack:
        log = folder / "master.log"
        _start(stack, log, "master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        wait_until(lambda: "I have been elected leader" in _text(log), "the master runs")
        (address,) = set(re.findall(r"spark://[\d.]+:\d+", _text(log)))
        started = tuple(_worker(stack, folder / f"worker-{number}", address) for number in range(workers))
        wait_until(lambda: _text(log).count("Registering worker") == workers, "every worker has registered")
        yield Cluster(address, started)


def _worker(stack: ExitStack, folder: Path, address: str) -> Worker:
    options = ("--host", "127.0.0.1", "--webui-port", "0", "--cores", "1", "--memory", "512m")
    folder.mkdir()
    log = folder / "worker.log"
    return Worker(folder, _start(stack, log, "worker.Worker", *options, "--work-dir", str(folder), address))


def _start(stack: ExitStack, log: Path, name: str, *options: str) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(
        [_HOME / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", *options],
        stdout=stack.enter_context(log.open("wb")),
        stderr=subprocess.STDOUT,
        env=os.environ | _SETTINGS,
        start_new_session=True,  # a group of its own, so that its children end with it
    )
    stack.callback(_end, process)
    return process


_SETTINGS = {
    "SPARK_HOME": str(_HOME),
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_DAEMON_MEMORY": "256m",
    "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",  # its port is fixed
    "PYSPARK_PYTHON": sys.executable,
}


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _text(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")
