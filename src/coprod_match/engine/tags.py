"""Resources as vectors of concepts: how near the tags of each entry come to each term of the taxonomy."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from coprod_match.arrays import Floats, Ints
from coprod_match.engine.area import reach
from coprod_match.engine.encode import Feature
from coprod_match.model.catalogue import Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.result import Facet
from coprod_match.model.taxonomy import Taxonomy, Term

Row = tuple[Ints, Floats]
"""The columns of the concepts that an entry comes near, and how near, 0 to 1."""

_TAGS: tuple[tuple[Facet, str, str], ...] = (
    ("role", "roles", "roles"),
    ("support_type", "support_types", "support_types"),
    ("theme", "themes", "themes"),
)
"""Facet, field of the resource, scheme of the taxonomy."""


def encode_resources(
    resources: Sequence[Resource], taxonomy: Taxonomy, ranking: Ranking
) -> tuple[Sequence[Feature], Any]:
    """The concepts, and how near each entry comes to each: a scipy CSR matrix of shape (entries, concepts).

    Entries with the same tags, or for the same area, are worked out once.
    """
    from scipy.sparse import csr_matrix

    concepts: list[Feature] = [(facet, term.id) for facet, _, scheme in _TAGS for term in taxonomy.scheme(scheme)]
    concepts += [("place", place.id) for place in taxonomy.places]
    concepts += [("name", resource.id) for resource in resources]
    column = {feature: number for number, feature in enumerate(concepts)}
    named = len(concepts) - len(resources)
    tagged = cache(lambda *tags: _row(_tag_features(tags, taxonomy, ranking), column))
    placed: dict[tuple[object, ...], Row] = {}
    parts: list[Row] = []
    for number, resource in enumerate(resources):
        area = (resource.kind, resource.places, resource.jurisdictions)
        if area not in placed:
            placed[area] = _row(_place_features(resource, taxonomy, ranking), column)
        tags = tagged(*(getattr(resource, field) for _, field, _ in _TAGS))
        parts += [tags, placed[area], (np.array([named + number], dtype=np.int32), np.ones(1))]
    columns, values = (np.concatenate(part) for part in zip(*parts, strict=True))
    ends = np.cumsum([len(columns) for columns, _ in parts])[2::3]
    return concepts, csr_matrix((values, columns, np.concatenate([[0], ends])), shape=(len(resources), len(concepts)))


def standing(resource: Resource, ranking: Ranking) -> float:
    """What an entry's whole vector is multiplied by."""
    factor = 1.0
    if resource.status != "active":
        factor *= getattr(ranking.standing, resource.status).value
    return factor if resource.confidence == "high" else factor * ranking.standing.unverified.value


def _row(features: Mapping[Feature, float], column: Mapping[Feature, int]) -> Row:
    kept = {column[feature]: value for feature, value in features.items() if value}
    return np.array(list(kept), dtype=np.int32), np.array(list(kept.values()), dtype=np.float64)


def _tag_features(tags: Sequence[Sequence[str]], taxonomy: Taxonomy, ranking: Ranking) -> dict[Feature, float]:
    found: dict[Feature, float] = {}
    for (facet, _, scheme), ids in zip(_TAGS, tags, strict=True):
        for position, tag in enumerate(ids):
            weight = _tag_weight(facet, position, ranking)
            for id, closeness in _around(taxonomy, scheme, tag, ranking).items():
                found[facet, id] = max(found.get((facet, id), 0.0), weight * closeness)
    return found


def _place_features(resource: Resource, taxonomy: Taxonomy, ranking: Ranking) -> dict[Feature, float]:
    return {("place", place.id): _fit(resource, place.id, taxonomy, ranking) for place in taxonomy.places}


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
