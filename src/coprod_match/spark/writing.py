"""Answers as a folder of files, written by the executors and put in place whole."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StringType, StructField, StructType

from coprod_match.batch.match import OUTCOME_COLUMNS
from coprod_match.batch.values import as_text_cell, for_csv, for_json
from coprod_match.errors import DataError, Problem, RequestError
from coprod_match.printable import clean
from coprod_match.spark.formats import FileFormat

_UNFINISHED = ".unfinished"
CSV_OPTIONS: dict[str, bool | str] = {
    "header": True,
    "quoteAll": True,
    "quote": '"',
    "escape": '"',
    "emptyValue": "",
    "ignoreLeadingWhiteSpace": False,
    "ignoreTrailingWhiteSpace": False,
}
"""How Spark writes CSV so that every cell stays as it is."""

Convert = Callable[[object], str | None]


class Folder:
    """A folder that is to hold the answers: it gets its name when all of them are in it."""

    def __init__(self, session: SparkSession, target: str) -> None:
        self._target, self.unfinished = target, target.rstrip("/") + _UNFINISHED
        java: Any = session._jvm
        self._new_path = java.org.apache.hadoop.fs.Path  # Spark has no public way to rename
        self._files = self._new_path(target).getFileSystem(session._jsc.hadoopConfiguration())
        if self._files.exists(self._new_path(target)):
            raise RequestError(f"{clean(target)} is already there. Choose another name, or remove it first.")

    def put_in_place(self) -> None:
        """Give the finished folder its name, in one step. Raises DataError when that cannot be done."""
        if not self._files.rename(self._new_path(self.unfinished), self._new_path(self._target)):
            message = f"The answers are complete, but could not be renamed from {self.unfinished}."
            raise DataError([Problem(clean(self._target), message)])

    def discard(self) -> None:
        """Remove what was written, if it has not been put in place."""
        self._files.delete(self._new_path(self.unfinished), True)


def write(frame: DataFrame, folder: str, kind: FileFormat, *, typed: bool) -> None:
    """Write answers in the order of their rows, each cell as the same run on one machine would write it.

    With `typed` the columns that were given keep their types in Parquet; without it they are text.
    """
    if kind is FileFormat.JSON_LINES:
        frame.mapInArrow(_lines, "value string").write.mode("overwrite").text(folder)
        return
    given = len(frame.columns) - len(OUTCOME_COLUMNS)
    converted = _converted(frame, [_convert(field, kind, at >= given, typed) for at, field in enumerate(frame.schema)])
    if kind is FileFormat.CSV:
        named = converted.toDF(*(str(for_csv(name)) for name in frame.columns))
        named.write.mode("overwrite").options(**CSV_OPTIONS).csv(folder)
    else:
        converted.write.mode("overwrite").parquet(folder)


def _convert(field: StructField, kind: FileFormat, own: bool, typed: bool) -> Convert | None:
    """How a column becomes text; None when it stays as it is."""
    if kind is FileFormat.CSV:
        return _own_csv_text if own else _csv_text
    if own:
        return as_text_cell if field.dataType == StringType() else None
    return None if typed else as_text_cell


def _csv_text(value: object) -> str | None:
    cell = for_csv(value)
    return None if cell is None else str(cell)


def _own_csv_text(value: object) -> str | None:
    return repr(value) if isinstance(value, float) else _csv_text(value)


def _converted(frame: DataFrame, conversions: list[Convert | None]) -> DataFrame:
    fields = [
        field if convert is None else StructField(field.name, StringType())
        for field, convert in zip(frame.schema, conversions, strict=True)
    ]

    def step(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            columns = [
                column if convert is None else pa.array(map(convert, column.to_pylist()), pa.string())
                for column, convert in zip(batch.columns, conversions, strict=True)
            ]
            yield pa.RecordBatch.from_arrays(columns, batch.schema.names)

    return frame.mapInArrow(step, StructType(fields))


def _lines(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Each row as a line of JSON."""
    for batch in batches:
        yield pa.RecordBatch.from_arrays([pa.array(map(_line, batch.to_pylist()), pa.string())], ["value"])


def _line(row: dict[str, Any]) -> str:
    return json.dumps({name: for_json(value) for name, value in row.items()}, ensure_ascii=False)
