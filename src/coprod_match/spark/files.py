"""A file of requests in, a folder of answers out, without any row passing through one machine."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pyspark.sql import DataFrame, SparkSession

from coprod_match.batch.columns import Columns, recognise
from coprod_match.batch.match import ROW_NUMBER, outcome_names
from coprod_match.matcher import Matcher
from coprod_match.model.request import Filters
from coprod_match.spark.formats import FileFormat, format_of
from coprod_match.spark.matching import match_numbered
from coprod_match.spark.naming import column
from coprod_match.spark.reading import numbered, read
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

    def match(self, matcher: Matcher, *, top: int = 5, filters: Filters | None = None) -> Counter[str]:
        """Match every row and write the answers; gives how many rows had each status."""
        called = outcome_names(self._frame.columns)
        rows = numbered(self._frame, called[ROW_NUMBER], self._source_kind)
        found = match_numbered(rows, matcher, self.columns, called, top=top, filters=filters)
        try:
            write(found, self._folder.unfinished, self._target_kind, typed=self._source_kind is FileFormat.PARQUET)
            counts = self._count(called)
            self._folder.put_in_place()
        finally:
            self._folder.discard()
        return counts

    def _count(self, called: Mapping[str, str]) -> Counter[str]:
        """Rows by status, in what was written: one that was matched has several records, of which the first counts."""
        written = _written(self._session, self._folder.unfinished, self._target_kind)
        status, rank = column(called["status"]), column(called["rank"]).cast("int")
        counted = written.where(rank.isNull() | (rank == 1)).groupBy(status.alias("status")).count().collect()
        return Counter({row["status"]: row["count"] for row in counted})


def _written(session: SparkSession, folder: str, kind: FileFormat) -> DataFrame:
    if kind is FileFormat.CSV:
        return session.read.options(multiLine=True, **CSV_OPTIONS).csv(folder)
    return session.read.json(folder) if kind is FileFormat.JSON_LINES else session.read.parquet(folder)
