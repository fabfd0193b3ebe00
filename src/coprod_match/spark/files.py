"""A file of requests in, a folder of answers out, without any row passing through one machine."""

from collections.abc import Mapping, Sequence
from typing import get_args

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  # everybody's name for it

from coprod_match.batch.columns import Columns, passed_over, recognise
from coprod_match.batch.match import ROW_NUMBER, Status, outcome_names
from coprod_match.batch.run import Counts
from coprod_match.matcher import Matcher
from coprod_match.model.request import Filters
from coprod_match.spark.formats import FileFormat, format_of
from coprod_match.spark.matching import match_numbered
from coprod_match.spark.naming import column
from coprod_match.spark.reading import FIRST_NUMBER, numbered, read
from coprod_match.spark.writing import CSV_OPTIONS, Folder, write


class FileRun:
    """One run from a file to a folder. `columns` says what is read as what, before any row is matched.

    Raises RequestError when a name ends as no kind of file that Spark can match, when the file is not there or no
    column of it says what is needed, and when the folder is there already.
    """

    def __init__(
        self, session: SparkSession, source: str, target: str, given: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self._session, self._source_kind, self._target_kind = session, format_of(source), format_of(target)
        self._folder = Folder(session, target)
        self._frame = read(session, source)
        self.columns: Columns = recognise(self._frame.columns, given)
        self.passed_over = tuple(passed_over(self._frame.columns, self.columns))

    def match(self, matcher: Matcher, *, top: int = 5, filters: Filters | None = None) -> Counts:
        """Match every row and write the answers. Gives how many rows there were, and what became of them."""
        called = outcome_names(self._frame.columns)
        rows = numbered(self._frame, called[ROW_NUMBER], self._source_kind)
        found = match_numbered(rows, matcher, self.columns, called, top=top, filters=filters)
        try:
            write(found, self._folder.unfinished, self._target_kind, typed=self._source_kind is FileFormat.PARQUET)
            counts = _counts(self._written(), called, FIRST_NUMBER[self._source_kind])
            self._folder.put_in_place()
        finally:
            self._folder.discard()
        return counts

    def _written(self) -> DataFrame:
        folder, read = self._folder.unfinished, self._session.read
        if self._target_kind is FileFormat.CSV:
            return read.options(multiLine=True, **CSV_OPTIONS).csv(folder)
        return read.json(folder) if self._target_kind is FileFormat.JSON_LINES else read.parquet(folder)


def _counts(written: DataFrame, called: Mapping[str, str], first: int) -> Counts:
    """What was really written, counted: a row has one record, or one for each recommendation."""
    rank, number = column(called["rank"]).cast("int"), column(called[ROW_NUMBER]).cast("long")
    heads = F.when(rank.isNull() | (rank == 1), 1)  # one for each row
    repeated = column(called["duplicate_of"]).cast("long").isNotNull()
    by_status = written.groupBy(column(called["status"]).alias("status")).agg(
        F.count(heads).alias("rows"),
        F.count(F.when(repeated, heads)).alias("duplicates"),
        F.count(rank).alias("recommendations"),
        F.max(number).alias("last"),
    )
    found = {row["status"]: row for row in by_status.collect()}
    rows, duplicates, recommendations = (
        sum(row[name] for row in found.values()) for name in ("rows", "duplicates", "recommendations")
    )
    kinds = {kind: found[kind]["rows"] if kind in found else 0 for kind in get_args(Status)}
    spanned = max((row["last"] for row in found.values()), default=first - 1) + 1 - first
    return Counts(rows=rows, **kinds, duplicates=duplicates, recommendations=recommendations, blank=spanned - rows)
