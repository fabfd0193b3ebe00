"""Servers for the benchmarks, each in processes of its own on a free port."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers."""

    address: str
    process: int
    """The id of the process that was started."""


def bare(workers: int) -> AbstractContextManager[Running]:
    """A bare FastAPI endpoint, run as the service is."""
    arguments = ("--workers", str(workers), "--no-access-log", "--log-level", "warning")
    return _running(["-m", "uvicorn", "--app-dir", str(HERE), "hello:app", *arguments], "/")


def service(workers: int) -> AbstractContextManager[Running]:
    """The service over the data that come with it."""
    return _running(["-m", "coprod_match", "serve", "--workers", str(workers)], "/api/health")


@contextmanager
def _running(command: list[str], answers_at: str) -> Iterator[Running]:
    port = _free_port()
    process = subprocess.Popen([sys.executable, *command, "--port", str(port)], stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        while not _answers(base + answers_at):
            if process.poll() is not None:
                raise SystemExit(f"A server ended with {process.returncode}.")
            time.sleep(0.1)
        yield Running(base, process.pid)
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False
