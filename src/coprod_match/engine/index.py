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
            carried = self._carried(request)
            if carried:
                entries = np.concatenate([self.entries[part] for _, _, part in carried])
                earned = np.concatenate([points * self.values[part] for _, points, part in carried])
                row += np.bincount(entries, earned, minlength=len(row))
        return scores

    def points(self, request: Encoded, entries: Ints) -> list[dict[Feature, float]]:
        """What each feature of one request earns each of some entries; they sum to its score exactly."""
        earned: list[dict[Feature, float]] = [
            {("meaning", "related words"): points} for points in (self.topics[entries] @ request.topics).tolist()
        ]
        for feature, points, part in self._carried(request):
            found, values = self.entries[part], self.values[part]
            places = np.minimum(found.searchsorted(entries), len(found) - 1)
            carried = np.where(found[places] == entries, points * values[places], 0.0)
            for entry, value in zip(earned, carried.tolist(), strict=True):
                entry[feature] = value
        return [{feature: points for feature, points in entry.items() if points} for entry in earned]

    def _carried(self, request: Encoded) -> list[tuple[Feature, float, slice]]:
        """Each feature of a request that any entry carries: its points, and where its entries and values are."""
        words: list[Feature] = [("words", word) for word in request.words]
        found = list(zip(words, request.points.tolist(), request.columns.tolist(), strict=True))
        for feature, points in request.concepts.items():
            if feature in self.concepts:
                found.append((feature, points, self.concepts[feature]))
        starts = self.starts[[column for _, _, column in found]].tolist()
        ends = self.starts[[column + 1 for _, _, column in found]].tolist()
        return [
            (feature, points, slice(start, end))
            for (feature, points, _), start, end in zip(found, starts, ends, strict=True)
            if start < end
        ]


def build_index(catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking) -> Index:
    """Fit the words and topics of a catalogue and encode every entry."""
    from scipy.sparse import diags_array, hstack

    resources = catalogue.resources
    scale = np.array([standing(resource, ranking) for resource in resources])
    counts = count_features(_fields(resources))
    text, words = fit_text(counts, [getattr(ranking.fields, field).value for field in FIELDS])
    latent, topics = fit_latent(counts)
    concepts, tags = encode_resources(resources, taxonomy, ranking)
    matrix = (diags_array(scale) @ hstack([words, tags])).tocsc()
    matrix.sort_indices()
    return Index(
        concepts={feature: column for column, feature in enumerate(concepts, start=len(text.vocabulary))},
        starts=matrix.indptr.astype(np.int32),
        entries=matrix.indices.astype(np.int32),
        values=rounded(matrix.data, RESOURCE_GRAIN),
        topics=rounded(scale[:, None] * topics, RESOURCE_GRAIN),
        text=text,
        latent=latent,
        names=find_names(resources, (nation.prefLabel for nation in taxonomy.jurisdictions), _common_pairs(counts)),
    )


def _common_pairs(counts: Counts) -> set[str]:
    """Pairs of words that more than a few entries say in their summary or search terms."""
    said = counts.fields[FIELDS.index("summary")] + counts.fields[FIELDS.index("terms")]
    frequency = np.bincount(said.indices, minlength=len(counts.words))
    words = (counts.words[column] for column in np.flatnonzero(frequency > _RARE).tolist())
    return {word for word in words if " " in word}


def whole_text(resource: Resource) -> str:
    """Everything that an entry says, in one text."""
    return " . ".join((resource.name, resource.provider, resource.summary, *resource.terms, *resource.questions))


FIELDS = ("name", "provider", "summary", "terms", "questions")
"""The fields of an entry whose words are counted."""


def _fields(resources: Sequence[Resource]) -> list[list[str]]:
    """The texts of each field."""
    found = ([getattr(resource, field) for resource in resources] for field in FIELDS)
    return [[text if isinstance(text, str) else ". ".join(text) for text in texts] for texts in found]
