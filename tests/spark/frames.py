"""Frames of requests for the tests, good rows and bad, and their answers as plain values."""

import pandas as pd
from pyspark.sql import DataFrame, SparkSession

Cells = tuple[str | None, ...]

NAMES = ["Who are you?", "Need", "Council area", "What do you need help with?"]
ROWS: list[Cells] = [
    ("council", "toolkit", "Fermanagh", "only the usual people turn up"),
    ("wizard", None, None, None),
    (None, "training; toolkit", "Derry", None),
    (None, None, None, None),
    ("council", "toolkit", "Fermanagh", "only the usual people turn up"),
    ("", "", "", "a broken street light"),
    ("funder", "fundign", "Omagh", "=1+1\n“quoted”, and a comma"),
    ("council", "zzzz", None, ""),
    (None, "training;toolkit", "Derry", ""),
    ("wizard", None, None, None),
]


def pandas_frame(rows: list[Cells]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=NAMES, dtype=object)


def spark_frame(spark: SparkSession, rows: list[Cells], partitions: int = 3) -> DataFrame:
    schema = ", ".join(f"`{name}` string" for name in NAMES)
    return spark.createDataFrame(spark.sparkContext.parallelize(rows, partitions), schema)


def plain(frame: pd.DataFrame) -> list[dict[str, object]]:
    """The rows with None for whatever is missing, whichever way pandas holds them."""
    whole = frame.astype(object).where(frame.notna(), None)
    return [dict(zip(whole.columns, row, strict=True)) for row in whole.itertuples(index=False, name=None)]


def answers(frame: DataFrame) -> list[dict[str, object]]:
    return [row.asDict() for row in frame.collect()]
