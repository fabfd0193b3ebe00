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
from coprod_match.engine.speech import Speech
from coprod_match.engine.text_index import TextIndex, fit_text
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Taxonomy

_COMMON = 2000  # entries that hold a word, from which on adding it by itself is faster
_ENOUGH = 20_000  # entries that topics are learnt from; of more, every so many by their ids
_RARE = 3  # entries that may say two words for these still to be a name


class Index(Struct, frozen=True, eq=False):
    """Every entry of a catalogue as a vector, scaled by its standing: words, topics, and the profile of its tags.

    All values are multiples of 2^-12 up to 1, so single precision holds them exactly.
    """

    starts: Ints
    """Where the entries of each word begin in `entries` and `values`; shape (words + 1,)."""
    entries: Positions
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

    def scores(self, requests: Sequence[Encoded]) -> Iterator[Floats]:
        """For each request the points of every entry; shape (entries,)."""
        likeness = np.array([request.place for request in requests]) @ self.topics.T
        for row, request in zip(likeness, requests, strict=True):
            total = np.multiply(row, request.meaning, dtype=np.float64)
            total += self.profiles.earned(request.concepts)[self.profiles.of_entries]
            self._add_words(request, total)
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

    def _add_words(self, request: Encoded, total: Floats) -> None:
        """Add the points of every entry for the words of a request: common words one by one, all others at once."""
        starts, ends = self.starts[request.columns], self.starts[request.columns + 1]
        spans = [slice(*span) for span in zip(starts.tolist(), ends.tolist(), strict=True)]
        common = ends - starts > _COMMON
        for number in np.flatnonzero(common).tolist():
            values = np.multiply(self.values[spans[number]], request.points[number], dtype=np.float64)
            np.add.at(total, self.entries[spans[number]], values)
        others = [spans[number] for number in np.flatnonzero(~common).tolist()]
        if others:
            points = np.repeat(request.points[~common], (ends - starts)[~common])
            values = points * np.concatenate([self.values[span] for span in others])
            entries = np.concatenate([self.entries[span] for span in others])
            total += np.bincount(entries, values, minlength=len(total))

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
        entries=matrix.indices.astype(np.int64),
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
