"""`coprod-match batch --engine spark`, as somebody uses it."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cluster import wait_until
from command_line import run, start

import coprod_match.cli.extras

REQUESTS = "Who are you?,Need\ncouncil,toolkit\nwizard,\n"


@pytest.fixture
def requests(tmp_path: Path) -> str:
    path = tmp_path / "requests.csv"
    path.write_text(REQUESTS, encoding="utf-8")
    return str(path)


def test_a_folder_is_written_and_the_rows_are_counted(requests: str, tmp_path: Path) -> None:
    out = tmp_path / "matched.jsonl"
    done = start("batch", requests, "--out", str(out), "--engine", "spark", "--master", "local[1]", "--top", "1")
    said = done.stderr.decode()
    assert done.returncode == 1, said
    assert "read “Need” as need" in said
    assert "2 rows: 1 matched, 0 for which nothing fits, 1 that need attention." in said
    assert "WARN" not in said
    lines = "".join(part.read_text(encoding="utf-8") for part in sorted(out.glob("part-*"))).splitlines()
    assert ['"status": "matched"' in line for line in lines] == [True, False]


def test_ctrl_c_stops_it_in_mid_run_and_nothing_is_left(requests: str, tmp_path: Path) -> None:
    rows = [f"council,help with a plan for street number {number}\n" for number in range(2000)]
    Path(requests).write_text("Who are you?,text\n" + "".join(rows), encoding="utf-8")
    command = [sys.executable, "-m", "coprod_match", "batch", requests, "--out", str(tmp_path / "out.csv")]
    process = subprocess.Popen([*command, "--engine", "spark", "--master", "local[1]"], stderr=subprocess.PIPE)
    wait_until((tmp_path / "out.csv.unfinished").exists, "it writes")
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert (process.returncode, said.decode().splitlines()[-1]) == (130, "Stopped. Nothing was written.")
    assert [item.name for item in tmp_path.iterdir()] == ["requests.csv"]


def test_a_master_that_is_none_is_told_in_a_sentence(requests: str, tmp_path: Path) -> None:
    done = start("batch", requests, "--out", str(tmp_path / "out.csv"), "--engine", "spark", "--master", "spork://x")
    assert done.returncode == 2
    assert done.stderr.decode().startswith("Sorry: Spark did not start at spork://x: Master must")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "name a file to read, and with --out a folder to write"),
        (("--out", "out.xlsx"), "name must end in .csv, .jsonl"),
        (("--out", "out.csv", "--resume"), "--resume does not go with --engine spark"),
        (("--out", "out.csv", "--sheet", "1"), "--sheet does not go with --engine spark"),
    ],
)
def test_what_spark_cannot_do_is_told_before_it_is_started(
    requests: str, options: tuple[str, ...], message: str
) -> None:
    done = run("batch", requests, *options, "--engine", "spark")
    assert (done.exit_code, message in done.stderr) == (2, True)


def test_a_master_goes_with_spark_only(requests: str) -> None:
    done = run("batch", requests, "--master", "local[1]")
    assert (done.exit_code, "--master does not go with --engine local" in done.stderr) == (2, True)


def test_without_java_it_says_what_to_install(requests: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    done = run("batch", requests, "--out", str(tmp_path / "out.csv"), "--engine", "spark")
    assert done.exit_code == 2
    assert "Spark needs Java 17 or newer" in done.stderr


def test_without_the_extra_it_says_what_to_install(requests: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(coprod_match.cli.extras.EXTRAS, "spark", ("no_such_module",))
    done = run("batch", requests, "--out", "out.csv", "--engine", "spark")
    assert done.exit_code == 2
    assert "pip install 'coprod-match[spark]'" in done.stderr
