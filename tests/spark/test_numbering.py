"""Rows are numbered in their order, whatever the partitions."""

import pytest
from pyspark.sql import SparkSession

from coprod_match.spark.numbering import with_numbers


@pytest.mark.parametrize("partitions", [1, 3, 20])
def test_rows_are_numbered_in_their_order_without_a_gap(spark: SparkSession, partitions: int) -> None:
    words = [f"row {place}" for place in range(10)]
    frame = spark.createDataFrame(
        spark.sparkContext.parallelize([(word,) for word in words], partitions), "word string"
    )
    numbered = with_numbers(frame, "number", first=2).collect()
    assert [(row["word"], row["number"]) for row in numbered] == [(word, place) for place, word in enumerate(words, 2)]


def test_a_frame_without_rows_gets_no_number(spark: SparkSession) -> None:
    frame = spark.createDataFrame([], "word string")
    assert with_numbers(frame, "number", first=2).collect() == []


def test_a_frame_with_rows_in_its_last_partition_only_starts_at_the_first_number(spark: SparkSession) -> None:
    frame = spark.range(0, 100, 1, 10).where("id > 95")
    assert [row["number"] for row in with_numbers(frame, "number", first=1).collect()] == [1, 2, 3, 4]
