"""`coprod-match serve` as an operator runs it: in processes of its own."""

import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest
from command_line import run, start

from coprod_match.cli import extras
from coprod_match.files.bundled import CATALOGUE_FILE, bundled

PATIENCE = 60
"""Seconds after which a test gives up; nothing waits that long when all is well."""


@dataclass
class Service:
    """A running service."""

    process: "subprocess.Popen[str]"
    errors: Path
    """What it says on standard error."""

    @property
    def said(self) -> str:
        return self.errors.read_text(encoding="utf-8")

    @property
    def address(self) -> str:
        found = re.search(r"http://127\.0\.0\.1:\d+", self.said)
        assert found, self.said
        return found[0]

    def health(self) -> dict[str, object]:
        answer: dict[str, object] = httpx.get(f"{self.address}/api/health", timeout=PATIENCE).json()
        return answer


def until(happened: Callable[[], bool], service: Service) -> None:
    end = time.monotonic() + PATIENCE
    while not happened():
        assert service.process.poll() is None, service.said
        assert time.monotonic() < end, service.said
        time.sleep(0.05)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[Service]:
    """A service that answers, and is ended at the end."""
    errors = folder / "errors.txt"
    with errors.open("w", encoding="utf-8") as file:
        command = [sys.executable, "-m", "coprod_match", "serve", "--port", "0", *options]
        process = subprocess.Popen(command, stderr=file, stdout=subprocess.DEVNULL, text=True)
    service = Service(process, errors)
    try:
        until(lambda: " is at http://" in service.said, service)
        yield service
    finally:
        process.kill()
        process.wait()


def own_catalogue(folder: Path) -> Path:
    file = folder / "resources.yaml"
    file.write_bytes(bundled(CATALOGUE_FILE).read_bytes())
    return file


def settings(folder: Path) -> str:
    file = folder / "service.toml"
    file.write_text('name = "Help at hand"\ncatalogue = "resources.yaml"\n', encoding="utf-8")
    return str(file)


def test_one_process_serves_reloads_and_ends_without_a_trace_of_what_was_asked(tmp_path: Path) -> None:
    catalogue = own_catalogue(tmp_path)
    with serving(tmp_path, "--settings", settings(tmp_path), "--reload-data") as service:
        service.process.send_signal(signal.SIGHUP)  # it may not be ready yet: it is not ended by that
        private = {"text": "my neighbour Mary was evicted", "role": "Mary"}
        for path in ("/api/recommend", "/", "/api/nothing"):
            headers = httpx.get(service.address + path, params=private).headers
            assert "server" not in headers
        assert httpx.post(f"{service.address}/api/recommend", json=private).is_client_error
        assert service.health()["status"] == "ok"

        whole = catalogue.read_bytes()
        catalogue.write_bytes(whole + b"\n  broken: [")
        until(lambda: service.health()["status"] == "outdated", service)
        assert httpx.get(f"{service.address}/api/recommend?role=council").status_code == 200
        catalogue.write_bytes(whole)
        until(lambda: service.health()["status"] == "ok", service)

        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(PATIENCE) == 0
        assert "Help at hand is at http://127.0.0.1:" in service.said
        assert "the earlier ones still answer" in service.said
        assert "Mary" not in service.said
        assert "Traceback" not in service.said


def test_several_processes_have_the_settings_and_all_reload_when_told_to(tmp_path: Path) -> None:
    catalogue = own_catalogue(tmp_path)
    with serving(tmp_path, "--workers", "2", "--settings", settings(tmp_path)) as service:
        assert "Help at hand" in httpx.get(service.address, timeout=PATIENCE).text
        service.process.send_signal(signal.SIGHUP)  # one of them may not be there yet: it is told all the same
        until(lambda: service.said.count("The data were read again") == 2, service)
        catalogue.write_text("resources: [", encoding="utf-8")
        service.process.send_signal(signal.SIGHUP)
        until(lambda: service.said.count("the earlier ones still answer") == 2, service)
        assert {str(service.health()["status"]) for _ in range(10)} == {"outdated"}
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(PATIENCE) == 0
        assert "Traceback" not in service.said


def test_a_port_that_is_taken_is_told_without_a_traceback() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = start("serve", "--port", str(port))
    assert done.returncode == 2
    said = done.stderr.decode()
    assert said == (
        f"Sorry: Cannot serve at 127.0.0.1, port {port}: Address already in use. Try another --port or --host.\n"
    )


@pytest.mark.parametrize("host", ["a..b", "a" * 70, "a b"])
def test_a_host_that_is_no_address_is_told_without_a_traceback(host: str) -> None:
    done = start("serve", "--host", host, "--port", "0")
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"Sorry: Cannot serve at {host}, port 0: ")
    assert "Traceback" not in done.stderr.decode()


def test_broken_data_are_told_before_anything_is_served(tmp_path: Path) -> None:
    (tmp_path / "resources.yaml").write_text("resources: [", encoding="utf-8")
    done = start("serve", "--port", "0", "--settings", settings(tmp_path))
    assert done.returncode == 1
    assert done.stderr.decode().startswith("Sorry: resources.yaml:2:1: This is not valid YAML")


def test_a_slip_in_the_settings_is_told(tmp_path: Path) -> None:
    file = tmp_path / "service.toml"
    file.write_text("conatct = 'x'", encoding="utf-8")
    done = start("serve", "--settings", str(file))
    assert (done.returncode, done.stderr.decode()) == (
        1,
        "Sorry: service.toml: “conatct” is not a setting. Did you mean “contact”?\n",
    )


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "fastapi" else find_spec(name))
    result = run("serve")
    assert result.exit_code == 2
    assert "pip install 'coprod-match[web]'" in result.stderr
