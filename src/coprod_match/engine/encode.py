"""Resources and requests as vectors in one feature space: the words of the catalogue and the terms of the taxonomy.

Every value is rounded to a binary fraction: products and sums of such numbers are exact in double
precision, so that points add up to the score exactly, in any order and in any kernel.
"""

from collections.abc import Iterable, Mapping, Sequence, Set

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats
from coprod_match.engine.area import reach
from coprod_match.model.catalogue import Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.result import Facet, Understood
from coprod_match.model.taxonomy import Taxonomy, Term

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


_TAGS: tuple[tuple[Facet, str, str], ...] = (
    ("role", "roles", "roles"),
    ("support_type", "support_types", "support_types"),
    ("theme", "themes", "themes"),
)
"""Facet, field of the resource, scheme of the taxonomy."""


def rounded(value: float, grain: float) -> float:
    """The nearest multiple of `grain`, a power of two."""
    return round(value / grain) * grain


def concept_features(resource: Resource, taxonomy: Taxonomy, ranking: Ranking) -> dict[Feature, float]:
    """How near an entry comes to each concept, 0 to 1; what it is nowhere near is left out."""
    found: dict[Feature, float] = {("name", resource.id): 1.0}
    for facet, field, scheme in _TAGS:
        for position, tag in enumerate(getattr(resource, field)):
            weight = _tag_weight(facet, position, ranking)
            for id, closeness in _around(taxonomy, scheme, tag, ranking).items():
                found[facet, id] = max(found.get((facet, id), 0.0), weight * closeness)
    for place in taxonomy.places:
        found["place", place.id] = _fit(resource, place.id, taxonomy, ranking)
    return {feature: value for feature, value in found.items() if value}


def standing(resource: Resource, ranking: Ranking) -> float:
    """What an entry's whole vector is multiplied by."""
    factor = 1.0
    if resource.status != "active":
        factor *= getattr(ranking.standing, resource.status).value
    return factor if resource.confidence == "high" else factor * ranking.standing.unverified.value


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


def _tag_weight(facet: Facet, position: int, ranking: Ranking) -> float:
    """What a tag counts by its place in the entry's list; roles are equals."""
    later = {"support_type": ranking.closeness.support_type_later.value, "theme": ranking.closeness.theme_later.value}
    return max(1.0 - later.get(facet, 0.0) * position, ranking.closeness.last_tag.value)


def _around(taxonomy: Taxonomy, scheme: str, tag: str, ranking: Ranking) -> dict[str, float]:
    """Concepts near a tag: for which requests an entry with this tag is of use, and how much."""
    term = taxonomy.term(scheme, tag)
    near = {link.id: link.closeness * ranking.closeness.related.value for link in term.related}
    for id in taxonomy.ancestors(scheme, tag)[:1]:
        near[id] = max(near.get(id, 0.0), ranking.closeness.narrower.value)
    for id in _children(taxonomy.scheme(scheme), tag):
        near[id] = max(near.get(id, 0.0), ranking.closeness.broader.value)
    return near | {tag: 1.0}


def _children(terms: Iterable[Term], id: str) -> list[str]:
    return [term.id for term in terms if term.broader == id]


def _fit(resource: Resource, place: str, taxonomy: Taxonomy, ranking: Ranking) -> float:
    how = reach(resource, place, taxonomy)
    travel = ranking.travel[resource.kind].value if how in ("away", "other_area") else 1.0
    return float(getattr(ranking.reaches, how).value * travel)
