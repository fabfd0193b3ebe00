"""Reading JSON Lines and Parquet, which say what their columns are called."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coprod_match.batch.table import Line, Sheet
from coprod_match.errors import DataError, Problem

_LONGEST_LINE = 4_000_000  # bytes
_MOST_COLUMNS = 16_384
_BATCH = 1_000  # rows of a Parquet file that are in memory at once


def open_json_lines(path: Path) -> Sheet:
    """One JSON object a line; its keys are the columns, in the order in which they first come."""
    names: dict[str, None] = {}
    for record, _ in _objects(path):
        names.update(dict.fromkeys(record if isinstance(record, dict) else ()))
        if len(names) > _MOST_COLUMNS:
            message = f"Its lines have more than {_MOST_COLUMNS:,} different keys."
            raise DataError([Problem(path.name, message, "Give every line the same few keys.")])
    header = tuple(names) or ("line",)

    def lines() -> Iterator[Line]:
        for record, damage in _objects(path):
            raw = [record] if isinstance(record, str) else [record.get(name) for name in header]
            yield Line(raw, damage)

    return Sheet(path.name, lines, header)


def _objects(path: Path) -> Iterator[tuple[Any, str]]:
    """The object of each line, or the line itself and why it is none."""
    with path.open("rb") as file:
        number = 0
        while raw := file.readline(_LONGEST_LINE):
            number += 1
            text = raw.decode("utf-8-sig", "replace").rstrip("\r\n")
            yield _object(text, number) if text.strip() else ({}, "")


def _object(text: str, number: int) -> tuple[Any, str]:
    try:
        record = json.loads(text)
    except json.JSONDecodeError as error:
        return text, f"Line {number:,} of the file is not JSON: see what stands at letter {error.pos + 1:,} of it."
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deep" if isinstance(error, RecursionError) else "it has a number of too many digits"
        return text, f"Line {number:,} of the file cannot be read: {reason}."
    if not isinstance(record, dict):
        return text, f"Line {number:,} of the file is not a JSON object, as in {{“text”: “...”}}."
    return record, ""


def open_parquet(path: Path) -> Sheet:
    """The rows of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
    except (pa.ArrowException, OSError):
        raise _damaged(path) from None

    def lines() -> Iterator[Line]:
        try:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(_BATCH):
                    yield from (Line(cells) for cells in zip(*(column.to_pylist() for column in batch), strict=True))
        except (pa.ArrowException, OSError):
            raise _damaged(path) from None

    return Sheet(path.name, lines, tuple(schema.names), schema)


def _damaged(path: Path) -> DataError:
    message = "The file cannot be read: it is damaged, or not a Parquet file."
    return DataError([Problem(path.name, message, "Export it once more, or as CSV.")])
