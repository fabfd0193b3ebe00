"""Matching on Spark, for more requests than one machine takes: `match(frame, matcher)`."""

from coprod_match.spark.matching import match

__all__ = ["match"]
