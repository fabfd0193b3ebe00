"""A matcher on its way to the executors."""

from dataclasses import dataclass, replace
from typing import Any

from coprod_match.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Shipped:
    """Pickles as what a matcher is made of, and comes out of the pickle as a matcher of the same class.

    What is learnt travels as plain arrays, so nothing is learnt or read from files again. Spark unpickles a broadcast
    value once in each Python process, whatever the number of batches.
    """

    matcher: Matcher

    def __reduce__(self) -> tuple[type[Matcher], tuple[Any, ...]]:
        parts = self.matcher
        taxonomy = replace(parts.taxonomy)  # without the look-up tables that it has made for itself
        return type(parts), (parts.catalogue, taxonomy, parts.ranking, parts.models)
