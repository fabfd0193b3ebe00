"""A whole run: chunks of rows are read, matched and written in their order, by one process or several."""

import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass, field, fields, replace
from functools import partial
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.synchronize import Barrier

from coprod_match.batch.checkpoint import Checkpoint
from coprod_match.batch.columns import Columns
from coprod_match.batch.demand import Demand
from coprod_match.batch.match import Outcome, Row, match_rows
from coprod_match.batch.seen import Seen
from coprod_match.batch.table import Table
from coprod_match.batch.writers import About, Writer
from coprod_match.errors import DataError, Problem
from coprod_match.matcher import Matcher
from coprod_match.model.request import Filters

CHUNK = 500
"""Rows that are matched, kept and written together."""

_AHEAD = 2  # chunks that each worker has waiting, so that none is idle while we write
_Chunk = list[Row]


@dataclass(frozen=True, slots=True)
class Job:
    """What to do with every chunk."""

    matcher: Matcher
    columns: Columns
    top: int = 5
    filters: Filters = field(default_factory=Filters)

    def outcomes(self, rows: Sequence[Row]) -> list[Outcome]:
        """What becomes of some rows, duplicates not yet marked."""
        return list(
            match_rows(
                rows, self.columns, self.matcher, top=self.top, filters=self.filters, first_of=lambda _, number: number
            )
        )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows there were, and what became of them: the three kinds add up to all."""

    rows: int
    matched: int
    nothing_fits: int
    needs_attention: int
    duplicates: int
    recommendations: int
    blank: int


def run(
    table: Table,
    job: Job,
    writer: Writer,
    about: Callable[[Counts], About],
    *,
    checkpoint: Checkpoint | None = None,
    workers: int = 1,
    progress: Callable[[int], None] = lambda rows: None,
) -> Counts:
    """Match every row of a table and write what became of it.

    With several `workers`, each is a process with a matcher of its own; what is written is the same. `progress` is
    told how many rows are done after each chunk. Raises DataError when a process is stopped from outside.
    """
    counter, demand = Counter[str](), Demand()
    pool = _pool(job, workers) if workers > 1 else None
    try:
        with Seen() as seen, pool or nullcontext():
            if pool:
                _assemble(pool, workers)
            for rows, found in _in_order(table, job, checkpoint, pool, _AHEAD * workers if pool else 0):
                outcomes = [_marked(outcome, seen) for outcome in found]
                writer.write(list(zip(rows, outcomes, strict=True)))
                for outcome in outcomes:
                    demand.add(outcome)
                    counter[outcome.status] += 1
                    counter["duplicates"] += outcome.duplicate_of is not None
                    counter["recommendations"] += len(outcome.entries)
                counter["rows"] += len(rows)
                progress(len(rows))
            counter["blank"] = table.blank
            counts = Counts(**{part.name: counter[part.name] for part in fields(Counts)})
            writer.finish(demand, about(counts))
    except BrokenProcessPool:
        message = "A process that was matching was stopped, perhaps for want of memory."
        raise DataError([Problem(table.where, message, "Run it again with --resume --workers 1.")]) from None
    except BaseException:
        writer.abandon()
        raise
    return counts


def _in_order(
    table: Table, job: Job, checkpoint: Checkpoint | None, pool: ProcessPoolExecutor | None, ahead: int
) -> Iterator[tuple[_Chunk, list[Outcome]]]:
    """Chunks with their outcomes, in the order of the rows; those that are kept from an earlier run are not matched."""
    waiting: deque[tuple[int, _Chunk, Callable[[], list[Outcome]]]] = deque()
    for number, rows in enumerate(_chunks(table.rows())):
        kept = checkpoint.load(number) if checkpoint else None
        waiting.append((number, rows, partial(list, kept) if kept else _begun(rows, job, pool)))
        while len(waiting) > ahead:
            yield _settled(*waiting.popleft(), checkpoint)
    while waiting:
        yield _settled(*waiting.popleft(), checkpoint)


def _settled(
    number: int, rows: _Chunk, outcomes: Callable[[], list[Outcome]], checkpoint: Checkpoint | None
) -> tuple[_Chunk, list[Outcome]]:
    found = outcomes()
    if checkpoint:
        checkpoint.save(number, found)
    return rows, found


def _begun(rows: _Chunk, job: Job, pool: ProcessPoolExecutor | None) -> Callable[[], list[Outcome]]:
    """A way to get the outcomes of a chunk; with a pool, its matching has begun."""
    if pool is None:
        return partial(job.outcomes, rows)
    needed = [replace(row, cells={name: row.cells[name] for name in job.columns.names}) for row in rows]
    return pool.submit(_match, needed).result


def _chunks(rows: Iterator[Row]) -> Iterator[_Chunk]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _marked(outcome: Outcome, seen: Seen) -> Outcome:
    """The outcome, with the number of the first row that asks the same."""
    if outcome.key is None:
        return outcome
    first = seen.first(outcome.key, outcome.number)
    return outcome if first == outcome.number else outcome._replace(duplicate_of=first)


def _pool(job: Job, workers: int) -> ProcessPoolExecutor:
    context = get_context("spawn")
    arguments = (job, context.Barrier(workers))
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_equip, initargs=arguments)


def _assemble(pool: ProcessPoolExecutor, workers: int) -> None:
    """Wait until all workers are there: one that dies while another is being started can hang the pool."""
    for ready in [pool.submit(_stand_by) for _ in range(workers)]:
        ready.result()


_job: Job  # in a worker process only: its matcher, which it keeps from chunk to chunk
_all_here: Barrier  # likewise: where it waits for the others


def _equip(job: Job, all_here: Barrier) -> None:
    global _job, _all_here
    _job, _all_here = job, all_here
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started us
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End with the process that started us, even if it was killed and could not say so."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _stand_by() -> None:
    _all_here.wait()


def _match(rows: Sequence[Row]) -> list[Outcome]:
    return _job.outcomes(rows)
