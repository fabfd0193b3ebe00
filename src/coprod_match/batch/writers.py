"""Writing outcomes in long form: CSV, JSON Lines and Parquet."""

import contextlib
import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol, TextIO

from coprod_match.batch.demand import Demand
from coprod_match.batch.match import OUTCOME_COLUMNS, Outcome, Row, outcome_names
from coprod_match.batch.table import Table
from coprod_match.batch.values import as_text_cell, for_csv, for_json

Pairs = Sequence[tuple[Row, Outcome]]
"""Rows with what became of them."""

About = Sequence[tuple[str, str | int]]
"""Facts about a run: what they are called, and what they are."""


class Writer(Protocol):
    """Takes outcomes chunk by chunk."""

    def write(self, pairs: Pairs) -> None:
        """Write a chunk."""

    def finish(self, demand: Demand, about: About) -> None:
        """Write what is known only at the end, and close."""

    def abandon(self) -> None:
        """Close without more writing, as the run has failed."""


class CsvWriter:
    """A row per recommendation; every text in quotation marks, and none that could act as a formula."""

    def __init__(self, stream: TextIO, table: Table) -> None:
        self._stream, self._names = stream, table.names
        self._writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
        self._writer.writerow([for_csv(name) for name in (*table.names, *outcome_names(table.names).values())])

    def write(self, pairs: Pairs) -> None:
        """Write a chunk."""
        for row, outcome in pairs:
            cells = [for_csv(row.cells[name]) for name in self._names]
            self._writer.writerows(
                cells + [value if type(value) is float else for_csv(value) for value in record.values()]
                for record in outcome.records()
            )

    def finish(self, demand: Demand, about: About) -> None:
        """Hand over what is still in memory."""
        self._stream.flush()

    def abandon(self) -> None:
        """Leave the stream to whoever opened it."""


class JsonLinesWriter:
    """An object per recommendation."""

    def __init__(self, stream: TextIO, table: Table) -> None:
        self._stream, self._names = stream, table.names
        self._called = outcome_names(table.names)

    def write(self, pairs: Pairs) -> None:
        """Write a chunk."""
        for row, outcome in pairs:
            cells = {name: for_json(row.cells[name]) for name in self._names}
            for record in outcome.records():
                line = cells | {self._called[name]: value for name, value in record.items()}
                self._stream.write(json.dumps(line, ensure_ascii=False) + "\n")

    def finish(self, demand: Demand, about: About) -> None:
        """Hand over what is still in memory."""
        self._stream.flush()

    def abandon(self) -> None:
        """Leave the stream to whoever opened it."""


class ParquetWriter:
    """A row per recommendation. Columns keep the type that a Parquet file gave them; those of other files are text."""

    def __init__(self, path: Path, table: Table) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        called = outcome_names(table.names)
        types = {"string": pa.string(), "int64": pa.int64(), "double": pa.float64()}
        own = [(called[name], types[kind]) for name, kind in OUTCOME_COLUMNS.items()]
        kept = list(table.schema) if table.schema is not None else [(name, pa.string()) for name in table.names]
        self._schema, self._names, self._typed = pa.schema([*kept, *own]), table.names, table.schema is not None
        self._batch: Any = pa.RecordBatch
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, pairs: Pairs) -> None:
        """Write a chunk, as a row group of its own."""
        columns = list(zip(*self._records(pairs), strict=True))
        arrays = dict(zip(self._schema.names, columns, strict=True))
        self._writer.write_batch(self._batch.from_pydict(arrays, schema=self._schema))

    def finish(self, demand: Demand, about: About) -> None:
        """Write the footer."""
        self._writer.close()

    def abandon(self) -> None:
        """Close without more writing."""
        with contextlib.suppress(OSError):
            self._writer.close()

    def _records(self, pairs: Pairs) -> Iterator[list[object]]:
        for row, outcome in pairs:
            cells = [row.cells[name] for name in self._names]
            cells = cells if self._typed else [as_text_cell(cell) for cell in cells]
            for record in outcome.records():
                yield cells + [as_text_cell(cell) if isinstance(cell, str) else cell for cell in record.values()]
