"""The entries with the most points, found without working out the points of all others to the last digit.

What an entry can have at most decides whether it is looked at, as in MaxScore (Turtle and Flood, Query Evaluation:
Strategies and Optimizations, 1995).
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats, Positions, SmallFloats

_FEW = 1000  # entries that are all looked at sooner than chosen from
_BLOCKS = 10  # for each entry that is looked for
_ROUGH = 2**-10  # more than single precision can get wrong in the points of an entry


class Estimate(Struct, frozen=True, eq=False):
    """What is known of the points of every entry for one request: the more exactly, the more it costs to ask."""

    near: SmallFloats
    """The points of every entry, but rounded, and without those for common words; shape (entries,)."""
    common_at_most: float
    """The most that any entry can have for common words."""
    common: Callable[[Positions], Floats]
    """The points of some entries for common words; shape (entries,)."""
    points: Callable[[Positions], Floats]
    """All points of some entries, exactly; shape (entries,)."""

    def rule_out(self, positions: Sequence[int]) -> None:
        """Leave some entries out of all that is found from now on."""
        self.near[positions] = -math.inf

    def possible(self, least: float) -> Positions:
        """Positions of the entries that may have more than `least` points, ascending; no other has."""
        return np.flatnonzero(self.near > least - self.common_at_most - _ROUGH)


def best(estimate: Estimate, least: float, count: int) -> tuple[Positions, Floats]:
    """The `count` entries with the most points, and any equal to the last of them, as far as they have over `least`.

    Returns their positions, ascending, and their points. What some likely entries have shows what it takes to be among
    the best; an entry that cannot have so much is not looked at again.
    """
    few = len(estimate.near) <= _FEW
    entries = estimate.possible(least) if few else _hopeful(estimate, least, count)
    points = estimate.points(entries)
    kept = (points > least) & (points >= _last(points, count))
    return entries[kept], points[kept]


def _hopeful(estimate: Estimate, least: float, count: int) -> Positions:
    """Positions of the entries that may be among the best, and of hardly any other."""
    near, common = estimate.near, estimate.common
    likely = _likely(near, count)
    enough = max(least, _last(near[likely] + common(likely), count)) - _ROUGH
    entries = estimate.possible(enough)
    rounded = near[entries] + common(entries)
    return entries[rounded > max(enough, _last(rounded, count) - _ROUGH) - _ROUGH]


def _last(points: Floats, count: int) -> float:
    """The lowest of the `count` highest; minus infinity where there are fewer."""
    return float(np.partition(points, -count)[-count]) if len(points) >= count else -math.inf


def _likely(near: SmallFloats, count: int) -> Positions:
    """Positions of `count` entries with high estimates, or of all where there are fewer: the best of as many blocks."""
    width = max(1, len(near) // (_BLOCKS * count))
    whole = len(near) // width * width
    leaders: Positions = np.arange(0, whole, width) + near[:whole].reshape(-1, width).argmax(axis=1)
    if len(leaders) > count:
        leaders = leaders[np.argpartition(near[leaders], -count)[-count:]]
    return leaders[near[leaders] > -math.inf]
