"""A run that is stopped loses nothing and shows nothing half-done; one that goes on writes the same bytes."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from sheets import write_csv

from coprod_match import DataError, Matcher, Request, RequestError, Result
from coprod_match.batch.columns import Columns, recognise
from coprod_match.batch.outputs import write_file
from coprod_match.batch.read import read_table
from coprod_match.batch.run import CHUNK, Counts, Job
from coprod_match.batch.seen import Seen

ROWS = 3 * CHUNK + 7
WORDS = ("training", "small grants", "toolkit", "young people", "evaluation", "", "participatory budgeting")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few chunks of requests, some of them asked before, some blank; enough to be stopped in the middle."""
    rows = [[f"{WORDS[n % 7]} {WORDS[n % 5]} {n - n % 3}".strip() or "n/a", str(n)] for n in range(ROWS)]
    return write_csv(tmp_path_factory.mktemp("run") / "requests.csv", [["text", "number"], *rows])


@pytest.fixture(scope="module")
def whole(source: Path, matcher: Matcher) -> bytes:
    """What an uninterrupted run of one process writes."""
    out = source.with_name("whole.csv")
    go(matcher, source, out)
    return out.read_bytes()


def go(matcher: Matcher, source: Path, out: Path, *, resume: bool = False, workers: int = 1, top: int = 1) -> Counts:
    table = read_table(source)
    job = Job(matcher, recognise(table.names), top)
    return write_file(table, job, source, out, resume=resume, workers=workers, progress=lambda rows: None)


def unfinished(out: Path) -> Path:
    return out.with_name(f"{out.name}.unfinished")


def parts(out: Path) -> list[Path]:
    return sorted(unfinished(out).glob("part-*")) if unfinished(out).exists() else []


