"""The entries with the most points. `kernel.py` finds the same ones sooner, for many requests to a large catalogue."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Bools, Floats, Positions
from coprod_match.engine.encode import Encoded
from coprod_match.engine.index import Index


class Wanted(Struct, frozen=True, eq=False, gc=False):
    """What is looked for."""

    request: Encoded
    least: float
    """Only entries with more points than these."""
    allowed: Bools | None = None
    """Only entries of these profiles; shape (profiles,). None for all."""
    refused: Sequence[int] = ()
    """Positions of entries that are not wanted."""


def find(index: Index, wanted: Sequence[Wanted], count: int) -> Iterator[tuple[Positions, Floats]]:
    """For each of one or more, the `count` entries with the most points, and any equal to the last of them.

    Gives their positions, ascending, and their points.
    """
    for one, scores in zip(wanted, index.scores([one.request for one in wanted]), strict=True):
        if one.allowed is not None:
            scores[~one.allowed[index.profiles.of_entries]] = -math.inf
        if one.refused:
            scores[list(one.refused)] = -math.inf
        entries = (scores > one.least).nonzero()[0]
        yield first(entries, scores[entries], count)


def first(entries: Positions, points: Floats, count: int) -> tuple[Positions, Floats]:
    """The `count` entries with the most points, and any equal to the last of them, in the order in which they came."""
    if len(points) <= count:
        return entries, points
    kept = points >= np.partition(points, -count)[-count]
    return entries[kept], points[kept]
