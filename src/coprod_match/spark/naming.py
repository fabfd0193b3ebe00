"""Columns by their names, whatever those hold."""

from pyspark.sql import Column
from pyspark.sql import functions as F  # noqa: N812  # everybody's name for it


def column(name: str) -> Column:
    """The column of that name; Spark itself would take dots and backticks in a name for its own signs."""
    return F.col("`" + name.replace("`", "``") + "`")
