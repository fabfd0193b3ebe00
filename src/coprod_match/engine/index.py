"""The catalogue, encoded once, and the product of a request with it."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats, SmallFloats
from coprod_match.engine.counting import Counts, count_features
from coprod_match.engine.encode import RESOURCE_GRAIN, Encoded, Feature, rounded
from coprod_match.engine.latent import LatentModel, fit_latent
from coprod_match.engine.names import Names, find_names
from coprod_match.engine.postings import Postings, post_words
from coprod_match.engine.profiles import Profiles, fit_profiles, standing
from coprod_match.engine.text_index import TextIndex, fit_text
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.result import Contribution
from coprod_match.model.taxonomy import Taxonomy

_ENOUGH = 20_000  # entries that topics are learnt from
_RARE = 3  # entries that may say two words for these still to be a name


class Index(Struct, frozen=True, eq=False):
    """Every entry of a catalogue as a vector, scaled by its standing: words, topics, and the profile of its tags.

    A position is one among `sources`, not in the catalogue: entries of one profile stand together. All values are
    multiples of 2^-12 from -1 to 1, so single precision holds them exactly.
    """

    words: Postings
    topics: SmallFloats
    """Where each entry lies in the space of topics; shape (entries, topics)."""
    profiles: Profiles
    text: TextIndex
    latent: LatentModel
    names: Names
    sources: Mapping[str, int]
    """The position of each entry, ascending."""

    def scores(self, requests: Sequence[Encoded]) -> Iterator[Floats]:
        """The points of every entry for each request; shape (entries,)."""
        related = np.array([request.vector for request in requests]) @ self.topics.T
        for request, near in zip(requests, related, strict=True):
            total = self.words.earned(request)
            total += request.meaning * near.astype(np.float64)
            total += self.profiles.earned(request.concepts)[self.profiles.of_entries]
            for position, points in self.by_name(request):
                total[position] += points
            yield total

    def contributions(self, request: Encoded, chosen: Sequence[int]) -> list[tuple[Contribution, ...]]:
        """What each feature of a request earns each of some entries, most first; they sum to its score exactly.

        `chosen` are the positions of the entries.
        """
        entries = np.array(chosen, dtype=np.int64)
        words = sorted(range(len(request.words)), key=request.words.__getitem__)
        concepts = sorted(feature for feature in request.concepts if feature in self.profiles.rows)
        positions, for_names = zip(*self.by_name(request), strict=True) if request.named else ((), ())
        names: list[Feature] = [  # ascending: “meaning” and “name” come before all other facets, “words” after
            ("meaning", "related words"),
            *[("name", id) for id in request.named],
            *concepts,
            *[("words", request.words[at]) for at in words],
        ]
        at_stake = [request.meaning, *for_names, *map(request.concepts.__getitem__, concepts)]
        likeness = (self.topics[entries] @ request.vector)[None]
        named = np.array(positions, dtype=np.int64)[:, None] == entries
        near = self.profiles.near_to(concepts, self.profiles.of_entries[entries])
        said = self.words.said_by(entries, request.columns[words])
        points = np.concatenate([at_stake, request.points[words]])[:, None]
        return _most_first(names, np.concatenate([likeness, named, near, said]) * points)

    def by_name(self, request: Encoded) -> list[tuple[int, float]]:
        """Position and points of each source that a request calls by name."""
        positions = [self.sources[id] for id in request.named]
        scale = self.profiles.standing[self.profiles.of_entries[positions]].tolist() if positions else []
        return [(at, points * by) for at, points, by in zip(positions, request.named.values(), scale, strict=True)]


def _most_first(names: Sequence[Feature], points: Floats) -> list[tuple[Contribution, ...]]:
    """What each feature earns each entry, from points of shape (features, entries).

    `names` ascend, and so ties break by name.
    """
    facets, features = zip(*names, strict=True)
    earned = points.T
    order = (-earned).argsort(axis=1, kind="stable")
    return [
        tuple([Contribution(facets[at], features[at], row[at]) for at in places if row[at]])
        for places, row in zip(order.tolist(), earned.tolist(), strict=True)
    ]


def build_index(catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking) -> tuple[Index, Sequence[str]]:
    """Fit the words and topics of a catalogue and encode every entry. Also returns the stems that entries use."""
    order, profiles = fit_profiles(catalogue.resources, taxonomy, ranking).together()
    resources = [catalogue.resources[position] for position in order.tolist()]
    scale = np.array([standing(resource, ranking) for resource in resources])
    counts = count_features(_fields(resources))
    nations = (nation.prefLabel for nation in taxonomy.jurisdictions)
    names = find_names(resources, nations, _common_pairs(counts))
    latent, topics = fit_latent(counts, spread_out(resources, _ENOUGH))
    text, matrix = fit_text(counts, [getattr(ranking.fields, field).value for field in FIELDS])
    used = counts.stems
    del counts  # a large part of the most memory that is needed
    matrix.data *= scale[matrix.indices]
    index = Index(
        words=post_words(matrix),
        topics=rounded(scale[:, None] * topics, RESOURCE_GRAIN).astype(np.float32),
        profiles=profiles,
        text=text,
        latent=latent,
        names=names,
        sources={resource.id: position for position, resource in enumerate(resources)},
    )
    return index, used


def spread_out(resources: Sequence[Resource], most: int) -> list[int]:
    """Positions of at most so many entries, every so many by their ids: the same whatever the order of the catalogue.

    Of more than `most`, at least half as many.
    """
    ids = [resource.id for resource in resources]
    by_id = sorted(range(len(ids)), key=ids.__getitem__)
    return by_id[:: math.ceil(len(by_id) / most)]


def _common_pairs(counts: Counts) -> set[str]:
    """Pairs of words that more than a few entries say in their summary or search terms."""
    documents = counts.pairs_said(tuple(map(FIELDS.index, ("summary", "terms"))))
    common = counts.pairs[documents > _RARE]
    return {f"{counts.stems[first]} {counts.stems[second]}" for first, second in common.tolist()}


def whole_text(resource: Resource) -> str:
    """Everything that an entry says, in one text."""
    return " . ".join((resource.name, resource.provider, resource.summary, *resource.terms, *resource.questions))


FIELDS = ("name", "provider", "summary", "terms", "questions")
"""The fields of an entry whose words are counted."""


def _fields(resources: Sequence[Resource]) -> list[list[str]]:
    """The texts of each field."""
    found = ([getattr(resource, field) for resource in resources] for field in FIELDS)
    return [[text if isinstance(text, str) else ". ".join(text) for text in texts] for texts in found]
