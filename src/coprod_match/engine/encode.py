"""Requests as vectors, in the feature space of the resources: the words of the catalogue, the terms of the taxonomy.

Every value is rounded to a binary fraction: products and sums of such numbers are exact, so that points add up to the
score exactly, in any order and in any kernel. Double precision holds sums of points; single precision holds those of
topics, where each side has a length of about 1 and fewer digits.
"""

from collections.abc import Mapping, Sequence, Set

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats, Positions, SmallFloats
from coprod_match.engine.text_index import Shares
from coprod_match.model.ranking import Ranking
from coprod_match.model.result import SCHEME_OF, Facet, Understood

Feature = tuple[Facet, str]
"""A word stem or a taxonomy term: `("words", "toolkit")`, `("theme", "rural")`."""

RESOURCE_GRAIN = 2**-12
REQUEST_GRAIN = 2**-24
TOPIC_GRAIN = 2**-11
"""Times that of resources it is 2^-23, the last digit that single precision holds of a number between 1 and 2."""


class Encoded(Struct, frozen=True, eq=False, gc=False):
    """A request as a vector: the points at stake for each word, concept and topic."""

    words: Sequence[str]
    columns: Positions
    """The number of each word; shape (words,)."""
    points: Floats
    """The points at stake for each word; shape (words,)."""
    concepts: Mapping[Feature, float]
    """The points at stake for each concept."""
    named: Mapping[str, float]
    """The points at stake for each source that it calls by name, by id, ascending."""
    meaning: float
    """The points at stake for lying near its text in the space of topics."""
    vector: SmallFloats
    """Where its text lies in that space; shape (topics,)."""
    stake: float
    """The points that the best entry could be hoped to earn; never quite 0, as what an entry earns is divided by it."""


class Spoken(Struct, frozen=True, eq=False, gc=False):
    """What a request's text holds besides concepts."""

    has_words: bool
    shares: Shares
    vector: SmallFloats
    """Where the text lies in the space of topics, rounded to multiples of `TOPIC_GRAIN`; shape (topics,)."""
    named: Set[str]
    """Ids of the sources that it calls by name."""


def rounded(values: Floats, grain: float) -> Floats:
    """The nearest multiples of `grain`, a power of two."""
    steps = np.rint(values / grain)
    steps *= grain
    return steps


def encode_request(understood: Sequence[Understood], spoken: Spoken, ranking: Ranking) -> Encoded:
    """A request as a vector.

    The concepts of a facet share its weight by their confidence; several sure ones do not outweigh one.
    """
    weights, chance = ranking.weights, ranking.chance
    concepts: dict[Feature, float] = {}
    best = weights.words.value * chance.words_at_best.value + weights.meaning.value * chance.meaning_at_best.value
    stake = best if spoken.has_words else 0.0
    for facet in SCHEME_OF:
        sure = {item.term: item.confidence for item in understood if item.facet == facet}
        weight = getattr(weights, facet).value / max(1.0, sum(sure.values()))
        at_stake = {(facet, term): weight * confidence for term, confidence in sure.items()}
        concepts |= {feature: _rounded(points) for feature, points in at_stake.items()}
        stake += sum(at_stake.values())
    return Encoded(
        words=spoken.shares.words,
        columns=spoken.shares.numbers,
        points=rounded(weights.words.value * spoken.shares.values, REQUEST_GRAIN),
        concepts=concepts,
        named=dict.fromkeys(sorted(spoken.named), _rounded(weights.name.value)),
        meaning=_rounded(weights.meaning.value),
        vector=spoken.vector,
        stake=max(stake, REQUEST_GRAIN),
    )


def _rounded(points: float) -> float:
    return round(points / REQUEST_GRAIN) * REQUEST_GRAIN
