"""What docs/spark.md says can be done, done."""

import re
from pathlib import Path

from frames import ROWS, answers, spark_frame
from pyspark.sql import SparkSession

from coprod_match import Matcher
from coprod_match.spark import match

PAGE = Path(__file__).parents[2] / "docs" / "spark.md"


def test_the_example_of_the_page_matches_a_file(spark: SparkSession, matcher: Matcher, tmp_path: Path) -> None:
    (example,) = re.findall(r"^```py\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    here = example.replace('"requests.parquet"', f'"{tmp_path}/in"').replace('"matched.parquet"', f'"{tmp_path}/out"')
    spark_frame(spark, ROWS, partitions=1).write.parquet(f"{tmp_path}/in")
    exec(here, {"spark": spark})  # noqa: S102
    written = spark.read.parquet(f"{tmp_path}/out").orderBy("row_number", "rank")
    assert answers(written) == answers(match(spark_frame(spark, ROWS), matcher, top=3))
