"""Numbering the rows of a Spark frame in their order."""

from itertools import accumulate

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F  # noqa: N812  # everybody's name for it

_PARTITION_BITS = 33  # monotonically_increasing_id holds the partition above, the place in it below


def with_numbers(frame: DataFrame, name: str, first: int) -> DataFrame:
    """The frame with a column that numbers its rows `first`, `first` + 1, ... without a gap, in the frame's order.

    Reads the frame once to count the rows of each partition.
    """
    counted = frame.groupBy(F.spark_partition_id().alias("partition")).count().collect()
    counts = {row["partition"]: row["count"] for row in counted}
    sizes = [counts.get(partition, 0) for partition in range(max(counts, default=0) + 1)]
    starts = list(accumulate(sizes, initial=first))
    return frame.withColumn(name, _start(starts) + _place())


def _start(starts: list[int]) -> Column:
    return F.array(*(F.lit(start).cast("long") for start in starts))[F.spark_partition_id()]


def _place() -> Column:
    return F.monotonically_increasing_id().bitwiseAND(F.lit((1 << _PARTITION_BITS) - 1))
