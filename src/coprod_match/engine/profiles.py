"""What tags, grades, area, cost and state an entry has, apart from its words: how near it comes to each taxonomy term.

Entries that are alike in these share a profile, so that a request to a large catalogue is compared with each once.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import attrgetter

import numpy as np
from msgspec import Struct
from msgspec.structs import replace

from coprod_match.arrays import Floats, Positions, SmallFloats
from coprod_match.engine.area import Here, here_of, reach
from coprod_match.engine.encode import RESOURCE_GRAIN, Feature, rounded
from coprod_match.model.catalogue import Grades, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.result import SCHEME_OF, Facet
from coprod_match.model.taxonomy import Taxonomy, Term

_TAGS: list[tuple[Facet, str]] = [(facet, scheme) for facet, scheme in SCHEME_OF.items() if facet != "place"]
"""Facet, and what the scheme of the taxonomy, the tags of an entry and its grades are called."""
_BEST = 3  # the highest grade
_by_scheme = attrgetter(*(scheme for _, scheme in _TAGS))
_apart_from_tags = attrgetter("kind", "places", "jurisdictions", "cost", "status")


class Profiles(Struct, frozen=True, eq=False):
    """How near the entries come to the concepts of the taxonomy."""

    rows: Mapping[Feature, int]
    """The row of each concept in `near`."""
    near: SmallFloats
    """How near each profile comes to each concept, 0 to 1; shape (concepts, profiles)."""
    standing: SmallFloats
    """What the points of each profile are multiplied by, which `near` already is; shape (profiles,)."""
    of_entries: Positions
    """The profile of each entry, in an index ascending; shape (entries,)."""
    firsts: Positions
    """The first entry of each profile; shape (profiles,)."""

    def together(self) -> "tuple[Positions, Profiles]":
        """An order of the entries in which those of one profile follow one another, and the profiles of that order."""
        order = self.of_entries.argsort(kind="stable")
        of_entries = self.of_entries[order]
        firsts = of_entries.searchsorted(np.arange(len(self.firsts)))
        return order, replace(self, of_entries=of_entries, firsts=firsts)

    def earned(self, points: Mapping[Feature, float]) -> Floats:
        """What each profile earns for all concepts of a request together; shape (profiles,)."""
        known = {self.rows[feature]: value for feature, value in points.items() if feature in self.rows}
        return np.asarray(np.array([*known.values()]) @ self.near[[*known]].astype(np.float64), dtype=np.float64)

    def near_to(self, features: Iterable[Feature], profiles: Positions) -> SmallFloats:
        """How near some profiles come to each of some concepts; shape (features, profiles)."""
        rows = np.array([self.rows[feature] for feature in features], dtype=np.int64)
        return self.near[rows[:, None], profiles]


def fit_profiles(resources: Sequence[Resource], taxonomy: Taxonomy, ranking: Ranking) -> Profiles:
    """The different profiles of a catalogue."""
    numbers: dict[tuple[object, ...], int] = {}
    of_entries = np.array([numbers.setdefault(_likeness(entry), len(numbers)) for entry in resources])
    positions = np.unique(of_entries, return_index=True)[1]
    firsts = [resources[position] for position in positions.tolist()]
    concepts: list[Feature] = [(facet, term.id) for facet, scheme in _TAGS for term in taxonomy.scheme(scheme)]
    concepts += [("place", place.id) for place in taxonomy.places]
    rows = {feature: row for row, feature in enumerate(concepts)}
    scale = np.array([standing(entry, ranking) for entry in firsts])
    return Profiles(
        rows=rows,
        near=rounded(_near(firsts, rows, taxonomy, ranking) * scale, RESOURCE_GRAIN).astype(np.float32),
        standing=rounded(scale, RESOURCE_GRAIN).astype(np.float32),
        of_entries=of_entries.astype(np.int64),
        firsts=positions.astype(np.int64),
    )


def _near(entries: Sequence[Resource], rows: Mapping[Feature, int], taxonomy: Taxonomy, ranking: Ranking) -> Floats:
    """How near each entry comes to each concept; equal tags, and equal areas, are worked out once."""
    near = np.zeros((len(rows), len(entries)))
    tagged = cache(lambda *tags: _tag_features(tags, taxonomy, ranking))
    heres = {place.id: here_of(place.id, taxonomy) for place in taxonomy.places}
    placed: dict[tuple[object, ...], dict[Feature, float]] = {}
    for number, entry in enumerate(entries):
        area = (entry.kind, entry.places, entry.jurisdictions)
        if area not in placed:
            placed[area] = {("place", id): _fit(entry, here, ranking) for id, here in heres.items()}
        by_tags = tagged(*(getattr(entry, scheme) for _, scheme in _TAGS))
        found = _blended(by_tags, entry.grades, ranking) | placed[area]
        near[[rows[feature] for feature in found], number] = list(found.values())
    return near


def _likeness(entry: Resource) -> tuple[object, ...]:
    """What entries of one profile have in common."""
    grades = [tuple(graded.items()) for graded in _by_scheme(entry.grades)]
    return (*_by_scheme(entry), *grades, *_apart_from_tags(entry), entry.confidence == "high")


def standing(resource: Resource, ranking: Ranking) -> float:
    """What an entry's whole vector is multiplied by."""
    factor = 1.0
    if resource.status != "active":
        factor *= getattr(ranking.standing, resource.status).value
    return factor if resource.confidence == "high" else factor * ranking.standing.unverified.value


def _tag_features(tags: Sequence[Sequence[str]], taxonomy: Taxonomy, ranking: Ranking) -> dict[Feature, float]:
    found: dict[Feature, float] = {}
    for (facet, scheme), ids in zip(_TAGS, tags, strict=True):
        for position, tag in enumerate(ids):
            weight = _tag_weight(facet, position, ranking)
            for id, closeness in _around(taxonomy, scheme, tag, ranking).items():
                found[facet, id] = max(found.get((facet, id), 0.0), weight * closeness)
    return found


def _blended(by_tags: Mapping[Feature, float], grades: Grades, ranking: Ranking) -> dict[Feature, float]:
    """How near an entry comes by its tags and, if somebody has graded it, by its grades."""
    by_grades: dict[Feature, float] = {
        (facet, id): grade / _BEST for facet, scheme in _TAGS for id, grade in getattr(grades, scheme).items()
    }
    if not by_grades:
        return dict(by_tags)
    shares: dict[Facet, float] = {facet: getattr(ranking.grades, facet).value for facet, _ in _TAGS}
    return {
        feature: (1.0 - shares[feature[0]]) * by_tags.get(feature, 0.0)
        + shares[feature[0]] * by_grades.get(feature, 0.0)
        for feature in by_tags.keys() | by_grades.keys()
    }


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


def _fit(resource: Resource, here: Here, ranking: Ranking) -> float:
    how = reach(resource, here)
    travel = ranking.travel[resource.kind].value if how in ("away", "other_area") else 1.0
    return float(getattr(ranking.reaches, how).value * travel)
