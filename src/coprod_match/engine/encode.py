"""Requests as vectors, in the feature space of the resources: the words of the catalogue, the terms of the taxonomy.

Every value is rounded to a binary fraction: products and sums of such numbers are exact in double
precision, so that points add up to the score exactly, in any order and in any kernel.
"""

from collections.abc import Mapping, Sequence, Set

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats
from coprod_match.model.ranking import Ranking
from coprod_match.model.result import Facet, Understood

Feature = tuple[Facet, str]
"""A word stem or a taxonomy term: `("words", "toolkit")`, `("theme", "rural")`."""

RESOURCE_GRAIN = 2**-12
REQUEST_GRAIN = 2**-24


class Encoded(Struct, frozen=True, eq=False):
    """A request as a vector."""

    features: Mapping[Feature, float]
    """The points at stake for each word and concept."""
    topics: Floats
    """Where its text lies in the space of topics, times the points at stake for that; shape (topics,)."""
    stake: float
    """The points that the best entry could be hoped to earn."""


def rounded(value: float, grain: float) -> float:
    """The nearest multiple of `grain`, a power of two."""
    return round(value / grain) * grain


class Spoken(Struct, frozen=True, eq=False):
    """What a request's text holds besides concepts."""

    has_words: bool
    shares: Mapping[str, float]
    """Each word's share of the text, by rarity."""
    place: Floats
    """Where the text lies in the space of topics."""
    named: Set[str]
    """Ids of the sources that it calls by name."""


def encode_request(understood: Sequence[Understood], spoken: Spoken, ranking: Ranking) -> Encoded:
    """A request as a vector.

    The concepts of a facet share its weight by their confidence; several sure ones do not outweigh one.
    """
    weights, chance = ranking.weights, ranking.chance
    features: dict[Feature, float] = {
        ("words", word): weights.words.value * share for word, share in spoken.shares.items()
    }
    features |= {("name", id): weights.name.value for id in spoken.named}
    topics = np.round(weights.meaning.value * spoken.place / REQUEST_GRAIN) * REQUEST_GRAIN
    best = weights.words.value * chance.words_at_best.value + weights.meaning.value * chance.meaning_at_best.value
    stake = best if spoken.has_words else 0.0
    for facet in ("role", "support_type", "theme", "place"):
        items = [item for item in understood if item.facet == facet]
        weight = getattr(weights, facet).value / max(1.0, sum(item.confidence for item in items))
        features |= {(item.facet, item.term): weight * item.confidence for item in items}
        stake += sum(weight * item.confidence for item in items)
    return Encoded({name: rounded(points, REQUEST_GRAIN) for name, points in features.items()}, topics, stake)