def start(*arguments: object, before: Callable[[], object] | None = None) -> "subprocess.Popen[bytes]":
    """The program in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "coprod_match", "batch", *map(str, arguments)],
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=before,
    )


def wait_for(condition: Callable[[], object], process: "subprocess.Popen[bytes]") -> None:
    """Wait until something is so, or the process has ended."""
    while not condition() and process.poll() is None:
        time.sleep(0.005)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_shows_nothing_and_goes_on_to_the_same_bytes(
    how: signal.Signals, source: Path, whole: bytes, tmp_path: Path, matcher: Matcher
) -> None:
    out = tmp_path / "out.csv"
    process = start(source, "--out", out, "--top", "1", "--workers", "1")
    wait_for(lambda: parts(out), process)
    os.kill(process.pid, how)
    process.communicate()
    assert parts(out), "it ended before it could be stopped"
    assert not out.exists()
    go(matcher, source, out, resume=True)
    assert out.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_chunks_that_are_kept_are_not_matched_again(
    source: Path, whole: bytes, tmp_path: Path, matcher: Matcher
) -> None:
    out, asked = tmp_path / "out.csv", []

    class Counting(Job):
        def outcomes(self, rows: object) -> object:  # type: ignore[override]
            asked.append(1)
            if len(asked) == 3:
                raise KeyboardInterrupt
            return super().outcomes(rows)  # type: ignore[arg-type]

    table = read_table(source)
    for _ in range(2):
        job = Counting(matcher, Columns(text=("text",)), 1)
        try:
            write_file(table, job, source, out, resume=True, workers=1, progress=lambda rows: None)
        except KeyboardInterrupt:
            assert not out.exists()
    assert len(asked) == 5  # two and the one that was stopped; then the last two of four
    assert out.read_bytes() == whole


def test_several_processes_write_the_same_as_one(source: Path, whole: bytes, tmp_path: Path, matcher: Matcher) -> None:
    go(matcher, source, tmp_path / "out.csv", workers=2)
    assert (tmp_path / "out.csv").read_bytes() == whole


@pytest.mark.parametrize("resume", [(), ("--resume",)])
def test_a_second_run_to_the_same_output_is_refused_for_as_long_as_the_first_lives(
    resume: tuple[str, ...], source: Path, whole: bytes, tmp_path: Path
) -> None:
    out = tmp_path / "out.csv"
    command = (source, "--out", out, "--top", "1", "--workers", "1")
    first = start(*command)
    wait_for(lambda: parts(out), first)
    os.kill(first.pid, signal.SIGSTOP)  # so that it is there for as long as we need it
    second = start(*command, *resume)
    said = second.communicate()[1].decode()
    os.kill(first.pid, signal.SIGCONT)
    first.communicate()
    assert (second.returncode, first.returncode) == (2, 0)
    assert "Another run is writing out.csv just now. Wait until it has ended, or name another file" in said
    assert out.read_bytes() == whole
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]


def test_a_run_puts_no_output_but_its_own_in_place(source: Path, tmp_path: Path, matcher: Matcher) -> None:
    out = tmp_path / "out.csv"

    def replace_folder(rows: int) -> None:
        shutil.rmtree(unfinished(out))  # as somebody may who wonders what it is
        stop_after(1, matcher, source, out)

    job = Job(matcher, Columns(text=("text",)), 1)
    with pytest.raises(DataError, match="cannot be written"):
        write_file(read_table(source), job, source, out, resume=False, workers=1, progress=replace_folder)
    assert not out.exists()


def test_outcomes_of_which_it_is_not_known_what_run_they_are_of_are_not_used(
    source: Path, whole: bytes, tmp_path: Path, matcher: Matcher
) -> None:
    out = tmp_path / "out.csv"
    stop_after(1, matcher, source, out, top=2)
    (unfinished(out) / "settings.json").unlink()
    go(matcher, source, out, resume=True)
    assert out.read_bytes() == whole


@pytest.mark.parametrize("content", [b"half", zlib.compress(b"5"), zlib.compress(b"[[]]"), zlib.compress(b"\xff")])
def test_a_part_that_is_damaged_is_made_again(
    content: bytes, source: Path, whole: bytes, tmp_path: Path, matcher: Matcher
) -> None:
    out = tmp_path / "out.csv"
    stop_after(1, matcher, source, out)
    parts(out)[0].write_bytes(content)
    go(matcher, source, out, resume=True)
    assert out.read_bytes() == whole


def stop_after(chunks: int, matcher: Matcher, source: Path, out: Path, top: int = 1) -> None:
    """Run until so many chunks are done."""
    done: list[int] = []

    def stop(rows: int) -> None:
        done.append(rows)
        if len(done) == chunks:
            raise KeyboardInterrupt

    table = read_table(source)
    job = Job(matcher, recognise(table.names), top)
    with pytest.raises(KeyboardInterrupt):
        write_file(table, job, source, out, resume=False, workers=1, progress=stop)


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "jsonl"])
def test_any_kind_of_output_goes_on_to_the_same_bytes(
    kind: str, source: Path, tmp_path: Path, matcher: Matcher
) -> None:
    go(matcher, source, tmp_path / f"whole.{kind}")
    out = tmp_path / f"out.{kind}"
    stop_after(2, matcher, source, out)
    assert not out.exists()
    go(matcher, source, out, resume=True)
    assert out.read_bytes() == (tmp_path / f"whole.{kind}").read_bytes()


def test_an_unfinished_run_of_other_options_is_not_gone_on_with(source: Path, tmp_path: Path, matcher: Matcher) -> None:
    out = tmp_path / "out.csv"
    stop_after(1, matcher, source, out)
    with pytest.raises(RequestError, match="Leave out --resume"):
        go(matcher, source, out, resume=True, top=2)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"{", b"[" * 100_000])
def test_an_unfinished_run_that_is_damaged_is_told_in_a_sentence(
    content: bytes, source: Path, tmp_path: Path, matcher: Matcher
) -> None:
    out = tmp_path / "out.csv"
    unfinished(out).mkdir()
    (unfinished(out) / "settings.json").write_bytes(content)
    with pytest.raises(RequestError, match=r"out\.csv\.unfinished/settings\.json is damaged\. Leave out --resume"):
        go(matcher, source, out, resume=True)
    assert (unfinished(out) / "settings.json").read_bytes() == content


def test_without_resume_a_run_starts_anew(source: Path, whole: bytes, tmp_path: Path, matcher: Matcher) -> None:
    out = tmp_path / "out.csv"
    stop_after(1, matcher, source, out, top=2)
    go(matcher, source, out)
    assert out.read_bytes() == whole


def test_nobody_else_can_read_what_is_kept(source: Path, tmp_path: Path, matcher: Matcher) -> None:
    out = tmp_path / "out.csv"
    stop_after(1, matcher, source, out)
    assert unfinished(out).stat().st_mode & 0o077 == 0


def test_an_older_output_stays_whole_until_the_new_one_is(source: Path, tmp_path: Path, matcher: Matcher) -> None:
    out = tmp_path / "out.csv"
    out.write_text("the older one", encoding="utf-8")
    stop_after(1, matcher, source, out)
    assert out.read_text(encoding="utf-8") == "the older one"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_disk_that_fills_up_is_told_in_a_sentence_and_leaves_no_output(
    kind: str, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / f"out.{kind}"
    most = 60_000  # bytes a file may have, so that writing fails as on a full disk
    process = start(
        *(source, "--out", out, "--workers", "1"),
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
    )
    said = process.communicate()[1].decode()
    assert process.returncode == 1
    assert "cannot be written: File too large" in said
    assert "--resume" in said
    assert "Traceback" not in said
    assert not out.exists()


def test_a_process_that_is_killed_while_it_matches_is_told_in_a_sentence(
    source: Path, tmp_path: Path, matcher: Matcher
) -> None:
    out = tmp_path / "out.csv"
    job = Job(_Killer(matcher), Columns(text=("text",)))
    with pytest.raises(DataError, match="A process that was matching was stopped"):
        write_file(read_table(source), job, source, out, resume=False, workers=2, progress=lambda rows: None)
    assert not out.exists()


class _Killer(Matcher):
    """A matcher that ends its process."""

    def __init__(self, matcher: Matcher) -> None:
        super().__init__(matcher.catalogue, matcher.taxonomy, matcher.ranking, matcher.models)

    def recommend_many(self, requests: Iterable[Request], *, top: int = 5) -> Iterator[Result]:
        os._exit(9)


def test_the_first_row_of_each_request_is_remembered() -> None:
    with Seen() as seen:
        assert [seen.first("a", 2), seen.first("b", 3), seen.first("a", 4), seen.first("a", 2)] == [2, 3, 2, 2]
