"""Files of requests as Spark frames: tidy ones, read by the executors in parts."""

import csv
import json
from functools import reduce
from operator import or_

from pyspark.errors import AnalysisException
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F  # noqa: N812  # everybody's name for it
from pyspark.sql.types import StringType, StructField

from coprod_match.errors import DataError, Problem
from coprod_match.printable import clean
from coprod_match.spark.formats import FileFormat, format_of
from coprod_match.spark.naming import column
from coprod_match.spark.numbering import with_numbers

_SEPARATORS = ",;\t|"
_AS_PEOPLE_WRITE_IT: dict[str, bool | str] = {"header": True, "multiLine": True, "quote": '"', "escape": '"'}
_SOMETHING = r"(?U)\S"  # a character that is no space in any script

FIRST_NUMBER = {FileFormat.CSV: 2, FileFormat.JSON_LINES: 1, FileFormat.PARQUET: 1}
"""The number of the first row: a CSV file has its header on line 1."""


def read(session: SparkSession, source: str) -> DataFrame:
    """The rows of a CSV, JSON Lines or Parquet file, or of a folder of them, as they stand.

    `source` is a path or URL that the executors can read. Raises RequestError when its name ends otherwise, and
    DataError when it is not there.
    """
    kind = format_of(source)
    try:
        if kind is FileFormat.CSV:
            return _csv(session, source)
        return _json_lines(session, source) if kind is FileFormat.JSON_LINES else session.read.parquet(source)
    except AnalysisException as error:
        if error.getCondition() != "PATH_NOT_FOUND":
            raise
        message = "There is no such file, or none that Spark can see."
        raise DataError([Problem(clean(source), message, "A cluster reads shared folders, HDFS or S3.")]) from None


def numbered(frame: DataFrame, name: str, kind: FileFormat) -> DataFrame:
    """The rows that are not blank, each with its number in the file in a column of that name."""
    filled = [_filled(field) for field in frame.schema]
    return with_numbers(frame, name, FIRST_NUMBER[kind]).where(reduce(or_, filled))


def _csv(session: SparkSession, source: str) -> DataFrame:
    """Cells of text, as they stand: an empty cell is an empty text."""
    options = _AS_PEOPLE_WRITE_IT | {"sep": _separator(_first_line(session, source))}
    return session.read.options(**options).csv(source).na.fill("")


def _separator(header: str) -> str:
    """The separator that divides the header into most cells."""
    return max(_SEPARATORS, key=lambda separator: len(next(csv.reader([header], delimiter=separator), [])))


def _json_lines(session: SparkSession, source: str) -> DataFrame:
    """The keys are columns, those of the first line first and in its order."""
    frame = session.read.json(source, mode="FAILFAST")
    try:
        first = [name for name in json.loads(_first_line(session, source)) if name in frame.columns]
    except ValueError:
        first = []
    return frame.select(*map(column, dict.fromkeys([*first, *frame.columns])))


def _first_line(session: SparkSession, source: str) -> str:
    row = session.read.text(source).first()
    return row["value"] if row else ""


def _filled(field: StructField) -> Column:
    cell = column(field.name)
    return F.coalesce(cell.rlike(_SOMETHING), F.lit(False)) if field.dataType == StringType() else cell.isNotNull()
