"""The kinds of file that Spark reads and writes here, told by their names."""

from enum import StrEnum
from pathlib import PurePosixPath

from coprod_match.errors import RequestError
from coprod_match.printable import clean


class FileFormat(StrEnum):
    """A kind of file, as Spark calls it."""

    CSV = "csv"
    JSON_LINES = "json"
    PARQUET = "parquet"


_BY_SUFFIX = {
    ".csv": FileFormat.CSV,
    ".jsonl": FileFormat.JSON_LINES,
    ".ndjson": FileFormat.JSON_LINES,
    ".parquet": FileFormat.PARQUET,
}


def format_of(path: str) -> FileFormat:
    """The kind of a file or folder, told by the end of its name. Raises RequestError for any other end."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix not in _BY_SUFFIX:
        raise RequestError(f"With Spark a file's name must end in {', '.join(_BY_SUFFIX)}; “{clean(path)}” does not.")
    return _BY_SUFFIX[suffix]
