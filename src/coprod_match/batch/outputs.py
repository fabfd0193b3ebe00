"""From a table to a whole output: the right writer for it, put into place in one step, with the facts of the run."""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TextIO

from msgspec import structs

from coprod_match.batch.checkpoint import Checkpoint, check_place
from coprod_match.batch.run import CHUNK, Counts, Job, run
from coprod_match.batch.table import Table
from coprod_match.batch.workbook import MAX_ROWS, WorkbookWriter
from coprod_match.batch.writers import About, CsvWriter, JsonLinesWriter, ParquetWriter, Writer
from coprod_match.errors import DataError, Problem, RequestError
from coprod_match.nearest import did_you_mean
from coprod_match.version import __version__

KINDS = (".xlsx", ".csv", ".jsonl", ".parquet")
"""Endings of the files that can be written."""

Progress = Callable[[int], None]


def write_stream(table: Table, job: Job, stream: TextIO, kind: str, *, workers: int, progress: Progress) -> Counts:
    """Match a table and write what became of its rows to a stream, as `csv` or `jsonl`."""
    writer = CsvWriter(stream, table) if kind == "csv" else JsonLinesWriter(stream, table)
    return run(table, job, writer, lambda counts: (), workers=workers, progress=progress)


def write_file(
    table: Table, job: Job, source: Path, out: Path, *, resume: bool, workers: int, progress: Progress
) -> Counts:
    """Match a table, which was read from the file `source`, and write what became of its rows to `out`.

    Nothing is seen under that name before it is whole. With `resume`, goes on with a run that was stopped. Raises
    RequestError when `out` cannot hold the answers or another run is writing it, DataError when it cannot be written.
    """
    check_kind(out, table, job.top)
    check_place(out, source)
    try:
        with Checkpoint(out).alone() as checkpoint:
            checkpoint.begin(_settings(table, job, source), resume=resume)
            with _writer(checkpoint.output, out.suffix.lower(), table, job) as writer:
                counts = run(
                    table,
                    job,
                    writer,
                    lambda counts: _about(table, job, counts),
                    checkpoint=checkpoint,
                    workers=workers,
                    progress=progress,
                )
            checkpoint.finish()
    except OSError as error:
        hint = "Put that right, and run it again with --resume to go on from here."
        raise DataError([Problem(str(out), f"The output cannot be written: {error.strerror}.", hint)]) from None
    return counts


def check_kind(out: Path, table: Table, top: int) -> None:
    """Raise RequestError unless a file of that ending can be written, and can hold all the answers."""
    kind = out.suffix.lower()
    if kind not in KINDS:
        raise RequestError(f"--out: {out.name} does not say what to write. {did_you_mean(kind, KINDS)}")
    if kind == ".xlsx" and table.total * top >= MAX_ROWS:
        most = (
            f"A sheet of a workbook holds {MAX_ROWS:,} rows, and {table.total:,} requests with {top} sources need more."
        )
        raise RequestError(f"{most} Write .csv or .parquet, or ask for fewer with --top.")


@contextmanager
def _writer(path: Path, kind: str, table: Table, job: Job) -> Iterator[Writer]:
    if kind == ".xlsx":
        yield WorkbookWriter(path, table, job.columns.names)
    elif kind == ".parquet":
        yield ParquetWriter(path, table)
    else:
        # spreadsheets take a CSV file for UTF-8 only if it begins with the mark of it
        encoding = "utf-8-sig" if kind == ".csv" else "utf-8"
        file = path.open("w", encoding=encoding, errors="backslashreplace", newline="")
        try:
            yield CsvWriter(file, table) if kind == ".csv" else JsonLinesWriter(file, table)
        except BaseException:
            with suppress(OSError):
                file.close()
            raise
        file.close()


def _settings(table: Table, job: Job, source: Path) -> str:
    """All that an outcome depends on: two runs with the same settings write the same."""
    with source.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    return json.dumps(
        {
            "version": __version__,
            "requests": content,
            "where": table.where,
            "columns": asdict(job.columns),
            "top": job.top,
            "filters": structs.asdict(job.filters),
            "data": job.matcher.data_version(),
            "chunk": CHUNK,
        },
        indent=2,
    )


def _about(table: Table, job: Job, counts: Counts) -> About:
    """What a reader of the output may want to know of how it came about."""
    matcher, filters = job.matcher, job.filters
    weights = {name: part.value for name, part in structs.asdict(matcher.ranking.weights).items()}
    conditions = [*(["free"] if filters.free else []), *filters.jurisdictions, *filters.kinds]
    conditions += ["nothing that has ended"] if filters.exclude_historic else []
    return (
        ("Made by", f"coprod-match {__version__}"),
        ("Requests", table.where),
        *((f"Read as {part}", name) for part, name in job.columns.pairs()),
        ("Rows", counts.rows),
        ("Matched", counts.matched),
        ("Nothing fits", counts.nothing_fits),
        ("Need attention", counts.needs_attention),
        ("Ask the same as an earlier row", counts.duplicates),
        ("Blank rows passed over", counts.blank),
        ("Recommendations", counts.recommendations),
        ("Sources named for each, at most", job.top),
        ("Conditions", ", ".join(conditions) or "none"),
        ("Sources in the catalogue", len(matcher.catalogue)),
        ("Version of the catalogue", matcher.catalogue.version),
        *((f"Weight: {name.replace('_', ' ')}", f"{value:g}") for name, value in weights.items()),
        ("Chance that it is useful", "how likely a skilled adviser would call the source useful, from 0 to 1"),
        ("Links", "Excel opens 65,530 in a sheet; those after them are plain text"),
        ("Long cells", "a cell holds 32,767 letters; longer ones end with “… (cut here …)”"),
    )
