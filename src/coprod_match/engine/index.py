"""The catalogue, encoded once, and the product of a request with it."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct

from coprod_match.arrays import Floats, Ints, Positions, SmallFloats
from coprod_match.engine.counting import Counts, count_features
from coprod_match.engine.encode import RESOURCE_GRAIN, Encoded, Feature, Spoken, rounded
from coprod_match.engine.latent import LatentModel, fit_latent
from coprod_match.engine.names import Names, find_names
from coprod_match.engine.profiles import Profiles, fit_profiles, standing
from coprod_match.engine.speech import Speech, listen
from coprod_match.engine.text_index import TextIndex, fit_text
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Taxonomy

_LARGE = 1_000_000  # stored values, from which on scipy adds up the words of a request faster than numpy
_ENOUGH = 20_000  # entries that topics are learnt from; of more, every so many by their ids
_RARE = 3  # entries that may say two words for these still to be a name


class Index(Struct, frozen=True, eq=False):
    """Every entry of a catalogue as a vector, scaled by its standing: words, topics, and the profile of its tags.

    All values are multiples of 2^-12 up to 1, so single precision holds them exactly.
    """

    starts: Ints
    """Where the entries of each word begin in `entries` and `values`; shape (words + 1,)."""
    entries: Ints
    """Positions of the entries that hold a word, ascending within each; shape (stored values,)."""
    values: SmallFloats
    """How much each of them says it; shape (stored values,)."""
    topics: SmallFloats
    """Where each entry lies in the space of topics; shape (entries, topics)."""
    profiles: Profiles
    text: TextIndex
    latent: LatentModel
    names: Names
    sources: Mapping[str, int]
    """The position of each entry."""

    def spoken(self, speech: Speech) -> Spoken:
        """What the index knows of a text."""
        return Spoken(
            shares=self.text.shares(speech.bag),
            place=self.latent.place(speech.bag),
            has_words=bool(speech.words),
            named=self.names.within(speech),
        )

    def named(self, text: str) -> list[int]:
        """The positions of the entries that a text calls by name."""
        return [self.sources[id] for id in self.names.within(listen(text))] if text else []

    def scores(self, requests: Sequence[Encoded]) -> Iterator[Floats]:
        """For each request the points of every entry; shape (entries,)."""
        likeness = np.array([request.place for request in requests]) @ self.topics.T
        for row, request in zip(likeness, requests, strict=True):
            total = np.multiply(row, request.meaning, dtype=np.float64)
            total += self.profiles.earned(request.concepts).take(self.profiles.of_entries)
            total += self._words(request)
            for id, points in request.named.items():
                position = self.sources[id]
                total[position] += points * self.profiles.standing[self.profiles.of_entries[position]]
            yield total

    def points(self, request: Encoded, entries: Positions) -> list[dict[Feature, float]]:
        """What each feature of one request earns each of some entries; they sum to its score exactly."""
        profiles = self.profiles.of_entries[entries]
        concepts = [feature for feature in request.concepts if feature in self.profiles.rows]
        names: list[Feature] = [("meaning", "related words"), *(("words", word) for word in request.words), *concepts]
        likeness = (self.topics[entries] @ request.place).astype(np.float64)
        parts = [request.meaning * likeness[None], self._words_of(request, entries)]
        parts.append(self.profiles.parts(concepts, request.concepts, profiles))
        for id, points in request.named.items():
            names.append(("name", id))
            parts.append(np.where(entries == self.sources[id], points * self.profiles.standing[profiles], 0.0)[None])
        columns = np.vstack(parts).T.tolist()
        return [{name: value for name, value in zip(names, column, strict=True) if value} for column in columns]

    def _words(self, request: Encoded) -> Floats:
        """The points of every entry for the words of a request; shape (entries,)."""
        size = len(self.topics)
        if len(self.values) > _LARGE:
            from scipy.sparse import csr_array  # slow to import, and not worth it for less

            said = csr_array((self.values, self.entries, self.starts), shape=(len(self.starts) - 1, size))
            return np.asarray(said[request.columns].T @ request.points)
        starts, ends = self.starts[request.columns], self.starts[request.columns + 1]
        spans = [slice(*span) for span in zip(starts.tolist(), ends.tolist(), strict=True)]
        entries = np.concatenate([self.entries[:0], *(self.entries[span] for span in spans)])
        values = np.concatenate([self.values[:0], *(self.values[span] for span in spans)])
        points = np.repeat(request.points, ends - starts) * values
        return np.asarray(np.bincount(entries, points, minlength=size), dtype=np.float64)

    def _words_of(self, request: Encoded, entries: Positions) -> Floats:
        """The points of some entries for each word; shape (words, entries)."""
        starts, ends = self.starts[request.columns], self.starts[request.columns + 1]
        ranges = zip(starts.tolist(), ends.tolist(), strict=True)
        places = np.array([start + self.entries[start:end].searchsorted(entries) for start, end in ranges], dtype=int)
        places = np.minimum(places.reshape(len(starts), len(entries)), ends[:, None] - 1)
        return np.where(self.entries[places] == entries, request.points[:, None] * self.values[places], 0.0)


def build_index(catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking) -> Index:
    """Fit the words and topics of a catalogue and encode every entry."""
    resources = catalogue.resources
    scale = np.array([standing(resource, ranking) for resource in resources])
    counts = count_features(_fields(resources))
    nations = (nation.prefLabel for nation in taxonomy.jurisdictions)
    names = find_names(resources, nations, _common_pairs(counts))
    latent, topics = fit_latent(counts, _some(resources))
    text, matrix = fit_text(counts, [getattr(ranking.fields, field).value for field in FIELDS])
    matrix.data *= scale[matrix.indices]
    return Index(
        starts=matrix.indptr.astype(np.int32),
        entries=matrix.indices.astype(np.int32, copy=False),
        values=rounded(matrix.data, RESOURCE_GRAIN).astype(np.float32),
        topics=rounded(scale[:, None] * topics, RESOURCE_GRAIN).astype(np.float32),
        profiles=fit_profiles(resources, taxonomy, ranking),
        text=text,
        latent=latent,
        names=names,
        sources={resource.id: position for position, resource in enumerate(resources)},
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
