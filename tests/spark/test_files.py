"""Files go through Spark as they go through one machine."""

import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from frames import NAMES, ROWS
from pyspark.sql import SparkSession

from coprod_match import CoprodMatchError, Matcher
from coprod_match.batch.columns import recognise
from coprod_match.batch.outputs import write_file
from coprod_match.batch.read import read_table
from coprod_match.batch.run import Counts, Job
from coprod_match.spark.files import FileRun

AWKWARD = [
    "=1+1",
    "a “b”, \"c\"; 'd'",
    "two\nlines",
    " spaces ",
    "\\",
    '"',
    "-5",
    "NULL",
    "\u200b",
    "é",
    "# no",
    "\x01",
    "",
]
RECORDS = [
    *(
        {"Note": note, **dict(zip(NAMES, row, strict=True))}
        for row, note in zip(ROWS * 2, [*AWKWARD, *"abcdefg"], strict=True)
    ),
    dict.fromkeys(["Note", *NAMES], " "),
    {"Note": "last", **dict(zip(NAMES, ROWS[0], strict=True))},
]


def source(folder: Path, kind: str) -> Path:
    """The records as a file of that kind."""
    path = folder / f"requests.{kind}"
    if kind == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, ["Note", *NAMES])
            writer.writeheader()
            writer.writerows(RECORDS)
    elif kind == "jsonl":
        path.write_text("".join(json.dumps(record) + "\n" for record in RECORDS), encoding="utf-8")
    else:
        table = pa.Table.from_pylist(RECORDS).append_column("size", pa.array([0.5] * len(RECORDS), pa.float32()))
        pq.write_table(table, path)
    return path


def on_one_machine(matcher: Matcher, path: Path, out: Path) -> Counts:
    table = read_table(path)
    job = Job(matcher, recognise(table.names), top=2)
    return write_file(table, job, path, out, resume=False, workers=1, progress=lambda rows: None)


def content(path: Path) -> list[object]:
    """All that a file holds, or the parts of a folder in their order."""
    parts = sorted(path.glob("part-*")) if path.is_dir() else [path]
    if path.suffix == ".parquet":
        table = pa.concat_tables(pq.read_table(part) for part in parts)
        return [*zip(table.schema.names, table.schema.types, strict=True), *table.to_pylist()]
    texts = [part.read_bytes().decode("utf-8-sig") for part in parts]
    if path.suffix == ".jsonl":
        return ["".join(texts)]
    sheets = [list(csv.reader(io.StringIO(text, newline=""))) for text in texts]
    return [sheets[0][0], *(row for sheet in sheets for row in sheet[1:])]


@pytest.mark.parametrize(
    ("given", "wanted"), [("csv", "csv"), ("csv", "parquet"), ("jsonl", "jsonl"), ("parquet", "parquet")]
)
def test_a_file_gives_the_rows_and_the_counts_that_one_machine_gives(
    spark: SparkSession, matcher: Matcher, tmp_path: Path, given: str, wanted: str
) -> None:
    path = source(tmp_path, given)
    expected = on_one_machine(matcher, path, tmp_path / f"one.{wanted}")
    assert min(expected.matched, expected.nothing_fits, expected.needs_attention, expected.duplicates) > 0
    found = FileRun(spark, str(path), str(tmp_path / f"many.{wanted}")).match(matcher, top=2)
    assert found == expected
    assert content(tmp_path / f"many.{wanted}") == content(tmp_path / f"one.{wanted}")


def test_a_run_that_fails_leaves_nothing_behind(
    spark: SparkSession, matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = source(tmp_path, "csv")
    monkeypatch.setattr("coprod_match.spark.files._counts", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        FileRun(spark, str(path), str(tmp_path / "out.csv")).match(matcher)
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_a_folder_that_is_there_is_not_written_over(spark: SparkSession, tmp_path: Path) -> None:
    path = source(tmp_path, "csv")
    (tmp_path / "out.csv").mkdir()
    with pytest.raises(CoprodMatchError, match=r"out\.csv is already there"):
        FileRun(spark, str(path), str(tmp_path / "out.csv"))


def test_a_file_that_is_not_there_is_said_to_be_missing(spark: SparkSession, tmp_path: Path) -> None:
    with pytest.raises(CoprodMatchError, match="There is no such file"):
        FileRun(spark, str(tmp_path / "nowhere.csv"), str(tmp_path / "out.csv"))


def test_other_separators_are_seen_in_the_header(spark: SparkSession, tmp_path: Path) -> None:
    path = tmp_path / "requests.csv"
    path.write_text('"Role, yours";Need\ncouncil;toolkit\n', encoding="utf-8")
    run = FileRun(spark, str(path), str(tmp_path / "out.csv"), {"role": ["Role, yours"]})
    assert (run.columns.role, run.columns.need) == (("Role, yours",), ("Need",))
