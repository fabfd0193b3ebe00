"""The catalogue, encoded once, and the product of a request with it."""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats, Ints
from coprod_match.engine.counting import Counts, count_features
from coprod_match.engine.encode import RESOURCE_GRAIN, Encoded, Feature, Spoken, rounded
from coprod_match.engine.latent import LatentModel, fit_latent
from coprod_match.engine.names import Names, find_names
from coprod_match.engine.speech import Speech
from coprod_match.engine.tags import encode_resources, standing
from coprod_match.engine.text_index import TextIndex, fit_text
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Taxonomy

_ENOUGH = 20_000  # entries that topics are learnt from; of more, every so many by their ids
_RARE = 3  # entries that may say two words for these still to be a name


class Index(Struct, frozen=True, eq=False):
    """Every entry of a catalogue as a vector: sparse in words and concepts, dense in topics, scaled by its standing."""

    concepts: Mapping[Feature, int]
    """The number of each concept; those of words, which come before them, are the text's own."""
    starts: Ints
    """Where the entries of each feature begin in `entries` and `values`; shape (features + 1,)."""
    entries: Ints
    """Positions of the entries that carry a feature, ascending within each; shape (stored values,)."""
    values: Floats
    """How near each of them comes to it; shape (stored values,)."""
    topics: Floats
    """Where each entry lies in the space of topics; shape (entries, topics)."""
    text: TextIndex
    latent: LatentModel
    names: Names

    def spoken(self, speech: Speech) -> Spoken:
        """What the index knows of a text."""
        return Spoken(
            shares=self.text.shares(speech.bag),
            place=self.latent.place(speech.bag),
            has_words=bool(speech.words),
            named=self.names.within(speech),
        )

    def scores(self, requests: Sequence[Encoded]) -> Floats:
        """The points of every entry for each request; shape (requests, entries)."""
        scores = np.array([request.topics for request in requests]) @ self.topics.T
        for row, request in zip(scores, requests, strict=True):
            _, points, starts, ends = self._carried(request)
            if starts:
                parts = list(zip(points, starts, ends, strict=True))
                entries = np.concatenate([self.entries[start:end] for _, start, end in parts])
                earned = np.concatenate([points * self.values[start:end] for points, start, end in parts])
                row += np.bincount(entries, earned, minlength=len(row))
        return scores

    def points(self, request: Encoded, entries: Ints) -> list[dict[Feature, float]]:
        """What each feature of one request earns each of some entries; they sum to its score exactly."""
        features, points, starts, ends = self._carried(request)
        earned = self._earned(np.array(points), starts, ends, entries)
        meaning = self.topics[entries] @ request.topics
        names: list[Feature] = [("meaning", "related words"), *features]
        columns = np.vstack([meaning, earned]).T.tolist()
        return [{name: value for name, value in zip(names, column, strict=True) if value} for column in columns]

    def _earned(self, points: Floats, starts: Sequence[int], ends: Sequence[int], entries: Ints) -> Floats:
        """What each feature earns each of some entries; shape (features, entries)."""
        if not starts:
            return np.zeros((0, len(entries)))
        parts = zip(starts, ends, strict=True)
        places = np.array([start + self.entries[start:end].searchsorted(entries) for start, end in parts])
        places = np.minimum(places, np.array(ends)[:, None] - 1)
        return np.where(self.entries[places] == entries, points[:, None] * self.values[places], 0.0)

    def _carried(self, request: Encoded) -> tuple[list[Feature], list[float], list[int], list[int]]:
        """The features of a request that any entry carries, their points, and where their entries begin and end."""
        concepts = [feature for feature in request.concepts if feature in self.concepts]
        features: list[Feature] = [*(("words", word) for word in request.words), *concepts]
        points = [*request.points.tolist(), *(request.concepts[feature] for feature in concepts)]
        columns = [*request.columns.tolist(), *(self.concepts[feature] for feature in concepts)]
        starts, ends = self.starts[columns].tolist(), self.starts[[column + 1 for column in columns]].tolist()
        kept = [number for number, start in enumerate(starts) if start < ends[number]]
        if len(kept) < len(columns):
            features, points = [features[number] for number in kept], [points[number] for number in kept]
            starts, ends = [starts[number] for number in kept], [ends[number] for number in kept]
        return features, points, starts, ends


def build_index(catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking) -> Index:
    """Fit the words and topics of a catalogue and encode every entry."""
    from scipy.sparse import hstack

    resources = catalogue.resources
    scale = np.array([standing(resource, ranking) for resource in resources])
    counts = count_features(_fields(resources))
    nations = (nation.prefLabel for nation in taxonomy.jurisdictions)
    names = find_names(resources, nations, _common_pairs(counts))
    latent, topics = fit_latent(counts, _some(resources))
    text, matrix = fit_text(counts, [getattr(ranking.fields, field).value for field in FIELDS])
    concepts, tags = encode_resources(resources, taxonomy, ranking)
    matrix = hstack([matrix, tags.tocsc()])
    matrix.data *= scale[matrix.indices]
    return Index(
        concepts={feature: column for column, feature in enumerate(concepts, start=len(text.vocabulary))},
        starts=matrix.indptr.astype(np.int32),
        entries=matrix.indices.astype(np.int32, copy=False),
        values=rounded(matrix.data, RESOURCE_GRAIN),
        topics=rounded(scale[:, None] * topics, RESOURCE_GRAIN),
        text=text,
        latent=latent,
        names=names,
    )


def _some(resources: Sequence[Resource]) -> list[int]:
    """Positions of entries that are enough to learn topics from; the same ones whatever the order of the catalogue."""
    by_id = sorted(range(len(resources)), key=lambda position: resources[position].id)
    return by_id[:: 1 + len(by_id) // _ENOUGH]


def _common_pairs(counts: Counts) -> set[str]:
    """Pairs of words that more than a few entries say in their summary or search terms."""
    matrix = counts.matrix([float(field in ("summary", "terms")) for field in FIELDS])
    common = counts.pairs[np.diff(matrix.indptr)[len(counts.stems) :] > _RARE]
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
