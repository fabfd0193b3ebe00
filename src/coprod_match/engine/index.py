"""The catalogue as one sparse matrix, and the product of requests with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from coprod_match.engine.encode import RESOURCE_GRAIN, Feature, concept_features, standing
from coprod_match.engine.text_index import TextIndex, fit_text
from coprod_match.model.catalogue import Catalogue, Resource
from coprod_match.model.ranking import Ranking
from coprod_match.model.taxonomy import Taxonomy

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Index:
    """Every entry of a catalogue, encoded."""

    columns: Mapping[Feature, int]
    matrix: Any
    """scipy CSC, shape (features, entries): how near each entry comes to each feature, times its standing."""
    text: TextIndex

    def shares(self, text: str) -> dict[str, float]:
        """Each word of a text that the catalogue knows → its share of the text by rarity."""
        return self.text.shares(text)

    def scores(self, requests: Sequence[Mapping[Feature, float]]) -> Floats:
        """Points of each entry for each request, shape (requests, entries): one sparse product."""
        from scipy.sparse import csr_matrix

        known = [
            [(self.columns[feature], points) for feature, points in request.items() if feature in self.columns]
            for request in requests
        ]
        data = np.array([points for row in known for _, points in row], dtype=np.float64)
        indices = np.array([column for row in known for column, _ in row], dtype=np.int32)
        indptr = np.cumsum([0, *(len(row) for row in known)])
        matrix = csr_matrix((data, indices, indptr), shape=(len(requests), len(self.columns)))
        return np.asarray((matrix @ self.matrix).toarray(), dtype=np.float64)

    def points(self, request: Mapping[Feature, float], entry: int) -> dict[Feature, float]:
        """What each feature of one request earns one entry; they sum to its score exactly."""
        start, stop = self.matrix.indptr[entry], self.matrix.indptr[entry + 1]
        values = dict(zip(self.matrix.indices[start:stop].tolist(), self.matrix.data[start:stop].tolist(), strict=True))
        earned = {
            feature: weight * values.get(self.columns.get(feature, -1), 0.0) for feature, weight in request.items()
        }
        return {feature: points for feature, points in earned.items() if points}


def build_index(catalogue: Catalogue, taxonomy: Taxonomy, ranking: Ranking) -> Index:
    """Fit the words of the catalogue and encode every entry."""
    from scipy.sparse import csr_matrix, diags_array, hstack

    text = fit_text(_fields(catalogue.resources, ranking))
    rows = [concept_features(resource, taxonomy, ranking) for resource in catalogue.resources]
    concepts = sorted({feature for row in rows for feature in row})
    position = {feature: column for column, feature in enumerate(concepts)}
    triples = [(value, number, position[feature]) for number, row in enumerate(rows) for feature, value in row.items()]
    values, numbers, columns = zip(*triples, strict=True)
    tags = csr_matrix((values, (numbers, columns)), shape=(len(rows), len(concepts)))
    scale = diags_array(np.array([standing(resource, ranking) for resource in catalogue.resources]))
    matrix = (scale @ hstack([text.matrix, tags], format="csr")).T.tocsc()
    matrix.data = np.round(matrix.data / RESOURCE_GRAIN) * RESOURCE_GRAIN
    words: list[Feature] = [("words", word) for word in text.vocabulary]
    return Index({feature: column for column, feature in enumerate([*words, *concepts])}, matrix, text)


def _fields(resources: Sequence[Resource], ranking: Ranking) -> list[tuple[float, list[str]]]:
    settings = ranking.fields
    return [
        (settings.name.value, [resource.name for resource in resources]),
        (settings.provider.value, [resource.provider for resource in resources]),
        (settings.summary.value, [resource.summary for resource in resources]),
        (settings.terms.value, [". ".join(resource.terms) for resource in resources]),
        (settings.questions.value, [". ".join(resource.questions) for resource in resources]),
    ]
