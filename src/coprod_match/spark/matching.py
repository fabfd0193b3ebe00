"""From a Spark frame of requests to a Spark frame of recommendations, row for row what one machine answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice, tee

import pyarrow as pa
from pyspark import Broadcast
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F  # noqa: N812  # everybody's name for it
from pyspark.sql.types import DataType, DoubleType, IntegralType, LongType, StringType, StructType

from coprod_match.batch.cells import Asked, CellReader
from coprod_match.batch.columns import Columns, recognise
from coprod_match.batch.match import (
    FIRST_ROW,
    OUTCOME_COLUMNS,
    ROW_NUMBER,
    Outcome,
    PlainType,
    Row,
    key_of,
    match_rows,
    outcome_names,
)
from coprod_match.errors import RequestError
from coprod_match.matcher import Matcher, check_top
from coprod_match.model.request import Filters
from coprod_match.spark.naming import column
from coprod_match.spark.numbering import with_numbers

_KEY, _FIRST = "_key_of_request", "_first_of_its_kind"  # columns of ours on the way
_TASKS_PER_CORE = 4  # evens out slow tasks, and keeps small what a lost machine costs
_IN_HAND = 1000  # rows whose answers are in memory at once
_SPARK_TYPES: dict[PlainType, DataType] = {"string": StringType(), "int64": LongType(), "double": DoubleType()}
_ARROW_TYPES: dict[PlainType, pa.DataType] = {"string": pa.string(), "int64": pa.int64(), "double": pa.float64()}
_ADDED = {name: kind for name, kind in OUTCOME_COLUMNS.items() if name != ROW_NUMBER}

Batches = Iterable[pa.RecordBatch]
Step = Callable[[Batches], Iterator[pa.RecordBatch]]
"""What happens to one partition of a frame, on an executor."""


def match(
    frame: DataFrame,
    matcher: Matcher,
    *,
    columns: Columns | None = None,
    top: int = 5,
    filters: Filters | None = None,
) -> DataFrame:
    """Each row with its recommendations, in long form and in the order of the rows, as `match_frame` gives them.

    A column `row_number` of whole numbers, each once, tells the rows apart. Without it rows are numbered from 2 in
    the frame's order, which takes one more reading of the frame: give your own numbers to a frame that has no order
    of its own, as after a join. Nothing is matched until the result is asked for. The matcher is broadcast, and made
    once in each Python process of the executors.

    Raises RequestError when no column says what is needed, when two columns have one name, or when `top` is less
    than 1.
    """
    _check(frame)
    numbered = frame if ROW_NUMBER in frame.columns else with_numbers(frame, ROW_NUMBER, FIRST_ROW)
    called = outcome_names(name for name in frame.columns if name != ROW_NUMBER)
    return match_numbered(numbered, matcher, columns or recognise(frame.columns), called, top=top, filters=filters)


def match_numbered(
    frame: DataFrame,
    matcher: Matcher,
    columns: Columns,
    called: Mapping[str, str],
    *,
    top: int = 5,
    filters: Filters | None = None,
) -> DataFrame:
    """As `match`, for a frame whose rows are numbered in the column that is called so.

    `called` says what each of OUTCOME_COLUMNS is called.
    """
    check_top(top)
    number = called[ROW_NUMBER]
    context = frame.sparkSession.sparkContext
    shipped = context.broadcast(matcher)
    tasks = _TASKS_PER_CORE * context.defaultParallelism
    spread = frame.repartition(tasks, column(number))  # a CSV file, for one, comes in a single partition
    known = _with_first_rows(spread, number, _keys(shipped, columns, number))
    ready = known.repartitionByRange(tasks, column(number)).sortWithinPartitions(column(number))
    answered = StructType(list(frame.schema.fields))
    for name, kind in _ADDED.items():
        answered.add(called[name], _SPARK_TYPES[kind])
    ask = partial(match_rows, columns=columns, top=top, filters=filters)
    return ready.mapInArrow(_answers(shipped, ask, number, answered.names), answered)


def _check(frame: DataFrame) -> None:
    names = frame.columns
    if len(set(names)) < len(names):
        raise RequestError("Two columns of the frame have the same name. Rename one of them.")
    if ROW_NUMBER in names and not isinstance(frame.schema[ROW_NUMBER].dataType, IntegralType):
        raise RequestError(f"The column “{ROW_NUMBER}” must hold a whole number in every row.")


def _with_first_rows(frame: DataFrame, number: str, keys: Step) -> DataFrame:
    """The frame with the number of the first row that asks the same, wherever in the cluster that row is."""
    keyed = frame.mapInArrow(keys, StructType(list(frame.schema.fields)).add(_KEY, StringType()))
    first = F.min(column(number).cast("long")).over(Window.partitionBy(_KEY))
    return keyed.withColumn(_FIRST, first).drop(_KEY)


def _keys(shipped: Broadcast[Matcher], columns: Columns, number: str) -> Step:
    """Adds to each row the key of its request; a row that cannot be read is like no other."""

    def step(batches: Batches) -> Iterator[pa.RecordBatch]:
        reader = CellReader(shipped.value, columns)
        for batch in batches:
            read = ((row.number, reader.read(row.cells)) for row in _rows(batch, number))
            keys = [key_of(item.request) if isinstance(item, Asked) else f"row {place}" for place, item in read]
            yield batch.append_column(_KEY, pa.array(keys, pa.string()))

    return step


def _answers(shipped: Broadcast[Matcher], ask: Callable[..., Iterator[Outcome]], number: str, names: list[str]) -> Step:
    """Gives each row its recommendations, in columns of these names."""

    def step(batches: Batches) -> Iterator[pa.RecordBatch]:
        first: dict[int, int] = {}

        def rows(pieces: Batches) -> Iterator[Row]:
            for piece in pieces:
                first.update(zip(piece[number].to_pylist(), piece[_FIRST].to_pylist(), strict=True))
                yield from _rows(piece, number)

        ahead, behind = tee(_pieces(batches))  # rows are read some way ahead of their answers
        outcomes = ask(rows(ahead), matcher=shipped.value, first_of=lambda _, place: first.pop(place))
        for piece in behind:
            yield _with_outcomes(piece, islice(outcomes, piece.num_rows), names)

    return step


def _with_outcomes(piece: pa.RecordBatch, outcomes: Iterator[Outcome], names: list[str]) -> pa.RecordBatch:
    """The rows of a piece, each as often as it has records, beside those."""
    found = [(place, record) for place, outcome in enumerate(outcomes) for record in outcome.records()]
    places = pa.array([place for place, _ in found], pa.int64())
    given = [cells.take(places) for cells in piece.columns[:-1]]
    added = [pa.array([record[name] for _, record in found], _ARROW_TYPES[kind]) for name, kind in _ADDED.items()]
    return pa.RecordBatch.from_arrays([*given, *added], names)


def _rows(batch: pa.RecordBatch, number: str) -> Iterator[Row]:
    for cells in batch.to_pylist():
        yield Row(cells[number], cells)


def _pieces(batches: Batches) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from (batch.slice(start, _IN_HAND) for start in range(0, batch.num_rows, _IN_HAND))
