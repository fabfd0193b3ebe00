"""Spark answers row for row as one machine does."""

import datetime
from pathlib import Path

import pytest
from frames import ROWS, Cells, answers, pandas_frame, plain, spark_frame
from pyspark.sql import SparkSession
from watched import FOLDER, Watched

from coprod_match import CoprodMatchError, Filters, Matcher
from coprod_match.batch.columns import Columns
from coprod_match.batch.frame import match_frame
from coprod_match.spark import match


@pytest.mark.parametrize("partitions", [1, 7])
def test_every_row_is_answered_as_on_one_machine_and_in_its_order(
    spark: SparkSession, matcher: Matcher, partitions: int
) -> None:
    rows = ROWS * 3
    expected = plain(match_frame(pandas_frame(rows), matcher, top=2))
    assert {row["status"] for row in expected} == {"matched", "nothing_fits", "needs_attention"}
    assert answers(match(spark_frame(spark, rows, partitions), matcher, top=2)) == expected


def test_a_repeated_request_names_its_first_row_in_whatever_partition_that_is(
    spark: SparkSession, matcher: Matcher
) -> None:
    found = {row["row_number"]: row["duplicate_of"] for row in answers(match(spark_frame(spark, ROWS, 10), matcher))}
    assert {number: first for number, first in found.items() if first is not None} == {6: 2, 10: 4}


def test_rows_keep_the_numbers_that_they_come_with(spark: SparkSession, matcher: Matcher) -> None:
    frame = spark.createDataFrame([("toolkit", 40), ("nonsuch", 7), ("toolkit", 30)], "need string, row_number int")
    found = match(frame, matcher, top=1)
    assert [(row["row_number"], row["status"], row["duplicate_of"]) for row in answers(found)] == [
        (7, "needs_attention", None),
        (30, "matched", None),
        (40, "matched", 30),
    ]


def test_columns_of_any_type_come_out_as_they_went_in(spark: SparkSession, matcher: Matcher) -> None:
    row = ("toolkit", datetime.datetime(2026, 10, 25, 1, 30), 1.5, [1, 2], None)
    schema = "need string, asked timestamp, size double, `ticks` array<int>, `none` int"
    found = match(spark.createDataFrame([row], schema), matcher, top=1)
    assert tuple(found.collect()[0])[:5] == row
    assert found.schema.fields[:5] == spark.createDataFrame([row], schema).schema.fields


def test_the_columns_and_the_conditions_can_be_given(spark: SparkSession, matcher: Matcher) -> None:
    frame, free = pandas_frame(ROWS), Filters(free=True)
    columns = Columns(need=("Need",), place=("Council area",))
    expected = plain(match_frame(frame, matcher, columns=columns, top=3, filters=free))
    found = match(spark_frame(spark, ROWS), matcher, columns=columns, top=3, filters=free)
    assert answers(found) == expected


def test_a_frame_without_rows_gives_one_without_rows(spark: SparkSession, matcher: Matcher) -> None:
    found = match(spark_frame(spark, []), matcher)
    assert found.collect() == []
    assert found.columns == list(match_frame(pandas_frame([]), matcher).columns)


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        ("colour string, size string", "No column says what is needed"),
        ("need string, need string", "Two columns of the frame have the same name"),
        ("need string, row_number string", "must hold a whole number"),
    ],
)
def test_a_frame_that_cannot_be_read_is_refused_before_any_work(
    spark: SparkSession, matcher: Matcher, schema: str, message: str
) -> None:
    with pytest.raises(CoprodMatchError, match=message):
        match(spark.createDataFrame([], schema), matcher)


def test_at_least_one_recommendation_must_be_asked_for(spark: SparkSession, matcher: Matcher) -> None:
    with pytest.raises(CoprodMatchError, match="top is 0"):
        match(spark_frame(spark, ROWS), matcher, top=0)


def test_the_matcher_is_made_once_in_each_process_however_many_batches(
    spark: SparkSession, matcher: Matcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(spark.sparkContext.getConf().get(f"spark.executorEnv.{FOLDER}", ""))
    monkeypatch.setenv(FOLDER, str(folder))
    watched = Watched(matcher.catalogue, matcher.taxonomy, matcher.ranking, matcher.models)
    rows: list[Cells] = [("council", "toolkit", None, f"request {number}") for number in range(100)]
    assert match(spark_frame(spark, rows), watched, top=2).count() == 200
    made = [note.read_text(encoding="utf-8") for note in folder.glob("made-*")]
    assert len(list(folder.glob("answering-*"))) > len(made) > 0
    assert len(set(made)) == len(made)
